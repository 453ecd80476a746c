#include "messages/knowledge.hpp"
#include "messages/codec_impl.hpp"
#include "messages/names.hpp"

namespace steward {
STEWARD_ENUM_NAMES(verdict, "unknown", "choose", "answer")
}

STEWARD_CODEC(steward::article)
STEWARD_CODEC(steward::knowledge_result)
