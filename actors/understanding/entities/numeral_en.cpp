// English numerals in words: cardinals ("twenty-one trillion and three hundred"), ordinals and the fractions made of
// them.
#include "actors/understanding/entities/numeral_words_en.hpp"

#include <cmath>
#include <string_view>

namespace steward::entities {

namespace {

using namespace english;

// A fraction in words at token i: numerator and denominator ("two thirds", "a twenty-first", "half", "five - eighths").
std::optional<std::pair<double, std::size_t>> word_fraction(const source_text& t, std::size_t i) {
  if (t.is(i, "half")) return std::pair{0.5, i + 1};
  const bool article = t.is(i, "a") || t.is(i, "an");
  if (article && t.is(i + 1, "half")) return std::pair{0.5, i + 2};
  if (article && t.is(i + 1, "quarter")) return std::pair{0.25, i + 2};
  if (t.is(i, "one") && t.is(i + 1, "half")) return std::pair{0.5, i + 2};
  if (t.is(i, "one") && t.is(i + 1, "quarter")) return std::pair{0.25, i + 2};
  // The last word decides: find the ordinal that ends the run of number words.
  auto end = i;
  bool digits = false;
  if (t.digits(i)) {
    digits = true;
    ++end;
  }
  while (end < i + 16 && end < t.size()) {
    const auto w = t.word(end);
    if (plural_ordinal(w) || ordinal(w)) break;
    if (!cardinal(w) && w != "and" && w != "-" && !(article && end == i)) return std::nullopt;
    ++end;
  }
  if (end == i || end >= t.size() || end >= i + 16) return std::nullopt;
  const auto* plural = plural_ordinal(t.word(end));
  const auto* single = plural ? nullptr : ordinal(t.word(end));
  const auto& last = plural ? *plural : *single;
  if (digits)
    return plural && end == i + 1
               ? std::optional(std::pair{std::atof(std::string(t.word(i)).c_str()) / last.value, end + 1})
               : std::nullopt;
  // Split points: the denominator may take words before the ordinal ("twenty-fifths", "one hundred fifth").
  auto denominator_at = [&](std::size_t from) -> double {
    if (from == end) return last.kind <= rank::big ? last.value : 0;
    double head = 0;
    auto c = whole(t, from, false, end);
    auto stop = c ? c->last : from;
    if (!c || (stop != end && !((t.is(stop, "-") || t.is(stop, "and")) && stop + 1 == end))) return 0;
    head = c->value;
    if (last.kind >= rank::hundred) return head * last.value;
    const bool tens = std::fmod(head, 100) >= 20 && std::fmod(head, 10) == 0;
    if ((last.kind == rank::unit && (tens || std::fmod(head, 100) == 0)) ||
        (last.kind != rank::unit && std::fmod(head, 100) == 0))
      return head + last.value;
    return 0;
  };
  auto numerator_to = [&](std::size_t to) -> double {
    if (article && to == i + 1) return 1;
    auto c = whole(t, i, false, to);
    return c && (c->last == to || (t.is(c->last, "-") && c->last + 1 == to)) ? c->value : 0;
  };
  if (single) {
    // One of them: "one eighth", "a twenty-first", "one one hundred fifth".
    if (!(article || t.is(i, "one"))) return std::nullopt;
    auto from = skip_hyphen(t, i + 1);
    const auto d = denominator_at(from);
    if (d <= 1 || (last.value == 2 && d == 2) || (article && last.kind >= rank::hundred && from != end))
      return std::nullopt;
    // "one hundred twenty fifth" is an ordinal: what follows "one" would be its hundreds.
    const auto* second = cardinal(t.word(from));
    if (!article && second && second->kind >= rank::hundred) return std::nullopt;
    return std::pair{1 / d, end + 1};
  }
  // "twenty and three fifths", "two million and three fifths": the last "and" divides, unless it belongs to a hundred.
  for (auto split = end; split > i + 1; --split)
    if (t.is(split - 1, "and")) {
      if (t.is(split - 2, "hundred")) break;
      auto head = whole(t, i, false, split - 1);
      auto tail = whole(t, split, false, end);
      if (head && tail && head->last == split - 1 &&
          (tail->last == end || (t.is(tail->last, "-") && tail->last + 1 == end))) {
        const double part = tail->value / last.value;
        return std::pair{head->value + (head->scale >= 1000 && part < 1 ? part * head->scale : part), end + 1};
      }
      break;
    }
  // Plural: the denominator takes the tens in front of it unless "and" keeps them apart or nothing would be left.
  if (end > i + 1) {
    auto tens = end - 1;
    if (t.is(tens, "-")) --tens;
    const auto* w = cardinal(t.word(tens));
    if (w && w->kind == rank::ten && last.kind == rank::unit && tens > i && !t.is(tens - 1, "and")) {
      const auto n = numerator_to(tens);
      if (n > 0) return std::pair{n / (w->value + last.value), end + 1};
    }
    if (article && w && w->kind == rank::hundred) return std::pair{100 / last.value, end + 1};
    if (w && w->kind == rank::big && last.kind == rank::unit) {
      for (auto from = end - 2; from > i; --from)
        if (!t.is(from - 1, "and"))
          if (const auto d = denominator_at(from); d > 0)
            if (const auto n = numerator_to(from); n > 0 && std::fmod(n, 100) == 0) return std::pair{n / d, end + 1};
    }
  }
  auto to = end;
  const auto n = numerator_to(to);
  if (n > 0) return std::pair{n / last.value, end + 1};
  // "twenty and three fifths", "one million two thousand two hundred three fifths": split in two.
  for (auto split = end - 1; split > i + 1; --split)
    if (t.is(split - 1, "and")) {
      auto head = whole(t, i, false, split - 1);
      auto tail = whole(t, split, false, end);
      if (head && tail && head->last == split - 1 && tail->last == end)
        return std::pair{head->value + tail->value / last.value, end + 1};
    }
  return std::nullopt;
}

bool is_dozen(std::string_view w) {
  for (auto name : {"dozen", "dozens", "doz", "dozs", "dz", "dzs", "dzn"})
    if (w == name) return true;
  return false;
}

// What a part is added to: three fifths behind "million" are those of a million.
double with_part(const count& head, double part) {
  return head.value + (head.scale >= 1000 ? part * head.scale : part);
}

// A mixed number whose "and" would also join a whole one: "one hundred and three quarters" is 100 3/4, since a quarter
// is a proper fraction, where "one hundred and thirty fifths" is 130 of them.
std::optional<numeral> mixed_number(const source_text& t, std::size_t i, const count& all) {
  for (auto split = all.last; split-- > i + 1;)
    if (t.is(split, "and")) {
      const auto head = whole(t, i, false, split);
      const auto tail = word_fraction(t, split + 1);
      if (head && tail && head->last == split && tail->first < 1 && tail->second > all.last)
        return spelled_numeral(t, i, tail->second, with_part(*head, tail->first), numeral_shape::fraction);
    }
  return std::nullopt;
}

// "two thirds of a million"
numeral part_of_scale(const source_text& t, std::size_t i, double part, std::size_t last) {
  if (t.is(last, "of")) {
    const auto at = t.is(last + 1, "a") || t.is(last + 1, "one") ? last + 2 : last + 1;
    if (const auto* w = cardinal(t.word(at)); w && w->kind == rank::big)
      return spelled_numeral(t, i, at + 1, part * w->value, numeral_shape::fraction, w->value);
  }
  return spelled_numeral(t, i, last, part, numeral_shape::fraction);
}

// One number said to be so many of another: "1 over three", "two out of five hundred", "one in twenty".
std::optional<numeral> proportion(const source_text& t, std::size_t i, const count& c) {
  const bool over = t.is(c.last, "over"), among = t.is(c.last, "in"),
             out = t.is(c.last, "out") && t.is(c.last + 1, "of");
  if (!over && !among && !out) return std::nullopt;
  const auto at = c.last + (out ? 2 : 1);
  auto under = whole(t, at, false, t.size());
  if (!under && t.digits(at))
    if (const auto n = read_plain_digits(t, at, tongue::english); n && n->shape == numeral_shape::integer)
      under = count{n->value, n->last, 1, false, true, false};
  if (!under || under->value <= 0) return std::nullopt;
  if (out && c.value >= under->value) return std::nullopt;
  // "$2000 over 3 years" are two numbers
  if (over && i > 0 && (t.is(i - 1, "$") || t.is(i - 1, "€") || t.is(i - 1, "£"))) return std::nullopt;
  if (among && (c.value != 1 || under->value < 2 || (under->digits && under->value > 1000))) return std::nullopt;
  if (!out) { // "1 in 20 days" and "1 in 2020" count nothing
    for (auto w : {"second", "minute", "hour", "day", "week", "month", "year"})
      if (t.word(under->last).substr(0, std::string_view(w).size()) == w) return std::nullopt;
  }
  return spelled_numeral(t, i, under->last, c.value / under->value, numeral_shape::fraction);
}

} // namespace

std::optional<numeral> read_cardinal_en(const source_text& t, std::size_t i) {
  if (t.is(i, "half") || t.is(i, "quarter") || ((t.is(i, "three")) && t.is(i + 1, "quarters"))) {
    const double part = t.is(i, "half") ? 0.5 : t.is(i, "quarter") ? 0.25 : 0.75;
    auto next = t.is(i, "three") ? i + 2 : i + 1;
    auto noun = t.is(next, "a") ? next + 1 : next;
    if (t.is(noun, "dozen")) return spelled_numeral(t, i, noun + 1, part * 12, numeral_shape::integer);
    const auto* w = cardinal(t.word(noun));
    if (w && w->kind == rank::big)
      return spelled_numeral(t, i, noun + 1, part * w->value, numeral_shape::fraction, w->value);
  }
  if (t.is(i, "a") && (t.is(i + 1, "half") || t.is(i + 1, "quarter")))
    if (const auto* w = cardinal(t.word(i + 2)); w && w->kind == rank::big)
      return spelled_numeral(t, i, i + 3, (t.is(i + 1, "half") ? 0.5 : 0.25) * w->value, numeral_shape::fraction,
                             w->value);
  if (t.is(i, "a") && t.is(i + 1, "dozen")) return spelled_numeral(t, i, i + 2, 12, numeral_shape::integer);
  auto fraction = word_fraction(t, i);
  auto c = whole(t, i, false, t.size());
  if (!c && t.digits(i)) {
    // 1 over three, 2000 over 3, 3 dozen
    auto n = read_digits(t, i, tongue::english);
    if (n) {
      c = count{n->value, n->last, n->scale, false, true, false};
      if (!t.is(c->last, "over") && !t.is(c->last, "in") && !t.is(c->last, "out") && !is_dozen(t.word(c->last)))
        c.reset();
    }
  }
  if (c) {
    const auto w = t.word(c->last);
    if (is_dozen(w)) {
      // "three hundred and two dozens": the dozens belong to what stands behind "and"
      for (auto split = c->last - 1; split > i + 1; --split)
        if (t.is(split - 1, "and"))
          if (auto head = whole(t, i, false, split - 1), tail = whole(t, split, false, c->last);
              head && tail && head->last == split - 1)
            return spelled_numeral(t, i, c->last + 1, head->value + tail->value * 12, numeral_shape::integer);
      return spelled_numeral(t, i, c->last + 1, c->value * 12, numeral_shape::integer);
    }
    if (auto share = proportion(t, i, *c)) return share;
    if (w == "and" && !(fraction && fraction->second > c->last)) {
      if (auto tail = word_fraction(t, c->last + 1)) {
        auto end = tail->second;
        double part = tail->first;
        if (part < 1) {
          const auto* mult = cardinal(t.word(end));
          if (mult && mult->kind == rank::big && c->value < 1000 && c->scale < 1000) {
            // "two and a half million"
            return spelled_numeral(t, i, end + 1, (c->value + part) * mult->value, numeral_shape::fraction,
                                   mult->value);
          }
          if (mult && mult->kind == rank::big) {
            part *= mult->value;
            ++end;
          } else if (c->scale >= 1000)
            part *= c->scale;
          return spelled_numeral(t, i, end, c->value + part, numeral_shape::fraction);
        }
      }
    }
    if (auto mixed = mixed_number(t, i, *c)) return mixed;
    if (fraction && fraction->second > c->last) return part_of_scale(t, i, fraction->first, fraction->second);
    if (w == "point") {
      auto at = c->last + 1;
      std::string digits;
      while (digits.size() < 15) {
        const auto* d = cardinal(t.word(at));
        if (!d || d->kind != rank::unit) break;
        digits += static_cast<char>('0' + static_cast<int>(d->value));
        ++at;
      }
      if (digits.empty())
        if (auto tail = whole(t, at, false, t.size())) {
          digits = decimal_text(tail->value);
          at = tail->last;
        }
      if (!digits.empty()) {
        double value = c->value + std::atof(("0." + digits).c_str());
        const auto* mult = cardinal(t.word(at));
        if (mult && mult->kind == rank::big) {
          value *= mult->value;
          ++at;
        }
        return spelled_numeral(t, i, at, value, numeral_shape::decimal);
      }
    }
    auto n = spelled_numeral(t, i, c->last, c->value, numeral_shape::integer, c->scale);
    return n;
  }
  if (fraction) return part_of_scale(t, i, fraction->first, fraction->second);
  return std::nullopt;
}

std::optional<numeral> read_ordinal_en(const source_text& t, std::size_t i) {
  if (t.digits(i) && t.glued(i + 1)) {
    const auto w = t.word(i + 1);
    if ((w == "st" || w == "nd" || w == "rd" || w == "th") && !(t.glued(i) && t[i - 1].kind == token_kind::word)) {
      auto n = spelled_numeral(t, i, i + 2, std::atof(std::string(t.word(i)).c_str()), numeral_shape::integer);
      n.ordinal = true;
      n.spelled = false;
      return n;
    }
  }
  auto c = whole(t, i, true, t.size());
  if (!c || !c->ordinal) return std::nullopt;
  auto n = spelled_numeral(t, i, c->last, c->value, numeral_shape::integer, c->scale);
  n.ordinal = true;
  return n;
}

} // namespace steward::entities
