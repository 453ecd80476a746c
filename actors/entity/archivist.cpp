#include "actors/entity/archivist.hpp"

#include "actors/entity/archive_reads.hpp"
#include "actors/log.hpp"
#include "storage/archive_table.hpp"
#include "storage/keys.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <chrono>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace steward {
namespace {

using namespace std::chrono_literals;
constexpr size_t most_due = 100'000;     // beyond it they are found by comparing
constexpr int64_t first_look_ms = 5'000; // after the start, which has better to do
constexpr size_t rows_per_look = 500;
constexpr int64_t work_ms = 20;
constexpr auto rest = 80ms, idle = 250ms, stands_back = 1000ms;
constexpr int64_t calm = 500; // turns per second; with more of them the customers need the processor

/// Linux has a nice value per thread.
void be_last() { (void)setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), 19); }

bool is_conversation(const entity_id& e) {
  return e.value.size() == 27 && e.value[0] == static_cast<char>(entity_kind::conversation);
}

} // namespace

void archivist_state::take(archive_news n) {
  if (!is_conversation(n.conversation)) return;
  if (due.size() >= most_due) {
    look_again = true;
    return;
  }
  if (waiting.insert(n.conversation.value).second) due.push_back(std::move(n));
}

/// Conversations of which the store has more than the archive; some with each call.
void archivist_state::compare() {
  if (!looking) {
    if (!look_again || steady_ms() < not_before_ms) return;
    look_again = false, looking = true, from.clear();
  }
  size_t seen = 0;
  std::string next;
  std::vector<archive_news> behind;
  auto ok =
      env->db->scan(table::entity, {}, from, scan_order::ascending, [&](std::string_view key, std::string_view v) {
        if (++seen > rows_per_look) return next = std::string(key), false;
        archive_news n{{static_cast<uint8_t>(key.empty() ? 0 : key[0])}, entity_id{std::string(key.substr(1))}};
        if (!is_conversation(n.conversation)) return true;
        auto row = decode<entity_row>(v);
        auto in = archived(*env->db, n.partition, n.conversation);
        if (!row || !in || in->turn != row->turn) behind.push_back(std::move(n));
        return true;
      });
  if (!ok) log::error("archive cannot be compared", {{"why", ok.error().message}});
  for (auto& n : behind) take(std::move(n));
  looking = !next.empty();
  from = std::move(next);
}

void archivist_state::work() {
  auto end = steady_ms() + work_ms;
  while (!due.empty() && steady_ms() < end) {
    auto n = std::move(due.front());
    due.pop_front();
    waiting.erase(n.conversation.value);
    if (auto ok = archive_one(*env, n.partition, n.conversation); !ok)
      log::error("conversation cannot be archived", {{"entity", n.conversation.value}, {"why", ok.error().message}});
  }
  while (due.empty() && (looking || look_again) && steady_ms() < end) {
    compare();
    if (!looking) break;
  }
}

bool archivist_state::is_rush(int64_t now_ms) {
  auto news = std::exchange(heard, 0);
  auto since = std::exchange(heard_since_ms, now_ms);
  return news * 1000 > calm * (now_ms - since);
}

void archivist_state::answer(const bus_message& m) {
  seat_found bad;
  auto q = decode<ops_request>(m.data);
  auto token = m.subject.substr(m.subject.find('.') + 1);
  auto p = static_cast<uint8_t>(std::strtoul(token.c_str(), nullptr, 10));
  if (!q) bad.error = {std::string(to_string(q.error().code)), q.error().message};
  if (!m.reply.empty()) env->nats->publish(m.reply, encode(q ? search_archive(*env, {p}, *q) : bad));
}

archive_actor::behavior_type run_archivist(archive_actor::stateful_pointer<archivist_state> self, engine_ptr env) {
  self->state.env = std::move(env);
  self->state.not_before_ms = steady_ms() + first_look_ms;
  self->send(self, atom::internal_v, atom::tick_v);
  return {
      [self](atom::apply, std::vector<archive_news>& all) {
        self->state.heard += static_cast<int64_t>(all.size());
        for (auto& n : all) self->state.take(std::move(n));
      },
      [self](atom::ops, bus_message& m) { self->state.answer(m); },
      [self, last = false](atom::internal, atom::tick) mutable {
        if (!last) be_last(), last = true;
        auto& s = self->state;
        s.work();
        auto pause = s.due.empty() && !s.looking ? std::chrono::milliseconds(idle) : rest;
        if (s.is_rush(steady_ms())) pause = stands_back;
        self->delayed_send(self, pause, atom::internal_v, atom::tick_v);
      },
  };
}

} // namespace steward
