// English numerals in words: cardinals ("twenty-one trillion and three hundred"), ordinals and the fractions made of
// them.
#include "actors/understanding/entities/numeral.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

namespace steward::entities {

namespace {

constexpr std::size_t longest_numeral = 32; // tokens; keeps the work linear

enum class rank : std::uint8_t { none, unit, teen, ten, hundred, big };

struct number_word {
  rank kind;
  double value;
};

const std::unordered_map<std::string_view, number_word>& cardinals() {
  static const std::unordered_map<std::string_view, number_word> words = {
      {"zero", {rank::unit, 0}},      {"one", {rank::unit, 1}},       {"two", {rank::unit, 2}},
      {"three", {rank::unit, 3}},     {"four", {rank::unit, 4}},      {"five", {rank::unit, 5}},
      {"six", {rank::unit, 6}},       {"seven", {rank::unit, 7}},     {"eight", {rank::unit, 8}},
      {"nine", {rank::unit, 9}},      {"ten", {rank::teen, 10}},      {"eleven", {rank::teen, 11}},
      {"twelve", {rank::teen, 12}},   {"thirteen", {rank::teen, 13}}, {"fourteen", {rank::teen, 14}},
      {"fifteen", {rank::teen, 15}},  {"sixteen", {rank::teen, 16}},  {"seventeen", {rank::teen, 17}},
      {"eighteen", {rank::teen, 18}}, {"nineteen", {rank::teen, 19}}, {"twenty", {rank::ten, 20}},
      {"thirty", {rank::ten, 30}},    {"forty", {rank::ten, 40}},     {"fourty", {rank::ten, 40}},
      {"fifty", {rank::ten, 50}},     {"sixty", {rank::ten, 60}},     {"seventy", {rank::ten, 70}},
      {"eighty", {rank::ten, 80}},    {"ninety", {rank::ten, 90}},    {"hundred", {rank::hundred, 100}},
      {"thousand", {rank::big, 1e3}}, {"million", {rank::big, 1e6}},  {"mln", {rank::big, 1e6}},
      {"billion", {rank::big, 1e9}},  {"bln", {rank::big, 1e9}},      {"trillion", {rank::big, 1e12}},
      {"lakh", {rank::big, 1e5}},     {"lakhs", {rank::big, 1e5}},    {"crore", {rank::big, 1e7}},
      {"crores", {rank::big, 1e7}},
  };
  return words;
}

const std::unordered_map<std::string_view, number_word>& ordinals() {
  static const std::unordered_map<std::string_view, number_word> words = {
      {"first", {rank::unit, 1}},        {"second", {rank::unit, 2}},      {"third", {rank::unit, 3}},
      {"fourth", {rank::unit, 4}},       {"fifth", {rank::unit, 5}},       {"sixth", {rank::unit, 6}},
      {"seventh", {rank::unit, 7}},      {"eighth", {rank::unit, 8}},      {"eigth", {rank::unit, 8}},
      {"ninth", {rank::unit, 9}},        {"nineth", {rank::unit, 9}},      {"tenth", {rank::teen, 10}},
      {"eleventh", {rank::teen, 11}},    {"twelfth", {rank::teen, 12}},    {"thirteenth", {rank::teen, 13}},
      {"fourteenth", {rank::teen, 14}},  {"fifteenth", {rank::teen, 15}},  {"sixteenth", {rank::teen, 16}},
      {"seventeenth", {rank::teen, 17}}, {"eighteenth", {rank::teen, 18}}, {"nineteenth", {rank::teen, 19}},
      {"twentieth", {rank::ten, 20}},    {"thirtieth", {rank::ten, 30}},   {"fortieth", {rank::ten, 40}},
      {"fiftieth", {rank::ten, 50}},     {"sixtieth", {rank::ten, 60}},    {"seventieth", {rank::ten, 70}},
      {"eightieth", {rank::ten, 80}},    {"ninetieth", {rank::ten, 90}},   {"hundredth", {rank::hundred, 100}},
      {"thousandth", {rank::big, 1e3}},  {"millionth", {rank::big, 1e6}},  {"billionth", {rank::big, 1e9}},
      {"trillionth", {rank::big, 1e12}},
  };
  return words;
}

const number_word* find(const std::unordered_map<std::string_view, number_word>& in, std::string_view w) {
  auto it = in.find(w);
  return it == in.end() ? nullptr : &it->second;
}

// "fifths", "halves", "quarters": the denominator of a plural; 0 where there is none.
const number_word* plural_ordinal(std::string_view w) {
  static const number_word half{rank::unit, 2}, quarter{rank::unit, 4};
  if (w == "halves") return &half;
  if (w == "quarters") return &quarter;
  return w.size() > 3 && w.back() == 's' && w != "seconds" ? find(ordinals(), w.substr(0, w.size() - 1)) : nullptr;
}

std::size_t skip_hyphen(const source_text& t, std::size_t i) {
  return t.is(i, "-") && t.size() > i + 1 && t[i + 1].kind == token_kind::word ? i + 1 : i;
}

struct count {
  double value = 0;
  std::size_t last = 0;
  double scale = 1;
  bool ordinal = false;
  bool digits = false;
  bool spelled = false;
};

// A whole number in words from token i on; `with_ordinal` lets its last word be an ordinal, `stop` is where to end at
// the latest.
std::optional<count> whole(const source_text& t, std::size_t i, bool with_ordinal, std::size_t stop) {
  count out;
  double total = 0, current = 0;
  rank last = rank::none;
  double big = 1e18;
  auto at = i;
  bool any = false;
  auto accept = [&](const number_word& w) {
    switch (w.kind) {
    case rank::unit:
      if (last == rank::unit || last == rank::teen || (last == rank::ten && w.value == 0) || (any && w.value == 0))
        return false;
      current += w.value;
      break;
    case rank::teen:
    case rank::ten:
      if (last == rank::unit || last == rank::teen || last == rank::ten) return false;
      current += w.value;
      break;
    case rank::hundred:
      if (last == rank::hundred || last == rank::big || !any) return false;
      current *= 100;
      out.scale = 100;
      break;
    default:
      if (!any) return false;
      if (w.value < big && big < 1e18 && current == 0 && last == rank::big) return false;
      if (w.value >= big)
        total = (total + current) * w.value;
      else
        total += current * w.value;
      current = 0;
      big = w.value;
      out.scale = w.value;
    }
    last = w.kind;
    any = true;
    return true;
  };
  if ((t.is(at, "a") || t.is(at, "an")) && at + 1 < stop) {
    const auto* next = find(cardinals(), t.word(at + 1));
    const auto* next_ordinal = with_ordinal ? find(ordinals(), t.word(at + 1)) : nullptr;
    if ((next && (next->kind == rank::hundred || next->kind == rank::big)) ||
        (next_ordinal && next_ordinal->kind >= rank::hundred)) {
      current = 1;
      any = true;
      out.spelled = true;
      ++at;
    }
  } else if (t.digits(at)) {
    auto n = read_plain_digits(t, at, tongue::english);
    auto next = n ? skip_hyphen(t, n->last) : at;
    const auto* w = n ? find(cardinals(), t.word(next)) : nullptr;
    if (!n || !w || w->kind < rank::hundred) return std::nullopt;
    current = n->value;
    any = true;
    out.digits = true;
    at = next;
    last = rank::teen;
  }
  stop = std::min(stop, i + longest_numeral);
  for (bool first = true; at < stop; first = false) {
    auto next = at;
    bool joined = false;
    if (!first) {
      next = skip_hyphen(t, at);
      if (t.is(next, "and") && (last == rank::hundred || last == rank::big || last == rank::ten)) {
        ++next;
        joined = true;
      }
    }
    if (next >= stop) break;
    const auto* w = find(cardinals(), t.word(next));
    if (w) {
      if (joined) {
        // "3 hundred and 2 hundred" are two numbers; "twenty and four" is one.
        if (w->kind >= rank::hundred || (last == rank::ten && w->kind != rank::unit)) break;
        const auto* behind = find(cardinals(), t.word(next + 1));
        if (behind && behind->kind == rank::hundred && last == rank::hundred) break;
      }
      if (!accept(*w)) break;
      out.spelled = true;
      at = next + 1;
      continue;
    }
    if (any && t.digits(next) && joined && (last == rank::hundred || last == rank::big)) {
      auto n = read_plain_digits(t, next, tongue::english);
      const auto* behind = n ? find(cardinals(), t.word(n->last)) : nullptr;
      if (n && !behind && n->value < out.scale && n->shape == numeral_shape::integer) {
        current += n->value;
        at = n->last;
      }
      break;
    }
    if (any && t.digits(next) && last == rank::big && !joined) {
      auto n = read_plain_digits(t, next, tongue::english);
      const auto* behind = n ? find(cardinals(), t.word(n->last)) : nullptr;
      if (n && behind && behind->kind == rank::big && behind->value < big) {
        current = n->value;
        at = n->last;
        if (!accept(*behind)) break;
        ++at;
        continue;
      }
      if (n && behind && behind->kind == rank::hundred && n->value < 10) {
        current += n->value * 100;
        last = rank::hundred;
        out.scale = 100;
        at = n->last + 1;
        continue;
      }
      break;
    }
    const auto* o = with_ordinal ? find(ordinals(), t.word(next)) : nullptr;
    if (o && o->kind >= rank::hundred && !any) current = 1, any = true;
    if (o && accept(*o)) {
      out.ordinal = true;
      out.spelled = true;
      at = next + 1;
    }
    break;
  }
  if (!any || at == i || (out.digits && at == i + 1)) return std::nullopt;
  out.value = total + current;
  out.last = at;
  return out;
}

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
    if (plural_ordinal(w) || find(ordinals(), w)) break;
    if (!find(cardinals(), w) && w != "and" && w != "-" && !(article && end == i)) return std::nullopt;
    ++end;
  }
  if (end == i || end >= t.size() || end >= i + 16) return std::nullopt;
  const auto* plural = plural_ordinal(t.word(end));
  const auto* single = plural ? nullptr : find(ordinals(), t.word(end));
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
    if (!c || (stop != end && !(t.is(stop, "-") && stop + 1 == end))) return 0;
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
    const auto* second = find(cardinals(), t.word(from));
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
    const auto* w = find(cardinals(), t.word(tens));
    if (w && w->kind == rank::ten && last.kind == rank::unit && tens > i && !t.is(tens - 1, "and")) {
      const auto n = numerator_to(tens);
      if (n > 0) return std::pair{n / (w->value + last.value), end + 1};
    }
    if (article && w && w->kind == rank::hundred) return std::pair{1 / (100 * last.value), end + 1};
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

} // namespace

