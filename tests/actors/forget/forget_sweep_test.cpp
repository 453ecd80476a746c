#include "actors/forget/forgetter.hpp"
#include "tests/actors/forget/forgetting.hpp"

using namespace steward;

BOOST_AUTO_TEST_SUITE(forgetting)

static forget_note settled(uint64_t to = 1000) {
  auto n = without_bounds();
  for (auto& b : n.bounds) b.in = b.turn = to;
  n.receipt = "receipt", n.tenant = shop, n.of = {chat, annas};
  return n;
}
static forget_sweep sweep(uint64_t to = 1000) { return {settled(to), {chat, annas}}; }
static const partition_id p = partition_of(shop, chat);

BOOST_AUTO_TEST_CASE(what_names_them_is_found_and_nothing_else) {
  mentions m;
  BOOST_TEST(!m.in(chat.value));
  m.add(chat);
  BOOST_TEST(m.in(chat.value));
  BOOST_TEST(m.in("x\xbb" + chat.value + ":3:1"));
  BOOST_TEST(m.in("abc" + chat.value + "def"));
  BOOST_TEST(!m.in(chat.value.substr(1)));
  BOOST_TEST(!m.in(annas.value + " " + std::string(500, 'a')));
  BOOST_TEST(!m.in(""));
}

BOOST_AUTO_TEST_CASE(a_conversation_before_it_let_go_is_erased_and_what_follows_stays) {
  told c(chat);
  auto s = sweep();
  s.turn(p, 1, encode(c.say("zebra")));
  s.turn(p, 4, encode(c.say("zebra again")));
  BOOST_TEST(s.missing().size() == 1u); // it has not let go yet
  s.turn(p, 9, encode(c.forget()));
  s.turn(p, 11, encode(c.say("hello, I am new")));
  BOOST_TEST(s.missing().empty());
  BOOST_TEST((s.plan().turns[p.value] == std::vector<uint64_t>{1, 4}));
  BOOST_REQUIRE(s.clean().size() == 1u);
  BOOST_TEST(s.clean()[0].seq == 9u);
  BOOST_TEST(s.clean()[0].n == 3u);
  BOOST_TEST(s.others().empty());
}

BOOST_AUTO_TEST_CASE(behind_the_bound_nothing_is_looked_at) {
  told c(chat);
  auto s = sweep(3);
  s.turn(p, 4, encode(c.say("zebra")));
  s.in(p, 4, encode(in_message{.tenant = shop, .entity = chat}));
  BOOST_TEST(s.plan().turns[p.value].empty());
  BOOST_TEST(s.plan().ins[p.value].empty());
}

BOOST_AUTO_TEST_CASE(who_else_has_words_of_theirs_must_let_go_first) {
  told c(chat), q(queue_id(shop, "main"));
  auto s = sweep();
  duty_note n;
  n.queue = "main", n.ticket.conversation = chat, n.ticket.text = "zebra";
  auto at = partition_of(shop, q.state.frame.entity);
  s.turn(at, 3, encode(q.tell(in_kind::entity, "wait", encode(n), {p, {1, 1}, 0})));
  BOOST_TEST((s.others() == std::set<entity_id>{q.state.frame.entity}));
  BOOST_TEST((s.plan().turns[at.value] == std::vector<uint64_t>{3}));
  // The word with which the conversation let go holds nothing; what its queue makes of it stays.
  s.turn(p, 9, encode(c.forget()));
  q.say("turn 2"), q.say("turn 3");
  s.turn(at, 12, encode(q.tell(in_kind::entity, "leave", encode(n), {p, {1, 9}, 0})));
  BOOST_TEST((s.plan().turns[at.value] == std::vector<uint64_t>{3}));
}

