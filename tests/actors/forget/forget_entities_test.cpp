// Each kind of entity lets go of a customer's words: neither its state nor the record in which it does holds any.
#include "tests/actors/forget/forgetting.hpp"

#include "messages/chat.hpp"
#include "tests/actors/conversation/replies_of.hpp"

#include <algorithm>

using namespace steward;

BOOST_AUTO_TEST_SUITE(forget_entities)

static bool holds(const turn_record& r, const std::string& word) { return encode(r).find(word) != std::string::npos; }

static duty_note waiting(const std::string& text) {
  duty_note n;
  n.queue = "main", n.ticket.conversation = chat, n.ticket.wait = 1, n.ticket.text = text;
  return n;
}

BOOST_AUTO_TEST_CASE(a_conversation_ends_with_its_seat_and_begins_afresh) {
  told c(chat);
  c.say("zebra wants a person");
  duty_note given;
  given.queue = "main", given.seat = "mia", given.name = "Mia", given.ticket.wait = 1;
  c.tell(in_kind::entity, "given", encode(given), {{1}, {1, 1}, 0});
  c.seat("note", {.text = "note zebra"});
  c.seat("say", {.text = "said zebra", .for_ms = 5000});
  BOOST_TEST(c.knows("zebra"));
  BOOST_TEST(c.knows("annas-peer"));
  auto r = c.forget();
  BOOST_TEST(!c.knows("zebra"));
  BOOST_TEST(!c.knows("annas-peer"));
  BOOST_TEST(!holds(r, "zebra"));
  BOOST_TEST(!holds(r, "annas-peer"));
  BOOST_TEST(!r.state.empty());
  BOOST_TEST(r.timers.empty());
  auto ended = find(r, "ended");
  BOOST_REQUIRE(ended);
  BOOST_TEST(ended->entity.value == seat_id(shop, "mia").value);
  BOOST_TEST(!c.state.model->is_open());
  // The feed's numbers go on, so that a page that is open misses nothing.
  auto hello = c.say("hello");
  BOOST_TEST(find(hello, "conversation")); // its customer hears of it anew
  auto answer =
      std::find_if(hello.replies.begin(), hello.replies.end(), [](auto& o) { return o.kind == out_kind::peer; });
  BOOST_REQUIRE((answer != hello.replies.end()));
  BOOST_TEST(decode<reply_message>(answer->body.data)->seq > 4u);
}

BOOST_AUTO_TEST_CASE(one_that_waits_leaves_its_queue) {
  told c(chat);
  c.say("zebra wants a person");
  auto r = c.forget();
  auto left = find(r, "leave");
  BOOST_REQUIRE(left);
  BOOST_TEST(left->entity.value == queue_id(shop, c.tenant.first_queue).value);
  auto waits = c.kinds.at('c').waits(r);
  BOOST_REQUIRE(waits.has_value());
  BOOST_TEST(!*waits);
}

BOOST_AUTO_TEST_CASE(another_conversation_is_left_alone) {
  told c(chat);
  c.say("zebra");
  auto r = c.forget({annas});
  BOOST_TEST(c.knows("zebra"));
  BOOST_TEST(r.events.empty());
}

BOOST_AUTO_TEST_CASE(whose_a_conversation_is) {
  told c(chat), visitor(chat);
  auto of = [&](const turn_record& r, const char* who) { return c.kinds.at('c').of_customer(r, who); };
  BOOST_TEST((of(c.say("zebra"), "anna") == std::vector{chat}));
  for (int i = 0; i < 7; ++i) c.say("more");
  auto whole = c.say("the ninth");
  whole.events.clear(), whole.state = whole_state(c.state);
  BOOST_TEST((of(whole, "anna") == std::vector{chat})); // from the state alone
  BOOST_TEST(of(whole, "bert").empty());
  // A visitor who signed in as this customer: his conversation, hers, and what was kept of him.
  visitor.say("zebra");
  auto r = visitor.tell(in_kind::command, "sign_in",
                        encode(sign_in_command{.peer = peer_id{"hers"}, .customer = "carla"}), {}, anna);
  auto hers = conversation_id(shop, anna.channel, {}, peer_id{"hers"});
  std::vector all{chat, hers, customer_id(shop, "annas-peer")};
  BOOST_TEST((of(r, "carla") == all));
  r.events.clear(), r.state = whole_state(visitor.state);
  BOOST_TEST((of(r, "carla") == all));
}

BOOST_AUTO_TEST_CASE(a_message_of_before_is_still_a_duplicate) {
  told c(chat);
  c.say("zebra");
  auto seen = c.state.frame.seen;
  c.forget();
  BOOST_TEST(std::includes(c.state.frame.seen.begin(), c.state.frame.seen.end(), seen.begin(), seen.end()));
}

BOOST_AUTO_TEST_CASE(a_customer_s_timeline_is_empty_again) {
  told c(annas);
  event_request e;
  e.id = "1", e.customer = "anna", e.data.msgpack = *msgpack_of(R"({"order":"zebra"})");
  c.tell(in_kind::event, "order_shipped", encode(e));
  BOOST_TEST(c.knows("zebra"));
  auto r = c.forget();
  BOOST_TEST(!c.knows("zebra"));
  BOOST_TEST(!holds(r, "zebra"));
}

BOOST_AUTO_TEST_CASE(a_seat_keeps_the_conversation_and_loses_the_draft) {
  told s(seat_id(shop, "mia"));
  s.tell(in_kind::command, "join", encode(seat_command{"mia", {.id = "1", .name = "Mia"}}));
  s.tell(in_kind::entity, "began", encode(waiting("zebra")));
  s.tell(in_kind::command, "draft",
         encode(seat_command{"mia", {.id = "2", .conversation = chat, .text = "dear zebra"}}));
  BOOST_TEST(s.knows("zebra"));
  auto r = s.forget();
  BOOST_TEST(!s.knows("zebra"));
  BOOST_TEST(s.knows(chat.value)); // it ends when the conversation says so
  BOOST_TEST(!holds(r, "zebra"));
}

BOOST_AUTO_TEST_CASE(a_queue_and_a_shelf_keep_tickets_without_words) {
  told q(queue_id(shop, "main"));
  q.tell(in_kind::entity, "wait", encode(waiting("zebra")));
  BOOST_TEST(q.knows("zebra"));
  auto r = q.forget();
  BOOST_TEST(!q.knows("zebra"));
  BOOST_TEST(q.knows(chat.value));
  BOOST_TEST(!holds(r, "zebra"));
  told h(shelf_id(queue_id(shop, "main"), 1));
  duty_note keep;
  keep.from = queue_id(shop, "main"), keep.number = 1, keep.tickets = {waiting("zebra").ticket};
  h.tell(in_kind::entity, "keep", encode(keep));
  BOOST_TEST(h.knows("zebra"));
  BOOST_TEST(!holds(h.forget(), "zebra"));
  BOOST_TEST(!h.knows("zebra"));
  BOOST_TEST(h.knows(chat.value));
}

BOOST_AUTO_TEST_CASE(what_it_wrote_can_be_folded_from_the_record_in_which_it_let_go) {
  told c(chat);
  c.say("zebra wants a person");
  std::vector<std::pair<uint64_t, turn_record>> log{{7, c.forget()}, {8, c.say("again")}};
  auto again = fold(c.kinds, log);
  BOOST_REQUIRE(again.ok());
  BOOST_TEST(whole_state(*again).data == whole_state(c.state).data);
}

BOOST_AUTO_TEST_SUITE_END()
