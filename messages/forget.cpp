#include "messages/forget.hpp"
#include "messages/codec_impl.hpp"
#include "messages/names.hpp"

#include <algorithm>

namespace steward {
STEWARD_ENUM_NAMES(forget_step, "ordered", "settled", "erased", "cleaned")
} // namespace steward

STEWARD_CODEC(steward::forget_command)
STEWARD_CODEC(steward::forget_note)
STEWARD_CODEC(steward::forget_receipt)
STEWARD_CODEC(steward::forget_list)

namespace steward {

bool forget_command::names(const entity_id& e) const { return std::find(of.begin(), of.end(), e) != of.end(); }

std::optional<forget_command> read_forget(const in_message& m) {
  if (!is_forget(m)) return std::nullopt;
  auto c = decode<forget_command>(m.body.data);
  return c ? std::optional(std::move(*c)) : std::nullopt;
}

} // namespace steward
