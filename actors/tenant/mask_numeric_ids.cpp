// National ids that are digits alone. How much else must speak for one depends on its check: a strong one (one in
// hundred passes by chance) suffices, a weak one wants the printed grouping, and where there is none, the id's name
// nearby.
#include "actors/tenant/mask_glyphs.hpp"

#include <algorithm>

namespace steward {
namespace {

using digits = std::string_view;

int num(digits d, size_t at, size_t n) {
  int x = 0;
  for (size_t i = at; i < at + n; ++i) x = x * 10 + (d[i] - '0');
  return x;
}
int64_t long_num(digits d) {
  int64_t x = 0;
  for (char c : d) x = x * 10 + (c - '0');
  return x;
}
int weighted(digits d, std::initializer_list<int> weights) {
  int sum = 0;
  size_t i = 0;
  for (int w : weights) sum += w * (d[i++] - '0');
  return sum;
}
bool all_same(digits d) { return d.find_first_not_of(d[0]) == digits::npos; }
bool short_date(digits d, size_t at) { // yymmdd
  return is_date(2000 + num(d, at, 2), num(d, at + 2, 2), num(d, at + 4, 2));
}

bool us_ssn(digits d) { // no check digit: ranges only; from 900 on: ITIN
  int area = num(d, 0, 3), group = num(d, 3, 2), serial = num(d, 5, 4);
  if (area >= 900)
    return (group >= 50 && group <= 65) || (group >= 70 && group <= 88) || (group >= 90 && group != 93 && group <= 99);
  return area != 0 && area != 666 && group != 0 && serial != 0;
}
bool chinese_id(digits d) {
  int province = num(d, 0, 2), year = num(d, 6, 4);
  if (province < 11 || province > 83 || year < 1850 || year > 2100 || !is_date(year, num(d, 10, 2), num(d, 12, 2)))
    return false;
  int sum = weighted(d, {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2});
  return "10X98765432"[sum % 11] == d[17];
}
bool old_chinese_id(digits d) {
  return num(d, 0, 2) >= 11 && num(d, 0, 2) <= 82 && is_date(1900 + num(d, 6, 2), num(d, 8, 2), num(d, 10, 2));
}
bool german_tax_id(digits d) {
  if (d[0] == '0') return false;
  int seen[10] = {}, repeated = 0;
  for (size_t i = 0; i < 10; ++i) ++seen[d[i] - '0'];
  for (int n : seen) {
    if (n > 3) return false;
    repeated += n > 1;
  }
  if (repeated != 1) return false;
  int product = 10; // ISO 7064, mod 11,10
  for (size_t i = 0; i < 10; ++i) {
    int sum = (d[i] - '0' + product) % 10;
    product = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  return (11 - product) % 10 == d[10] - '0';
}
bool french_nir(digits d) {
  int month = num(d, 3, 2), sex = d[0] - '0';
  if (sex == 0 || sex == 5 || sex == 6 || sex == 9) return false;
  if (!((month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50)) return false;
  return 97 - long_num(d.substr(0, 13)) % 97 == num(d, 13, 2);
}
bool brazilian_cpf(digits d) {
  if (all_same(d)) return false;
  int a = weighted(d, {10, 9, 8, 7, 6, 5, 4, 3, 2}) * 10 % 11 % 10;
  int b = weighted(d, {11, 10, 9, 8, 7, 6, 5, 4, 3, 2}) * 10 % 11 % 10;
  return a == d[9] - '0' && b == d[10] - '0';
}
bool turkish_id(digits d) {
  if (d[0] == '0') return false;
  int odd = weighted(d, {1, 0, 1, 0, 1, 0, 1, 0, 1}), even = weighted(d, {0, 1, 0, 1, 0, 1, 0, 1});
  int ten = ((odd * 7 - even) % 10 + 10) % 10;
  return ten == d[9] - '0' && (odd + even + ten) % 10 == d[10] - '0';
}
bool belgian_id(digits d) {
  int month = num(d, 2, 2) % 20;
  if (month > 12 || num(d, 4, 2) > 31) return false;
  auto n = long_num(d.substr(0, 9));
  int check = num(d, 9, 2);
  return 97 - n % 97 == check || 97 - (2000000000 + n) % 97 == check;
}
bool polish_pesel(digits d) {
  int month = num(d, 2, 2);
  int year = month > 20 ? 2000 + num(d, 0, 2) : 1900 + num(d, 0, 2);
  if (month > 32 || !is_date(year, month % 20, num(d, 4, 2))) return false;
  return (10 - weighted(d, {1, 3, 7, 9, 1, 3, 7, 9, 1, 3}) % 10) % 10 == d[10] - '0';
}
bool norwegian_id(digits d) {
  if (!is_date(2000 + num(d, 4, 2), num(d, 2, 2), num(d, 0, 2) % 40)) return false;
  return weighted(d, {3, 7, 6, 1, 8, 9, 4, 5, 2, 1}) % 11 == 0 &&
         weighted(d, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
}
bool russian_snils(digits d) {
  return weighted(d, {9, 8, 7, 6, 5, 4, 3, 2, 1}) % 101 % 100 == num(d, 9, 2) && !all_same(d);
}
bool swiss_ahv(digits d) {
  return d.starts_with("756") && (10 - weighted(d, {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3}) % 10) % 10 == d[12] - '0';
}
// Not the years 13 to 30: what begins like today's date is an order number, and neither babies nor men of a hundred
// ask.
bool swedish_id(digits d) { return short_date(d, 0) && (num(d, 0, 2) < 13 || num(d, 0, 2) > 30) && luhn(d); }
bool long_swedish_id(digits d) { return (num(d, 0, 2) == 19 || num(d, 0, 2) == 20) && swedish_id(d.substr(2)); }
bool danish_cpr(digits d) { return is_date(2000 + num(d, 4, 2), num(d, 2, 2), num(d, 0, 2)); }
bool korean_rrn(digits d) { return short_date(d, 0) && d[6] >= '1' && d[6] <= '8'; }
bool south_african_id(digits d) { return short_date(d, 0) && d[10] <= '2' && luhn(d); }
bool canadian_sin(digits d) { return d[0] != '8' && luhn(d) && !all_same(d); }
bool dutch_bsn(digits d) { return weighted(d, {9, 8, 7, 6, 5, 4, 3, 2, -1}) % 11 == 0 && !all_same(d); }
bool portuguese_nif(digits d) {
  int r = 11 - weighted(d, {9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return (r >= 10 ? 0 : r) == d[8] - '0';
}
bool australian_tfn(digits d) { return weighted(d, {1, 4, 3, 7, 5, 8, 6, 9, 10}) % 11 == 0; }
bool japanese_number(digits d) {
  int r = weighted(d, {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11;
  return (r <= 1 ? 0 : 11 - r) == d[11] - '0';
}
bool aadhaar(digits d) { // Verhoeff over the dihedral group of ten
  constexpr int p[8][10] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
                            {5, 8, 0, 3, 7, 9, 6, 1, 4, 2}, {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
                            {9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
                            {2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}};
  auto times = [](int a, int b) {
    if (a < 5) return b < 5 ? (a + b) % 5 : 5 + (a + b - 5) % 5;
    return b < 5 ? 5 + (a - 5 - b + 5) % 5 : (a - b + 5) % 5;
  };
  int c = 0;
  for (size_t i = 0; i < 12; ++i) c = times(c, p[i % 8][d[11 - i] - '0']);
  return d[0] >= '2' && c == 0;
}

enum class needs { nothing, whole, groups, name };

struct numeric_id {
  size_t length;
  bool (*check)(digits);
  needs wants;             // unless the id's name stands before it
  std::string_view groups; // "|3-2-4|"
  std::vector<std::u32string> names;
};

std::vector<std::u32string> words(std::initializer_list<const char*> list) {
  std::vector<std::u32string> out;
  for (auto w : list) out.push_back(folded(w));
  return out;
}

const std::vector<numeric_id>& all() {
  static const std::vector<numeric_id> ids = {
      {9, us_ssn, needs::groups, "|3-2-4|",
       words({"ssn", "social security", "social security number", "itin", "seguro social", "社会安全号"})},
      {18, chinese_id, needs::nothing, "", {}},
      {15, old_chinese_id, needs::name, "", words({"身份证", "身份證", "id card"})},
      {11, german_tax_id, needs::whole, "",
       words({"steuer-id", "steuerid", "steuer id", "steuer-identifikationsnummer", "steuernummer", "idnr", "tax id"})},
      {15, french_nir, needs::nothing, "", {}},
      {11, brazilian_cpf, needs::nothing, "", {}},
      {11, turkish_id, needs::nothing, "", {}},
      {11, belgian_id, needs::nothing, "", {}},
      {11, norwegian_id, needs::nothing, "", {}},
      {11, polish_pesel, needs::whole, "", words({"pesel"})},
      {11, russian_snils, needs::groups, "|3-3-3-2|", words({"снилс", "snils"})},
      {13, swiss_ahv, needs::nothing, "", {}},
      {10, swedish_id, needs::groups, "|6-4|", words({"personnummer"})},
      {12, long_swedish_id, needs::groups, "|8-4|12|", words({"personnummer"})},
      {10, danish_cpr, needs::name, "", words({"cpr", "cpr-nummer", "personnummer"})},
      {13, korean_rrn, needs::groups, "|6-7|", words({"주민등록번호", "주민번호"})},
      {13, south_african_id, needs::whole, "", words({"id number", "identity number"})},
      {9, canadian_sin, needs::groups, "|3-3-3|", words({"sin", "social insurance", "assurance sociale", "nas"})},
      {9, dutch_bsn, needs::name, "", words({"bsn", "burgerservicenummer", "sofinummer"})},
      {9, portuguese_nif, needs::name, "", words({"nif", "contribuinte"})},
      {9, australian_tfn, needs::name, "", words({"tfn", "tax file number"})},
      {12, japanese_number, needs::name, "", words({"マイナンバー", "個人番号", "my number"})},
      {12, aadhaar, needs::groups, "|4-4-4|", words({"aadhaar", "aadhar", "uid", "आधार"})},
  };
  return ids;
}

bool fits(const numeric_id& id, const digit_window& w, const glyphs& g) {
  if (id.length != w.digits.size() || !id.check(w.digits)) return false;
  switch (id.wants) {
  case needs::nothing: return true;
  case needs::whole:
    if (w.whole) return true;
    break;
  case needs::groups:
    if (id.groups.find("|" + w.groups + "|") != std::string_view::npos) return true;
    break;
  case needs::name: break;
  }
  return named_before(g, w.first, id.names);
}

} // namespace

void find_numeric_ids(const glyphs& g, std::vector<found>& out) {
  each_window(g, 9, 18, [&](const digit_window& w) {
    for (auto& id : all())
      if (fits(id, w, g)) {
        out.push_back({w.first, w.last});
        break;
      }
  });
}

} // namespace steward
