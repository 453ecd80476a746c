#include "actors/conversation/conversation_model.hpp"
#include "messages/seat.hpp"
#include "tests/actors/conversation/replies_of.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(on_duty)

namespace {

struct talk {
  tenant_config tenant;
  entity_kinds kinds{{'c', conversation_kind()}};
  entity_id id = conversation_id(tenant_id{"shop"}, channel_id{"kiosk"}, account_id{}, peer_id{"anna"});
  entity_state state = std::move(*fresh_entity(kinds, tenant_id{"shop"}, id));
  uint64_t seq = 0;
  uint64_t wait = 0;

  talk() {
    tenant.id = tenant_id{"shop"};
    tenant.languages = {"en"};
    auto& w = tenant.words["en"];
    w.unknown = "No.", w.offer_person = "A colleague will.", w.waiting = "Wait.", w.closed = "Closed.";
    w.person_joined = "{name} is here.", w.place = "You are number {place}.";
    tenant.person_phrases = {"human"};
    tenant.unknowns = 1;
  }
  turn_record tell(in_message m) {
    m.tenant = tenant.id, m.entity = id;
    if (m.id.empty()) m.id = message_id{"m" + std::to_string(seq)};
    ++seq;
    return decide_turn(state, m, {1, seq}, {}, tenant, 1000 * static_cast<int64_t>(seq));
  }
  turn_record say(const std::string& text) {
    in_message m;
    m.from = {channel_id{"kiosk"}, account_id{}, peer_id{"anna"}};
    m.body.data = encode(say_request{"s" + std::to_string(seq), text, "", "", "", 0});
    return tell(m);
  }
  turn_record seat(const std::string& verb, const std::string& who = "ben", seat_request q = {}) {
    in_message m;
    m.kind = in_kind::command, m.topic = "seat." + verb;
    q.id = "r" + std::to_string(seq);
    m.body.data = encode(seat_command{who, q});
    return tell(m);
  }
  turn_record given(const std::string& who, uint64_t ticket) {
    in_message m;
    m.kind = in_kind::entity, m.topic = "given";
    duty_note n;
    n.queue = "main", n.seat = who, n.name = "Ben", n.ticket.conversation = id, n.ticket.wait = ticket;
    m.body.data = encode(n);
    return tell(m);
  }
  conversation_data data() const { return *decode<conversation_data>(state.model->snapshot().data); }
};

/// Whom a topic goes to, seats by name.
std::vector<std::string> told(const turn_record& r, const std::string& topic) {
  std::vector<std::string> out;
  for (auto& o : r.replies)
    for (auto who : {"ben", "cem", "sue"})
      if (o.kind == out_kind::entity && o.topic == topic && o.entity == seat_id(r.tenant, who)) out.push_back(who);
  return out;
}
size_t replies(const turn_record& r) {
  return static_cast<size_t>(
      std::count_if(r.replies.begin(), r.replies.end(), [](auto& o) { return o.kind == out_kind::peer; }));
}
} // namespace

BOOST_AUTO_TEST_CASE(it_sends_itself_to_the_queue_and_takes_the_seat_that_won) {
  talk t;
  t.say("my parcel LT-10293 is late");
  auto r = t.say("a human please");
  BOOST_TEST(!find(r, "wait")); // the first, unknown, made it wait
  BOOST_TEST(said(r) == "Wait.");
  auto wait = t.data().wait;
  BOOST_TEST(wait == 1u);
  r = t.given("ben", wait);
  BOOST_TEST(said(r) == "Ben is here.");
  auto began = find(r, "began");
  BOOST_REQUIRE(began);
  BOOST_TEST((began->entity == seat_id(t.tenant.id, "ben")));
  auto n = *decode<duty_note>(began->body.data);
  BOOST_TEST(n.text.find("LT-10293") != std::string::npos, n.text);
  BOOST_TEST((t.data().mode == conversation_mode::person));
  BOOST_TEST(t.data().name == "Ben");
  // The person speaks, and the AI does not.
  r = t.say("are you there?");
  BOOST_TEST(said(r) == "");
  BOOST_TEST(find(r, "message"));
  seat_request q;
  q.text = "Yes, I am.";
  r = t.seat("say", "ben", q);
  BOOST_TEST(said(r) == "Yes, I am.");
  BOOST_TEST(decode<reply_message>(r.replies[0].body.data)->name == "Ben");
  r = t.seat("say", "cem", q);
  BOOST_TEST(said(r) == "");
  BOOST_TEST(find(r, "refused"));
  q.turn = 3;
  BOOST_TEST(find(t.seat("say", "ben", q), "refused")); // has not seen the last word
}

