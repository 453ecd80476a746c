// Card numbers, national ids and passwords that customers type are replaced before anything is persisted or logged.
// Pure.
#pragma once
#include "actors/tenant/tenant_config.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace steward {

struct masked_text {
  std::string text;
  uint32_t masked = 0; // how many places
};

/// Replaces what the rules find by a marker: "[card]", "[national id]", "[password]". Takes any bytes; valid UTF-8
/// stays valid. Idempotent: the result has nothing left to mask. Thread safe.
masked_text mask(std::string_view text, const std::vector<mask_rule>&);

/// The same for every text in a msgpack document (already held to limits of size and depth), at any depth. A key counts
/// as the words before its value: {"password": "x"}, {"ssn": 123456789}. Keys, numbers that no key names, and
/// everything else stay as they are.
masked_text mask_data(std::string_view msgpack, const std::vector<mask_rule>&);

} // namespace steward
