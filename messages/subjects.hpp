// The only maker and parser of subjects and stream names. messages/README.md documents them for platform teams.
#pragma once
#include "messages/envelope.hpp"
#include "messages/result.hpp"

#include <vector>

namespace steward::subjects {

// Names that come from outside are one token: letters, digits, '-', '_'. A peer may be anything; bytes that a token may
// not hold are written "=HH" (hex), so every peer has exactly one spelling.
bool is_name(std::string_view); // of tenants, channels, event types: [a-z0-9_-]{1,40}
std::string escape(std::string_view peer);
result<std::string> unescape(std::string_view token);

// Platform teams.
std::string say(const tenant_id&, const channel_id&, const peer_id&);
std::string event(const tenant_id&, std::string_view type);
std::string reply(const tenant_id&, const channel_id&, const peer_id&);
inline constexpr std::string_view all_say = "say.*.*.*";
inline constexpr std::string_view all_events = "event.*.*";

// Seats (messages/seat.hpp).
std::string seat(const tenant_id&, std::string_view seat, std::string_view verb);
inline constexpr std::string_view all_seats = "seat.*.*.*";
inline constexpr std::string_view all_seat_beats = "seat.*.*.beat";
/// Who types in a conversation right now: a typing_note, plain, never kept.
std::string typing(const tenant_id&, const entity_id& conversation);

struct seat_subject {
  tenant_id tenant;
  std::string seat, verb;
};
result<seat_subject> parse_seat(std::string_view subject);
struct say_subject {
  tenant_id tenant;
  channel_id channel;
  peer_id peer;
};
result<say_subject> parse_say(std::string_view subject); // also of reply subjects
struct event_subject {
  tenant_id tenant;
  std::string type;
};
result<event_subject> parse_event(std::string_view subject);

// Actions of operators (messages/audit.hpp): requests that change something are asked for under the user's own name.
std::string by(std::string_view user, std::string_view subject); // "by.<user>.<subject>"
inline constexpr std::string_view all_by = "by.*.>";
struct by_subject {
  std::string user, subject;
};
result<by_subject> parse_by(std::string_view subject);
/// Patterns of the subjects that are actions: to be asked for by `by` alone.
const std::vector<std::string>& actions();
bool is_action(std::string_view subject);
std::string audit(std::string_view user);

// Streams.
std::string in_stream(partition_id);   // "IN_7"
std::string turn_stream(partition_id); // "TURN_7"
std::string in(partition_id, const tenant_id&);
std::string turn(partition_id, const tenant_id&, const entity_id&);
std::string own(partition_id);                              // "turn.7.__own"
std::string floors(partition_id);                           // "turn.7.__floors"
std::string given_up(partition_id);                         // "turn.7.__dead": a message given up without its entity
std::string kb(const tenant_id&, std::string_view article); // article is escaped
std::string tenant(const tenant_id&);
std::string dead_letter(const tenant_id&, const entity_id&);
std::string forget(const tenant_id&, std::string_view receipt);

struct stream_definition {
  std::string name;
  std::vector<std::string> subjects;
  int64_t max_age_s = 0;       // 0: no limit
  int64_t max_per_subject = 0; // 0: no limit
  int64_t duplicate_window_s = 120;
};
/// All streams of an installation.
std::vector<stream_definition> all_streams();

// Between engines, and from operators. `engine.<p>.<verb>` is answered by the owner of p, `node.<node>.<verb>` by that
// node, `ops.<verb>` by any.
std::string engine(partition_id, std::string_view verb);
std::string node(const node_id&, std::string_view verb);
std::string ops(std::string_view verb);
inline constexpr std::string_view beat = "cluster.beat";
inline constexpr std::string_view tail = "tail"; // tail_line of committed records, while somebody asks
/// What a page that watches a conversation waits for; nothing durable.
std::string feed(const tenant_id&, const entity_id&);

} // namespace steward::subjects
