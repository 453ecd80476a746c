#include "messages/ids.hpp"

#include <array>
#include <sodium.h>

namespace steward {
namespace {

std::string base32(const unsigned char* data, size_t size) {
  constexpr char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
  std::string out;
  uint32_t buffer = 0;
  int bits = 0;
  for (size_t i = 0; i < size; ++i) {
    buffer = (buffer << 8) | data[i];
    bits += 8;
    while (bits >= 5) {
      out += letters[(buffer >> (bits - 5)) & 31];
      bits -= 5;
    }
  }
  if (bits > 0) out += letters[(buffer << (5 - bits)) & 31];
  return out;
}

} // namespace

std::string hash_name(std::initializer_list<std::string_view> parts) {
  std::array<unsigned char, 16> digest;
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, digest.size());
  for (auto part : parts) {
    auto n = static_cast<uint32_t>(part.size());
    const unsigned char length[4] = {static_cast<unsigned char>(n >> 24), static_cast<unsigned char>(n >> 16),
                                     static_cast<unsigned char>(n >> 8), static_cast<unsigned char>(n)};
    crypto_generichash_update(&state, length, sizeof length);
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
  }
  crypto_generichash_final(&state, digest.data(), digest.size());
  return base32(digest.data(), digest.size());
}

uint64_t hash64(std::string_view x) {
  std::array<unsigned char, 16> digest;
  crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(x.data()), x.size(), nullptr,
                     0);
  uint64_t out = 0;
  for (int i = 0; i < 8; ++i) out = (out << 8) | digest[i];
  return out;
}

entity_id conversation_id(const tenant_id& t, const channel_id& c, const account_id& a, const peer_id& p) {
  return entity_id{"c" + hash_name({t.value, c.value, a.value, p.value})};
}

entity_id customer_id(const tenant_id& t, std::string_view reference) {
  return entity_id{"u" + hash_name({t.value, reference})};
}

entity_id queue_id(const tenant_id& t, std::string_view name) { return entity_id{"q" + hash_name({t.value, name})}; }
entity_id seat_id(const tenant_id& t, std::string_view name) { return entity_id{"s" + hash_name({t.value, name})}; }
entity_id shelf_id(const entity_id& queue, uint64_t number) {
  return entity_id{"h" + hash_name({queue.value, std::to_string(number)})};
}

message_id inbound_id(const tenant_id& t, const channel_id& c, const account_id& a, const peer_id& p,
                      std::string_view providers_id) {
  return message_id{hash_name({t.value, c.value, a.value, p.value, providers_id})};
}

std::string reply_id(const entity_id& e, uint64_t turn, uint32_t k) {
  return e.value + ":" + std::to_string(turn) + ":" + std::to_string(k);
}

partition_id partition_of(const tenant_id& t, const entity_id& e) {
  return {static_cast<uint8_t>(hash64(t.value + '\0' + e.value) % partition_count)};
}

} // namespace steward