BOOST_AUTO_TEST_CASE(a_gift_for_an_older_wait_is_void) {
  talk t;
  t.say("a human please");
  in_message m;
  m.kind = in_kind::command, m.topic = "reply";
  ops_request q;
  q.text = "Here I am.", q.by = "operator";
  m.body.data = encode(q);
  auto r = t.tell(m);
  BOOST_TEST(find(r, "leave"));
  BOOST_TEST(said(r) == "Here I am.");
  r = t.given("ben", 1);
  BOOST_TEST(find(r, "void"));
  BOOST_TEST(t.data().seat == "");
}

BOOST_AUTO_TEST_CASE(ends_of_a_persons_turn) {
  struct {
    const char* verb;
    conversation_mode mode;
    bool waits;
  } rows[] = {{"close", conversation_mode::closed, false},
              {"back", conversation_mode::ai, false},
              {"pass", conversation_mode::waiting, true}};
  for (auto& row : rows) {
    talk t;
    t.say("a human please");
    t.given("ben", 1);
    seat_request q;
    q.seat = "cem", q.code = "solved", q.reason = "knows more";
    auto r = t.seat(row.verb, "ben", q);
    BOOST_TEST(find(r, "ended"), row.verb);
    BOOST_TEST((t.data().mode == row.mode), row.verb);
    auto w = find(r, "wait");
    BOOST_TEST((w != nullptr) == row.waits, row.verb);
    if (w) {
      BOOST_TEST(decode<duty_note>(w->body.data)->ticket.wanted == "cem");
      BOOST_TEST(t.data().notes.at(0).text == "knows more");
    }
    if (row.mode == conversation_mode::closed) {
      BOOST_TEST(t.data().code == "solved");
      r = t.seat("reopen", "ben");
      BOOST_TEST(find(r, "began"));
      BOOST_TEST(t.data().seat == "ben");
    }
  }
}

BOOST_AUTO_TEST_CASE(a_customer_who_ends_the_chat_closes_it) {
  talk t;
  in_message m;
  m.from = {channel_id{"kiosk"}, account_id{}, peer_id{"anna"}};
  m.body.data = encode(say_request{"s1", "a human please", "", "visitor-1", "", 0});
  t.tell(m);
  t.given("ben", 1);
  auto end = [&](const char* who) {
    in_message m;
    m.kind = in_kind::entity, m.topic = "customer_ended";
    duty_note n;
    n.from = customer_id(t.tenant.id, who);
    m.body.data = encode(n);
    return t.tell(m);
  };
  BOOST_TEST(end("visitor-2").replies.empty()); // somebody else's
  BOOST_TEST((t.data().mode == conversation_mode::person));
  auto r = end("visitor-1");
  BOOST_TEST((t.data().mode == conversation_mode::closed));
  BOOST_TEST(said(r) == "");
  BOOST_REQUIRE(find(r, "ended"));
  BOOST_TEST(decode<duty_note>(find(r, "ended")->body.data)->reason == "customer_ended");
  BOOST_TEST(end("visitor-1").events.empty());
}

