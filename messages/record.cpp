#include "messages/record.hpp"
#include "messages/codec_impl.hpp"
#include "messages/names.hpp"

namespace steward {
STEWARD_ENUM_NAMES(out_kind, "peer", "entity", "dead_letter")
STEWARD_ENUM_NAMES(record_kind, "turn", "own", "floors", "snapshot")

namespace {

struct message_trace {
  std::string trace;
  template <class F>
  void fields(F& f) {
    f("trace", trace);
  }
};
struct input_trace {
  message_trace message;
  template <class F>
  void fields(F& f) {
    f("message", message);
  }
};

} // namespace

std::string trace_of(const turn_record& r) {
  if (r.input.empty()) return {};
  auto t = decode<input_trace>(r.input.data, {.bytes = 8 << 20});
  return t ? std::move(t->message.trace) : std::string{};
}
} // namespace steward

STEWARD_CODEC(steward::entity_frame)
STEWARD_CODEC(steward::turn_input)
STEWARD_CODEC(steward::turn_record)
STEWARD_CODEC(steward::dead_letter)
STEWARD_CODEC(steward::outgoing)
