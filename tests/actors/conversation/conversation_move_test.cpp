// A visitor signs in: his conversation goes on in the customer's own.
#include "actors/conversation/conversation_model.hpp"
#include "actors/conversation/conversation_move.hpp"
#include "messages/seat.hpp"
#include "tests/actors/conversation/replies_of.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

namespace {

const tenant_id shop{"shop"};
const entity_kinds kinds{{'c', conversation_kind()}};

address web(const std::string& peer) { return {channel_id{"web"}, account_id{}, peer_id{peer}}; }
entity_id id_of(const std::string& peer) { return conversation_id(shop, channel_id{"web"}, {}, peer_id{peer}); }

/// One conversation, what it decided, and its feed as a reader gets it.
struct talk {
  std::string peer;
  tenant_config tenant;
  entity_state state = std::move(*fresh_entity(kinds, shop, id_of(peer)));
  std::vector<turn_record> records;
  int64_t now = 1'000'000;

  explicit talk(std::string p)
      : peer(std::move(p)) {
    tenant.id = shop, tenant.languages = {"en"};
    auto& w = tenant.words["en"];
    w.unknown = "No.", w.waiting = "Wait.", w.closed = "Closed.", w.person_joined = "{name} is here.";
    tenant.person_phrases = {"human"};
    tenant.unknowns = 9;
  }
  turn_record tell(in_message m, bytes looked_up = {}) {
    m.tenant = shop, m.entity = id_of(peer);
    if (m.accepted_ms == 0) m.accepted_ms = now;
    m.id = message_id{peer + std::to_string(records.size())};
    records.push_back(decide_turn(state, m, {1, records.size() + 1}, looked_up, tenant, now += 10));
    return records.back();
  }
  turn_record say(const std::string& text, int64_t accepted_ms = 0) {
    in_message m;
    m.from = web(peer), m.accepted_ms = accepted_ms;
    m.body.data = encode(say_request{"s" + std::to_string(records.size()), text, "", peer, "en", 0});
    return tell(m);
  }
  turn_record sign_in(const std::string& to) {
    in_message m;
    m.kind = in_kind::command, m.topic = moved_topic::sign_in, m.from = web(peer);
    m.body.data = encode(sign_in_command{peer_id{to}, "4711", "Ana"});
    return tell(m);
  }
  turn_record given(const std::string& seat) {
    in_message m;
    m.kind = in_kind::entity, m.topic = "given";
    duty_note n;
    n.queue = "main", n.seat = seat, n.name = "Ben", n.ticket.wait = data().wait;
    m.body.data = encode(n);
    return tell(m);
  }
  /// What another conversation sent, with its feed where that is asked for.
  turn_record receive(const outgoing& o, talk& other) {
    in_message m;
    m.kind = in_kind::entity, m.topic = o.topic, m.body = o.body;
    bytes found;
    if (auto q = state.model->reads(m)) {
      BOOST_TEST(q->conversation.value == id_of(other.peer).value);
      feed_page p;
      for (auto& i : other.feed())
        if (i.seq >= q->from && p.items.size() < q->limit) p.items.push_back(i);
      found.data = encode(p);
    }
    return tell(m, found);
  }
  std::vector<feed_item> feed() const {
    std::vector<feed_item> out;
    for (auto& r : records)
      for (auto& i : kinds.at('c').feed_items(r)) out.push_back(i);
    return out;
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> out;
    for (auto& i : feed()) out.push_back(i.text);
    return out;
  }
  conversation_data data() const { return *decode<conversation_data>(state.model->snapshot().data); }
};

void gapless(const talk& t) {
  uint64_t n = 0;
  for (auto& i : t.feed()) BOOST_TEST(i.seq == ++n);
  BOOST_TEST(t.data().feed_seq == n);
}

} // namespace

BOOST_AUTO_TEST_SUITE(conversation_move)