BOOST_AUTO_TEST_CASE(what_is_said_can_be_undone_for_a_while) {
  talk t;
  t.say("a human please");
  t.given("ben", 1);
  seat_request q;
  q.text = "one", q.for_ms = 5000;
  auto r = t.seat("say", "ben", q);
  BOOST_TEST(said(r) == "");
  BOOST_REQUIRE(find(r, "held"));
  auto one = decode<duty_note>(find(r, "held")->body.data)->id;
  BOOST_REQUIRE(r.timers.size() == 1u);
  q.text = "two";
  r = t.seat("say", "ben", q);
  auto due = r.timers.at(0).due_ms;
  // Nobody else's to undo; then the last, then none any more of that name.
  BOOST_TEST(find(t.seat("undo", "cem"), "refused"));
  r = t.seat("undo", "ben");
  BOOST_TEST(decode<duty_note>(find(r, "undone")->body.data)->text == "two");
  BOOST_TEST(r.timers.at(0).due_ms == due); // the first is still to be said
  in_message m;
  m.kind = in_kind::timer, m.topic = "held", m.accepted_ms = due;
  r = t.tell(m);
  BOOST_TEST(said(r) == "one");
  BOOST_TEST(decode<duty_note>(find(r, "said")->body.data)->id == one);
  BOOST_TEST(r.timers.empty());
  BOOST_TEST(t.data().held.empty());
  BOOST_TEST(find(t.seat("undo", "ben"), "refused"));
}

BOOST_AUTO_TEST_CASE(what_is_held_back_is_never_lost_and_keeps_its_order) {
  for (std::string end : {"say", "close", "back", "pass", "block", "take_over", "requeue", "reply", "customer_ended"}) {
    talk t;
    in_message m;
    m.from = {channel_id{"kiosk"}, account_id{}, peer_id{"anna"}};
    m.body.data = encode(say_request{"s1", "a human please", "", "visitor-1", "", 0});
    t.tell(m);
    t.given("ben", 1);
    seat_request q;
    q.text = "one", q.for_ms = 5000;
    t.seat("say", "ben", q);
    auto before = t.data().feed_seq;
    q.text = "two", q.for_ms = 0;
    turn_record r;
    if (end == "requeue" || end == "customer_ended") {
      duty_note n;
      n.seat = "ben", n.reason = "seat_lost", n.from = customer_id(t.tenant.id, "visitor-1");
      in_message x;
      x.kind = in_kind::entity, x.topic = end, x.body.data = encode(n);
      r = t.tell(x);
    } else if (end == "reply") {
      in_message x;
      ops_request ask;
      ask.text = "I am the operator.", ask.by = "op";
      x.kind = in_kind::command, x.topic = end, x.body.data = encode(ask);
      r = t.tell(x);
    } else {
      r = t.seat(end, end == "take_over" ? "sue" : "ben", q);
    }
    BOOST_TEST(said(r) == "one", end);
    BOOST_TEST(t.data().held.empty(), end);
    BOOST_TEST(r.timers.empty(), end);
    BOOST_TEST(t.data().feed_seq == before + replies(r), end); // each has its own place in the feed
    auto items = conversation_kind().feed_items(r);
    for (size_t i = 0; i < items.size(); ++i) BOOST_TEST(items[i].seq == before + 1 + i, end);
  }
}

BOOST_AUTO_TEST_CASE(an_abuser_is_blocked_with_one_honest_word) {
  talk t;
  t.tenant.words["en"].blocked = "Kept, not answered.";
  t.say("a human please");
  BOOST_TEST(find(t.seat("block", "ben"), "refused")); // it is not with ben
  t.given("ben", 1);
  seat_request q;
  q.reason = "threats";
  auto r = t.seat("block", "ben", q);
  BOOST_TEST(said(r) == "Kept, not answered.");
  BOOST_TEST(decode<duty_note>(find(r, "ended")->body.data)->reason == "blocked");
  BOOST_TEST(t.data().notes.at(0).text == "blocked: threats");
  BOOST_TEST(t.data().blocked == "ben");
  // It stands in the feed, and nobody says anything or looks anything up.
  in_message m;
  m.kind = in_kind::say, m.body.data = encode(say_request{"s9", "a human please", "", "", "", 0});
  BOOST_TEST(!t.state.model->needs(m, t.tenant).has_value());
  r = t.say("a human please");
  BOOST_TEST(r.replies.empty());
  BOOST_TEST(conversation_kind().feed_items(r).at(0).text == "a human please");
  BOOST_TEST((t.data().mode == conversation_mode::closed));
  BOOST_TEST(find(t.seat("unblock", "cem"), "unblocked"));
  BOOST_TEST(find(t.seat("unblock", "cem"), "refused"));
  BOOST_TEST(said(t.say("a human please")) == "Wait.");
}

