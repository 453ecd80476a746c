// National ids that mix letters and digits. A pattern is walked glyph by glyph; people put separators inside, and then
// the letters must be capitals (or the id's name stand before it), so that words of a sentence do not become one.
#include "actors/tenant/mask_glyphs.hpp"

#include <algorithm>

namespace steward {
namespace {

using text = std::string_view; // lower case, without separators

int value36(char c) { return c >= 'a' ? c - 'a' + 10 : c - '0'; }
int num(text s, size_t at, size_t n) {
  int x = 0;
  for (size_t i = at; i < at + n; ++i) x = x * 10 + (s[i] - '0');
  return x;
}

bool chinese_id(text s) { // the check digit ten is an X
  constexpr int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0, year = num(s, 6, 4);
  for (size_t i = 0; i < 17; ++i) sum += weights[i] * (s[i] - '0');
  return sum % 11 == 2 && s[17] == 'x' && num(s, 0, 2) >= 11 && num(s, 0, 2) <= 83 && year >= 1850 && year <= 2100 &&
         is_date(year, num(s, 10, 2), num(s, 12, 2));
}
bool spanish_letter(int n, char letter) { return "trwagmyfpdxbnjzsqvhlcke"[n % 23] == letter; }
bool spanish_dni(text s) { return spanish_letter(num(s, 0, 8), s[8]); }
bool spanish_nie(text s) { return s[0] >= 'x' && spanish_letter((s[0] - 'x') * 10000000 + num(s, 1, 7), s[8]); }
bool british_nino(text s) {
  auto never = [](char c, text list) { return list.find(c) != text::npos; };
  auto head = s.substr(0, 2);
  if (s[8] > 'd') return false;
  if (head == "qq") return true; // official papers' own example
  return !never(s[0], "dfiquv") && !never(s[1], "dfiquvo") && head != "bg" && head != "gb" && head != "nk" &&
         head != "kn" && head != "tn" && head != "nt" && head != "zz";
}
bool italian_code(text s) {
  constexpr int odd[] = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
  int sum = 0;
  for (size_t i = 0; i < 15; ++i) {
    int v = s[i] >= 'a' ? s[i] - 'a' : s[i] - '0';
    sum += i % 2 == 0 ? odd[v] : v;
  }
  return text("abcdehlmprst").find(s[8]) != text::npos && 'a' + sum % 26 == s[15];
}
bool mexican_curp(text s) {
  if (!is_date(2000 + num(s, 4, 2), num(s, 6, 2), num(s, 8, 2)) || text("hmx").find(s[10]) == text::npos) return false;
  int sum = 0;
  for (size_t i = 0; i < 17; ++i) {
    int v = value36(s[i]);
    sum += (v > 23 ? v + 1 : v) * static_cast<int>(18 - i); // Ñ stands between N and O
  }
  return (10 - sum % 10) % 10 == s[17] - '0';
}
bool singapore_nric(text s) {
  constexpr int weights[] = {2, 7, 6, 5, 4, 3, 2};
  if (text("stfgm").find(s[0]) == text::npos) return false;
  int sum = s[0] == 't' || s[0] == 'g' ? 4 : s[0] == 'm' ? 3 : 0;
  for (size_t i = 0; i < 7; ++i) sum += weights[i] * (s[i + 1] - '0');
  int r = sum % 11;
  return (s[0] == 's' || s[0] == 't' ? "jzihgfedcba" : s[0] == 'm' ? "xwutrqpnjlk" : "xwutrqpnmlk")[r] == s[8];
}
bool taiwan_id(text s) {
  constexpr int letters[] = {10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21,
                             22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33};
  if (text("1289").find(s[1]) == text::npos) return false;
  int v = letters[s[0] - 'a'], sum = v / 10 + v % 10 * 9;
  for (size_t i = 1; i < 9; ++i) sum += static_cast<int>(9 - i) * (s[i] - '0');
  return (sum + s[9] - '0') % 10 == 0;
}
bool finnish_id(text s) {
  return is_date(2000 + num(s, 4, 2), num(s, 2, 2), num(s, 0, 2)) &&
         "0123456789abcdefhjklmnprstuvwxy"[(num(s, 0, 6) * 1000LL + num(s, 6, 3)) % 31] == s[9];
}
bool chilean_rut(text s) {
  int sum = 0, weight = 2;
  for (size_t i = s.size() - 1; i-- > 0; weight = weight == 7 ? 2 : weight + 1) sum += weight * (s[i] - '0');
  int r = 11 - sum % 11;
  return s.back() == (r == 11 ? '0' : r == 10 ? 'k' : static_cast<char>('0' + r));
}
bool indian_pan(text s) { return text("pcfhatbljg").find(s[3]) != text::npos; }
bool hong_kong_id(text s) {
  int sum = 36 * 9 + value36(s[0]) * 8;
  for (size_t i = 1; i < 7; ++i) sum += static_cast<int>(8 - i) * (s[i] - '0');
  int r = (11 - sum % 11) % 11;
  return s[7] == (r == 10 ? 'a' : static_cast<char>('0' + r));
}

enum class cut { free, attached, dashed }; // separators anywhere; nowhere; one at least (or the id's name)

struct lettered_id {
  std::string_view pattern; // L letter, D digit, A either
  bool (*check)(text);
  cut separators;
  std::vector<std::u32string> names;
};

std::vector<std::u32string> words(std::initializer_list<const char*> list) {
  std::vector<std::u32string> out;
  for (auto w : list) out.push_back(folded(w));
  return out;
}

const std::vector<lettered_id>& all() {
  static const std::vector<lettered_id> ids = {
      {"DDDDDDDDDDDDDDDDDL", chinese_id, cut::free, words({"身份证", "身份證", "id"})},
      {"DDDDDDDDL", spanish_dni, cut::free, words({"dni", "nif", "d.n.i."})},
      {"LDDDDDDDL", spanish_nie, cut::free, words({"nie", "n.i.e."})},
      {"LLDDDDDDL", british_nino, cut::free, words({"nino", "national insurance", "ni number"})},
      {"LLLLLLAALAALAAAL", italian_code, cut::free, words({"codice fiscale", "cf"})},
      {"LLLLDDDDDDLLLLLLAD", mexican_curp, cut::free, words({"curp"})},
      {"LDDDDDDDL", singapore_nric, cut::free, words({"nric", "fin"})},
      {"LDDDDDDDDD", taiwan_id, cut::free, words({"身分證", "身份證"})},
      {"DDDDDDDDDA", finnish_id, cut::dashed, words({"henkilotunnus", "hetu"})},
      {"DDDDDDDDA", chilean_rut, cut::dashed, words({"rut", "run"})},
      {"DDDDDDDA", chilean_rut, cut::dashed, words({"rut", "run"})},
      {"LLLLLDDDDL", indian_pan, cut::attached, words({"pan", "pan card"})},
      {"LDDDDDDA", hong_kong_id, cut::dashed, words({"hkid", "身份證"})},
  };
  return ids;
}

bool is_alnum(char32_t c) { return is_digit(c) || is_latin(c); }
bool fits(char32_t c, char p) { return p == 'L' ? is_latin(c) : p == 'D' ? is_digit(c) : is_alnum(c); }

// Where Finnish and Chilean ids carry their dash, and the one of Hong Kong its bracket: before the last glyphs.
bool cut_at_the_end(const glyphs& g, size_t last, size_t tail) {
  while (tail > 0 && last > 0) {
    if (!is_alnum(g[last].c)) return true;
    --last, --tail;
  }
  return !is_alnum(g[last].c);
}

bool try_at(const glyphs& g, size_t first, const lettered_id& id, found& out) {
  std::string s;
  size_t i = first, gaps = 0, last = first;
  bool capitals = true, open = false;
  for (char p : id.pattern) {
    size_t gap = 0;
    bool space = false;
    while (i < g.size() && !s.empty() && gap < 3 && !g[i].barrier && !is_alnum(g[i].c) && is_separator(g[i].c))
      space = space || is_space(g[i].c), ++i, ++gap;
    if (i >= g.size() || g[i].barrier || !fits(g[i].c, p)) return false;
    if (is_latin(g[i].c)) capitals = capitals && g[i].upper;
    if (space && (is_latin(g[i].c) || is_latin(g[last].c))) open = true; // a letter that may be a word
    gaps += gap;
    s += static_cast<char>(g[i].c);
    last = i++;
  }
  if (i < g.size() && !g[i].veiled && (is_alnum(g[i].c))) return false;
  if (!id.check(s)) return false;
  bool named = named_before(g, first, id.names);
  if (id.separators == cut::attached && gaps > 0 && !named) return false;
  if (id.separators == cut::dashed && !named) {
    size_t tail = id.pattern == "DDDDDDDDDA" ? 4 : 1;
    if (!cut_at_the_end(g, last, tail)) return false;
    // Without dots and name, seven digits, a dash and one more is anybody's number.
    if (id.check == chilean_rut && gaps < 3) return false;
  }
  bool as_printed = id.check == british_nino && gaps == 4; // ab 12 34 56 c
  if (open && !capitals && !named && !as_printed) return false;
  if (id.separators == cut::attached && !capitals && !named) return false;
  if (id.check == hong_kong_id && i < g.size() && g[i].c == ')') last = i;
  out = {first, last};
  return true;
}

} // namespace

void find_lettered_ids(const glyphs& g, std::vector<found>& out) {
  for (size_t i = 0; i < g.size(); ++i) {
    if (g[i].barrier || !is_alnum(g[i].c)) continue;
    // Digits may follow a letter ("DNI12345678Z"); letters must begin a word, digits a group.
    bool begins = i == 0 || g[i].veiled || (is_digit(g[i].c) ? !is_digit(g[i - 1].c) : !is_alnum(g[i - 1].c));
    if (!begins) continue;
    for (auto& id : all()) {
      found f;
      if (try_at(g, i, id, f)) {
        out.push_back(f);
        break;
      }
    }
  }
}

} // namespace steward
