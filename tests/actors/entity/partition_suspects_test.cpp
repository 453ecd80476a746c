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
  } rows[] = {{{}, {{8, 2}}}, {{{8, 2}}, {{8, 3}}}, {{{7, 2}, {9, 2}}, {{8, 2}, {9, 2}}}};
  for (auto& row : rows) {
    remake();
    take(died(7, 30, working_off(row.before, 10)));
    BOOST_TEST((last_record->suspects == row.after));
    BOOST_TEST(last_record->suspects_to == 10u);
  }
}

BOOST_AUTO_TEST_CASE(three_deaths_give_a_message_up) {
  own(died(7, 8, working_off({{8, 2}}, 8)));
  BOOST_TEST(in(8, "ca") == "hand:ca/8(give_up)#4");
}

BOOST_AUTO_TEST_CASE(a_message_that_kills_even_while_it_is_given_up) {
  own(died(7, 8, working_off({{8, 5}}, 8)));
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

BOOST_AUTO_TEST_SUITE_END()