BOOST_AUTO_TEST_CASE(history_goes_along_behind_what_was_there) {
  talk visitor("visitor-1"), customer("signed-1");
  customer.say("an old question");
  visitor.say("where is LT-10293?");
  auto left = visitor.sign_in("signed-1");
  BOOST_TEST((visitor.data().mode == conversation_mode::closed));
  auto joined = find(left, "joined");
  BOOST_REQUIRE(joined);
  BOOST_TEST((joined->entity == id_of("signed-1")));
  auto told = find(left, "signed_in");
  BOOST_REQUIRE(told);
  BOOST_TEST((told->entity == customer_id(shop, "4711")));
  customer.receive(*joined, visitor);
  BOOST_TEST(customer.texts() == (std::vector<std::string>{"an old question", "No.", "where is LT-10293?", "No."}),
             boost::test_tools::per_element());
  gapless(customer);
  BOOST_TEST(customer.data().customer == "4711");
  customer.say("and now?");
  gapless(customer);
  BOOST_TEST(customer.feed().back().in_reply_to == customer.feed()[4].id);
  // A second time changes nothing.
  BOOST_TEST(visitor.sign_in("signed-1").replies.empty());
  BOOST_TEST(visitor.sign_in("signed-2").replies.empty());
  BOOST_TEST((visitor.data().moved.conversation == id_of("signed-1")));
}

BOOST_AUTO_TEST_CASE(one_who_has_said_nothing_takes_nothing_along) {
  talk visitor("visitor-1"), customer("signed-1");
  auto left = visitor.sign_in("signed-1");
  BOOST_TEST(left.replies.empty());
  // What was under way when he signed in is passed on, once, under his new name.
  auto late = visitor.say("hello?");
  auto said = find(late, "said");
  BOOST_REQUIRE(said);
  auto r = customer.receive(*said, visitor);
  BOOST_TEST(steward::said(r) == "No.");
  BOOST_TEST(customer.texts().front() == "hello?");
  BOOST_TEST(customer.data().customer == "4711");
  BOOST_TEST(customer.data().from.peer.value == "signed-1");
  BOOST_TEST(find(r, "conversation")); // the customer's timeline hears of it
  gapless(customer);
}

BOOST_AUTO_TEST_CASE(who_keeps_the_old_cookie_does_not_speak_for_him) {
  talk visitor("visitor-1");
  visitor.say("hi");
  visitor.sign_in("signed-1");
  auto moved = visitor.data().moved.time_ms;
  BOOST_TEST(find(visitor.say("in time", moved + moved_grace_ms), "said"));
  auto r = visitor.say("too late", moved + moved_grace_ms + 1);
  BOOST_TEST(r.replies.empty()); // kept, not answered, not passed on
  BOOST_TEST(visitor.texts().back() == "too late");
  BOOST_TEST((visitor.data().mode == conversation_mode::closed));
}

BOOST_AUTO_TEST_CASE(the_person_goes_along) {
  talk visitor("visitor-1"), customer("signed-1");
  visitor.say("a human please");
  visitor.given("ben");
  auto left = visitor.sign_in("signed-1");
  auto ended = find(left, "ended");
  BOOST_REQUIRE(ended);
  BOOST_TEST(decode<duty_note>(ended->body.data)->reason == "moved");
  auto r = customer.receive(*find(left, "joined"), visitor);
  auto began = find(r, "began");
  BOOST_REQUIRE(began);
  BOOST_TEST((began->entity == seat_id(shop, "ben")));
  BOOST_TEST((customer.data().mode == conversation_mode::person));
  BOOST_TEST(customer.data().seat == "ben");
  BOOST_TEST(customer.data().name == "Ben");
  BOOST_TEST(find(customer.say("it is me"), "message")); // and hears what is written from now on
  gapless(customer);
}

BOOST_AUTO_TEST_CASE(the_place_in_the_queue_goes_along) {
  talk visitor("visitor-1"), customer("signed-1");
  visitor.say("a human please");
  auto since = visitor.data().since_ms;
  auto left = visitor.sign_in("signed-1");
  BOOST_TEST(find(left, "leave"));
  auto r = customer.receive(*find(left, "joined"), visitor);
  auto wait = find(r, "wait");
  BOOST_REQUIRE(wait);
  auto n = *decode<duty_note>(wait->body.data);
  BOOST_TEST(n.ticket.since_ms == since);
  BOOST_TEST(n.ticket.wait == customer.data().wait);
  BOOST_TEST((n.ticket.conversation == id_of("signed-1")));
  BOOST_TEST((customer.data().mode == conversation_mode::waiting));
  customer.given("ben");
  BOOST_TEST((customer.data().mode == conversation_mode::person));
  gapless(customer);
}

BOOST_AUTO_TEST_CASE(who_has_the_customer_already_keeps_him) {
  talk visitor("visitor-1"), customer("signed-1");
  customer.say("a human please");
  customer.given("cem");
  visitor.say("a human please");
  visitor.given("ben");
  auto left = visitor.sign_in("signed-1");
  auto r = customer.receive(*find(left, "joined"), visitor);
  BOOST_TEST(!find(r, "began"));
  BOOST_TEST(customer.data().seat == "cem");
  gapless(customer);
}

