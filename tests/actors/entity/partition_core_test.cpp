#include "tests/actors/entity/core_driver.hpp"

using namespace steward;

namespace {
turn_record someone_elses() {
  turn_record r;
  r.kind = record_kind::own, r.node = node_id{"n2"}, r.epoch = 9, r.n = 1;
  return r;
}
} // namespace

BOOST_FIXTURE_TEST_SUITE(partition, driver)

BOOST_AUTO_TEST_CASE(an_empty_partition_is_taken) {
  BOOST_TEST(take() == "own@0[0,0]");
  BOOST_TEST(last_record->layout == "blake2b-64/16");
  BOOST_TEST(ack(1) == "took:1/1 in>0");
  BOOST_TEST((core->state() == ownership::mine));
}

BOOST_AUTO_TEST_CASE(a_former_owners_floors_are_carried_and_its_replies_replayed) {
  tail_view v;
  v.last_seq = 20;
  v.last = turn_record{}, v.last->epoch = 4, v.last->in_floor = 7, v.last->out_floor = 15;
  v.last_own = turn_record{}, v.last_own->epoch = 4, v.last_own->in_created = 50, v.last_own->released = true;
  v.in_last = 30;
  BOOST_TEST(take(v) == "own@20[7,15]");
  BOOST_TEST(ack(21) == "took:21/5 replay:16-20 in>7");
  auto r = std::make_shared<turn_record>();
  r->tenant = tenant_id{"t"}, r->entity = entity_id{"ca"}, r->replies = {to_peer("a")};
  core->on_replayed(replay, 18, r);
  BOOST_TEST(actions() == "deliver:18.0");
  // What is committed meanwhile waits for the replay: order per peer.
  BOOST_TEST(in(8, "ca") == "hand:ca/8");
  BOOST_TEST(decide("ca", {to_peer("b")}) == "turn:ca@21[8,17]");
  BOOST_TEST(ack(22) == "committed:22");
  core->on_replay_end(replay, false);
  BOOST_TEST(actions() == "");
  BOOST_TEST(after(250) == "replay:19-20");
  core->on_replay_end(replay, true);
  BOOST_TEST(actions() == "deliver:22.0");
  BOOST_TEST(core->out_floor() == 17u);
  core->on_delivered(18, 0);
  BOOST_TEST(core->out_floor() == 21u);
}

BOOST_AUTO_TEST_CASE(a_recreated_input_starts_at_its_beginning) {
  tail_view v;
  v.last_seq = 20, v.in_created = 51, v.in_last = 3;
  v.last = turn_record{}, v.last->in_floor = 7, v.last->out_floor = 20, v.last->epoch = 2;
  v.last_own = turn_record{}, v.last_own->in_created = 50, v.last_own->epoch = 2;
  BOOST_TEST(take(v) == "own@20[0,20]");
  BOOST_TEST(last_record->suspects_to == 0u);
  BOOST_TEST(ack(21) == "took:21/3 in>0");
  core->on_streams(51, 60);
  BOOST_TEST(actions() == "");
  core->on_streams(52, 60);
  BOOST_TEST(actions() == "stand_down:conflict");
}

BOOST_AUTO_TEST_CASE(a_torn_view_of_the_tail_is_read_again) {
  tail_view v;
  v.last_seq = 2;
  v.last = turn_record{}, v.last->epoch = 3;
  v.last_own = turn_record{}, v.last_own->epoch = 2;
  BOOST_TEST(take(v) == "");
  BOOST_TEST(after(250) == "tail");
}

BOOST_AUTO_TEST_CASE(a_lost_race_for_the_partition) {
  take();
  BOOST_TEST(outcome(publish_outcome::wrong_sequence) == "read:1");
  BOOST_TEST(found(someone_elses()) == "stand_down:conflict");
  BOOST_TEST((core->state() == ownership::none));
  BOOST_TEST(take() == "own@0[0,0]");
}

BOOST_AUTO_TEST_CASE(messages_of_an_entity_go_one_by_one_and_others_beside_it) {
  own();
  BOOST_TEST(in(1, "ca") == "hand:ca/1");
  BOOST_TEST(in(2, "ca") == "");
  BOOST_TEST(in(3, "cb") == "hand:cb/3");
  BOOST_TEST(decide("cb") == "turn:cb@1[0,1]");
  BOOST_TEST(last_record->in.seq == 3u);
  BOOST_TEST(last_record->in.incarnation == 50u);
  auto first = published;
  BOOST_TEST(decide("ca") == "turn:ca@2<2[1,1]");
  BOOST_TEST(core->at_work(entity_id{"cb"}));
  core->on_published(first, publish_outcome::acknowledged, 2);
  BOOST_TEST(actions() == "committed:2");
  BOOST_TEST(!core->at_work(entity_id{"cb"}));
  BOOST_TEST(ack(3) == "committed:3 hand:ca/2");
  BOOST_TEST(drop("ca") == "");
  BOOST_TEST(core->in_floor() == 3u);
  BOOST_TEST(core->undecided() == 0u);
}

