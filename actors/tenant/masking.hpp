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

} // namespace steward
