// Carrying out an order to forget, over the log alone: any node can, and who dies in the middle of it leaves nothing
// that the next one cannot go on from. Blocks: on a thread of its own.
//
// 1. Each of the customer's entities is told to let go, by a message of its own in the log. What they said to others
//    before is waited for: it is delivered and decided. Then nothing new of them can come; how far the log goes now is
//    kept (`settled`).
// 2. The log is read up to there. Whoever else has words of theirs (queues, seats, shelves) is told to let go too.
// 3. What names them up to there is erased, message by message, overwritten on the server's disk (`erased`).
// Every node then erases from its own store (store_forget.hpp).
#pragma once
#include "actors/engine.hpp"
#include "actors/forget/forget_sweep.hpp"

namespace steward {

/// An order as far as it has come.
struct forget_order {
  forget_note ordered;
  std::optional<forget_note> settled, erased;
  std::map<std::string, uint64_t> cleaned; // node -> rows
};

/// What there is of this customer (or of this conversation alone): entities, and what would be erased.
struct forget_scope {
  std::vector<entity_id> of;
  forget_sweep::erasure would; // with `look`
};
result<forget_scope> find_customer(engine&, const tenant_id&, const std::string& customer,
                                   const entity_id& conversation, bool look);

/// Takes the order as far as `erased`. `stop`: no more time for it.
status carry_out(engine&, const forget_order&, const std::function<bool()>& stop);

/// Writes a step into stream FORGET.
status publish_note(engine&, const forget_note&);

} // namespace steward