BOOST_AUTO_TEST_CASE(doubled_and_lost_readings) {
  own();
  auto first = reading;
  core->on_message(reading, 1, 1, message("ca"));
  BOOST_TEST(actions() == "hand:ca/1");
  core->on_message(reading, 1, 1, message("ca"));
  BOOST_TEST(actions() == "");
  core->on_message(reading, 3, 3, message("cb"));
  BOOST_TEST(actions() == "in>1");
  core->on_message(first, 2, 2, message("cb")); // of the reading that was given up
  BOOST_TEST(actions() == "");
  core->on_message(reading, 2, 1, message("cb"));
  BOOST_TEST(actions() == "hand:cb/2");
  core->on_reading_lost(first);
  BOOST_TEST(after(250) == "");
  core->on_reading_lost(reading);
  BOOST_TEST(after(250) == "in>2");
}

BOOST_AUTO_TEST_CASE(credit_bounds_what_is_read_ahead) {
  config.read_ahead = 4;
  remake();
  own();
  uint64_t granted = 0;
  auto collect = [&] {
    for (auto& a : core->take_actions())
      if (auto* g = std::get_if<action::grant>(&a))
        granted += g->messages;
      else if (auto* h = std::get_if<action::hand>(&a))
        hands[h->entity] = h->t;
      else if (auto* p = std::get_if<action::publish>(&a))
        published = p->t;
  };
  core->on_reading_lost(reading);
  core->tick(now += 300);
  for (auto& a : core->take_actions()) {
    if (auto* x = std::get_if<action::read_in>(&a)) reading = x->t;
    if (auto* g = std::get_if<action::grant>(&a)) granted += g->messages;
  }
  BOOST_TEST(granted == 4u);
  for (uint64_t s = 1; s <= 4; ++s) core->on_message(reading, s, s, message("c" + std::to_string(s))), collect();
  BOOST_TEST(granted == 4u);
  core->dropped(hands[entity_id{"c3"}]);
  collect();
  BOOST_TEST(granted == 5u);
}

BOOST_AUTO_TEST_CASE(the_window_above_the_floor_is_bounded) {
  config.read_ahead = 4, config.window = 6;
  remake();
  own();
  uint64_t room = 4; // granted by own()
  for (uint64_t s = 1; s <= 6 && room > 0; ++s) {
    core->on_message(reading, s, s, message("c" + std::to_string(s)));
    --room;
    for (auto& a : core->take_actions()) {
      if (auto* h = std::get_if<action::hand>(&a)) hands[h->entity] = h->t;
      if (auto* g = std::get_if<action::grant>(&a)) room += g->messages;
    }
    if (s > 1) core->dropped(hands[entity_id{"c" + std::to_string(s)}]); // the first is slow
    for (auto& a : core->take_actions())
      if (auto* g = std::get_if<action::grant>(&a)) room += g->messages;
  }
  BOOST_TEST(room == 0u);
  BOOST_TEST(core->in_floor() == 0u);
}

BOOST_AUTO_TEST_CASE(replies_follow_their_commit_and_floors_follow_within_a_second) {
  own();
  in(1, "ca");
  BOOST_TEST(decide("ca", {to_peer("a")}) == "turn:ca@1[1,1]");
  BOOST_TEST(ack(2) == "committed:2 deliver:2.0");
  BOOST_TEST(core->out_floor() == 1u);
  core->on_delivered(2, 0);
  BOOST_TEST(core->out_floor() == 2u);
  BOOST_TEST(after(100) == "");
  BOOST_TEST(after(800) == "floors@2[1,2]");
  BOOST_TEST(ack(3) == "");
  BOOST_TEST(after(1000) == ""); // the floors record moves nothing that is worth another
  BOOST_TEST(after(900) == "");
}

BOOST_AUTO_TEST_CASE(a_timer_fires_once_and_its_turn_takes_it_away) {
  own();
  in(1, "ca");
  decide("ca", {}, {{"idle", now + 500}, {"call", now + 900}});
  ack(2);
  BOOST_TEST(after(499) == "");
  BOOST_TEST(after(1) == "hand:ca/0(timer)");
  BOOST_TEST(in(2, "ca") == "");
  BOOST_TEST(decide("ca", {}, last_record->timers) == "turn:ca@2[1,2]");
  BOOST_TEST(last_record->in.empty());
  BOOST_TEST(last_record->timers.size() == 1u); // the model left it in
  BOOST_TEST(ack(3) == "committed:3 hand:ca/2");
  BOOST_TEST(after(400) == "");                 // "call" is due and waits
  BOOST_TEST(decide("ca") == "turn:ca@3[2,3]"); // and this turn takes it back
  BOOST_TEST(ack(4) == "committed:4");
  BOOST_TEST(after(1900) == "");
}

