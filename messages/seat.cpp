#include "messages/seat.hpp"
#include "messages/codec_impl.hpp"
#include "messages/names.hpp"

namespace steward {
STEWARD_ENUM_NAMES(presence, "home", "available", "away", "leaving")
} // namespace steward

STEWARD_CODEC(steward::seat_request)
STEWARD_CODEC(steward::seat_command)
STEWARD_CODEC(steward::wait_ticket)
STEWARD_CODEC(steward::duty_note)
STEWARD_CODEC(steward::queue_view)
STEWARD_CODEC(steward::seat_view)
STEWARD_CODEC(steward::private_note)
STEWARD_CODEC(steward::seat_conversation)
STEWARD_CODEC(steward::seat_found)
STEWARD_CODEC(steward::canned_texts)
STEWARD_CODEC(steward::typing_note)
