// What of a conversation is counted: told turn by turn, summed as the tallies do.
#include "actors/conversation/conversation_model.hpp"
#include "actors/conversation/conversation_move.hpp"
#include "messages/seat.hpp"
#include "messages/tally.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(chapters)

namespace {

constexpr int64_t second = 1000, hour = 3600 * second, day = 24 * hour;

struct counted_talk {
  tenant_config tenant;
  entity_kinds kinds{{'c', conversation_kind()}};
  entity_id id = conversation_id(tenant_id{"shop"}, channel_id{"web"}, account_id{}, peer_id{"anna"});
  entity_state state = std::move(*fresh_entity(kinds, tenant_id{"shop"}, id));
  uint64_t seq = 0, wait = 0;
  int64_t now = 20'785 * day + 12 * hour; // 2026-11-28
  std::map<std::string, tally_data> days;

  counted_talk() {
    tenant.id = tenant_id{"shop"};
    tenant.languages = {"en"};
    auto& w = tenant.words["en"];
    w.unknown = "No.", w.waiting = "Wait.", w.closed = "Closed.", w.person_joined = "{name} is here.";
    w.choose = "Which?";
    tenant.person_phrases = {"human"};
  }
  turn_record tell(in_message m, const bytes& found = {}) {
    m.tenant = tenant.id, m.entity = id;
    if (m.id.empty()) m.id = message_id{"m" + std::to_string(seq)};
    auto r = decide_turn(state, m, {1, ++seq}, found, tenant, now);
    state.last_seq = seq;
    for (auto& o : r.replies) {
      if (o.kind != out_kind::entity || o.topic != "count") continue;
      auto n = decode<tally_note>(o.body.data);
      BOOST_REQUIRE(n.ok());
      BOOST_TEST(o.entity.value == tally_id(tenant.id, n->day, partition_of(tenant.id, id)).value);
      days[n->day].add(*n);
    }
    return r;
  }
  turn_record say(const std::string& text, verdict outcome = verdict::answer) {
    in_message m;
    m.from = {channel_id{"web"}, account_id{}, peer_id{"anna"}};
    m.body.data = encode(say_request{"s" + std::to_string(seq), text, "", "anna", "", 0});
    knowledge_result k;
    k.outcome = outcome;
    if (outcome != verdict::unknown) k.candidates.resize(2);
    auto r = tell(m, {encode(k)});
    if (state.model->is_open() && wait == 0) wait = r.turn;
    return r;
  }
  void seat(const std::string& verb, seat_request q = {}) {
    in_message m;
    m.kind = in_kind::command, m.topic = "seat." + verb;
    q.id = "r" + std::to_string(seq);
    m.body.data = encode(seat_command{"ben", q});
    auto turn = tell(m).turn;
    if (verb == "pass") wait = turn;
  }
  void from_entity(const std::string& topic, duty_note n) {
    in_message m;
    m.kind = in_kind::entity, m.topic = topic, m.body.data = encode(n);
    tell(m);
  }
  void given() {
    duty_note n;
    n.queue = "main", n.seat = "ben", n.name = "Ben", n.ticket.conversation = id;
    n.ticket.wait = decode<conversation_data>(state.model->snapshot().data)->wait;
    from_entity("given", n);
  }
  void customer_ends(uint64_t stars = 0) {
    duty_note n;
    n.from = customer_id(tenant.id, "anna"), n.number = stars;
    from_entity("customer_ended", n);
  }
  tally_line& line(const std::string& queue = "", const std::string& on = "2026-11-28") {
    return days[on].queues[queue];
  }
  std::map<std::string, int64_t> outcomes(const std::string& on = "2026-11-28") {
    std::map<std::string, int64_t> out;
    for (auto& [queue, l] : days[on].queues)
      for (auto& [key, n] : l.outcomes) out[key] += n;
    return out;
  }
};

using counts = std::map<std::string, int64_t>;

} // namespace

BOOST_AUTO_TEST_CASE(the_ai_solves_one) {
  counted_talk t;
  t.say("boots?", verdict::choose);
  BOOST_TEST((t.outcomes() == counts{{"open", 1}}));
  t.say("returns");
  BOOST_TEST((t.outcomes() == counts{{"ai", 1}}));
  t.now += hour;
  t.say("and another thing");
  t.say("what?", verdict::unknown);
  BOOST_TEST((t.outcomes() == counts{{"ai", 1}}));
  t.customer_ends(4);
  BOOST_TEST((t.outcomes() == counts{{"ai", 1}}));
  BOOST_TEST(t.line().ratings["ai 4"] == 1u);
}

