// What a request of a seat has to be, and whom it is for. Pure.
#pragma once
#include "actors/tenant/tenant_config.hpp"
#include "messages/envelope.hpp"
#include "messages/seat.hpp"
#include "messages/subjects.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace steward {

/// Verbs that are answered from what is there: me, feed, queue, read, texts, suggest, timeline, search.
bool is_seat_read(std::string_view verb);

/// What an audit wants to know: join_in, take_over, block, unblock. The first two no agent and no admin may ask for.
bool is_supervisors(std::string_view verb);
bool is_supervisors_alone(std::string_view verb);

/// The message for the log of a verb that changes something: to the seat (join, available, away, home, draft, snooze),
/// to its queue (accept, take, decline) or to the conversation (say, undo, note, close, block, unblock, back, pass,
/// reopen, join_in, leave, take_over).
result<in_message> seat_message(const subjects::seat_subject&, seat_request, const tenant_config&, int64_t now_ms);

/// May articles be looked up for this? A text as long as a customer's.
status check_suggest(const seat_request&);

/// Of search: there is something to look for, and not too much.
status check_search(const seat_request&);
uint32_t search_limit(const seat_request&);

/// Puts the parts of an archive together. Thread-safe: parts come as they come.
class search_sum {
public:
  search_sum(size_t parts, uint32_t limit)
      : left_(parts)
      , limit_(limit) {}
  /// The whole, with the last part.
  std::optional<seat_found> take(result<seat_found> part);

private:
  std::mutex mutex_;
  size_t left_;
  uint32_t limit_;
  seat_found sum_;
};

/// Who has looked at which conversation lately: a seat that follows one reads it again and again, which is one look.
/// Bounded, thread-safe.
class recent_looks {
public:
  /// Not within the hour before; it counts from now on.
  bool is_new(const std::string& seat, const entity_id& conversation, int64_t now_ms);

private:
  std::mutex mutex_;
  std::unordered_map<std::string, int64_t> last_;
};

/// Is this the name of a queue that the tenant has?
status check_queue(const std::string& queue, const tenant_config&);

/// The tenant's canned texts in this language (or its first), with {variables} filled; unknown ones stay.
std::map<std::string, std::string> filled_texts(const tenant_config&, const std::string& language,
                                                const std::map<std::string, std::string>& variables);

} // namespace steward
