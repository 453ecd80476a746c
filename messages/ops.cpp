#include "messages/ops.hpp"
#include "messages/codec_impl.hpp"

STEWARD_CODEC(steward::ops_request)
STEWARD_CODEC(steward::ops_ack)
STEWARD_CODEC(steward::node_status)
STEWARD_CODEC(steward::actor_list)
STEWARD_CODEC(steward::conversation_list)
STEWARD_CODEC(steward::conversation_view)
STEWARD_CODEC(steward::verify_report)
STEWARD_CODEC(steward::kb_import_request)
STEWARD_CODEC(steward::kb_import_result)
STEWARD_CODEC(steward::kb_page)
STEWARD_CODEC(steward::kb_search_result)
STEWARD_CODEC(steward::tenant_version)
STEWARD_CODEC(steward::tenant_list)
STEWARD_CODEC(steward::dead_letter_list)
STEWARD_CODEC(steward::tail_line)
STEWARD_CODEC(steward::conversation_row)
