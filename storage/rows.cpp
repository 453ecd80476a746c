#include "storage/rows.hpp"
#include "messages/codec_impl.hpp"

STEWARD_CODEC(steward::applied_marker)
STEWARD_CODEC(steward::entity_row)
STEWARD_CODEC(steward::archive_row)
