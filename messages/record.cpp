#include "messages/record.hpp"
#include "messages/codec_impl.hpp"
#include "messages/names.hpp"

namespace steward {
STEWARD_ENUM_NAMES(out_kind, "peer", "entity", "dead_letter")
STEWARD_ENUM_NAMES(record_kind, "turn", "own", "floors", "snapshot")
} // namespace steward

STEWARD_CODEC(steward::entity_frame)
STEWARD_CODEC(steward::turn_input)
STEWARD_CODEC(steward::turn_record)
STEWARD_CODEC(steward::dead_letter)
STEWARD_CODEC(steward::outgoing)
