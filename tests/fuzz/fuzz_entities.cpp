// Entities: any bytes in any language; places stay inside of the text.
#include "actors/understanding/entities/entity_reader.hpp"
#include "actors/understanding/entities/own_names.hpp"
#include "tests/fuzz/must.hpp"

#include <cstddef>
#include <cstdint>

using namespace steward;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  static const char* languages[] = {"en", "es", "zh", "fr"};
  entity_context context;
  context.language = languages[data[0] & 3];
  context.now = 1'715'769'000;
  static const entities::own_names own(
      {{"product", {{"K", {"Turbo Kettle"}}, {"F", {"Fan", "风扇"}}}, {}}, {"order", {}, {"LT-\\d+", "(a|aa)+$"}}});
  if (data[0] & 4) context.own = &own;
  context.senses = (data[0] & 8) != 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  for (const auto& e : read_entities(text, context)) {
    fuzz::must(e.byte < text.size(), "an entity begins inside of the text");
    fuzz::must(e.length > 0 && e.start + e.length <= text.size(), "and ends there");
    fuzz::must(!e.kind.empty() && !e.text.empty(), "it has a kind and a text");
  }
  return 0;
}
