#include "actors/bus/nats_messages.hpp"

#include <cstdlib>
#include <mutex>
#include <vector>

namespace steward {
namespace {

/// NATS.c hands every message that is destroyed to a thread of its own, and wakes it for each: a tenth of the engine's
/// time under load. So they are destroyed many at once.
class spent_messages {
public:
  void add(natsMsg* m) {
    if (natsMsg_GetDataLength(m) > large) return natsMsg_Destroy(m);
    std::vector<natsMsg*> full;
    {
      std::lock_guard lock(mutex_);
      spent_.push_back(m);
      if (spent_.size() < at_once) return;
      full.swap(spent_);
      spent_.reserve(at_once);
    }
    destroy(full);
  }
  void sweep() {
    std::vector<natsMsg*> some;
    {
      std::lock_guard lock(mutex_);
      some.swap(spent_);
    }
    destroy(some);
  }

private:
  static constexpr size_t at_once = 512;
  static constexpr int large = 16 << 10; // bytes: not kept for long
  static void destroy(const std::vector<natsMsg*>& v) {
    for (auto* m : v) natsMsg_Destroy(m);
  }
  std::mutex mutex_;
  std::vector<natsMsg*> spent_;
};
// Never destroyed: NATS.c's threads may outlive main's statics.
auto& spent = *new spent_messages;

} // namespace

void nats_free::operator()(natsMsg* x) const {
  if (x) spent.add(x);
}
void sweep_spent_messages() { spent.sweep(); }

bus_message taken(natsMsg* raw) {
  message_ptr m(raw);
  bus_message out;
  out.subject = natsMsg_GetSubject(raw);
  if (auto* reply = natsMsg_GetReply(raw)) out.reply = reply;
  out.data.assign(natsMsg_GetData(raw), static_cast<size_t>(natsMsg_GetDataLength(raw)));
  // Of what a stream reading brings nobody wants the headers, and NATS.c takes them apart only when asked.
  if (out.reply.starts_with("$JS.ACK.")) return out;
  const char** names = nullptr;
  int count = 0;
  if (natsMsgHeader_Keys(raw, &names, &count) != NATS_OK) return out;
  out.head.reserve(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) {
    const char** values = nullptr;
    int n = 0;
    if (natsMsgHeader_Values(raw, names[i], &values, &n) != NATS_OK) continue;
    for (int k = 0; k < n; ++k) out.head.emplace_back(names[i], values[k]);
    free(values);
  }
  free(names);
  return out;
}

failure describe(natsStatus s) {
  switch (s) {
  case NATS_MAX_PAYLOAD: return {errc::too_large, "bus: the message is larger than the server takes"};
  case NATS_INVALID_SUBJECT:
  case NATS_INVALID_ARG: return {errc::bad_request, std::string("bus: ") + natsStatus_GetText(s)};
  default: return {errc::unavailable, std::string("bus: ") + natsStatus_GetText(s)};
  }
}

} // namespace steward
