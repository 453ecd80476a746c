// The JSON shapes of the JetStream API and the subjects it answers on. Pure: no NATS, no clock. Every parser takes what
// a server may send, never throws, and says what was wrong.
#pragma once
#include "actors/bus/nats_client.hpp"

namespace steward::js {

// Subjects of requests.
std::string create_stream(std::string_view stream);
std::string update_stream(std::string_view stream);
std::string stream_info_of(std::string_view stream);
std::string get_message(std::string_view stream);
std::string purge_stream(std::string_view stream);
std::string delete_message(std::string_view stream);
std::string create_consumer(std::string_view stream, std::string_view consumer, std::string_view filter);
std::string delete_consumer(std::string_view stream, std::string_view consumer);
std::string next_message(std::string_view stream, std::string_view consumer);

// Bodies of requests.
std::string stream_config(const subjects::stream_definition&, uint32_t replicas);
std::string get_by_seq(uint64_t seq);
std::string get_last(std::string_view subject);
std::string erase_seq(uint64_t seq);
std::string purge_before(uint64_t keep_from);
std::string purge_subject(std::string_view subject);
/// An in-order reader without acknowledgements, in memory, that the server forgets after `idle_ns` without a request.
std::string consumer_config(const read_options&, std::string_view consumer, int64_t idle_ns);
std::string pull(uint32_t batch, int64_t expires_ns, int64_t heartbeat_ns);

// Answers. An {"error": …} becomes the failure of to_failure().
result<publish_ack> parse_publish_ack(std::string_view json);
result<stream_info> parse_stream_info(std::string_view json);
result<std::optional<stored_message>> parse_stored(std::string_view json);
result<uint64_t> parse_purged(std::string_view json);
result<bool> parse_erased(std::string_view json); // false: there was no such message
status parse_created(std::string_view json);

/// JetStream's error numbers in ours: conflict, not_found, overloaded, bad_request, unavailable.
failure to_failure(int code, int err_code, std::string_view description);
/// A create that met a stream of the same name and another definition: update it.
bool is_other_definition(const failure&);

/// What the reply subject of a consumed message tells: $JS.ACK.<stream>.<consumer>.<delivered>.<stream seq>.
/// <consumer seq>.<time ns>.<pending>, or with <domain>.<account hash> before and a random token behind. The views
/// point into the argument.
struct ack_subject {
  std::string_view stream, consumer;
  uint64_t delivered = 0, stream_seq = 0, consumer_seq = 0, pending = 0;
  int64_t time_ns = 0;
};
std::optional<ack_subject> parse_ack_subject(std::string_view);

/// "2024-05-01T10:20:30.123456789Z" or with "+02:00", as nanoseconds since 1970; nullopt when it is no such text.
std::optional<int64_t> parse_time(std::string_view rfc3339);

/// "NATS/1.0\r\nName: value\r\n\r\n" as pairs. Stops at the first line that is no header.
headers parse_headers(std::string_view block);

} // namespace steward::js