BOOST_AUTO_TEST_CASE(a_supervisor_joins_in_and_leaves) {
  talk t;
  t.say("a human please");
  BOOST_TEST(find(t.seat("join_in", "sue"), "refused")); // nobody has it
  t.given("ben", 1);
  seat_request q;
  q.name = "Sue";
  auto r = t.seat("join_in", "sue", q);
  BOOST_TEST(said(r) == "Sue is here.");
  BOOST_TEST(told(r, "joined") == (std::vector<std::string>{"ben", "sue"}), boost::test_tools::per_element());
  BOOST_TEST(told(t.say("hello?"), "message") == (std::vector<std::string>{"ben", "sue"}),
             boost::test_tools::per_element());
  q.text = "I can help";
  r = t.seat("say", "sue", q);
  BOOST_TEST(said(r) == "I can help");
  BOOST_TEST(decode<reply_message>(r.replies[0].body.data)->name == "Sue");
  BOOST_TEST(told(r, "said") == (std::vector<std::string>{"ben", "sue"}), boost::test_tools::per_element());
  BOOST_TEST(find(t.seat("close", "sue"), "refused")); // it is still ben's
  BOOST_TEST(told(t.seat("note", "sue", q), "noted") == (std::vector<std::string>{"ben", "sue"}),
             boost::test_tools::per_element());
  BOOST_TEST(told(t.seat("leave", "sue"), "left").size() == 2u);
  BOOST_TEST(find(t.seat("say", "sue", q), "refused"));
  t.seat("join_in", "sue");
  // Its end is the guest's too.
  BOOST_TEST(told(t.seat("close", "ben"), "ended") == (std::vector<std::string>{"ben", "sue"}),
             boost::test_tools::per_element());
  BOOST_TEST(t.data().guests.empty());
}

BOOST_AUTO_TEST_CASE(a_supervisor_takes_over_from_whoever_has_it) {
  for (std::string from : {"ai", "waiting", "person", "joined"}) {
    talk t;
    t.tenant.unknowns = 3;
    t.say(from == "ai" ? "something" : "a human please");
    if (from == "person" || from == "joined") t.given("ben", 1);
    if (from == "joined") t.seat("join_in", "sue");
    auto r = t.seat("take_over", "sue");
    BOOST_TEST(told(r, "began") == std::vector<std::string>{"sue"}, boost::test_tools::per_element());
    BOOST_TEST((find(r, "leave") != nullptr) == (from == "waiting"), from);
    BOOST_TEST(told(r, "ended").size() == (from == "person" || from == "joined" ? 1u : 0u), from);
    if (auto e = find(r, "ended")) {
      BOOST_TEST(decode<duty_note>(e->body.data)->reason == "taken_over");
      BOOST_TEST(decode<duty_note>(e->body.data)->id == ""); // ben asked for nothing
    }
    BOOST_TEST(t.data().seat == "sue", from);
    BOOST_TEST(t.data().guests.empty(), from);
    BOOST_TEST(find(t.seat("say", "ben"), "refused"));
    BOOST_TEST(find(t.seat("take_over", "sue"), "refused"));
  }
}

