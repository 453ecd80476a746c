#include "access/nkey.hpp"

#include <algorithm>
#include <sodium.h>

namespace steward {
namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr uint8_t seed_prefix = 18 << 3; // S

// What stands at the end: the check sum, low byte first.
std::string checked(std::string bytes) {
  auto c = crc16(bytes);
  bytes += static_cast<char>(c & 0xff);
  bytes += static_cast<char>(c >> 8);
  return base32(bytes);
}

result<std::string> unchecked(std::string_view text) {
  auto bytes = from_base32(text);
  if (!bytes) return bytes.error();
  if (bytes->size() < 3) return {errc::bad_request, "a NATS key is longer"};
  auto body = bytes->substr(0, bytes->size() - 2);
  auto low = static_cast<uint8_t>((*bytes)[bytes->size() - 2]), high = static_cast<uint8_t>(bytes->back());
  if (crc16(body) != (low | high << 8)) return {errc::bad_request, "a NATS key's check sum is wrong"};
  return body;
}

bool known(uint8_t kind) {
  for (auto k : {nkey_kind::operator_key, nkey_kind::account, nkey_kind::user})
    if (static_cast<uint8_t>(k) == kind) return true;
  return false;
}

void ready() {
  static const int once = sodium_init();
  if (once < 0) std::abort();
}

const unsigned char* bytes_of(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

} // namespace

uint16_t crc16(std::string_view s) {
  uint16_t crc = 0;
  for (unsigned char c : s) {
    crc ^= static_cast<uint16_t>(c << 8);
    for (int i = 0; i < 8; ++i) crc = static_cast<uint16_t>(crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1);
  }
  return crc;
}

std::string base32(std::string_view bytes) {
  std::string out;
  uint32_t bits = 0;
  int count = 0;
  for (unsigned char c : bytes) {
    bits = bits << 8 | c, count += 8;
    while (count >= 5) out += letters[bits >> (count -= 5) & 31];
  }
  if (count > 0) out += letters[bits << (5 - count) & 31];
  return out;
}

result<std::string> from_base32(std::string_view text) {
  std::string out;
  uint32_t bits = 0;
  int count = 0;
  for (char c : text) {
    auto at = letters.find(c);
    if (at == letters.npos) return {errc::bad_request, "not a NATS key: only A to Z and 2 to 7 stand in one"};
    bits = bits << 5 | static_cast<uint32_t>(at), count += 5;
    if (count >= 8) out += static_cast<char>(bits >> (count -= 8) & 255);
  }
  // One spelling per key: what is left over is zero.
  if (count >= 5 || (bits & ((1u << count) - 1)) != 0) return {errc::bad_request, "not a NATS key: cut short"};
  return out;
}

nkey::nkey(nkey_kind kind, const std::array<unsigned char, 32>& seed)
    : kind_(kind)
    , seed_(seed) {
  std::array<unsigned char, 32> open;
  crypto_sign_seed_keypair(open.data(), secret_.data(), seed_.data());
  public_ = checked(static_cast<char>(kind) + std::string(open.begin(), open.end()));
}

nkey nkey::make(nkey_kind kind) {
  ready();
  std::array<unsigned char, 32> seed;
  randombytes_buf(seed.data(), seed.size());
  return {kind, seed};
}

result<nkey> nkey::from_seed(std::string_view text) {
  ready();
  auto from = text.find_first_not_of(" \t\r\n");
  if (from == text.npos) return {errc::bad_request, "a NATS seed is empty"};
  auto body = unchecked(text.substr(from, text.find_last_not_of(" \t\r\n") + 1 - from));
  if (!body) return body.error();
  auto first = static_cast<uint8_t>((*body)[0]), second = static_cast<uint8_t>((*body)[1]);
  auto kind = static_cast<uint8_t>((first & 7) << 5 | second >> 3);
  if (body->size() != 34 || (first & 0xf8) != seed_prefix || !known(kind))
    return {errc::bad_request, "this is no seed of a NATS operator, account or user"};
  std::array<unsigned char, 32> seed;
  std::copy(body->begin() + 2, body->end(), seed.begin());
  return nkey(static_cast<nkey_kind>(kind), seed);
}

std::string nkey::seed() const {
  auto kind = static_cast<uint8_t>(kind_);
  std::string bytes{static_cast<char>(seed_prefix | kind >> 5), static_cast<char>((kind & 31) << 3)};
  return checked(bytes.append(seed_.begin(), seed_.end()));
}

std::array<unsigned char, 64> nkey::sign(std::string_view text) const {
  std::array<unsigned char, 64> out;
  crypto_sign_detached(out.data(), nullptr, bytes_of(text), text.size(), secret_.data());
  return out;
}

bool is_public_key(std::string_view text, nkey_kind kind) {
  auto body = unchecked(text);
  return body && body->size() == 33 && static_cast<uint8_t>((*body)[0]) == static_cast<uint8_t>(kind);
}

bool verify(std::string_view public_key, std::string_view text, std::string_view signature) {
  ready();
  auto body = unchecked(public_key);
  if (!body || body->size() != 33 || signature.size() != crypto_sign_BYTES) return false;
  return crypto_sign_verify_detached(bytes_of(signature), bytes_of(text), text.size(),
                                     bytes_of(std::string_view(*body).substr(1))) == 0;
}

} // namespace steward
