// What a tenant wants to find in messages: lists of values with the words for them ("Ridge 1" for the product TN-RDG1),
// and patterns (order numbers). Immutable once made; all functions may be called from any thread at once.
#pragma once

#include "actors/understanding/entities/source_text.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steward::entities {

struct own_entity {
  std::string kind;
  std::vector<std::pair<std::string, std::vector<std::string>>> values; // value, and the words for it
  std::vector<std::string> patterns;                                    // regular expressions, as ICU reads them
};

struct own_span {
  std::string kind, value; // of a pattern the value is what was written
  std::uint32_t begin, end;
};

struct own_cost {           // of one message
  std::size_t compared = 0; // names with words of it
  std::size_t steps = 0;    // of patterns that go back and forth; none for one that does not
};

class own_names {
public:
  explicit own_names(const std::vector<own_entity>&); // a pattern that is none is left out: pattern_problem() tells
  ~own_names();
  own_names(const own_names&) = delete;
  own_names& operator=(const own_names&) = delete;

  /// Words with small typing errors (catalogue.hpp); of a pattern only what no letter or digit touches. At most `most`
  /// of each kind. Patterns that take long give up, all of a message's together sooner.
  std::vector<own_span> read(const source_text&, std::size_t most = 20, own_cost* = nullptr) const;

private:
  struct kind_of_own;
  std::vector<std::unique_ptr<const kind_of_own>> kinds_;
};

} // namespace steward::entities
