#include "actors/supervision/supervisor.hpp"

#include "actors/log.hpp"

#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace steward {
namespace {

std::string partition_name(uint8_t p) { return "partition-" + std::to_string(p); }

} // namespace

supervisor_actor::behavior_type run_supervisor(supervisor_actor::stateful_pointer<supervisor_state> self,
                                               engine_ptr env, cluster_actor cluster,
                                               std::shared_ptr<partition_list> partitions, tenant_map tenants,
                                               partition_maker make, std::vector<watched_room> rooms,
                                               std::shared_ptr<room_board> board, std::function<void()> give_up) {
  auto& s = self->state;
  s.env = std::move(env), s.cluster = std::move(cluster), s.partitions = std::move(partitions),
  s.tenants = std::move(tenants), s.rooms = std::move(rooms), s.board = std::move(board);
  s.policies.resize(partition_count + s.rooms.size());
  self->set_down_handler([self, give_up](const caf::down_msg& m) {
    auto& s = self->state;
    auto found = s.by_actor.find(m.source.id());
    if (found == s.by_actor.end()) return;
    auto p = found->second;
    s.by_actor.erase(found);
    if (!m.reason || m.reason == caf::exit_reason::user_shutdown) return; // an orderly end
    auto* room = p < partition_count ? nullptr : &s.rooms[p - partition_count];
    auto who = room ? room->name : partition_name(p);
    if (room && room->gone) room->gone();
    if (s.board->failed(who)) {
      s.env->figures->count(figure::restarts);
      log::info("actor is restarted, as was asked", {{"actor", who}});
      return self->send(self, atom::take_v, p);
    }
    if (room && room->vital) {
      log::error("actor failed, and the node stops: it has no second life",
                 {{"actor", who}, {"why", caf::to_string(m.reason)}});
      return give_up();
    }
    auto verdict = s.policies[p].on_failure(steady_ms());
    s.env->figures->count(figure::restarts);
    log::error("actor failed", {{"actor", who}, {"why", caf::to_string(m.reason)}, {"again_in_ms", verdict.pause_ms}});
    if (!verdict.restart) {
      log::error("actor fails again and again, and the node stops", {{"actor", who}});
      return give_up();
    }
    self->delayed_send(self, std::chrono::milliseconds(verdict.pause_ms), atom::take_v, p);
  });
  return {
      [self](atom::tenants, tenant_map& t) { self->state.tenants = std::move(t); },
      [self, make](atom::take, uint8_t p) {
        auto& s = self->state;
        if (p >= partition_count) {
          auto& r = s.rooms.at(p - partition_count);
          auto room = r.spawn(self->system());
          self->monitor(room);
          s.by_actor[room.id()] = p;
          s.board->begins(r.name, room, steady_ms(), r.vital);
          return;
        }
        auto again = static_cast<bool>(s.partitions->get(p));
        auto a = make(self->system(), p, s.tenants);
        self->monitor(a);
        s.by_actor[a.id()] = p;
        s.board->begins(partition_name(p), a.address(), steady_ms(), false);
        s.partitions->set(p, std::move(a));
        if (again)
          self->send(s.cluster, atom::report_v,
                     partition_report{{p}, ownership::none, errc::internal, "its actor failed", 0});
      },
  };
}

} // namespace steward
