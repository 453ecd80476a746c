// The readers of model files: any bytes are refused or read within their bounds.
#include "actors/understanding/language/byte_automaton.hpp"
#include "actors/understanding/language/ngram_table.hpp"
#include "actors/understanding/language/sibling_table.hpp"
#include "actors/understanding/mood/mood_head.hpp"
#include "tests/fuzz/must.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

using namespace steward;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::vector<std::byte> bytes(size);
  if (size > 0) std::memcpy(bytes.data(), data, size);
  if (size >= 32) { // a right checksum, so that what stands behind it is reached
    std::uint32_t h = 2166136261U;
    for (std::size_t i = 32; i < size; ++i) h = (h ^ data[i]) * 16777619U;
    auto checked = bytes;
    std::memcpy(checked.data() + 28, &h, 4);
    if (const auto table = ngram_table::create(checked, "fuzz")) {
      std::vector<std::uint32_t> features{0, 1, 77, 4'000'000'000U};
      character_grams(*table, "abc \xC3\xA9\xFF", 5, features);
      fuzz::must(table->score(features).size() == table->classes().size(), "a score for each class");
    }
    if (const auto siblings = sibling_table::create(checked, "fuzz"))
      for (const auto& c : siblings->contrasts("nb", " abc \xC3\xA9\xFF abcdef "))
        fuzz::must(!c.language.empty(), "a weight for each language");
  }
  if (const auto automaton = byte_automaton::create(bytes, "fuzz")) {
    const auto odds = automaton->probabilities("any text \xFF\xC3");
    fuzz::must(odds.empty() || odds.size() == automaton->classes().size(), "a probability for each class");
  }
  if (const auto head = mood_head::create({reinterpret_cast<const char*>(data), size}, "fuzz"))
    fuzz::must(head->score(std::vector<float>(head->dimension())).size() == head->classes().size(),
               "a logit for each class");
  return 0;
}
