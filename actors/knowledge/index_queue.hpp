// Which language's index is made next. Pure.
#pragma once
#include "messages/ids.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace steward {

using language_of = std::pair<tenant_id, std::string>;

struct index_choice {
  language_of which;
  bool words_only = false; // and with the encoder another time
};

/// Languages whose index is no longer what their articles are. Those of which customers would hear nothing at all come
/// first, by words, which takes moments: the encoder may read one language for minutes while the others wait.
class index_queue {
public:
  void add(language_of l) { stale_.insert(std::move(l)); }
  bool contains(const std::function<bool(const language_of&)>& which) const;
  /// `mute`: nothing is served of it, and its encoder has to read first.
  std::optional<index_choice> take(const std::function<bool(const language_of&)>& mute);

private:
  std::set<language_of> stale_;
  std::set<language_of> worded_; // had their turn by words, and wait for the encoder
};

} // namespace steward
