#include "tests/actors/entity/core_driver.hpp"

using namespace steward;

namespace {
tail_view died(uint64_t in_floor, uint64_t in_last, turn_record own = {}) {
  tail_view v;
  v.last_seq = 20, v.in_last = in_last;
  own.kind = record_kind::own, own.epoch = 1, own.in_created = 50, own.turn_created = 60;
  v.last_own = own;
  v.last = turn_record{}, v.last->epoch = 1, v.last->in_floor = in_floor, v.last->out_floor = 20;
  return v;
}
turn_record working_off(std::map<uint64_t, uint32_t> suspects, uint64_t to) {
  turn_record r;
  r.suspects = std::move(suspects), r.suspects_to = to;
  return r;
}
} // namespace

BOOST_FIXTURE_TEST_SUITE(suspects, driver)

BOOST_AUTO_TEST_CASE(what_was_in_work_at_a_death_runs_alone_and_in_order) {
  take(died(7, 10));
  BOOST_TEST(last_record->suspects_to == 10u);
  BOOST_TEST(ack(21) == "took:21/2 in>7");
  BOOST_TEST(in(8, "ca") == "hand:ca/8#2");
  BOOST_TEST(in(9, "cb") == "");
  BOOST_TEST(in(10, "cc") == "");
  BOOST_TEST(in(11, "cd") == "");
  BOOST_TEST(decide("ca") == "turn:ca@21[8,21]");
  BOOST_TEST(ack(22) == "committed:22 hand:cb/9#2");
  // A dropped one leaves no record: the floor is written before the next may run.
  BOOST_TEST(drop("cb") == "floors@22[9,22]");
  BOOST_TEST(ack(23) == "hand:cc/10#2");
  BOOST_TEST(decide("cc") == "turn:cc@23[10,23]");
  BOOST_TEST(ack(24) == "committed:24 hand:cd/11");
  BOOST_TEST(in(12, "ca") == "hand:ca/12"); // side by side again
}

BOOST_AUTO_TEST_CASE(the_one_above_the_floor_is_blamed_for_the_next_death) {
  struct {
    std::map<uint64_t, uint32_t> before;
    std::map<uint64_t, uint32_t> after;
    uint64_t tried;
  } rows[] = {{{}, {{8, 2}}, 0},
              {{{8, 2}}, {{8, 2}}, 0}, // it waited for its trial, and another killed the process
              {{{8, 2}}, {{8, 3}}, 8},
              {{{8, 5}}, {{8, 6}}, 8},
              {{}, {{9, 2}}, 9}, // 8 is gone from the stream
              {{{7, 2}, {9, 2}}, {{8, 2}, {9, 2}}, 0}};
  for (auto& row : rows) {
    remake();
    auto view = died(7, 30, working_off(row.before, 10));
    view.last->trying = row.tried;
    take(view);
    BOOST_TEST((last_record->suspects == row.after));
    BOOST_TEST(last_record->suspects_to == 10u);
  }
}

BOOST_AUTO_TEST_CASE(three_deaths_give_a_message_up) {
  auto view = died(7, 8, working_off({{8, 2}}, 8));
  view.last->trying = 8;
  own(view);
  BOOST_TEST(in(8, "ca") == "floors@21[7,21]");
  BOOST_TEST(last_record->trying == 8u);
  BOOST_TEST(ack(22) == "hand:ca/8(give_up)#4");
  BOOST_TEST(decide("ca") == "turn:ca@22[8,22]");
  BOOST_TEST(last_record->trying == 0u);
}

BOOST_AUTO_TEST_CASE(a_message_that_kills_even_while_it_is_given_up) {
  auto view = died(7, 8, working_off({{8, 5}}, 8));
  view.last->trying = 8;
  own(view);
  BOOST_TEST(in(8, "ca") == "dead@21[8,21]");
  BOOST_TEST(ack(22) == "deliver:22.0");
}

BOOST_AUTO_TEST_CASE(an_orderly_release_blames_nobody_and_passes_suspects_on) {
  auto r = working_off({{9, 2}}, 10);
  r.released = true;
  take(died(7, 30, r));
  BOOST_TEST((last_record->suspects == std::map<uint64_t, uint32_t>{{9, 2}}));
  BOOST_TEST(last_record->suspects_to == 10u);
  remake();
  turn_record clean;
  clean.released = true;
  take(died(7, 30, clean));
  BOOST_TEST(last_record->suspects_to == 0u);
}