std::optional<numeral> read_cardinal_en(const source_text& t, std::size_t i) {
  if (t.is(i, "half") || t.is(i, "quarter") || ((t.is(i, "three")) && t.is(i + 1, "quarters"))) {
    const double part = t.is(i, "half") ? 0.5 : t.is(i, "quarter") ? 0.25 : 0.75;
    auto next = t.is(i, "three") ? i + 2 : i + 1;
    auto noun = t.is(next, "a") ? next + 1 : next;
    if (t.is(noun, "dozen")) return spelled_numeral(t, i, noun + 1, part * 12, numeral_shape::integer);
    const auto* w = find(cardinals(), t.word(noun));
    if (w && w->kind == rank::big)
      return spelled_numeral(t, i, noun + 1, part * w->value, numeral_shape::fraction, w->value);
  }
  if (t.is(i, "a") && (t.is(i + 1, "half") || t.is(i + 1, "quarter")))
    if (const auto* w = find(cardinals(), t.word(i + 2)); w && w->kind == rank::big)
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
      if (!t.is(c->last, "over") && !t.is(c->last, "in") && !t.is(c->last, "dozen") && !t.is(c->last, "dozens") &&
          !t.is(c->last, "out"))
        c.reset();
    }
  }
  if (c) {
    const auto w = t.word(c->last);
    if (w == "dozen" || w == "dozens" || w == "doz" || w == "dozs" || w == "dz") {
      // "three hundred and two dozens": the dozens belong to what stands behind "and"
      for (auto split = c->last - 1; split > i + 1; --split)
        if (t.is(split - 1, "and"))
          if (auto head = whole(t, i, false, split - 1), tail = whole(t, split, false, c->last);
              head && tail && head->last == split - 1)
            return spelled_numeral(t, i, c->last + 1, head->value + tail->value * 12, numeral_shape::integer);
      return spelled_numeral(t, i, c->last + 1, c->value * 12, numeral_shape::integer);
    }
    if (w == "over" || w == "in") {
      auto under = whole(t, c->last + 1, false, t.size());
      if (!under && t.digits(c->last + 1) && w == "over")
        if (auto n = read_plain_digits(t, c->last + 1, tongue::english))
          under = count{n->value, n->last, 1, false, true, false};
      if (under && under->value > 0 && (w == "over" || (c->value == 1 && under->spelled && under->value > 1)))
        return spelled_numeral(t, i, under->last, c->value / under->value, numeral_shape::fraction);
    }
    if (w == "and" && !(fraction && fraction->second > c->last)) {
      if (auto tail = word_fraction(t, c->last + 1)) {
        auto end = tail->second;
        double part = tail->first;
        if (part < 1) {
          const auto* mult = find(cardinals(), t.word(end));
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
    if (fraction && fraction->second > c->last)
      return spelled_numeral(t, i, fraction->second, fraction->first, numeral_shape::fraction);
    if (w == "point") {
      auto at = c->last + 1;
      std::string digits;
      while (digits.size() < 15) {
        const auto* d = find(cardinals(), t.word(at));
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
        const auto* mult = find(cardinals(), t.word(at));
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
  if (fraction) return spelled_numeral(t, i, fraction->second, fraction->first, numeral_shape::fraction);
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
