// The partition's and the entities' actors and their supervisor, on CAF's deterministic scheduler, over streams in
// memory and virtual time.
#include "actors/entity/partition.hpp"
#include "actors/entity/store_worker.hpp"
#include "actors/log.hpp"
#include "actors/node/rooms.hpp"
#include "actors/supervision/supervisor.hpp"
#include "storage/keys.hpp"
#include "storage/rows.hpp"
#include "tests/actors/entity/fake_bus.hpp"

#include <boost/test/unit_test.hpp>
#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace steward {
namespace {
int64_t virtual_ms = 1'000'000;
}
int64_t now_ms() { return virtual_ms; }
int64_t steady_ms() { return virtual_ms; }
} // namespace steward

using namespace steward;

namespace {

int decisions = 0, failures_left = 0; // of messages whose topic is "break"

class fragile final : public entity_model {
public:
  status restore(const bytes& b) override {
    n_ = b.data.size();
    return success();
  }
  bytes snapshot() const override { return {std::string(n_, 'x')}; }
  void apply(const event_entry&) override { ++n_; }
  decision decide(const decide_context& c) const override {
    ++decisions;
    if (c.message.topic == "break" && failures_left > 0 && failures_left-- > 0) throw std::runtime_error("broken");
    decision d;
    d.events.push_back({c.message.kind == in_kind::give_up ? "gave_up" : "did", {}});
    if (c.message.topic == "swell") d.events[0].body.data.assign(2 << 20, 'x');
    return d;
  }

private:
  size_t n_ = 0;
};

struct system_config : caf::actor_system_config {
  system_config() {
    add_message_types<caf::id_block::steward>();
    set("scheduler.policy", caf::atom("testing"));
  }
};

struct node_in_memory {
  system_config config;
  caf::actor_system system{config};
  caf::scheduler::test_coordinator& clock = dynamic_cast<caf::scheduler::test_coordinator&>(system.scheduler());
  std::shared_ptr<fake_bus> bus = std::make_shared<fake_bus>();
  engine_ptr env = std::make_shared<engine>();
  tenant_id tenant{"t"};
  entity_id entity{"ce"};
  partition_id p = partition_of(tenant, entity);
  std::vector<partition_report> reports;
  cluster_actor cluster;
  tenant_map tenants = std::make_shared<const std::map<tenant_id, tenant_ptr>>();
  partition_actor partition;
  std::string turns = subjects::turn_stream(p);

  node_in_memory() {
    decisions = failures_left = 0;
    env->node = node_id{"n1"};
    env->nats = bus;
    env->db = make_memory_store();
    env->figures = std::make_shared<metrics>();
    env->kinds['c'] = {"fragile", [](auto&, auto&) { return std::make_unique<fragile>(); }, {}, {}};
    env->storing = system.spawn(run_store, env);
    // With an argument: CAF looks at the arguments of a function that has none, and they are not there.
    cluster = system.spawn(
        [](cluster_actor::pointer, std::vector<partition_report>* reports) -> cluster_actor::behavior_type {
          return {[](atom::beat, bus_message&) {},
                  [reports](atom::report, partition_report& r) { reports->push_back(r); },
                  [](atom::internal, atom::tick) {},
                  [](atom::drain, bool) {},
                  [](atom::marker, uint8_t) {},
                  [](atom::view) { return node_view{}; }};
        },
        &reports);
  }
  ~node_in_memory() {
    for (auto a : {caf::actor_cast<caf::actor>(partition), caf::actor_cast<caf::actor>(cluster),
                   caf::actor_cast<caf::actor>(env->storing)})
      if (a) caf::anon_send_exit(a, caf::exit_reason::user_shutdown);
    run();
    env->storing = nullptr;
    partition = nullptr, cluster = nullptr;
  }
  void run() {
    while (clock.try_run_once()) {
    }
  }
  void after(int64_t ms) {
    for (; ms > 0; ms -= 100) {
      virtual_ms += 100;
      clock.advance_time(std::chrono::milliseconds(100));
      run();
    }
  }
  void own() {
    partition = system.spawn(run_partition, env, cluster, p, tenants);
    caf::anon_send(partition, atom::take_v);
    run();
    BOOST_REQUIRE(reports.size() == 1u);
    BOOST_REQUIRE((reports[0].state == ownership::mine));
  }
  void say(const std::string& id, const std::string& topic = "") {
    in_message m;
    m.tenant = tenant, m.entity = entity, m.id = message_id{id}, m.topic = topic;
    bus->append(subjects::in(p, tenant), encode(m));
    run();
  }
  std::vector<std::string> events() { // of the records of turns
    std::vector<std::string> out;
    for (auto& r : bus->all<turn_record>(turns))
      for (auto& e : r.events) out.push_back(e.name);
    return out;
  }
};

using names = std::vector<std::string>;

} // namespace