BOOST_AUTO_TEST_CASE(an_answer_at_once_is_one_word_to_the_tally) {
  counted_talk t;
  auto r = t.say("boots?");
  int words = 0;
  for (auto& o : r.replies) words += o.topic == "count";
  BOOST_TEST(words == 1);
  BOOST_TEST((t.outcomes() == counts{{"ai", 1}}));
  // The next turns cost nothing.
  for (auto& o : t.say("socks?").replies) BOOST_TEST(o.topic != "count");
}

BOOST_AUTO_TEST_CASE(a_person_solves_one) {
  counted_talk t;
  t.say("a human please");
  BOOST_TEST((t.outcomes() == counts{{"handed", 1}}));
  BOOST_TEST(t.line("main").transfers["asked_for_person"] == 1);
  t.now += 90 * second;
  t.given();
  t.now += 30 * second;
  seat_request hello;
  hello.text = "Hello";
  t.seat("say", hello);
  t.now += 300 * second;
  t.seat("say", hello);
  t.seat("close");
  BOOST_TEST((t.outcomes() == counts{{"person", 1}}));
  auto& l = t.line("main");
  BOOST_TEST((l.wait.n == 1u && l.wait.sum_s == 90u));
  BOOST_TEST((l.first_response.n == 1u && l.first_response.sum_s == 120u));
  BOOST_TEST((l.handle.n == 1u && l.handle.sum_s == 330u));
  // The rating comes after the end.
  t.customer_ends(5);
  BOOST_TEST(l.ratings["person 5"] == 1u);
  BOOST_TEST((t.outcomes() == counts{{"person", 1}}));
}

BOOST_AUTO_TEST_CASE(passing_on_is_a_transfer_and_two_waits) {
  counted_talk t;
  t.say("a human please");
  t.now += 10 * second;
  t.given();
  t.now += 20 * second;
  seat_request to;
  to.queue = "returns";
  t.tenant.queues = {{"main", {}}, {"returns", {}}};
  t.seat("pass", to);
  t.now += 40 * second;
  t.given();
  seat_request hello;
  hello.text = "Hello";
  t.seat("say", hello);
  t.now += 5 * second;
  t.seat("close");
  BOOST_TEST((t.outcomes() == counts{{"person", 1}}));
  BOOST_TEST(t.line("returns").transfers["passed"] == 1);
  BOOST_TEST(t.line("main").wait.sum_s == 10u);
  BOOST_TEST(t.line("main").handle.sum_s == 20u);
  BOOST_TEST(t.line("returns").wait.sum_s == 40u);
  BOOST_TEST(t.line("returns").handle.sum_s == 5u);
  BOOST_TEST(t.line("returns").first_response.sum_s == 70u); // the customer has waited since the beginning
}

BOOST_AUTO_TEST_CASE(who_gives_up_waiting_left) {
  counted_talk t;
  t.say("a human please");
  t.now += 600 * second;
  t.customer_ends(1);
  BOOST_TEST((t.outcomes() == counts{{"left", 1}}));
  BOOST_TEST(t.line("main").abandoned.sum_s == 600u);
  BOOST_TEST(t.line("main").ratings["ai 1"] == 1u);
}

BOOST_AUTO_TEST_CASE(back_to_the_ai_after_a_persons_word_is_the_persons) {
  for (auto speaks : {false, true}) {
    counted_talk t;
    t.say("a human please");
    t.given();
    seat_request hello;
    hello.text = "Hello";
    if (speaks) t.seat("say", hello);
    t.seat("back");
    BOOST_TEST((t.outcomes() == counts{{speaks ? "person" : "open", 1}}));
    t.say("boots?");
    BOOST_TEST((t.outcomes() == counts{{speaks ? "person" : "ai", 1}}));
  }
}

BOOST_AUTO_TEST_CASE(opened_again_within_72_hours_counts_where_it_began) {
  struct {
    int64_t after;
    int64_t reopened;
  } rows[] = {{hour, 1}, {71 * hour, 1}, {73 * hour, 0}};
  for (auto& row : rows) {
    counted_talk t;
    t.say("boots?");
    t.customer_ends();
    t.now += row.after;
    t.say("boots again?");
    BOOST_TEST(t.line().reopened["ai"] == row.reopened);
    auto later = day_text(t.now / day);
    BOOST_TEST((t.outcomes(later) == counts{{"ai", later == "2026-11-28" ? 2 : 1}}));
  }
}

