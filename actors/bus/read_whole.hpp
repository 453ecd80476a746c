// Blocking reads of the log, for what runs on a thread of its own (verify, forgetting): never on a scheduler thread.
#pragma once
#include "actors/bus/nats_client.hpp"

#include <future>

namespace steward {

/// Waits for the one answer of a call of nats_client. Each call ends in one, so this ends.
template <class T>
result<T> answer_of(const std::function<void(nats_client::callback<T>)>& ask) {
  auto p = std::make_shared<std::promise<result<T>>>();
  auto f = p->get_future();
  ask([p](result<T> r) { p->set_value(std::move(r)); });
  return f.get();
}

/// Every message from `from_seq` up to `to`, in order; the subject's where there is a filter, in which case one must be
/// there. Fails when nothing comes for ten seconds.
status read_whole(nats_client&, const read_options&, uint64_t to, const std::function<void(stored_message&)>& visit);

} // namespace steward