BOOST_AUTO_TEST_CASE(timers_of_sleeping_entities_come_from_the_shells_replay) {
  own();
  in(1, "ca");
  decide("ca");
  ack(2);
  core->on_known_timers(tenant_id{"t"}, entity_id{"ca"}, 1, {{"old", 1}}); // its turn above is newer
  core->on_known_timers(tenant_id{"t"}, entity_id{"cb"}, 1, {{"idle", 1}});
  core->on_older_timers_known();
  BOOST_TEST(after(1) == "hand:cb/0(timer)");
  BOOST_TEST(drop("cb") == ""); // the frame does not know it
  BOOST_TEST(after(1) == "");
}

BOOST_AUTO_TEST_CASE(an_unreadable_message_becomes_a_dead_letter) {
  own();
  core->on_unreadable_message(reading, 1, 1, "not msgpack", "\xff", tenant_id{"t"});
  BOOST_TEST(actions() == "dead@1[1,1]");
  BOOST_TEST(last_record->in.seq == 1u);
  auto letter = decode<dead_letter>(last_record->replies.at(0).body.data);
  BOOST_REQUIRE(letter.ok());
  BOOST_TEST(letter->reason == "not msgpack");
  BOOST_TEST(letter->message.data == "\xff");
  BOOST_TEST(ack(2) == "deliver:2.0");
  // The largest that a stream takes: its letter must fit the log, too.
  core->on_unreadable_message(reading, 2, 2, "not msgpack", std::string(1 << 20, 'x'), tenant_id{"t"});
  BOOST_TEST(actions().starts_with("dead@2"));
  BOOST_TEST(encode(*last_record).size() < 300'000u);
  BOOST_TEST(last_record->replies.at(0).topic == "not msgpack; of its 1048576 bytes the first 262144 are kept");
}

BOOST_AUTO_TEST_CASE(a_message_that_breaks_its_entity_is_given_up) {
  own();
  BOOST_TEST(in(1, "ca") == "hand:ca/1");
  BOOST_TEST(fail("ca") == "hand:ca/1#2");
  BOOST_TEST(fail("ca") == "hand:ca/1#3");
  BOOST_TEST(fail("ca") == "hand:ca/1(give_up)#4");
  BOOST_TEST(fail("ca") == "hand:ca/1(give_up)#5");
  BOOST_TEST(fail("ca") == "hand:ca/1(give_up)#6");
  BOOST_TEST(fail("ca") == "dead@1[1,1]"); // even that broke it
  BOOST_TEST(in(2, "ca") == "");
  BOOST_TEST(ack(2) == "hand:ca/2 deliver:2.0");
}

BOOST_AUTO_TEST_CASE(release_finishes_what_is_in_work) {
  own();
  in(1, "ca"), in(2, "cb"), in(3, "ca");
  core->release(now);
  BOOST_TEST(actions() == "");
  BOOST_TEST(decide("ca", {to_peer("x")}) == "turn:ca@1[1,1]");
  BOOST_TEST(ack(2) == "committed:2 deliver:2.0"); // ca's next is dropped
  BOOST_TEST(fail("cb") == "");                    // not tried again here
  core->on_delivered(2, 0);
  BOOST_TEST(actions() == "own@2[1,2]released");
  BOOST_TEST(ack(3) == "stand_down:ok");
}

BOOST_AUTO_TEST_CASE(release_has_a_deadline) {
  own();
  in(1, "ca");
  core->release(now);
  BOOST_TEST(actions() == "");
  BOOST_TEST(after(29'999) == "");
  BOOST_TEST(after(1) == "own@1[0,1]released");
}

BOOST_AUTO_TEST_CASE(a_snapshot_is_committed_for_an_entity_at_rest_alone) {
  own();
  in(1, "ca");
  decision_record d;
  d.record.tenant = tenant_id{"t"}, d.record.entity = entity_id{"ca"}, d.record.prev_seq = 9;
  BOOST_TEST(!core->snapshot(d));
  decide("ca");
  ack(2);
  BOOST_TEST(core->snapshot(d));
  BOOST_TEST(actions() == "snapshot@2[1,2]");
  BOOST_TEST(in(2, "ca") == "");
  BOOST_TEST(ack(3) == "committed:3 hand:ca/2");
}

BOOST_AUTO_TEST_CASE(the_ownership_record_is_written_anew_on_request) {
  own();
  core->restate();
  BOOST_TEST(actions() == "own@1[0,1]");
  BOOST_TEST(last_record->epoch == 1u);
  BOOST_TEST(last_record->in_created == 50u);
  BOOST_TEST(ack(2) == "");
  BOOST_TEST((core->state() == ownership::mine));
  BOOST_TEST(in(1, "ca") == "hand:ca/1");
}

BOOST_AUTO_TEST_CASE(answers_of_a_former_life_change_nothing) {
  own();
  in(1, "ca");
  auto old_hand = hands[entity_id{"ca"}];
  core->on_streams(1, 1);
  actions();
  own();
  consumer_seq = 0;
  BOOST_TEST(in(1, "ca") == "hand:ca/1");
  core->dropped(old_hand);
  core->on_delivered(2, 0);
  BOOST_TEST(actions() == "");
  BOOST_TEST(core->undecided() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
