#include "messages/audit.hpp"
#include "messages/codec_impl.hpp"

STEWARD_CODEC(steward::audit_line)
STEWARD_CODEC(steward::audit_page)
