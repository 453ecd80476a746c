// CAF's table of the messages that actors exchange. None of them leaves the process, so none has an inspector.
#pragma once
#include "actors/messages.hpp"

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/atom.hpp>
#include <caf/type_id.hpp>
#include <caf/typed_actor.hpp>

CAF_BEGIN_TYPE_ID_BLOCK(steward, first_custom_type_id)

CAF_ADD_TYPE_ID(steward, (steward::entity_work))
CAF_ADD_TYPE_ID(steward, (steward::decided_turn))
CAF_ADD_TYPE_ID(steward, (steward::loaded_entity))
CAF_ADD_TYPE_ID(steward, (steward::store_batch))
CAF_ADD_TYPE_ID(steward, (steward::tenant_map))
CAF_ADD_TYPE_ID(steward, (steward::bus_message))
CAF_ADD_TYPE_ID(steward, (steward::door_say))
CAF_ADD_TYPE_ID(steward, (steward::knowledge_query))
CAF_ADD_TYPE_ID(steward, (steward::knowledge_result))
CAF_ADD_TYPE_ID(steward, (steward::partition_report))
CAF_ADD_TYPE_ID(steward, (steward::entity_id))
CAF_ADD_TYPE_ID(steward, (steward::node_view))
CAF_ADD_TYPE_ID(steward, (steward::marker_answer))
CAF_ADD_TYPE_ID(steward, (steward::answer_to))
CAF_ADD_TYPE_ID(steward, (steward::actor_report))
CAF_ADD_TYPE_ID(steward, (steward::knowledge_view))
CAF_ADD_TYPE_ID(steward, (steward::load_request))
CAF_ADD_TYPE_ID(steward, (steward::partition_status))

CAF_ADD_ATOM(steward, steward::atom, wake, "wake")         // the inbox has something
CAF_ADD_ATOM(steward, steward::atom, internal, "internal") // an actor to itself
CAF_ADD_ATOM(steward, steward::atom, tick, "tick")
CAF_ADD_ATOM(steward, steward::atom, take, "take")
CAF_ADD_ATOM(steward, steward::atom, release, "release")
CAF_ADD_ATOM(steward, steward::atom, work, "work")
CAF_ADD_ATOM(steward, steward::atom, decided, "decided")
CAF_ADD_ATOM(steward, steward::atom, load, "load")
CAF_ADD_ATOM(steward, steward::atom, loaded, "loaded")
CAF_ADD_ATOM(steward, steward::atom, apply, "apply")
CAF_ADD_ATOM(steward, steward::atom, marker, "marker")
CAF_ADD_ATOM(steward, steward::atom, erase, "erase")
CAF_ADD_ATOM(steward, steward::atom, tenants, "tenants")
CAF_ADD_ATOM(steward, steward::atom, say, "say")
CAF_ADD_ATOM(steward, steward::atom, event, "event")
CAF_ADD_ATOM(steward, steward::atom, ask, "ask")
CAF_ADD_ATOM(steward, steward::atom, status, "status")
CAF_ADD_ATOM(steward, steward::atom, actors, "actors")
CAF_ADD_ATOM(steward, steward::atom, report, "report")
CAF_ADD_ATOM(steward, steward::atom, restart, "restart")
CAF_ADD_ATOM(steward, steward::atom, drain, "drain")
CAF_ADD_ATOM(steward, steward::atom, ops, "ops")
CAF_ADD_ATOM(steward, steward::atom, beat, "beat")
CAF_ADD_ATOM(steward, steward::atom, view, "view")
CAF_ADD_ATOM(steward, steward::atom, stop, "stop")

CAF_END_TYPE_ID_BLOCK(steward)

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(steward::entity_work)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(steward::decided_turn)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(steward::loaded_entity)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(steward::store_batch)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(steward::tenant_map)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(steward::bus_message)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(steward::door_say)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(steward::knowledge_query)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(steward::knowledge_result)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(steward::partition_report)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(steward::entity_id)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(steward::node_view)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(steward::marker_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(steward::answer_to)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(steward::actor_report)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(steward::knowledge_view)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(steward::load_request)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(steward::partition_status)
