// NATS keys: Ed25519 key pairs in the text form that NATS and its tools use (base32 with a prefix and a check sum).
//
// Pure but for `make`, which takes randomness from the system. Values; any thread.
#pragma once
#include "messages/result.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace steward {

/// The letter that a public key begins with: O, A, U.
enum class nkey_kind : uint8_t { operator_key = 14 << 3, account = 0, user = 20 << 3 };

class nkey {
public:
  static nkey make(nkey_kind);
  /// Of a seed, "SO…", "SA…" or "SU…"; white space around it is not minded.
  static result<nkey> from_seed(std::string_view seed);

  nkey_kind kind() const { return kind_; }
  const std::string& public_key() const { return public_; }
  std::string seed() const; // the secret
  std::array<unsigned char, 64> sign(std::string_view) const;

private:
  nkey(nkey_kind, const std::array<unsigned char, 32>& seed);
  nkey_kind kind_;
  std::array<unsigned char, 32> seed_;
  std::array<unsigned char, 64> secret_;
  std::string public_;
};

/// A well-formed public key of that kind.
bool is_public_key(std::string_view, nkey_kind);
/// Whether `signature` (64 bytes) is that key's over the text.
bool verify(std::string_view public_key, std::string_view text, std::string_view signature);

// RFC 4648 without padding, upper case; and the CRC that stands at a key's end (XMODEM).
std::string base32(std::string_view bytes);
result<std::string> from_base32(std::string_view);
uint16_t crc16(std::string_view);

} // namespace steward
