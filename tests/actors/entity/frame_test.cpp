#include "actors/entity/frame.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

namespace {

in_message said(std::string id) {
  in_message m;
  m.tenant = tenant_id{"t"}, m.entity = entity_id{"c1"}, m.id = message_id{std::move(id)};
  return m;
}
in_message sent(uint8_t p, stream_pos record, uint32_t k) {
  auto m = said("");
  m.kind = in_kind::entity;
  m.source = {{p}, record, k};
  return m;
}
in_message fired(std::string name, int64_t due) {
  auto m = said("x");
  m.kind = in_kind::timer, m.topic = std::move(name), m.accepted_ms = due;
  return m;
}

} // namespace

BOOST_AUTO_TEST_SUITE(frame)

BOOST_AUTO_TEST_CASE(admission_by_place_id_and_watermark) {
  entity_frame f;
  advance(f, said("a"), {10, 5}, {});
  advance(f, sent(3, {7, 20}, 1), {10, 6}, {});
  struct {
    const char* what;
    in_message message;
    stream_pos at;
    admission expected;
  } rows[] = {
      {"the same place", said("b"), {10, 6}, admission::already_decided},
      {"an earlier place", said("b"), {10, 1}, admission::already_decided},
      {"an earlier incarnation", said("b"), {9, 100}, admission::already_decided},
      {"news", said("b"), {10, 7}, admission::fresh},
      {"the stream was made anew", said("b"), {11, 1}, admission::fresh},
      {"an id that was seen", said("a"), {10, 7}, admission::duplicate},
      {"an id that was seen, in a new stream", said("a"), {11, 1}, admission::duplicate},
      {"at the watermark", sent(3, {7, 20}, 1), {10, 7}, admission::duplicate},
      {"below the watermark", sent(3, {7, 20}, 0), {10, 7}, admission::duplicate},
      {"the next reply of that record", sent(3, {7, 20}, 2), {10, 7}, admission::fresh},
      {"the next record", sent(3, {7, 21}, 0), {10, 7}, admission::fresh},
      {"another partition", sent(4, {7, 20}, 1), {10, 7}, admission::fresh},
      {"the source's stream was made anew", sent(3, {8, 1}, 0), {10, 7}, admission::fresh},
  };
  for (auto& r : rows) BOOST_TEST((admit(f, r.message, r.at) == r.expected), r.what);
  BOOST_TEST((admit(f, said("a"), {10, 7}, {.seen_ids = false}) == admission::fresh));
  BOOST_TEST((admit(f, sent(3, {7, 20}, 1), {10, 7}, {.watermarks = false}) == admission::fresh));
}

BOOST_AUTO_TEST_CASE(the_last_64_ids_are_remembered) {
  entity_frame f;
  for (uint64_t i = 1; i <= 70; ++i) advance(f, said(std::to_string(i)), {1, i}, {});
  BOOST_TEST(f.seen.size() == 64u);
  BOOST_TEST(f.turn == 70u);
  BOOST_TEST((admit(f, said("7"), {1, 99}) == admission::duplicate));
  BOOST_TEST((admit(f, said("6"), {1, 99}) == admission::fresh));
}

BOOST_AUTO_TEST_CASE(a_timer_fires_while_it_is_set_and_once) {
  entity_frame f;
  advance(f, said("a"), {1, 1}, {{"idle", 100}, {"call", 50}});
  BOOST_TEST((admit(f, fired("idle", 100), {}) == admission::fresh));
  BOOST_TEST((admit(f, fired("idle", 99), {}) == admission::already_decided));
  advance(f, fired("idle", 100), {}, f.timers); // a model that leaves it in the list
  BOOST_TEST((f.timers == std::vector<timer>{{"call", 50}}));
  BOOST_TEST((f.in == stream_pos{1, 1}));
  BOOST_TEST((admit(f, fired("idle", 100), {}) == admission::already_decided));
}

BOOST_AUTO_TEST_CASE(a_timer_that_is_given_up_is_gone) {
  entity_frame f;
  advance(f, said("a"), {1, 1}, {{"idle", 100}});
  auto m = fired("why it was given up", 100);
  m.kind = in_kind::give_up;
  m.body = {encode(fired("idle", 100))};
  BOOST_TEST((admit(f, m, {}) == admission::fresh));
  advance(f, m, {}, f.timers);
  BOOST_TEST(f.timers.empty());
}

BOOST_AUTO_TEST_CASE(a_message_that_is_given_up_counts_as_seen) {
  entity_frame f;
  auto m = said("a");
  m.kind = in_kind::give_up;
  advance(f, m, {1, 4}, {});
  BOOST_TEST((f.in == stream_pos{1, 4}));
  BOOST_TEST((admit(f, said("a"), {1, 5}) == admission::duplicate));
}

BOOST_AUTO_TEST_CASE(whole_states_are_eight_turns_apart_at_most) {
  std::vector<uint64_t> with;
  for (uint64_t t = 1; t <= 24; ++t)
    if (carries_state(t)) with.push_back(t);
  BOOST_TEST((with == std::vector<uint64_t>{1, 8, 16, 24}));
}

BOOST_AUTO_TEST_CASE(a_record_weighs_no_less_than_it_has_bytes) {
  turn_record r;
  r.node = node_id{"n234567"}, r.tenant = tenant_id{std::string(40, 't')}, r.entity = entity_id{std::string(27, 'c')};
  r.epoch = r.n = r.in_floor = r.out_floor = r.turn = r.prev_seq = r.trying = UINT64_MAX;
  r.in = {UINT64_MAX, UINT64_MAX};
  r.input.data.assign(1000, 'i'), r.state.data.assign(70'000, 's'), r.trying_timer.assign(60, 'x');
  auto light = [](const turn_record& x) { return weight_of(x) >= encode(x).size(); };
  BOOST_TEST(light(r));
  for (int i = 0; i < 300; ++i) {
    r.events.push_back({"replied", {std::string(10, 'e')}});
    r.replies.push_back({out_kind::entity,
                         {channel_id{"kiosk"}, account_id{"a"}, peer_id{"p"}},
                         entity_id{std::string(27, 'u')},
                         "conversation",
                         {std::string(300, 'r')}});
    r.effects.push_back({"tool", std::string(30, 'k'), {}});
    r.timers.push_back({"wake", INT64_MAX});
  }
  BOOST_TEST(light(r));
  BOOST_TEST(weight_of(r) < 2 * encode(r).size());
}

BOOST_AUTO_TEST_SUITE_END()