BOOST_FIXTURE_TEST_SUITE(actors_of_a_partition, node_in_memory)

BOOST_AUTO_TEST_CASE(an_entity_that_crashes_gets_its_message_again) {
  own();
  say("m1");
  failures_left = 2;
  say("m2", "break");
  say("m3");
  BOOST_TEST((events() == names{"did", "did", "did"}));
  BOOST_TEST(decisions == 5);
  auto records = bus->all<turn_record>(turns);
  BOOST_TEST(records.back().turn == 3u); // rebuilt from the log: nothing is lost, nothing counted twice
  BOOST_TEST(bus->streams["DLQ"].messages.empty());
}

BOOST_AUTO_TEST_CASE(the_third_failure_is_a_dead_letter) {
  own();
  failures_left = 3;
  say("m1", "break");
  say("m2");
  BOOST_TEST((events() == names{"gave_up", "did"}));
  auto letters = bus->all<dead_letter>("DLQ");
  BOOST_REQUIRE(letters.size() == 1u);
  BOOST_TEST(decode<in_message>(letters[0].message.data)->id.value == "m1");
}

// The log refused it, it was tried for ever, and all of the partition's customers waited behind it.
BOOST_AUTO_TEST_CASE(a_turn_that_the_log_cannot_take_is_given_up) {
  own();
  say("m1");
  say("m2", "swell");
  say("m3");
  BOOST_TEST((events() == names{"did", "gave_up", "did"}));
  BOOST_TEST(decisions == 6); // three times m2
  BOOST_TEST(bus->all<turn_record>(turns).back().turn == 3u);
  auto letters = bus->all<dead_letter>("DLQ");
  BOOST_REQUIRE(letters.size() == 1u);
  BOOST_TEST(letters[0].reason.find("the log takes 1048576") != std::string::npos, letters[0].reason);
}

// The store takes the log in by parts, each after the one before is in it: customers' loads do not wait behind them
// all.
BOOST_AUTO_TEST_CASE(a_new_store_is_brought_up_to_a_long_log) {
  own();
  for (int i = 0; i < 2600; ++i) say("m" + std::to_string(i));
  auto records = bus->streams[turns].messages.size();
  caf::anon_send_exit(partition, caf::exit_reason::kill);
  run();
  env->db = make_memory_store(); // as on another machine
  reports.clear();
  own();
  say("new");
  after(200);
  BOOST_TEST(bus->all<turn_record>(turns).back().turn == 2601u);
  auto stored = load_entity(*env->db, env->kinds, p, entity);
  BOOST_REQUIRE(stored.ok() && *stored);
  BOOST_TEST((*stored)->frame.turn == 2601u);
  auto marker = decode<applied_marker>(**env->db->get(table::meta, keys::applied(p)));
  BOOST_TEST(marker->at.seq >= records + 1); // everything up to its own ownership record
}

BOOST_AUTO_TEST_CASE(an_answer_of_a_former_life_changes_nothing) {
  own();
  bus->hold = true;
  say("m1");
  BOOST_REQUIRE(bus->held.size() == 1u);
  auto late = std::move(bus->held);
  bus->hold = false;
  // Another node takes over; this one finds its record followed by the other's, stands down, and takes over again.
  turn_record other;
  other.kind = record_kind::own, other.node = node_id{"n2"}, other.epoch = 2, other.n = 1, other.in_floor = 1;
  other.in_created = other.turn_created = 1;
  other.released = true;
  bus->append(subjects::own(p), encode(other));
  caf::anon_send_exit(partition, caf::exit_reason::kill);
  run();
  reports.clear();
  own();
  auto before = bus->streams[turns].messages.size();
  for (auto& f : late) f();
  run();
  say("m2");
  auto records = bus->all<turn_record>(turns);
  BOOST_TEST(records.size() == before + 1);
  BOOST_TEST(records.back().turn == 2u);
  BOOST_TEST(records.back().epoch == 3u);
}

