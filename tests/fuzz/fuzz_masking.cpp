// Masking: takes any bytes, leaves nothing to mask, and UTF-8 as UTF-8.
#include "actors/tenant/masking.hpp"
#include "actors/tenant/spelling.hpp"
#include "tests/fuzz/must.hpp"

#include <cstddef>
#include <cstdint>

using namespace steward;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::vector<mask_rule> rules;
  if (data[0] & 1) rules.push_back(mask_rule::card);
  if (data[0] & 2) rules.push_back(mask_rule::national_id);
  if (data[0] & 4) rules.push_back(mask_rule::password);
  auto once = mask(text, rules);
  fuzz::must(mask(once.text, rules).masked == 0, "nothing is left to mask");
  fuzz::must((once.masked == 0) == (once.text == text), "the count tells whether anything was");
  if (!first_bad_byte(text)) fuzz::must(!first_bad_byte(once.text), "UTF-8 stays UTF-8");
  return 0;
}
