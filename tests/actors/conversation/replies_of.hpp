// What a turn says and sends.
#pragma once
#include "messages/chat.hpp"
#include "messages/record.hpp"

#include <string>

namespace steward {

/// The text of the turn's first reply to the customer.
inline std::string said(const turn_record& r) {
  for (auto& o : r.replies)
    if (o.kind == out_kind::peer) return decode<reply_message>(o.body.data)->text;
  return {};
}

/// The first message on this topic to another entity.
inline const outgoing* find(const turn_record& r, const std::string& topic) {
  for (auto& o : r.replies)
    if (o.kind == out_kind::entity && o.topic == topic) return &o;
  return nullptr;
}

} // namespace steward
