#include "tests/actors/entity/core_driver.hpp"

using namespace steward;

namespace {
turn_record someone_elses() {
  turn_record r;
  r.kind = record_kind::own, r.node = node_id{"n2"}, r.epoch = 9, r.n = 1;
  return r;
}
} // namespace

BOOST_FIXTURE_TEST_SUITE(commits, driver)

BOOST_AUTO_TEST_CASE(a_commit_in_doubt_is_read_back) {
  struct {
    publish_outcome outcome;
    const char* there; // ours, none, other
    const char* expected;
  } rows[] = {
      {publish_outcome::timed_out, "ours", "committed:2"},
      {publish_outcome::timed_out, "none", "turn:ca@1[1,1]"},
      {publish_outcome::timed_out, "other", "stand_down:fenced"},
      {publish_outcome::wrong_sequence, "ours", "committed:2"},
      {publish_outcome::wrong_sequence, "none", ""},
      {publish_outcome::wrong_sequence, "other", "stand_down:fenced"},
  };
  for (auto& row : rows) {
    remake();
    consumer_seq = 0;
    own();
    in(1, "ca");
    decide("ca");
    auto mine = last_record;
    in(2, "cb");
    BOOST_TEST(outcome(row.outcome) == "read:2");
    BOOST_TEST(decide("cb") == ""); // nothing else is committed meanwhile
    auto there = std::string(row.there);
    auto got = found(there == "ours"   ? std::optional(*mine)
                     : there == "none" ? std::nullopt
                                       : std::optional(someone_elses()));
    BOOST_TEST(got.substr(0, std::string(row.expected).size()) == row.expected);
    if (there == "none") {
      if (row.outcome == publish_outcome::wrong_sequence) BOOST_TEST(after(250).starts_with("turn:ca@1[1,1]"));
      BOOST_TEST(first_record == mine); // the same bytes
    }
  }
}

BOOST_AUTO_TEST_CASE(a_reading_that_fails_is_tried_again) {
  own();
  in(1, "ca");
  decide("ca");
  BOOST_TEST(outcome(publish_outcome::timed_out) == "read:2");
  core->on_record(record, {errc::unavailable, "away"});
  BOOST_TEST(actions() == "");
  BOOST_TEST(after(250) == "read:2");
  BOOST_TEST(found(*last_record) == "committed:2");
}

BOOST_AUTO_TEST_CASE(a_refused_commit_is_tried_again) {
  own();
  in(1, "ca");
  decide("ca");
  BOOST_TEST(outcome(publish_outcome::refused) == "");
  BOOST_TEST(after(250) == "turn:ca@1[1,1]");
}

BOOST_AUTO_TEST_CASE(an_acknowledgement_of_another_sequence_is_a_doubt) {
  own();
  in(1, "ca");
  decide("ca");
  BOOST_TEST(ack(7) == "read:2");
}

BOOST_AUTO_TEST_CASE(a_log_that_went_back_is_noticed) {
  config.settle_limit = 3;
  remake();
  own();
  in(1, "ca");
  decide("ca");
  std::string got;
  for (int i = 0; i < 3; ++i) {
    BOOST_TEST(outcome(publish_outcome::wrong_sequence) == "read:2");
    got = found(std::nullopt);
    after(250);
  }
  BOOST_TEST(got == "stand_down:conflict");
}

BOOST_AUTO_TEST_CASE(an_idle_owner_looks_whether_the_log_went_on_without_it) {
  struct {
    uint64_t last_seq, turn_created;
    const char* expected;
  } rows[] = {
      {1, 60, ""}, {2, 60, "stand_down:fenced"}, {0, 60, "stand_down:conflict"}, {1, 61, "stand_down:conflict"}};
  for (auto& row : rows) {
    remake();
    own();
    BOOST_TEST(after(1999) == "");
    BOOST_TEST(after(1) == "tail");
    BOOST_TEST(after(5000) == ""); // asked and not answered yet
    tail_view v;
    v.in_created = 50, v.turn_created = row.turn_created, v.last_seq = row.last_seq;
    core->on_tail(tail, v);
    BOOST_TEST(actions() == row.expected);
  }
}

BOOST_AUTO_TEST_CASE(what_was_read_before_a_commit_says_nothing_about_it) {
  own();
  BOOST_TEST(after(2000) == "tail");
  BOOST_TEST(in(1, "ca") == "hand:ca/1");
  BOOST_TEST(decide("ca") == "turn:ca@1[1,1]");
  tail_view v;
  v.in_created = 50, v.turn_created = 60, v.last_seq = 2;
  core->on_tail(tail, v);
  BOOST_TEST(actions() == "");
  BOOST_TEST(ack(2) == "committed:2");
}

