// Who is blocked in one conversation is blocked in all of them: the customer's entity tells the others.
#include "actors/conversation/conversation_model.hpp"
#include "actors/customer/customer_model.hpp"
#include "messages/seat.hpp"
#include "tests/actors/conversation/replies_of.hpp"

#include <boost/test/unit_test.hpp>
#include <deque>
#include <map>

using namespace steward;

BOOST_AUTO_TEST_SUITE(blocks)

namespace {

/// One customer, C-1, over several channels; messages between entities arrive in order.
struct house {
  tenant_config tenant;
  entity_kinds kinds{{'c', conversation_kind()}, {'u', customer_kind()}};
  std::map<entity_id, entity_state> all;
  std::vector<std::string> said; // to the customer, by channel
  uint64_t seq = 0;

  house() {
    tenant.id = tenant_id{"shop"};
    tenant.languages = {"en"};
    auto& w = tenant.words["en"];
    w.unknown = "No.", w.offer_person = "A colleague will.", w.waiting = "Wait.", w.closed = "Closed.";
    w.blocked = "Blocked.";
    tenant.person_phrases = {"human"};
  }
  entity_id on(const std::string& channel) const {
    return conversation_id(tenant.id, channel_id{channel}, account_id{}, peer_id{"anna"});
  }
  void tell(in_message first) {
    for (std::deque<in_message> todo{std::move(first)}; !todo.empty(); todo.pop_front()) {
      auto& m = todo.front();
      m.tenant = tenant.id, m.id = message_id{"m" + std::to_string(++seq)};
      auto i = all.find(m.entity);
      if (i == all.end()) i = all.emplace(m.entity, std::move(*fresh_entity(kinds, tenant.id, m.entity))).first;
      auto r = decide_turn(i->second, m, {1, seq}, {}, tenant, 1000 * static_cast<int64_t>(seq));
      for (auto& o : r.replies) {
        if (o.kind == out_kind::peer)
          said.push_back(o.to.channel.value + ": " + decode<reply_message>(o.body.data)->text);
        if (o.kind != out_kind::entity || !kinds.contains(o.entity.value[0])) continue;
        in_message next;
        next.kind = in_kind::entity, next.entity = o.entity, next.topic = o.topic, next.body = o.body;
        todo.push_back(std::move(next));
      }
    }
  }
  void say(const std::string& channel, const std::string& text, const std::string& customer = "C-1") {
    in_message m;
    m.entity = on(channel), m.from = {channel_id{channel}, account_id{}, peer_id{"anna"}};
    m.body.data = encode(say_request{"s" + std::to_string(seq), text, "", customer, "", 0});
    tell(std::move(m));
  }
  void seat(const std::string& channel, const std::string& verb) {
    in_message m;
    m.kind = in_kind::command, m.entity = on(channel), m.topic = "seat." + verb;
    seat_request q;
    q.id = "r" + std::to_string(seq), q.name = "Ben";
    m.body.data = encode(seat_command{"ben", q});
    tell(std::move(m));
  }
  void block(const std::string& channel) { seat(channel, "take_over"), seat(channel, "block"), said.clear(); }
  conversation_data of(const std::string& channel) const {
    return *decode<conversation_data>(all.at(on(channel)).model->snapshot().data);
  }
  customer_data customer() const {
    return *decode<customer_data>(all.at(customer_id(tenant.id, "C-1")).model->snapshot().data);
  }
};

} // namespace

BOOST_AUTO_TEST_CASE(it_holds_in_the_customers_other_conversations_and_so_does_its_end) {
  house h;
  h.say("web", "hello"), h.say("kiosk", "hello"), h.say("phone", "hello", "C-2");
  h.seat("web", "take_over");
  h.said.clear();
  h.seat("web", "block");
  BOOST_TEST(h.of("kiosk").blocked == "ben");
  BOOST_TEST((h.of("kiosk").mode == conversation_mode::closed));
  BOOST_TEST(h.of("kiosk").notes.back().text == "blocked: in another conversation");
  BOOST_TEST(h.of("phone").blocked.empty());
  BOOST_TEST(h.customer().blocked == "ben");
  BOOST_TEST((h.said == std::vector<std::string>{"web: Blocked.", "kiosk: Blocked."}));
  h.said.clear();
  h.say("web", "a human"), h.say("kiosk", "a human");
  BOOST_TEST(h.said.empty());
  h.seat("kiosk", "unblock");
  BOOST_TEST((h.of("web").blocked.empty() && h.of("kiosk").blocked.empty() && h.customer().blocked.empty()));
  BOOST_TEST(h.said.empty());
  h.say("web", "a human");
  BOOST_TEST(h.said.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_conversation_that_begins_later_ends_at_once) {
  house h;
  h.say("web", "hello");
  h.block("web");
  h.say("kiosk", "a human");
  BOOST_TEST(h.of("kiosk").blocked == "ben");
  BOOST_TEST(h.said.back() == "kiosk: Blocked.");
  h.said.clear();
  h.say("kiosk", "a human");
  BOOST_TEST(h.said.empty());
  h.seat("kiosk", "reopen"); // somebody speaks with them again
  BOOST_TEST((h.of("web").blocked.empty() && h.customer().blocked.empty()));
}

BOOST_AUTO_TEST_CASE(what_is_closed_already_is_blocked_without_a_word) {
  house h;
  h.say("web", "hello"), h.say("kiosk", "hello");
  h.seat("kiosk", "take_over"), h.seat("kiosk", "close");
  h.block("web");
  BOOST_TEST(h.of("kiosk").blocked == "ben");
  BOOST_TEST(h.said.empty());
}

BOOST_AUTO_TEST_CASE(only_the_customers_own_entity_is_believed) {
  house h;
  h.say("web", "hello");
  in_message m;
  m.kind = in_kind::entity, m.entity = h.on("web"), m.topic = "blocked";
  duty_note n;
  n.from = customer_id(h.tenant.id, "C-2"), n.seat = "ben";
  m.body.data = encode(n);
  h.tell(m);
  BOOST_TEST(h.of("web").blocked.empty());
}

BOOST_AUTO_TEST_CASE(whoever_was_told_of_a_block_hears_of_its_end) {
  house h;
  h.say("c0", "hello");
  h.block("c0");
  for (int i = 1; i < 25; ++i) h.say("c" + std::to_string(i), "hello");
  h.seat("c7", "unblock");
  for (int i = 0; i < 25; ++i) BOOST_TEST(h.of("c" + std::to_string(i)).blocked.empty(), i);
}

BOOST_AUTO_TEST_CASE(so_many_conversations_are_known) {
  house h;
  for (int i = 0; i < 25; ++i) h.say("c" + std::to_string(i), "hello");
  BOOST_TEST(h.customer().conversations.size() == 20u);
  BOOST_TEST(h.customer().conversations.back().value == h.on("c24").value);
}

BOOST_AUTO_TEST_SUITE_END()
