#include "messages/chat.hpp"
#include "messages/codec_impl.hpp"
#include "messages/names.hpp"

namespace steward {

STEWARD_ENUM_NAMES(speaker, "customer", "ai", "person", "system")
STEWARD_ENUM_NAMES(reply_kind, "answer", "choice", "unknown", "handover", "message", "notice", "trouble")

} // namespace steward

STEWARD_CODEC(steward::say_request)
STEWARD_CODEC(steward::event_request)
STEWARD_CODEC(steward::accept_ack)
STEWARD_CODEC(steward::sign_in_command)
STEWARD_CODEC(steward::reply_message)
STEWARD_CODEC(steward::feed_item)
STEWARD_CODEC(steward::feed_request)
STEWARD_CODEC(steward::feed_page)