BOOST_AUTO_TEST_CASE(of_others_all_goes_before_they_let_go_last) {
  told q(queue_id(shop, "main"));
  auto queue = q.state.frame.entity;
  auto at = partition_of(shop, queue);
  forget_sweep s(settled(4), {chat, annas}, {queue});
  duty_note n;
  n.queue = "main", n.ticket.conversation = chat, n.ticket.text = "zebra";
  auto word = [&] { return encode(q.tell(in_kind::entity, "wait", encode(n), {{9}, {1, q.seq + 1}, 0})); };
  auto message = [&](const std::string& topic, std::string body, in_kind kind) {
    return encode(in_message{.kind = kind, .tenant = shop, .entity = queue, .topic = topic, .body = {std::move(body)}});
  };
  s.turn(at, 3, word());
  s.turn(at, 5, encode(q.forget()));
  s.turn(at, 6, word()); // came late, from a shelf
  s.turn(at, 7, encode(q.forget()));
  s.turn(at, 8, word()); // a new life
  s.in(at, 3, message("wait", encode(n), in_kind::entity));
  s.in(at, 6, message("shelf", encode(n), in_kind::entity));
  s.in(at, 7, message(forget_topic, encode(forget_command{"receipt", {chat}}), in_kind::command));
  s.in(at, 8, message("wait", encode(n), in_kind::entity));
  BOOST_TEST((s.plan().turns[at.value] == std::vector<uint64_t>{3, 6}));
  BOOST_TEST((s.plan().ins[at.value] == std::vector<uint64_t>{3, 6}));
  BOOST_REQUIRE(s.clean().size() == 2u); // each time it did: its farewells are of both
  BOOST_TEST(s.clean()[0].seq == 5u);
  BOOST_TEST(s.clean()[1].seq == 7u);
}

BOOST_AUTO_TEST_CASE(replies_go_up_to_the_turn_in_which_it_let_go) {
  told c(chat);
  auto s = sweep();
  s.turn(p, 9, encode(c.say("x")));
  s.turn(p, 10, encode(c.forget()));
  auto reply = [&](uint64_t turn) {
    reply_message r;
    r.id = reply_id(chat, turn, 0), r.conversation = chat;
    return encode(r);
  };
  s.reply(1, reply(1)), s.reply(2, reply(2)), s.reply(3, reply(3));
  s.letter(5, "anything that names " + chat.value);
  s.letter(6, "or does not");
  BOOST_TEST((s.plan().replies == std::vector<uint64_t>{1, 2}));
  BOOST_TEST((s.plan().letters == std::vector<uint64_t>{5}));
}

BOOST_AUTO_TEST_CASE(words_to_let_go_are_not_erased) {
  auto s = sweep();
  in_message m{.kind = in_kind::command, .tenant = shop, .entity = chat, .topic = forget_topic};
  m.body.data = encode(forget_command{"receipt", {chat}});
  s.in(p, 1, encode(m));
  m.kind = in_kind::say;
  s.in(p, 2, encode(m));
  s.in(p, 3, "not a message but names " + chat.value);
  BOOST_TEST((s.plan().ins[p.value] == std::vector<uint64_t>{2, 3}));
}

BOOST_AUTO_TEST_CASE(the_book_folds_steps_whoever_carried_them_out) {
  forget_book b;
  auto n = settled();
  n.step = forget_step::settled;
  b.add(n); // of an order that is not known
  BOOST_TEST(!b.open());
  n.step = forget_step::ordered, n.time_ms = 5;
  b.add(n), b.add(n);
  BOOST_REQUIRE(b.open());
  BOOST_TEST(b.list({}, {}, {}).rows.at(0).state == "ordered");
  BOOST_TEST(b.list({}, {}, {}).rows.at(0).conversations == 1u);
  n.step = forget_step::settled;
  b.add(n);
  BOOST_TEST(b.list(shop, "receipt", {}).rows.at(0).state == "settled");
  n.step = forget_step::erased, n.counts = {{"records", 3}};
  b.add(n), b.add(n); // the first died before it had said so
  BOOST_TEST(!b.open());
  auto r = b.list({}, {}, {node_id{"a"}, node_id{"b"}}).rows.at(0);
  BOOST_TEST(r.state == "erased");
  BOOST_TEST(r.erased.at("records") == 6u);
  BOOST_TEST(r.waits_for.size() == 2u);
  BOOST_TEST(b.to_clean(node_id{"a"}).size() == 1u);
  n.step = forget_step::cleaned, n.node = node_id{"a"}, n.counts = {{"rows", 2}};
  b.add(n);
  BOOST_TEST(b.to_clean(node_id{"a"}).empty());
  BOOST_TEST(b.to_clean(node_id{"b"}).size() == 1u);
  BOOST_TEST(b.list({}, {}, {node_id{"a"}}).rows.at(0).state == "done");
  BOOST_TEST(b.list(tenant_id{"other"}, {}, {}).rows.empty());
}

BOOST_AUTO_TEST_SUITE_END()