// Three messages of three entities, decided while the first commit is in flight.
struct in_flight : driver {
  ticket first = 0, second = 0, third = 0;
  std::vector<shared_record> records;
  in_flight() {
    own();
    for (auto* e : {"ca", "cb", "cc"}) in(++seq_, e);
    all_published.clear();
    std::string asked;
    for (auto* e : {"ca", "cb", "cc"}) {
      asked += decide(e) + " ";
      records.push_back(last_record);
    }
    BOOST_TEST(asked == "turn:ca@1[1,1] turn:cb@2<2[2,1] turn:cc@3<3[3,1] ");
    first = all_published[0], second = all_published[1], third = all_published[2];
  }
  std::string answer(ticket t, publish_outcome o, uint64_t seq = 0) {
    core->on_published(t, o, seq);
    return actions();
  }

private:
  uint64_t seq_ = 0;
};

BOOST_FIXTURE_TEST_CASE(commits_behind_another_name_it_and_carry_its_floor, in_flight) {
  BOOST_TEST(answer(first, publish_outcome::acknowledged, 2) == "committed:2");
  BOOST_TEST(answer(second, publish_outcome::acknowledged, 3) == "committed:3");
  BOOST_TEST(answer(third, publish_outcome::acknowledged, 4) == "committed:4");
}

BOOST_FIXTURE_TEST_CASE(acknowledgements_count_in_the_order_of_the_log, in_flight) {
  BOOST_TEST(answer(third, publish_outcome::acknowledged, 4) == "");
  BOOST_TEST(answer(second, publish_outcome::acknowledged, 3) == "");
  BOOST_TEST(answer(first, publish_outcome::acknowledged, 2) == "committed:2 committed:3 committed:4");
}

BOOST_FIXTURE_TEST_CASE(one_in_doubt_is_settled_and_those_behind_it_after_it, in_flight) {
  BOOST_TEST(answer(first, publish_outcome::timed_out) == "read:2");
  BOOST_TEST(answer(second, publish_outcome::acknowledged, 3) == "");
  BOOST_TEST(answer(third, publish_outcome::timed_out) == "");
  BOOST_TEST(found(*records[0]) == "committed:2 committed:3 read:4");
  BOOST_TEST(found(*records[2]) == "committed:4");
}

BOOST_FIXTURE_TEST_CASE(what_never_arrived_goes_again_with_all_behind_it, in_flight) {
  BOOST_TEST(answer(first, publish_outcome::timed_out) == "read:2");
  BOOST_TEST(answer(second, publish_outcome::wrong_sequence) == "");
  BOOST_TEST(answer(third, publish_outcome::wrong_sequence) == "");
  all_published.clear();
  BOOST_TEST(found(std::nullopt) == "turn:ca@1[1,1] turn:cb@2<2[2,1] turn:cc@3<3[3,1]");
  BOOST_TEST(last_record == records[2]);                              // the same bytes
  BOOST_TEST(answer(second, publish_outcome::acknowledged, 3) == ""); // of the former publish
  BOOST_TEST(answer(all_published[0], publish_outcome::acknowledged, 2) == "committed:2");
  BOOST_TEST(answer(all_published[1], publish_outcome::acknowledged, 3) == "committed:3");
}

BOOST_FIXTURE_TEST_CASE(a_refusal_that_another_brought_about_is_no_sign_of_a_lagging_log, in_flight) {
  BOOST_TEST(answer(first, publish_outcome::acknowledged, 2) == "committed:2");
  BOOST_TEST(answer(third, publish_outcome::wrong_sequence) == "");
  BOOST_TEST(answer(second, publish_outcome::timed_out) == "read:3");
  BOOST_TEST(found(*records[1]) == "committed:3 read:4");
  BOOST_TEST(found(std::nullopt) == "turn:cc@3[3,1]"); // at once, and behind nothing in flight
}

BOOST_FIXTURE_TEST_CASE(another_owner_fences_the_whole_chain, in_flight) {
  BOOST_TEST(answer(first, publish_outcome::wrong_sequence) == "read:2");
  BOOST_TEST(found(someone_elses()) == "stand_down:fenced");
  BOOST_TEST(answer(second, publish_outcome::acknowledged, 3) == "");
}

BOOST_FIXTURE_TEST_CASE(ownership_and_floors_go_alone, in_flight) {
  core->restate();
  BOOST_TEST(actions() == "");
  answer(first, publish_outcome::acknowledged, 2);
  answer(second, publish_outcome::acknowledged, 3);
  BOOST_TEST(answer(third, publish_outcome::acknowledged, 4) == "committed:4 own@4[3,4]");
  BOOST_TEST(in(4, "cd") == "hand:cd/4");
  BOOST_TEST(decide("cd") == "");
  BOOST_TEST(ack(5) == "turn:cd@5[4,5]");
}

BOOST_AUTO_TEST_SUITE_END()
