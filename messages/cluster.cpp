#include "messages/cluster.hpp"
#include "messages/codec_impl.hpp"

STEWARD_CODEC(steward::heartbeat)
