// How long a queue takes to decide who gets a seat that is free again: 500 seats, 5,000 waiting, mode "offer". A turn
// is read, decided, folded and encoded as in the engine, without the commit. Prints one JSON object.
#include "actors/seat/queue_model.hpp"
#include "messages/seat.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <deque>
#include <map>
#include <random>

using namespace steward;

namespace {

constexpr int seats = 500, waiting = 5000, rounds = 5000;

struct entities {
  tenant_config tenant;
  entity_kinds kinds{{'q', queue_kind()}, {'h', shelf_kind()}};
  std::map<entity_id, entity_state> all;
  entity_id queue;
  int64_t now = 1'000'000;
  uint64_t seq = 0;
  size_t largest = 0;
  std::deque<std::pair<std::string, std::string>> offers; // seat, conversation
  std::map<entity_id, std::string> names;                 // of seats

  entities() {
    tenant.id = tenant_id{"shop"}, tenant.languages = {"en"};
    tenant.queues["main"] = {queue_mode::offer, 3600, 3};
    queue = queue_id(tenant.id, "main");
  }
  /// One message to one entity, and what shelves and queue say to each other because of it. Seconds of the first turn.
  double tell(entity_id to, in_kind kind, std::string topic, std::string body) {
    double took = -1;
    std::deque<std::tuple<entity_id, in_kind, std::string, std::string>> todo;
    todo.emplace_back(to, kind, std::move(topic), std::move(body));
    while (!todo.empty()) {
      auto [entity, k, what, data] = std::move(todo.front());
      todo.pop_front();
      auto i = all.find(entity);
      if (i == all.end()) i = all.emplace(entity, std::move(*fresh_entity(kinds, tenant.id, entity))).first;
      in_message m;
      m.kind = k, m.tenant = tenant.id, m.entity = entity, m.topic = what, m.body.data = std::move(data);
      m.id = message_id{std::to_string(++seq)};
      auto begin = std::chrono::steady_clock::now();
      auto r = decide_turn(i->second, m, {1, seq}, {}, tenant, now);
      auto record = encode(r);
      if (took < 0) took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
      largest = std::max(largest, record.size());
      for (auto& o : r.replies) {
        if (o.topic == "offer")
          offers.emplace_back(names.at(o.entity), decode<duty_note>(o.body.data)->ticket.conversation.value);
        if (o.entity == queue || o.entity.value[0] == 'h')
          todo.emplace_back(o.entity, in_kind::entity, o.topic, o.body.data);
      }
    }
    return took;
  }
  double sits(const std::string& seat, uint32_t free, uint64_t heard) {
    names[seat_id(tenant.id, seat)] = seat;
    duty_note n;
    n.queue = "main", n.state = {seat, seat, presence::available, free, heard, {"returns"}, {}};
    return tell(queue, in_kind::entity, "seat", encode(n));
  }
  void waits(int i) {
    duty_note n;
    n.queue = "main", n.ticket.conversation = entity_id{"c" + hash_name({std::to_string(i)})}, n.ticket.wait = 3;
    n.ticket.language = "en", n.ticket.text = "my parcel has not come, and nobody tells me where it is, hm";
    tell(queue, in_kind::entity, "wait", encode(n));
  }
  double accepts(const std::string& seat, const std::string& conversation) {
    seat_request q;
    q.id = "r" + std::to_string(seq), q.conversation = entity_id{conversation};
    return tell(queue, in_kind::command, "accept", encode(seat_command{seat, q}));
  }
};

} // namespace

int main() {
  entities w;
  std::vector<uint64_t> heard(seats);
  auto name = [](int i) { return "agent-" + std::to_string(i); };
  for (int i = 0; i < waiting; ++i) w.now += 10, w.waits(i);
  for (int i = 0; i < seats; ++i) w.sits(name(i), 0, 0);
  std::mt19937 random(1);
  std::vector<double> took;
  size_t assigned = 0;
  for (int round = 0; round < rounds; ++round) {
    w.now += 100;
    auto i = static_cast<int>(random() % seats);
    took.push_back(w.sits(name(i), 1, heard[static_cast<size_t>(i)]));
    for (; !w.offers.empty(); w.offers.pop_front()) {
      auto& [seat, conversation] = w.offers.front();
      w.accepts(seat, conversation);
      auto k = static_cast<size_t>(std::stoi(seat.substr(6)));
      w.sits(seat, 0, ++heard[k]);
      ++assigned;
    }
    w.waits(waiting + round);
  }
  std::sort(took.begin(), took.end());
  auto at = [&](double q) { return 1000 * took[static_cast<size_t>(q * static_cast<double>(took.size() - 1))]; };
  std::printf("{\"p50_ms\": %.3f, \"p99_ms\": %.3f, \"most_ms\": %.3f, \"rounds\": %d, \"assigned\": %zu, "
              "\"largest_record\": %zu}\n",
              at(0.5), at(0.99), at(1), rounds, assigned, w.largest);
}