BOOST_AUTO_TEST_CASE(work_that_was_begun_before_a_stand_down_is_not_committed_after_it) {
  own();
  caf::scoped_actor self{system};
  say("m1");
  decided_turn stale{0, 1, std::make_shared<turn_record>()};
  auto before = bus->streams[turns].messages.size();
  caf::anon_send(partition, atom::decided_v, std::move(stale));
  run();
  BOOST_TEST(bus->streams[turns].messages.size() == before);
}

BOOST_AUTO_TEST_CASE(a_release_commits_what_is_in_work_and_then_gives_up) {
  own();
  bus->hold = true;
  say("m1");
  caf::anon_send(partition, atom::release_v);
  run();
  BOOST_TEST(reports.size() == 1u); // its commit is under way
  bus->hold = false;
  for (auto& f : std::exchange(bus->held, {})) f();
  run();
  after(200);
  auto records = bus->all<turn_record>(turns);
  BOOST_REQUIRE(records.size() == 3u);
  BOOST_TEST((records[1].kind == record_kind::turn));
  BOOST_TEST((records[2].kind == record_kind::own && records[2].released && records[2].in_floor == 1u));
  BOOST_REQUIRE(reports.size() == 2u);
  BOOST_TEST((reports[1].state == ownership::none));
}

BOOST_AUTO_TEST_CASE(a_stream_made_anew_is_noticed_before_its_first_message_is_taken) {
  own();
  say("m1");
  auto in = subjects::in_stream(p);
  // The reading starts again in a stream of the same name: what it brings is of another incarnation.
  bus->streams[in] = {2, {}};
  in_message m;
  m.tenant = tenant, m.entity = entity, m.id = message_id{"m2"};
  bus->append(subjects::in(p, tenant), encode(m));
  after(3000); // the idle owner's look
  BOOST_REQUIRE(reports.size() >= 2u);
  BOOST_TEST((reports[1].state == ownership::none && reports[1].why == errc::conflict));
  caf::anon_send(partition, atom::take_v);
  run();
  BOOST_TEST((events() == names{"did", "did"}));
  BOOST_TEST(bus->all<turn_record>(turns).back().in.incarnation == 2u);
}

