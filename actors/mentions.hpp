// Whether bytes name one of some entities. Whatever holds a customer's words, in the log or in the store, names the
// customer's entity or conversation too: this is how such bytes are found without knowing what each of them is.
#pragma once
#include "messages/forget.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace steward {

class mentions {
public:
  void add(const entity_id& e) {
    if (e.value.size() == length) names_.insert(e.value);
  }
  bool contains(const entity_id& e) const { return names_.contains(e.value); }
  bool in(std::string_view bytes) const {
    if (names_.empty()) return false;
    for (size_t begin = 0; begin + length <= bytes.size();) {
      auto end = begin;
      while (end < bytes.size() && is_letter(bytes[end])) ++end;
      for (auto at = begin; at + length <= end; ++at)
        if (names_.contains(std::string(bytes.substr(at, length)))) return true;
      begin = end + 1;
    }
    return false;
  }

private:
  static constexpr size_t length = 27; // a letter and 26 of hash
  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7'); }
  std::unordered_set<std::string> names_;
};

/// Whether a message is the word with which one of them let go (to its seat, its queue). It holds nothing of theirs.
inline bool is_farewell(const message_source& from, const tenant_id& tenant, const std::vector<forget_place>& clean) {
  return std::any_of(clean.begin(), clean.end(), [&](auto& c) {
    return from.record.seq == c.seq && from.partition == partition_of(tenant, c.entity);
  });
}

} // namespace steward