BOOST_AUTO_TEST_CASE(what_rests_for_a_day_with_the_ai_has_ended) {
  counted_talk t;
  t.say("boots?");
  t.now += 23 * hour;
  t.say("socks?");
  t.now += 25 * hour;
  t.say("hats?");
  BOOST_TEST(t.line().reopened["ai"] == 1);
  BOOST_TEST((t.outcomes("2026-11-28") == counts{{"ai", 1}}));
  BOOST_TEST((t.outcomes("2026-11-30") == counts{{"ai", 1}}));
  t.now += 80 * hour;
  t.say("gloves?");
  BOOST_TEST(t.line("", "2026-11-30").reopened.empty());
}

BOOST_AUTO_TEST_CASE(a_seat_opens_again_what_it_closed) {
  counted_talk t;
  t.say("a human please");
  t.given();
  t.seat("close");
  t.now += hour;
  t.seat("reopen");
  BOOST_TEST(t.line("main").reopened["person"] == 1);
  BOOST_TEST((t.outcomes() == counts{{"person", 1}, {"handed", 1}}));
  BOOST_TEST(t.line("main").transfers["reopened"] == 1);
}

BOOST_AUTO_TEST_CASE(the_blocked_are_counted_once_and_then_no_more) {
  counted_talk t;
  t.say("a human please");
  t.given();
  t.seat("block");
  BOOST_TEST((t.outcomes() == counts{{"blocked", 1}}));
  for (int i = 0; i < 3; ++i)
    for (auto& o : t.say("hey!").replies) BOOST_TEST(o.topic != "count");
  t.seat("unblock");
  BOOST_TEST((t.outcomes() == counts{{"blocked", 1}}));
}

BOOST_AUTO_TEST_CASE(operators_count_as_people) {
  counted_talk t;
  t.say("boots?", verdict::unknown);
  in_message m;
  m.kind = in_kind::command, m.topic = "reply";
  ops_request q;
  q.text = "We have them.";
  m.body.data = encode(q);
  t.tell(m);
  m.topic = "close";
  t.tell(m);
  BOOST_TEST((t.outcomes() == counts{{"person", 1}}));
}

/// The tenant's midnight, not the world's.
BOOST_AUTO_TEST_CASE(days_are_the_tenants) {
  struct east final : zone_clock {
    int64_t local(int64_t utc_ms) const override { return utc_ms + 13 * hour; }
    int64_t utc(int64_t local_ms) const override { return local_ms - 13 * hour; }
  };
  counted_talk t;
  t.tenant.clock = std::make_shared<east>();
  t.say("boots?");
  BOOST_TEST((t.outcomes("2026-11-29") == counts{{"ai", 1}}));
}

/// What an earlier version began is counted from its next chapter on; nothing is ever taken away that was not counted.
BOOST_AUTO_TEST_CASE(a_conversation_without_a_count_begins_one) {
  counted_talk t;
  t.say("a human please");
  auto old = *decode<conversation_data>(t.state.model->snapshot().data);
  old.chapter = {};
  BOOST_REQUIRE(t.state.model->restore({encode(old)}).ok());
  t.days.clear();
  t.given();
  t.seat("close");
  BOOST_TEST((t.outcomes() == counts{{"person", 1}}));
  for (auto& [queue, l] : t.days["2026-11-28"].queues)
    for (auto& [key, n] : l.outcomes) BOOST_TEST(n > 0);
}

/// What the visitor had begun goes on in the customer's own conversation: one, wherever its counts lie.
BOOST_AUTO_TEST_CASE(who_signs_in_is_counted_once) {
  for (auto talks_already : {false, true}) {
    counted_talk visitor, own;
    own.id = conversation_id(tenant_id{"shop"}, channel_id{"web"}, account_id{}, peer_id{"member"});
    own.state = std::move(*fresh_entity(own.kinds, tenant_id{"shop"}, own.id));
    visitor.say("boots?");
    if (talks_already) own.say("socks?", verdict::unknown);
    in_message m;
    m.kind = in_kind::command, m.topic = moved_topic::sign_in;
    m.from = {channel_id{"web"}, account_id{}, peer_id{"anna"}};
    sign_in_command q;
    q.peer = peer_id{"member"}, q.customer = "c-1";
    m.body.data = encode(q);
    for (auto& o : visitor.tell(m).replies) {
      BOOST_TEST(o.topic != "count");
      if (o.topic != moved_topic::joined) continue;
      in_message j;
      j.kind = in_kind::entity, j.topic = o.topic, j.body = o.body;
      own.tell(j);
    }
    own.say("and hats?");
    counts all;
    for (auto t : {&visitor, &own})
      for (auto& [key, n] : t->outcomes())
        if ((all[key] += n) == 0) all.erase(key);
    BOOST_TEST((all == counts{{"ai", 1}}), talks_already);
  }
}

BOOST_AUTO_TEST_SUITE_END()