BOOST_AUTO_TEST_CASE(a_block_goes_along) {
  talk visitor("visitor-1"), customer("signed-1");
  visitor.say("a human please");
  visitor.given("ben");
  in_message m;
  m.kind = in_kind::command, m.topic = "seat.block";
  m.body.data = encode(seat_command{"ben", {}});
  visitor.tell(m);
  customer.receive(*find(visitor.sign_in("signed-1"), "joined"), visitor);
  BOOST_TEST(customer.data().blocked == "ben");
  BOOST_TEST(customer.say("again").replies.empty());
}

BOOST_AUTO_TEST_CASE(nobody_lifts_his_block_by_signing_in) {
  auto blocked = [](talk& t) {
    t.say("a human please");
    t.given("ben");
    in_message m;
    m.kind = in_kind::command, m.topic = "seat.block";
    m.body.data = encode(seat_command{"ben", {}});
    t.tell(m);
    BOOST_TEST_REQUIRE(t.data().blocked == "ben");
  };
  for (auto words : {"hello", "a human please"}) {
    talk visitor("visitor-1"), customer("signed-1");
    blocked(customer);
    visitor.say(words);
    customer.receive(*find(visitor.sign_in("signed-1"), "joined"), visitor);
    BOOST_TEST(customer.data().blocked == "ben");
    BOOST_TEST((customer.data().mode == conversation_mode::closed));
    BOOST_TEST(customer.say("again").replies.empty());
    gapless(customer);
  }
}

BOOST_AUTO_TEST_CASE(a_visitors_block_holds_where_he_waits_already_and_his_customer_hears_of_it) {
  talk visitor("visitor-1"), customer("signed-1");
  visitor.say("a human please");
  visitor.given("ben");
  in_message m;
  m.kind = in_kind::command, m.topic = "seat.block";
  m.body.data = encode(seat_command{"ben", {}});
  visitor.tell(m);
  customer.say("a human please");
  auto joined = customer.receive(*find(visitor.sign_in("signed-1"), "joined"), visitor);
  BOOST_TEST(customer.data().blocked == "ben");
  BOOST_TEST(!!find(joined, "blocked"));      // to the customer
  BOOST_TEST(!!find(joined, "leave"));        // to the queue
  BOOST_TEST(!!find(joined, "conversation")); // it is his from here on
  gapless(customer);
}

BOOST_AUTO_TEST_CASE(what_could_be_undone_is_said_first) {
  talk visitor("visitor-1"), customer("signed-1");
  visitor.say("a human please");
  visitor.given("ben");
  in_message m;
  m.kind = in_kind::command, m.topic = "seat.say";
  seat_request q;
  q.text = "One moment.", q.for_ms = 5000, q.id = "r1";
  m.body.data = encode(seat_command{"ben", q});
  visitor.tell(m);
  auto left = visitor.sign_in("signed-1");
  customer.receive(*find(left, "joined"), visitor);
  BOOST_TEST(customer.texts().back() == "One moment.");
  gapless(customer);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_any_more_is_left_behind) {
  talk visitor("visitor-1"), customer("signed-1");
  for (int i = 0; i < 150; ++i) visitor.say("question " + std::to_string(i));
  auto joined = *find(visitor.sign_in("signed-1"), "joined");
  customer.receive(joined, visitor);
  BOOST_TEST(customer.feed().size() == 200u); // the newest
  BOOST_TEST(customer.texts().front() == "question 50");
  gapless(customer);
  talk other("signed-2");
  in_message m;
  m.kind = in_kind::entity, m.topic = joined.topic, m.body = joined.body;
  other.tell(m); // nothing was found
  gapless(other);
  other.say("hello");
  gapless(other);
}

BOOST_AUTO_TEST_CASE(nonsense_moves_nothing) {
  talk visitor("visitor-1");
  visitor.say("hi");
  for (auto topic : {"joined", "said", "sign_in"}) {
    in_message m;
    m.kind = std::string(topic) == "sign_in" ? in_kind::command : in_kind::entity;
    m.topic = topic, m.body.data = "\xc1";
    BOOST_TEST(visitor.tell(m).replies.empty(), topic);
  }
  visitor.sign_in("visitor-1"); // to himself
  BOOST_TEST(visitor.data().moved.empty());
  BOOST_TEST(visitor.feed().size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