BOOST_AUTO_TEST_CASE(a_partition_that_fails_is_replaced_and_three_times_is_too_often) {
  auto list = std::make_shared<partition_list>();
  bool gave_up = false;
  auto make = [this](caf::actor_system& s, uint8_t n, tenant_map t) {
    return s.spawn(run_partition, env, cluster, partition_id{n}, std::move(t));
  };
  auto supervisor = system.spawn(run_supervisor, env, cluster, list, tenants, make, std::vector<watched_room>{},
                                 std::make_shared<room_board>(), [&] { gave_up = true; });
  caf::anon_send(supervisor, atom::take_v, p.value);
  run();
  for (int i = 1; i <= 4; ++i) {
    auto old = list->get(p.value);
    caf::anon_send_exit(old, caf::exit_reason::unhandled_exception);
    run();
    after(6000);
    BOOST_TEST((list->get(p.value) != old) == (i <= 3));
    BOOST_TEST(gave_up == (i == 4));
    BOOST_TEST(reports.size() == static_cast<size_t>(std::min(i, 3))); // so that it takes over again
  }
  caf::anon_send_exit(supervisor, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(list->get(p.value), caf::exit_reason::user_shutdown);
  run();
}

BOOST_AUTO_TEST_CASE(a_room_that_fails_is_opened_again) {
  ops_actor now;
  bool gave_up = false;
  auto board = std::make_shared<room_board>();
  watched_room room{"a door", [&now](caf::actor_system& s) {
                      now = s.spawn(
                          [](ops_actor::pointer, int) -> ops_actor::behavior_type {
                            return {[](atom::ops, bus_message&) { throw std::runtime_error("broken"); }};
                          },
                          0);
                      return caf::actor_cast<caf::actor_addr>(now);
                    }};
  auto supervisor = system.spawn(run_supervisor, env, cluster, std::make_shared<partition_list>(), tenants,
                                 partition_maker{}, std::vector{room}, board, [&] { gave_up = true; });
  caf::anon_send(supervisor, atom::take_v, uint8_t{partition_count});
  run();
  for (int i = 1; i <= 4; ++i) {
    auto old = now;
    BOOST_REQUIRE(old);
    caf::anon_send(old, atom::ops_v, bus_message{});
    run();
    after(6000);
    BOOST_TEST((now != old) == (i <= 3));
    BOOST_TEST(gave_up == (i == 4));
    BOOST_REQUIRE(board->all().size() == 1u);
    BOOST_TEST(board->all()[0].restarts == static_cast<uint64_t>(std::min(i, 3)));
    BOOST_TEST(board->all()[0].running == (i <= 3));
  }
  caf::anon_send_exit(supervisor, caf::exit_reason::user_shutdown);
  now = nullptr;
  run();
}

// Who asked in that moment heard nothing.
BOOST_AUTO_TEST_CASE(what_is_asked_of_a_room_that_is_replaced_waits_for_the_next) {
  static int answered = 0;
  answered = 0;
  reception front;
  auto about = [](const char* what) {
    bus_message m;
    m.subject = what;
    return m;
  };
  watched_room room{"ops",
                    [&](caf::actor_system& s) {
                      auto now = s.spawn(
                          [](ops_actor::pointer, int) -> ops_actor::behavior_type {
                            return {[](atom::ops, bus_message& m) {
                              if (m.subject == "break") throw std::runtime_error("broken");
                              ++answered;
                            }};
                          },
                          0);
                      front.set(now);
                      return caf::actor_cast<caf::actor_addr>(now);
                    },
                    false, [&] { front.set({}); }};
  auto supervisor = system.spawn(run_supervisor, env, cluster, std::make_shared<partition_list>(), tenants,
                                 partition_maker{}, std::vector{room}, std::make_shared<room_board>(), [] {});
  caf::anon_send(supervisor, atom::take_v, uint8_t{partition_count});
  run();
  BOOST_TEST(front.take(about("break")));
  run();
  for (size_t i = 0; i < reception::most_wait; ++i) BOOST_TEST_REQUIRE(front.take(about("ask")));
  BOOST_TEST(!front.take(about("one too many")));
  run();
  BOOST_TEST(answered == 0);
  after(1000);
  BOOST_TEST(answered == static_cast<int>(reception::most_wait));
  BOOST_TEST(front.take(about("ask")));
  run();
  BOOST_TEST(answered == static_cast<int>(reception::most_wait) + 1);
  caf::anon_send_exit(supervisor, caf::exit_reason::user_shutdown);
  front.set({});
  run();
}

BOOST_AUTO_TEST_CASE(a_room_is_ended_by_name_and_one_without_a_second_life_ends_the_node) {
  auto quiet = [](ops_actor::pointer, int) -> ops_actor::behavior_type { return {[](atom::ops, bus_message&) {}}; };
  int lives = 0;
  ops_actor door, vital = system.spawn(quiet, 0); // an actor that nobody holds ends by itself
  auto gave_up = false;
  auto board = std::make_shared<room_board>();
  std::vector<watched_room> rooms{
      {"door",
       [&](caf::actor_system& s) {
         ++lives;
         door = s.spawn(quiet, 0);
         return caf::actor_cast<caf::actor_addr>(door);
       }},
      {"store", [&](caf::actor_system&) { return caf::actor_cast<caf::actor_addr>(vital); }, true}};
  auto supervisor = system.spawn(run_supervisor, env, cluster, std::make_shared<partition_list>(), tenants,
                                 partition_maker{}, rooms, board, [&] { gave_up = true; });
  for (uint8_t r = 0; r < 2; ++r) caf::anon_send(supervisor, atom::take_v, static_cast<uint8_t>(partition_count + r));
  run();
  BOOST_TEST((board->end("nobody") == room_board::found::nobody));
  BOOST_TEST((board->end("store") == room_board::found::vital));
  BOOST_TEST((board->end("door") == room_board::found::ended));
  run();
  after(6000);
  BOOST_TEST(lives == 2);
  BOOST_TEST(!gave_up);
  caf::anon_send_exit(vital, caf::exit_reason::unhandled_exception);
  run();
  BOOST_TEST(gave_up);
  caf::anon_send_exit(supervisor, caf::exit_reason::user_shutdown);
  door = nullptr, vital = nullptr;
  run();
}

BOOST_AUTO_TEST_SUITE_END()
