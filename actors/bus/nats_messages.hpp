// NATS.c's messages and errors as ours.
#pragma once
#include "actors/bus/nats_client.hpp"

#include <memory>
#include <nats/nats.h>

namespace steward {

/// Destroys messages many at once; whoever has a clock sweeps up those that are left over.
struct nats_free {
  void operator()(natsMsg*) const;
  void operator()(natsOptions* x) const { natsOptions_Destroy(x); }
};
void sweep_spent_messages();

using message_ptr = std::unique_ptr<natsMsg, nats_free>;
using options_ptr = std::unique_ptr<natsOptions, nats_free>;

/// Takes the message's contents and destroys it.
bus_message taken(natsMsg*);
failure describe(natsStatus);

} // namespace steward
