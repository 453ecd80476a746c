// Payment cards: 13 to 19 digits whose Luhn digit is right. A number that stands alone in the groups in which cards are
// printed needs no more; one that has to be cut out of a longer row of digits must also begin as a card scheme's do,
// for one row in ten has a right Luhn digit by chance.
#include "actors/tenant/mask_glyphs.hpp"

#include <algorithm>

namespace steward {
namespace {

struct scheme {
  uint32_t low, high; // of the first digits, as many as the bounds have
  const char* lengths;
};
constexpr scheme schemes[] = {
    {4, 4, "13 16 19"}, // Visa
    {51, 55, "16"},
    {2221, 2720, "16"}, // Mastercard
    {34, 34, "15"},
    {37, 37, "15"}, // American Express
    {300, 305, "14 16 17 18 19"},
    {3095, 3095, "14"},
    {36, 36, "14 16 17 18 19"},  // Diners
    {38, 39, "14 16 17 18 19"},  //
    {3528, 3589, "16 17 18 19"}, // JCB
    {6011, 6011, "16 17 18 19"},
    {644, 659, "16 17 18 19"}, // Discover
    {62, 62, "16 17 18 19"},
    {81, 82, "16 17 18 19"}, // UnionPay, RuPay
    {50, 50, "13 14 15 16 17 18 19"},
    {56, 58, "13 14 15 16 17 18 19"}, // Maestro
    {60, 61, "13 14 15 16 17 18 19"},
    {63, 63, "13 14 15 16 17 18 19"}, //
    {67, 69, "13 14 15 16 17 18 19"}, //
    {2200, 2204, "16 17 18 19"},      // Mir
    {9792, 9792, "16"},               // Troy
};

bool of_a_scheme(const std::string& digits) {
  auto size = std::to_string(digits.size());
  return std::any_of(std::begin(schemes), std::end(schemes), [&](const scheme& s) {
    auto n = std::to_string(s.low).size();
    auto head = static_cast<uint32_t>(std::stoul(digits.substr(0, n)));
    return head >= s.low && head <= s.high && std::string_view(s.lengths).find(size) != std::string_view::npos;
  });
}

// One group, or groups of four and more with a shorter rest.
bool grouped_as_printed(const std::string& groups) {
  for (size_t at = 0; at < groups.size();) {
    auto end = std::min(groups.find('-', at), groups.size());
    if (end < groups.size() && std::stoul(groups.substr(at, end - at)) < 4) return false;
    at = end + 1;
  }
  return true;
}

} // namespace

void find_cards(const glyphs& g, std::vector<found>& out) {
  each_window(g, 13, 19, [&](const digit_window& w) {
    if (w.digits.front() == '0' || !luhn(w.digits)) return;
    if (of_a_scheme(w.digits) || (w.whole && grouped_as_printed(w.plain))) out.push_back({w.first, w.last});
  });
}

} // namespace steward
