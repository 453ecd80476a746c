#include "actors/understanding/entities/numeral_words_en.hpp"

#include <algorithm>

namespace steward::entities::english {

namespace {

constexpr std::size_t longest_numeral = 32; // tokens; keeps the work linear

const std::unordered_map<std::string_view, number_word>& cardinals() {
  static const std::unordered_map<std::string_view, number_word> words = {
      {"zero", {rank::unit, 0}},      {"nought", {rank::unit, 0}},       {"naught", {rank::unit, 0}},
      {"one", {rank::unit, 1}},       {"two", {rank::unit, 2}},          {"three", {rank::unit, 3}},
      {"four", {rank::unit, 4}},      {"five", {rank::unit, 5}},         {"six", {rank::unit, 6}},
      {"seven", {rank::unit, 7}},     {"eight", {rank::unit, 8}},        {"nine", {rank::unit, 9}},
      {"ten", {rank::teen, 10}},      {"eleven", {rank::teen, 11}},      {"twelve", {rank::teen, 12}},
      {"thirteen", {rank::teen, 13}}, {"fourteen", {rank::teen, 14}},    {"fifteen", {rank::teen, 15}},
      {"sixteen", {rank::teen, 16}},  {"seventeen", {rank::teen, 17}},   {"eighteen", {rank::teen, 18}},
      {"nineteen", {rank::teen, 19}}, {"twenty", {rank::ten, 20}},       {"thirty", {rank::ten, 30}},
      {"forty", {rank::ten, 40}},     {"fourty", {rank::ten, 40}},       {"fifty", {rank::ten, 50}},
      {"sixty", {rank::ten, 60}},     {"seventy", {rank::ten, 70}},      {"eighty", {rank::ten, 80}},
      {"ninety", {rank::ten, 90}},    {"hundred", {rank::hundred, 100}}, {"thousand", {rank::big, 1e3}},
      {"million", {rank::big, 1e6}},  {"mln", {rank::big, 1e6}},         {"billion", {rank::big, 1e9}},
      {"bln", {rank::big, 1e9}},      {"trillion", {rank::big, 1e12}},   {"tln", {rank::big, 1e12}},
      {"lakh", {rank::big, 1e5}},     {"lakhs", {rank::big, 1e5}},       {"crore", {rank::big, 1e7}},
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

} // namespace

const number_word* cardinal(std::string_view w) { return find(cardinals(), w); }

const number_word* ordinal(std::string_view w) { return find(ordinals(), w); }

const number_word* plural_ordinal(std::string_view w) {
  static const number_word half{rank::unit, 2}, quarter{rank::unit, 4};
  if (w == "halves") return &half;
  if (w == "quarters") return &quarter;
  return w.size() > 3 && w.back() == 's' && w != "seconds" ? ordinal(w.substr(0, w.size() - 1)) : nullptr;
}

std::size_t skip_hyphen(const source_text& t, std::size_t i) {
  return t.is(i, "-") && t.size() > i + 1 && t[i + 1].kind == token_kind::word ? i + 1 : i;
}

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
    const auto* next = cardinal(t.word(at + 1));
    const auto* next_ordinal = with_ordinal ? ordinal(t.word(at + 1)) : nullptr;
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
    const auto* w = n ? cardinal(t.word(next)) : nullptr;
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
    const auto* w = cardinal(t.word(next));
    if (w) {
      if (joined) {
        // "3 hundred and 2 hundred" are two numbers; "twenty and four" is one.
        if (w->kind >= rank::hundred || (last == rank::ten && w->kind != rank::unit)) break;
        const auto* behind = cardinal(t.word(next + 1));
        if (behind && behind->kind == rank::hundred && last == rank::hundred) break;
      }
      if (!accept(*w)) break;
      out.spelled = true;
      at = next + 1;
      continue;
    }
    if (any && t.digits(next) && joined && (last == rank::hundred || last == rank::big)) {
      auto n = read_plain_digits(t, next, tongue::english);
      const auto* behind = n ? cardinal(t.word(n->last)) : nullptr;
      if (n && !behind && n->value < out.scale && n->shape == numeral_shape::integer) {
        current += n->value;
        at = n->last;
      }
      break;
    }
    if (any && t.digits(next) && last == rank::big && !joined) {
      auto n = read_plain_digits(t, next, tongue::english);
      const auto* behind = n ? cardinal(t.word(n->last)) : nullptr;
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
    const auto* o = with_ordinal ? ordinal(t.word(next)) : nullptr;
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

} // namespace steward::entities::english
