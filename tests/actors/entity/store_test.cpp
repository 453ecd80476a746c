// What the node's store makes of snapshots and of what is forgotten, and what the tail cleaner finds in it.
#include "actors/entity/store_clean.hpp"
#include "actors/entity/store_worker.hpp"
#include "storage/keys.hpp"

#define BOOST_TEST_MODULE entity_store
#include <boost/test/unit_test.hpp>

using namespace steward;

namespace {

class counting final : public entity_model { // counts its events
public:
  status restore(const bytes& b) override {
    n_ = b.data.size();
    return success();
  }
  bytes snapshot() const override { return {std::string(n_, 'x')}; }
  void apply(const event_entry&) override { ++n_; }
  decision decide(const decide_context&) const override { return {}; }

private:
  size_t n_ = 0;
};

constexpr int64_t day = 24 * 3600'000;

struct stored {
  engine env;
  partition_id p{3};
  entity_id e{"ce"};
  uint64_t n = 0;
  std::shared_ptr<std::map<tenant_id, tenant_ptr>> tenants = std::make_shared<std::map<tenant_id, tenant_ptr>>();
  stored() {
    env.db = make_memory_store();
    env.kinds['c'] = {"counting", [](auto&, auto&) { return std::make_unique<counting>(); }, {}, {}};
    auto t = std::make_shared<tenant_config>();
    t->retention_days = 30;
    (*tenants)[tenant_id{"t"}] = t;
  }
  turn_record turn(uint64_t number, uint64_t prev_seq, int64_t now_ms = day) {
    turn_record r;
    r.tenant = tenant_id{"t"}, r.entity = e, r.turn = number, r.prev_seq = prev_seq, r.epoch = 1, r.n = ++n;
    turn_input input;
    input.now_ms = now_ms;
    input.message.id = message_id{std::to_string(number)};
    r.in = {1, number};
    r.input.data = encode(input);
    r.events.push_back({"did", {}});
    return r;
  }
  void add(uint64_t seq, turn_record r, bool replay = false) {
    store_batch b;
    b.partition = p, b.incarnation = 7, b.replay = replay, b.mark = !replay;
    auto bytes = std::make_shared<const std::string>(encode(r));
    b.entries.push_back({seq, std::make_shared<const turn_record>(std::move(r)), bytes});
    apply(env, b);
  }
  std::shared_ptr<entity_state> load() {
    auto s = load_entity(*env.db, env.kinds, p, e);
    BOOST_REQUIRE_MESSAGE(s.ok(), (s ? "" : s.error().message));
    return *s;
  }
  size_t rows() {
    size_t out = 0;
    BOOST_REQUIRE(
        env.db->scan(table::turns, keys::turns_of(e), {}, scan_order::ascending, [&](auto, auto) { return ++out; })
            .ok());
    return out;
  }
  cut_found look(uint64_t cut, int64_t now_ms = 2 * day, bool forget = false) {
    return look_for_cut(*env.db, env.kinds, {1, p, 7, {}, cut, forget, 100, 8, now_ms, tenants});
  }
  uint64_t grown(uint64_t turns) { // at sequences 10, 20, …
    for (uint64_t t = 1; t <= turns; ++t) add(10 * t, turn(t, 10 * (t - 1)));
    return 10 * turns;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(the_store, stored)

BOOST_AUTO_TEST_CASE(who_stands_on_what_is_cut_is_found) {
  grown(3);
  BOOST_TEST(look(10).entities.empty()); // its first turn stands at 10
  auto found = look(11);
  BOOST_REQUIRE(found.entities.size() == 1u);
  BOOST_TEST(found.entities[0].state->last_seq == 30u);
  BOOST_TEST(!found.entities[0].forget);
  add(40, snapshot_of(*found.entities[0].state, found.entities[0].last_ms));
  BOOST_TEST(look(40).entities.empty());
  BOOST_TEST(look(41).entities.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_store_that_knows_only_a_snapshot_goes_on_from_it) {
  grown(3);
  auto snapshot = snapshot_of(*load(), day);
  snapshot.epoch = 1, snapshot.n = ++n;
  env.db = make_memory_store();
  add(40, snapshot);
  add(50, turn(4, 40));
  BOOST_TEST(load()->frame.turn == 4u);
  BOOST_TEST(load()->model->snapshot().data == "xxxx");
}

BOOST_AUTO_TEST_CASE(a_snapshot_leaves_its_turn_to_those_who_read_it) {
  grown(3);
  add(40, snapshot_of(*load(), day));
  BOOST_TEST(rows() == 4u);
  BOOST_TEST(load()->last_seq == 40u);
}

BOOST_AUTO_TEST_CASE(what_is_past_its_retention_is_forgotten) {
  grown(3);
  BOOST_TEST(look(0, 31 * day - 1, true).entities.empty());
  auto found = look(0, 31 * day, true);
  BOOST_REQUIRE(found.entities.size() == 1u);
  BOOST_TEST(found.entities[0].forget);
  auto grave = tombstone(*found.entities[0].state);
  BOOST_TEST(forgets(grave));
  grave.epoch = 1, grave.n = ++n;
  add(40, grave);
  BOOST_TEST(rows() == 0u);
  BOOST_TEST(!load());
  // It may come back, and begins anew.
  add(50, turn(1, 0));
  BOOST_TEST(load()->frame.turn == 1u);
}

BOOST_AUTO_TEST_CASE(a_replay_of_an_old_life_does_not_touch_the_new_one) {
  std::vector<turn_record> old;
  for (uint64_t t = 1; t <= 3; ++t) old.push_back(turn(t, 10 * (t - 1)));
  turn_record grave;
  grave.kind = record_kind::snapshot, grave.tenant = tenant_id{"t"}, grave.entity = e, grave.turn = 3;
  grave.epoch = 1, grave.n = ++n;
  add(50, turn(1, 0)); // committed while the replay runs
  for (uint64_t t = 1; t <= 3; ++t) add(10 * t, old[t - 1], true);
  add(40, grave, true);
  BOOST_TEST(rows() == 1u);
  BOOST_TEST(load()->model->snapshot().data == "x");
}

BOOST_AUTO_TEST_SUITE_END()
