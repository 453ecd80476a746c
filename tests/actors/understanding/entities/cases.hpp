// A table row of the entity tests: what one kind reads in a text, as "text=value" joined by " | ".
#pragma once

#include "actors/understanding/entities/entity_reader.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace steward {

struct entity_case {
  const char* language;
  const char* kind;
  const char* text;
  const char* expected;
};

inline std::string read_as(const entity_case& c, const char* now = "2024-05-15T10:30:00") {
  entity_context context;
  context.language = c.language;
  context.now = local_seconds(now);
  std::string out;
  for (const auto& e : read_entities(c.text, context)) {
    if (e.kind != c.kind) continue;
    out += (out.empty() ? "" : " | ") + e.text + "=" + e.value;
  }
  return out;
}

template <std::size_t N>
void check_cases(const entity_case (&cases)[N]) {
  for (const auto& c : cases)
    BOOST_TEST(read_as(c) == c.expected,
               c.language << " " << c.kind << ": " << c.text << " -> " << read_as(c) << ", not " << c.expected);
}

} // namespace steward