BOOST_AUTO_TEST_CASE(notes_are_not_in_the_customers_feed) {
  talk t;
  t.say("a human please");
  seat_request q;
  q.text = "angry, be careful";
  auto r = t.seat("note", "ben", q);
  BOOST_TEST(conversation_kind().feed_items(r).empty());
  BOOST_TEST(t.data().notes.at(0).by == "ben");
  BOOST_TEST(t.state.model->summary().data.find("careful") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_place_is_told_where_somebody_is_on_duty) {
  talk t;
  t.say("a human please");
  in_message m;
  m.kind = in_kind::entity, m.topic = "place";
  duty_note n;
  n.ticket.wait = 1, n.number = 3;
  m.body.data = encode(n);
  BOOST_TEST(said(t.tell(m)) == "You are number 3.");
  BOOST_TEST(said(t.say("hello?")) == "Wait. You are number 3.");
  n.reason = "nobody is on duty";
  m.body.data = encode(n);
  BOOST_TEST(said(t.tell(m)) == "");
}

BOOST_AUTO_TEST_CASE(the_wait_is_told_where_it_is_known) {
  struct {
    const char* language;
    uint32_t from_s, to_s;
    const char* text;
  } rows[] = {{"en", 0, 0, "You are number 3."},
              {"en", 120, 360, "You are number 3. About 2 to 6 minutes."},
              {"en", 0, 60, "You are number 3. About up to 1 minute."},
              {"en", 7200, 12600, "You are number 3. About 2 to 3.5 hours."},
              {"zh", 120, 360, "You are number 3. About 2 到 6 分钟."},
              {"es", 120, 360, "You are number 3. About entre 2 y 6 minutos."},
              {"fi", 120, 360, "You are number 3. About 2–6 min."}};
  for (auto& row : rows) {
    talk t;
    t.tenant.words["en"].wait = "About {wait}.", t.tenant.words["en"].language = row.language;
    t.say("a human please");
    in_message m;
    m.kind = in_kind::entity, m.topic = "place";
    duty_note n;
    n.ticket.wait = 1, n.number = 3, n.ticket.from_s = row.from_s, n.ticket.to_s = row.to_s;
    m.body.data = encode(n);
    BOOST_TEST(said(t.tell(m)) == row.text);
  }
}

BOOST_AUTO_TEST_CASE(a_seat_that_vanished_gives_back_with_the_time_waited) {
  talk t;
  t.say("a human please");
  t.given("ben", 1);
  in_message m;
  m.kind = in_kind::entity, m.topic = "requeue";
  duty_note n;
  n.seat = "ben", n.reason = "seat_lost";
  m.body.data = encode(n);
  auto r = t.tell(m);
  BOOST_TEST(find(r, "ended"));
  auto w = find(r, "wait");
  BOOST_REQUIRE(w);
  auto ticket = decode<duty_note>(w->body.data)->ticket;
  BOOST_TEST(ticket.since_ms == 1000);
  BOOST_TEST(ticket.wait == 3u);
  n.seat = "cem";
  m.body.data = encode(n);
  r = t.tell(m);
  BOOST_TEST(!find(r, "wait"));
  BOOST_TEST(find(r, "ended")); // it lets go
}

BOOST_AUTO_TEST_CASE(out_of_hours_the_customer_is_told_when) {
  talk t;
  t.tenant.words["en"].out_of_hours = "Back at {time}.";
  t.tenant.words["en"].language = "en";
  t.tenant.hours.week[3] = {{9 * 60, 17 * 60}}; // 1970-01-01 was a Thursday
  BOOST_TEST(said(t.say("a human please")) == "Wait. Back at 9:00 AM.");
  BOOST_TEST(t.data().wait == 1u); // it waits all the same
  // The address that he leaves is for who will answer: he hears again when, and waits where he did.
  BOOST_TEST(said(t.say("anna@mail.example")) == "Wait. Back at 9:00 AM.");
  BOOST_TEST((t.data().mode == conversation_mode::waiting));
  BOOST_TEST(t.data().wait == 1u);
  t.tenant.hours.week[3] = {{0, 17 * 60}};
  BOOST_TEST(said(t.say("hello?")) == "Wait.");
}

BOOST_AUTO_TEST_SUITE_END()
