#include "messages/envelope.hpp"
#include "messages/codec_impl.hpp"
#include "messages/names.hpp"

namespace steward {
STEWARD_ENUM_NAMES(in_kind, "say", "event", "command", "entity", "timer", "give_up")
}

STEWARD_CODEC(steward::address)
STEWARD_CODEC(steward::in_message)
