// Spanish numerals in words. One word may hold several ("veintiuno", "doscientosavos", "tresmillonesimo"), so a word is
// first cut into known parts; then cardinals, ordinals and fractions are read from the parts.
#include "actors/understanding/entities/numeral.hpp"

#include <cmath>
#include <string_view>
#include <unordered_map>

namespace steward::entities {

namespace {

struct part {
  double value;
  bool multiplies; // mil, millon, billon
};

const std::unordered_map<std::string_view, part>& cardinal_parts() {
  static const std::unordered_map<std::string_view, part> words = {
      {"cero", {0, false}},
      {"un", {1, false}},
      {"uno", {1, false}},
      {"una", {1, false}},
      {"dos", {2, false}},
      {"tres", {3, false}},
      {"cuatro", {4, false}},
      {"cinco", {5, false}},
      {"seis", {6, false}},
      {"siete", {7, false}},
      {"ocho", {8, false}},
      {"nueve", {9, false}},
      {"diez", {10, false}},
      {"once", {11, false}},
      {"doce", {12, false}},
      {"trece", {13, false}},
      {"catorce", {14, false}},
      {"quince", {15, false}},
      {"dieciseis", {16, false}},
      {"diecisiete", {17, false}},
      {"dieciocho", {18, false}},
      {"diecinueve", {19, false}},
      {"veinte", {20, false}},
      {"veintiun", {21, false}},
      {"veintiuno", {21, false}},
      {"veintiuna", {21, false}},
      {"veintidos", {22, false}},
      {"veintitres", {23, false}},
      {"veinticuatro", {24, false}},
      {"veinticinco", {25, false}},
      {"veintiseis", {26, false}},
      {"veintisiete", {27, false}},
      {"veintiocho", {28, false}},
      {"veintinueve", {29, false}},
      {"treinta", {30, false}},
      {"cuarenta", {40, false}},
      {"cincuenta", {50, false}},
      {"sesenta", {60, false}},
      {"setenta", {70, false}},
      {"ochenta", {80, false}},
      {"noventa", {90, false}},
      {"cien", {100, false}},
      {"ciento", {100, false}},
      {"doscientos", {200, false}},
      {"doscientas", {200, false}},
      {"trescientos", {300, false}},
      {"trescientas", {300, false}},
      {"cuatrocientos", {400, false}},
      {"cuatrocientas", {400, false}},
      {"quinientos", {500, false}},
      {"quinientas", {500, false}},
      {"seiscientos", {600, false}},
      {"seiscientas", {600, false}},
      {"setecientos", {700, false}},
      {"setecientas", {700, false}},
      {"ochocientos", {800, false}},
      {"ochocientas", {800, false}},
      {"novecientos", {900, false}},
      {"novecientas", {900, false}},
      {"mil", {1e3, true}},
      {"miles", {1e3, true}},
      {"millon", {1e6, true}},
      {"millones", {1e6, true}},
      {"mm", {1e6, true}},
      {"billon", {1e12, true}},
      {"billones", {1e12, true}},
      {"trillon", {1e18, true}},
      {"trillones", {1e18, true}},
  };
  return words;
}

// Ordinal stems without their last vowel: "septim" for septimo, septima, septimos.
const std::unordered_map<std::string_view, double>& ordinal_stems() {
  static const std::unordered_map<std::string_view, double> stems = {
      {"primer", 1},
      {"segund", 2},
      {"tercer", 3},
      {"cuart", 4},
      {"quint", 5},
      {"sext", 6},
      {"septim", 7},
      {"octav", 8},
      {"noven", 9},
      {"decim", 10},
      {"undecim", 11},
      {"duodecim", 12},
      {"decimoprimer", 11},
      {"decimosegund", 12},
      {"decimotercer", 13},
      {"decimocuart", 14},
      {"decimoquint", 15},
      {"decimosext", 16},
      {"decimoseptim", 17},
      {"decimoctav", 18},
      {"decimonoven", 19},
      {"vigesim", 20},
      {"trigesim", 30},
      {"cuadragesim", 40},
      {"quincuagesim", 50},
      {"sexagesim", 60},
      {"septuagesim", 70},
      {"octogesim", 80},
      {"nonagesim", 90},
      {"centesim", 100},
      {"ducentesim", 200},
      {"tricentesim", 300},
      {"cuadringentesim", 400},
      {"cuadringentesim", 400},
      {"quingentesim", 500},
      {"sexcentesim", 600},
      {"septingentesim", 700},
      {"octingentesim", 800},
      {"noningentesim", 900},
      {"milesim", 1e3},
      {"millonesim", 1e6},
      {"billonesim", 1e12},
      {"trillonesim", 1e18},
  };
  return stems;
}

struct sum {
  double total = 0, current = 0, big = 1e30, scale = 1, least = 1e30;
  bool any = false;
  bool add(const part& p) {
    if (p.multiplies) {
      if (p.value >= big) {
        if (current == 0 && least < 1e30 && big == p.value) return false;
        total = (total + (current == 0 && total == 0 ? 1 : current)) * p.value;
        big = p.value;
      } else if (p.value == 1e3 && big > 1e6) {
        // "tres mil millones": a thousand may stand in front of a larger word; it stays in the current sum until then.
        total += 0;
        current = (current == 0 ? 1 : current) * 1e3;
        thousand += current;
        current = 0;
      } else {
        total += (current + thousand == 0 ? 1 : current + thousand) * p.value;
        thousand = 0;
        current = 0;
        big = p.value;
      }
      if (p.value == 1e3 && big <= 1e6 && thousand == 0 && false) return false;
      scale = p.value;
      least = 1e30;
      any = true;
      return true;
    }
    const double size = p.value >= 100 ? 100 : p.value >= 30 || p.value == 20 ? 10 : 1;
    if (size >= least || (any && p.value == 0)) return false;
    if (least == 10 && p.value >= 10) return false;
    current += p.value;
    least = p.value >= 100 ? 100 : size;
    any = true;
    return true;
  }
  double value() const { return total + thousand + current; }
  double thousand = 0;
};

struct count {
  double value = 0, scale = 1;
  std::size_t last = 0;
  bool digits = false;
};

std::optional<count> whole(const source_text& t, std::size_t i) {
  sum s;
  auto at = i;
  bool digits = false;
  if (t.digits(i)) {
    auto n = read_plain_digits(t, i, tongue::spanish);
    if (!n) return std::nullopt;
    auto w = cardinal_parts().find(t.word(n->last));
    if (w == cardinal_parts().end() || !w->second.multiplies) return std::nullopt;
    s.current = n->value;
    s.any = true;
    s.least = 1;
    at = n->last;
    digits = true;
  }
  bool ten = false;
  while (at < t.size() && at < i + 40) { // a numeral is not longer; keeps the work linear
    auto next = at;
    bool joined = false;
    if (s.any && t.is(at, "y") && ten) {
      next = at + 1;
      joined = true;
    }
    auto w = cardinal_parts().find(t.word(next));
    if (w == cardinal_parts().end()) break;
    if (joined && w->second.value >= 10) break;
    if (s.any && !joined && ten && !w->second.multiplies) break;
    if (w->first == "miles" && !s.any) break;
    if (w->first == "mm" && !digits) break;
    if (!s.any && w->second.multiplies && w->second.value > 1e3) break;
    if (!s.add(w->second)) break;
    ten = !w->second.multiplies && w->second.value >= 30 && w->second.value < 100;
    at = next + 1;
  }
  if (at == i || (digits && at == i + 1)) return std::nullopt;
  return count{s.value(), s.scale, at, digits};
}

// Cuts "veintiun" + "avos", "dos" + "milesimos", "ciento" + "cinco" + "avos". The value of the cardinal part, 0 when it
// is none.
double glued_cardinal(std::string_view w) {
  if (w.empty()) return 0;
  sum s;
  while (!w.empty()) {
    if (s.any && (w.substr(0, 1) == "y" || w.substr(0, 1) == "i") && w.size() > 3) w.remove_prefix(1);
    std::size_t best = 0;
    const part* found = nullptr;
    for (std::size_t n = 2; n <= w.size() && n <= 14; ++n) {
      auto it = cardinal_parts().find(w.substr(0, n));
      if (it != cardinal_parts().end()) {
        best = n;
        found = &it->second;
      }
    }
    if (!found || !s.add(*found)) return 0;
    w.remove_prefix(best);
  }
  return s.value();
}

std::string_view stem(std::string_view w) {
  if (w.size() > 3 && w.back() == 's') w.remove_suffix(1);
  if (w.size() > 3 && (w.back() == 'o' || w.back() == 'a')) w.remove_suffix(1);
  return w;
}

// An ordinal word, "tresmillonesimo" included: the head multiplies.
std::optional<double> ordinal_word(std::string_view w) {
  const auto s = stem(w);
  if (s.size() == w.size() && s != "primer" && s != "tercer") return std::nullopt;
  if (auto it = ordinal_stems().find(s); it != ordinal_stems().end()) return it->second;
  for (auto tail : {"milesim", "millonesim", "billonesim"}) {
    const std::string_view view(tail);
    if (s.size() > view.size() && s.substr(s.size() - view.size()) == view)
      if (const auto head = glued_cardinal(s.substr(0, s.size() - view.size())); head > 0)
        return head * ordinal_stems().at(view);
  }
  return std::nullopt;
}

// The denominator that a word names: "tercio", "cuartos", "veintiunavos", "dosmilesimos".
double denominator(std::string_view w) {
  const bool plural = w.size() > 2 && w.back() == 's';
  const auto single = plural ? w.substr(0, w.size() - 1) : w;
  if (single == "medio" || single == "media") return 2;
  if (single == "tercio") return 3;
  for (auto tail : {"avo", "ava"})
    if (single.size() > 4 && single.substr(single.size() - 3) == tail) {
      if (single == "octavo" || single == "octava") return 8;
      return glued_cardinal(single.substr(0, single.size() - 3));
    }
  if (single == "primero" || single == "primer" || single == "segundo" || single == "tercero" || single == "segunda" ||
      single == "primera" || single == "tercera")
    return 0;
  return ordinal_word(w).value_or(0);
}

bool dozen(std::string_view w) { return w == "docena" || w == "docenas" || w == "dz" || w == "doz" || w == "dozs"; }

} // namespace

std::optional<numeral> read_cardinal_es(const source_text& t, std::size_t i) {
  if ((t.is(i, "media") || t.is(i, "medio")) && (dozen(t.word(i + 1)) || t.is(i + 1, "millon")))
    return spelled_numeral(t, i, i + 2, dozen(t.word(i + 1)) ? 6 : 5e5, numeral_shape::integer);
  auto c = whole(t, i);
  bool plain = false;
  if (!c && t.digits(i)) {
    auto n = read_plain_digits(t, i, tongue::spanish);
    const auto w = n ? t.word(n->last) : std::string_view{};
    if (!n || !(dozen(w) || w == "sobre" || denominator(w) >= 3)) return std::nullopt;
    if (denominator(w) >= 3 && (w.back() != 's' || n->value > 99 || n->shape != numeral_shape::integer))
      return std::nullopt;
    c = count{n->value, 1, n->last, true};
    plain = true;
  }
  if (!c) return std::nullopt;
  const auto w = t.word(c->last);
  if (dozen(w)) {
    // "dos mil y cuatro docenas": the dozens belong to the last part.
    return spelled_numeral(t, i, c->last + 1, c->value * 12, numeral_shape::integer);
  }
  if (w == "y" && !plain) {
    auto tail = whole(t, c->last + 1);
    if (tail && dozen(t.word(tail->last)))
      return spelled_numeral(t, i, tail->last + 1, c->value + tail->value * 12, numeral_shape::integer);
  }
  if (w == "sobre") {
    auto under = whole(t, c->last + 1);
    if (!under && t.digits(c->last + 1))
      if (auto n = read_plain_digits(t, c->last + 1, tongue::spanish)) under = count{n->value, 1, n->last, true};
    if (under && under->value > 0)
      return spelled_numeral(t, i, under->last, c->value / under->value, numeral_shape::fraction);
  }
  if (plain && !denominator(w)) return std::nullopt;
  if (const auto d = denominator(w); d >= 2 && !(d == 2 && c->value == 1)) {
    // "cinco octavos", "un millon dos mil doscientos tres quintos"
    auto last = c->last + 1;
    double under = d;
    const bool plural = w.back() == 's';
    if (plural || c->value == 1) return spelled_numeral(t, i, last, c->value / under, numeral_shape::fraction);
  }
  if (w == "y" || w == "con" || w == "coma" || w == "punto") {
    const auto next = c->last + 1;
    if (w == "y" || w == "con") {
      double part = 0;
      auto end = next;
      if (t.is(next, "medio") || t.is(next, "media")) {
        part = 0.5;
        end = next + 1;
      } else if (t.is(next, "cuarto")) {
        part = 0.25;
        end = next + 1;
      } else if (auto tail = whole(t, next)) {
        const auto noun = t.word(tail->last);
        if (const auto d = denominator(noun); d >= 2) {
          part = tail->value / d;
          end = tail->last + 1;
        } else if (noun == "y" && (t.is(tail->last + 1, "medio") || t.is(tail->last + 1, "media"))) {
          part = tail->value + 0.5;
          end = tail->last + 2;
        }
      }
      if (part > 0)
        return spelled_numeral(t, i, end, c->value + (c->scale >= 1e6 && part < 1 ? part * c->scale : part),
                               numeral_shape::fraction);
    }
    if (w != "y") {
      // digit by digit ("coma cero tres") or one number ("coma mil quinientos")
      std::string digits;
      auto at = next;
      while (t.is(at, "cero")) {
        digits += '0';
        ++at;
      }
      if (auto tail = whole(t, at); tail && !tail->digits) {
        digits += decimal_text(tail->value);
        at = tail->last;
      }
      if (!digits.empty())
        return spelled_numeral(t, i, at, c->value + std::atof(("0." + digits).c_str()), numeral_shape::decimal);
    }
  }
  return spelled_numeral(t, i, c->last, c->value, numeral_shape::integer, c->scale);
}

std::optional<numeral> read_ordinal_es(const source_text& t, std::size_t i) {
  if (t.digits(i) && t.size() > i + 1) {
    auto j = i + 1;
    const bool dot = t.is(j, ".") && t.glued(j);
    if (dot) ++j;
    const auto w = t.word(j);
    const bool suffix =
        !dot && (w == "ro" || w == "ra" || w == "do" || w == "da" || w == "to" || w == "ta" || w == "mo" || w == "ma" ||
                 w == "vo" || w == "va" || w == "er" || w == "no" || w == "na");
    if (t.glued(j) && (suffix || w == "º" || w == "ª" || (w == "°" && dot))) {
      auto n = spelled_numeral(t, i, j + 1, std::atof(std::string(t.word(i)).c_str()), numeral_shape::integer);
      n.ordinal = true;
      n.spelled = false;
      return n;
    }
  }
  double total = 0, least = 1e30;
  auto at = i;
  auto c = whole(t, i);
  if (c && !c->digits) {
    // The cardinal in front multiplies: "cincuenta y dos milesimo".
    auto o = ordinal_word(t.word(c->last));
    if (!o || *o < 1e3) return std::nullopt;
    if (std::fmod(c->value, 1e6) == 0 && c->value > 0 && *o == 1e3) return std::nullopt;
    double head = c->value, above = 0;
    // What lies above the multiplier's own range was complete already ("trece millones ... mil" + milesimo).
    if (*o == 1e3) {
      above = std::floor(head / 1e6) * 1e6;
      head -= above;
    } else if (*o == 1e6) {
      above = std::floor(head / 1e12) * 1e12;
      head -= above;
    }
    total = above + head * *o;
    least = *o;
    at = c->last + 1;
  }
  while (at < t.size()) {
    auto o = ordinal_word(t.word(at));
    if (!o || *o >= least) break;
    if (total > 0 && *o >= 1e3 && least == 1e30) break;
    total += *o;
    least = *o >= 1e3 ? 1e3 : *o >= 100 ? 100 : *o >= 10 ? 10 : 1;
    ++at;
  }
  if (at == i) return std::nullopt;
  auto n = spelled_numeral(t, i, at, total, numeral_shape::integer);
  n.ordinal = true;
  return n;
}

} // namespace steward::entities
