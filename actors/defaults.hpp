// Numbers that someone may want to turn, with a sentence each.
#pragma once
#include <chrono>
#include <cstdint>

namespace steward::defaults {
using namespace std::chrono_literals;

// How long a conversation waits for the knowledge actor before it answers without.
inline constexpr auto knowledge_timeout = 20s;
// How long a publish to the log may take before it counts as in doubt.
inline constexpr auto publish_timeout = 4s;
// How long a read of one record may take.
inline constexpr auto read_timeout = 4s;
// How long an acknowledgement at the door may take before the sender is told to send again.
inline constexpr auto accept_timeout = 8s;
// How often a partition looks at its timers, floors and retries.
inline constexpr auto partition_tick = 200ms;
// An entity without work for so long is put to sleep.
inline constexpr int64_t entity_sleep_ms = 10 * 60'000;
// A turn that takes longer, from being handed to its entity to its commit, has a line in the log.
inline constexpr auto slow_turn = 2s;
// Entities awake in one partition; above it the longest idle go to sleep first.
inline constexpr uint32_t entities_awake = 20'000;
// How long a reader of a feed is told of its growth; it asks again before that.
inline constexpr int64_t watch_ms = 120'000;
// A node that does not know the tenants and their knowledge yet takes no partitions, but for so long only.
inline constexpr int64_t informed_within_ms = 15'000;
// How long one request for the tail of events keeps it flowing.
inline constexpr int64_t tail_ms = 15'000;
// A seat that sends heartbeats and has sent none for so long is taken for lost.
inline constexpr int64_t seat_silence_ms = 45'000;
// Heartbeat period; four missed ones are death.
inline constexpr auto beat = 500ms;
inline constexpr int64_t silence_is_death_ms = 2000;
// Publishes waiting for the log's acknowledgement at this node's door; beyond it the door says 503.
inline constexpr uint32_t door_backlog = 20'000;
// A partition that failed so often within the window is given up by this node.
inline constexpr uint32_t partition_restarts = 3;
// How long the node's store waits for space on its disk before the node ends and leaves its work to others.
inline constexpr auto store_patience = 60s;
// The whole of an orderly stop; after it the process ends anyway.
inline constexpr auto stop_deadline = 10s;

} // namespace steward::defaults
