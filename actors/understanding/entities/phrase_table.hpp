// Phrases of several tokens, found longest first. Phrases are written as in a text and folded and cut in the same way.
#pragma once

#include "actors/understanding/entities/source_text.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace steward::entities {

struct phrase_match {
  std::size_t last = 0; // token behind the phrase
  std::size_t id = 0;
};

class phrase_table {
public:
  void add(std::string_view phrase, std::size_t id);
  // The longest phrase at token i, last == i when there is none.
  phrase_match longest(const source_text&, std::size_t i) const;
  // Every phrase at token i, longest first.
  std::vector<phrase_match> all(const source_text&, std::size_t i) const;

private:
  struct entry {
    std::vector<std::string> words;
    std::vector<bool> glued; // signs and digits of a phrase must stand as they do in it
    std::size_t id;
  };
  std::map<std::string, std::vector<entry>, std::less<>> by_first_;
};

} // namespace steward::entities
