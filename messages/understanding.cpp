#include "messages/understanding.hpp"
#include "messages/codec_impl.hpp"

STEWARD_CODEC(steward::understood_message)
