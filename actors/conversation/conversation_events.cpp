#include "actors/conversation/conversation_events.hpp"
#include "messages/codec_impl.hpp"
#include "messages/names.hpp"

namespace steward {
STEWARD_ENUM_NAMES(conversation_mode, "ai", "waiting", "person", "closed")
}

STEWARD_CODEC(steward::asked_body)
STEWARD_CODEC(steward::place_body)
STEWARD_CODEC(steward::held_say)
STEWARD_CODEC(steward::guest_body)
STEWARD_CODEC(steward::replied_body)
STEWARD_CODEC(steward::mode_body)
STEWARD_CODEC(steward::moved_body)
STEWARD_CODEC(steward::moved_note)
STEWARD_CODEC(steward::joined_body)
STEWARD_CODEC(steward::conversation_chapter)
STEWARD_CODEC(steward::conversation_data)
STEWARD_CODEC(steward::conversation_story)
