// Every actor's interface, on one page.
#pragma once
#include "actors/type_ids.hpp"

namespace steward {

/// Shell around one entity: decides one message at a time and answers its partition.
using entity_actor = caf::typed_actor<
    // Decide this; `decided` goes back to the partition. An exception ends the actor, and the partition counts it.
    caf::reacts_to<atom::work, entity_work>>;

/// One partition of the turn log: reads IN_p, has entities decide, commits, delivers (entity/partition_core.hpp
/// decides).
using partition_actor = caf::typed_actor<
    // The inbox has answers of the log.
    caf::reacts_to<atom::wake>,
    // Become the owner, if the log agrees.
    caf::reacts_to<atom::take>,
    // Finish what is in work, write the release, stand down.
    caf::reacts_to<atom::release>,
    // An entity's answer.
    caf::reacts_to<atom::decided, decided_turn>,
    // The store's answers.
    caf::reacts_to<atom::loaded, loaded_entity>, caf::reacts_to<atom::marker, marker_answer>,
    // An entity that a stream made anew does not have.
    caf::reacts_to<atom::restart, loaded_entity>,
    // What the tail cleaner's look at the store found.
    caf::reacts_to<atom::view, cut_found>,
    // A new version of a tenant.
    caf::reacts_to<atom::tenants, tenant_map>,
    // A request of `engine.<p>.<verb>`.
    caf::reacts_to<atom::ops, bus_message>,
    // Timers, floors, retries, and putting idle entities to sleep.
    caf::reacts_to<atom::internal, atom::tick>,
    // End an entity's actor; it is rebuilt from the log with its next message.
    caf::replies_to<atom::restart, std::string>::with<bool>, caf::replies_to<atom::status>::with<partition_status>,
    // Its entities, at most so many.
    caf::replies_to<atom::actors, uint32_t>::with<actor_report>>;

/// The node's copy of the log on disk. Detached: it blocks on RocksDB.
using store_actor = caf::typed_actor<
    // `loaded` goes back to the sender.
    caf::reacts_to<atom::load, load_request>, caf::reacts_to<atom::apply, store_batch>,
    // What came since the last write, in one.
    caf::reacts_to<atom::internal, atom::apply>,
    // How far the partition is in; `marker` goes back to the sender.
    caf::reacts_to<atom::marker, uint8_t>,
    // Hand over, one by one, what stands in another incarnation of TURN_p than this: `restart` goes back to the sender.
    caf::reacts_to<atom::restart, load_request, uint64_t>,
    // Entities whose last whole state is about to be cut off, or that are past their retention: `view` goes back.
    caf::reacts_to<atom::view, cut_scan>,
    // Forget the partition: the log will be read from its beginning.
    caf::reacts_to<atom::erase, uint8_t>,
    // These are erased from the log: what a replay under way still brings of them is not written. True: and everything
    // that came before this is.
    caf::replies_to<atom::forget, std::vector<forget_note>>::with<bool>,
    // Reads for operators and pages: a request of `engine.<p>.<verb>` or `ops.all.conversations`, answered straight to
    // the asker.
    caf::reacts_to<atom::ops, bus_message, node_view>>;

/// Past conversations, for those who search them. Detached: it blocks on RocksDB.
using archive_actor = caf::typed_actor<
    // The store has something new of these.
    caf::reacts_to<atom::apply, std::vector<archive_news>>,
    // `engine.<p>.search`, answered straight to the asker.
    caf::reacts_to<atom::ops, bus_message>, caf::reacts_to<atom::internal, atom::tick>>;

/// The door: checks, masks and limits what comes from outside, publishes it to IN_p, answers once the log has it.
using ingress_actor = caf::typed_actor<caf::reacts_to<atom::say, bus_message>, caf::reacts_to<atom::event, bus_message>,
                                       caf::reacts_to<atom::say, door_say>, caf::reacts_to<atom::tenants, tenant_map>,
                                       caf::reacts_to<atom::stop>>;

/// Answers questions from articles.
using knowledge_actor =
    caf::typed_actor<caf::replies_to<atom::ask, knowledge_query>::with<knowledge_result>,
                     // From the pool: the answer to the question with this key.
                     caf::reacts_to<atom::loaded, std::string, knowledge_result>,
                     // ops.one.kb_search, kb_import: answered to the reply subject.
                     caf::reacts_to<atom::ops, bus_message>, caf::reacts_to<atom::tenants, tenant_map>,
                     caf::replies_to<atom::view>::with<knowledge_view>>;

/// What people on duty ask of the engine: `seat.<tenant>.<seat>.<verb>` becomes a message in the log or a read,
/// answered to the reply subject; and notices seats that fell silent. Detached: it reads the store.
using seat_door_actor =
    caf::typed_actor<caf::reacts_to<atom::ops, bus_message>, caf::reacts_to<atom::internal, atom::tick>>;

/// Folds stream TENANT and tells everybody.
using tenants_actor = caf::typed_actor<
    // ops.one.tenant_*
    caf::reacts_to<atom::ops, bus_message>,
    // Its reading has something; where the stream ends.
    caf::reacts_to<atom::wake>, caf::reacts_to<atom::internal, atom::tick>, caf::reacts_to<atom::marker, uint64_t>>;

/// Answers operators: ops.all.*, ops.one.*, node.<node>.*.
using ops_actor = caf::typed_actor<caf::reacts_to<atom::ops, bus_message>>;

/// Forgets customers: takes orders, carries them out where it owns partition 0, erases from its node's store.
using forget_actor = caf::typed_actor<
    // ops.one.forget, ops.one.forgotten
    caf::reacts_to<atom::ops, bus_message>,
    // A message of stream FORGET; the end of its reading.
    caf::reacts_to<atom::event, bus_message>, caf::reacts_to<atom::restart>,
    // A thread of its own has ended: of the log, of the store (true: done).
    caf::reacts_to<atom::report, bool>, caf::reacts_to<atom::erase, bool>, caf::reacts_to<atom::internal, atom::tick>>;

/// Heartbeats, and which partitions this node should own.
using cluster_actor =
    caf::typed_actor<caf::reacts_to<atom::beat, bus_message>, caf::reacts_to<atom::report, partition_report>,
                     caf::reacts_to<atom::internal, atom::tick>, caf::reacts_to<atom::drain, bool>,
                     // By the log, nobody else owns this partition.
                     caf::reacts_to<atom::marker, uint8_t>, caf::replies_to<atom::view>::with<node_view>>;

} // namespace steward
