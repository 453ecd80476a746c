// Strong ids, and the names that are computed from them. The hashes are stored and sent: do not change them.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace steward {

template <class Tag>
struct string_id {
  std::string value;
  string_id() = default;
  explicit string_id(std::string x)
      : value(std::move(x)) {}
  bool empty() const noexcept { return value.empty(); }
  auto operator<=>(const string_id&) const = default;
};

using tenant_id = string_id<struct tenant_tag>;   // [a-z0-9_-]{1,40}
using channel_id = string_id<struct channel_tag>; // [a-z0-9_-]{1,40}
using account_id = string_id<struct account_tag>; // of the channel, may be empty
using peer_id = string_id<struct peer_tag>;       // the customer's name on the channel, any bytes up to 200
using entity_id =
    string_id<struct entity_tag>;           // one letter of kind (entity_kind) and 26 of hash: "c4f..." a conversation
using node_id = string_id<struct node_tag>; // kept in the data folder
using message_id = string_id<struct message_tag>; // 26 letters of hash; unique over tenants and channels

/// One of `partition_count` shares of all entities.
struct partition_id {
  uint8_t value = 0;
  auto operator<=>(const partition_id&) const = default;
};
inline constexpr uint8_t partition_count = 16; // recorded in a partition's first record: do not change

/// 128 bits of BLAKE2b over the parts, each preceded by its length, as 26 letters of lower-case base32 (RFC 4648).
std::string hash_name(std::initializer_list<std::string_view> parts);
/// 64 bits of BLAKE2b: the short form that an entity remembers of a message id.
uint64_t hash64(std::string_view);

enum class entity_kind : char { conversation = 'c', customer = 'u', queue = 'q', seat = 's', shelf = 'h' };

entity_id conversation_id(const tenant_id&, const channel_id&, const account_id&, const peer_id&);
/// `reference` is what the company calls its customer.
entity_id customer_id(const tenant_id&, std::string_view reference);
/// `name` is the queue's in the tenant's folder.
entity_id queue_id(const tenant_id&, std::string_view name);
/// `name` is what the person signs on as.
entity_id seat_id(const tenant_id&, std::string_view name);
/// A part of what a queue holds; shelves are numbered from 1.
entity_id shelf_id(const entity_id& queue, uint64_t number);
/// Of a message that came from outside: `providers_id` is what the sender called it.
message_id inbound_id(const tenant_id&, const channel_id&, const account_id&, const peer_id&,
                      std::string_view providers_id);
/// `k` counts the replies of a turn from 0. "<entity>:<turn>:<k>".
std::string reply_id(const entity_id&, uint64_t turn, uint32_t k);

partition_id partition_of(const tenant_id&, const entity_id&);

} // namespace steward

template <class Tag>
struct std::hash<steward::string_id<Tag>> {
  size_t operator()(const steward::string_id<Tag>& x) const noexcept { return std::hash<std::string>{}(x.value); }
};
