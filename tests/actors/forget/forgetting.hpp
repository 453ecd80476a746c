// Entities of one tenant that are told things, and told to let go.
#pragma once
#include "actors/conversation/conversation_model.hpp"
#include "actors/customer/customer_model.hpp"
#include "actors/seat/queue_model.hpp"
#include "actors/seat/seat_model.hpp"
#include "messages/forget.hpp"
#include "messages/seat.hpp"

#include <boost/test/unit_test.hpp>

namespace steward {

inline const tenant_id shop{"shop"};
inline const address anna{channel_id{"kiosk"}, {}, peer_id{"annas-peer"}};
inline const entity_id chat = conversation_id(shop, anna.channel, anna.account, anna.peer);
inline const entity_id annas = customer_id(shop, "anna");

struct told {
  tenant_config tenant;
  entity_kinds kinds{
      {'c', conversation_kind()}, {'u', customer_kind()}, {'q', queue_kind()}, {'h', shelf_kind()}, {'s', seat_kind()}};
  entity_state state;
  uint64_t seq = 0;

  explicit told(const entity_id& e) {
    tenant.id = shop, tenant.languages = {"en"}, tenant.person_phrases = {"a person"};
    state = std::move(*fresh_entity(kinds, shop, e));
  }
  turn_record tell(in_kind kind, const std::string& topic, std::string body, message_source source = {},
                   address from = {}) {
    in_message m;
    m.kind = kind, m.topic = topic, m.body.data = std::move(body), m.source = source;
    m.tenant = shop, m.entity = state.frame.entity, m.id = message_id{"m" + std::to_string(seq)};
    m.from = kind == in_kind::say ? anna : from;
    auto r = decide_turn(state, m, {1, ++seq}, {}, tenant, 1'000'000 + static_cast<int64_t>(seq));
    r.epoch = 1, r.n = seq;
    return r;
  }
  turn_record say(const std::string& text) {
    return tell(in_kind::say, {}, encode(say_request{.id = "i", .text = text, .customer = "anna"}));
  }
  turn_record seat(const std::string& verb, seat_request q) {
    return tell(in_kind::command, "seat." + verb, encode(seat_command{"mia", std::move(q)}));
  }
  turn_record forget(std::vector<entity_id> of = {chat, annas}) {
    return tell(in_kind::command, forget_topic, encode(forget_command{"receipt", std::move(of)}));
  }
  bool knows(const std::string& word) const { return whole_state(state).data.find(word) != std::string::npos; }
};

} // namespace steward