BOOST_AUTO_TEST_CASE(the_window_bounds_suspects) {
  config.window = 5;
  remake();
  take(died(7, 1000));
  BOOST_TEST(last_record->suspects_to == 12u);
}

BOOST_AUTO_TEST_CASE(gaps_do_not_hide_who_ran) {
  own(died(7, 12));
  BOOST_TEST(in(10, "ca") == "floors@21[9,21]"); // 8 and 9 are gone: say so before it runs
  BOOST_TEST(ack(22) == "hand:ca/10#2");
  BOOST_TEST(in(15, "cb") == "");
  BOOST_TEST(decide("ca") == "turn:ca@22[14,22]");
  BOOST_TEST(ack(23) == "committed:23 hand:cb/15");
}

BOOST_AUTO_TEST_CASE(timers_run_alone_while_suspects_are_awaited) {
  own(died(7, 9));
  core->on_known_timers(tenant_id{"t"}, entity_id{"ca"}, 1, {{"idle", 1}});
  BOOST_TEST(after(1) == "hand:ca/0(timer)");
  BOOST_TEST(in(8, "cb") == "");
  BOOST_TEST(decide("ca") == "turn:ca@21[7,21]");
  BOOST_TEST(ack(22) == "committed:22 hand:cb/8#2");
}

BOOST_AUTO_TEST_CASE(who_died_with_two_owners_waits_until_the_whole_node_rests) {
  auto gate = std::make_shared<turnstile>();
  core = std::make_unique<partition_core>(config, gate);
  own(died(7, 8, working_off({}, 8))); // 8 has two deaths from now on
  gate->join(9, [] {});
  BOOST_TEST(gate->enter(9));
  BOOST_TEST(in(8, "ca") == "");
  BOOST_TEST(!gate->open());
  gate->rest(9);
  BOOST_TEST(!gate->enter(9));
  core->on_turn();
  BOOST_TEST(actions() == "floors@21[7,21]");
  BOOST_TEST(ack(22) == "hand:ca/8#3");
  // Dropped ones leave no record of their own: one must say that the trial is over before others go on.
  BOOST_TEST(drop("ca") == "floors@22[8,22]");
  BOOST_TEST(!gate->open());
  BOOST_TEST(ack(23) == "");
  BOOST_TEST(gate->open());
}

BOOST_AUTO_TEST_CASE(a_neighbour_that_hangs_is_waited_for_but_so_long) {
  auto gate = std::make_shared<turnstile>();
  core = std::make_unique<partition_core>(config, gate);
  own(died(7, 8, working_off({}, 8)));
  gate->join(9, [] {});
  gate->enter(9);
  BOOST_TEST(in(8, "ca") == "");
  BOOST_TEST(after(config.alone_within_ms - 1) == "tail"); // an idle owner's look
  BOOST_TEST(after(1) == "floors@21[7,21]");
}

BOOST_AUTO_TEST_CASE(a_timer_that_kills_is_named_and_given_up) {
  turn_record former;
  former.deaths = 1;
  own(died(7, 7, former));
  BOOST_TEST(last_record->deaths == 2u);
  core->on_known_timers(tenant_id{"t"}, entity_id{"ca"}, 1, {{"idle", 1}});
  BOOST_TEST(after(1) == "floors@21[7,21]");
  BOOST_TEST(last_record->trying_timer == "ca:idle:1");
  BOOST_TEST(ack(22) == "hand:ca/0(timer)");
  auto last = last_record;
  remake(); // it dies of it
  former.deaths = 2;
  auto view = died(7, 7, former);
  view.last->trying_timer = last->trying_timer;
  own(view);
  BOOST_TEST((last_record->suspect_timers == std::map<std::string, uint32_t>{{"ca:idle:1", 3}}));
  core->on_known_timers(tenant_id{"t"}, entity_id{"ca"}, 1, {{"idle", 1}});
  after(1);
  BOOST_TEST(ack(22) == "hand:ca/0(give_up)#4");
}

BOOST_AUTO_TEST_CASE(an_owner_that_lives_ends_the_row_of_deaths) {
  turn_record former;
  former.deaths = 1;
  own(died(7, 7, former));
  core->on_older_timers_known();
  BOOST_TEST(after(config.calm_after_ms).find("own@21") != std::string::npos);
  BOOST_TEST(last_record->deaths == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
