#include "actors/entity/entity_model.hpp"

#include "actors/entity/core_actions.hpp"
#include "actors/entity/frame.hpp"
#include "messages/forget.hpp"

namespace steward {

result<entity_state> fresh_entity(const entity_kinds& kinds, const tenant_id& tenant, const entity_id& entity) {
  auto kind = entity.empty() ? kinds.end() : kinds.find(entity.value[0]);
  if (kind == kinds.end())
    return {errc::unsupported, "no kind of entity is called '" + entity.value.substr(0, 40) + "'"};
  entity_state s;
  s.frame.tenant = tenant;
  s.frame.entity = entity;
  s.model = kind->second.make(tenant, entity);
  return s;
}

status fold_one(entity_state& s, uint64_t seq, const turn_record& r) {
  if (r.kind == record_kind::snapshot) {
    auto frame = decode<entity_frame>(r.state.data);
    if (!frame) return {errc::corrupt, "the state in record " + std::to_string(seq) + ": " + frame.error().message};
    if (auto ok = s.model->restore(frame->state); !ok) return ok;
    s.frame = std::move(*frame);
    s.frame.state.data.clear();
    s.last_seq = seq;
    return success();
  }
  auto input = decode<turn_input>(r.input.data);
  if (!input) return {errc::corrupt, "the input in record " + std::to_string(seq) + ": " + input.error().message};
  for (auto& e : r.events) s.model->apply(e);
  advance(s.frame, input->message, r.in, r.timers);
  s.frame.turn = r.turn;
  s.last_seq = seq;
  return success();
}

result<entity_state> fold(const entity_kinds& kinds, const std::vector<std::pair<uint64_t, turn_record>>& records) {
  if (records.empty()) return {errc::not_found, "no record of this entity"};
  auto& first = records.front().second;
  auto s = fresh_entity(kinds, first.tenant, first.entity);
  if (!s) return s;
  size_t at = 0;
  if (!first.state.empty()) {
    auto frame = decode<entity_frame>(first.state.data);
    if (!frame)
      return {errc::corrupt,
              "the whole state in record " + std::to_string(records.front().first) + ": " + frame.error().message};
    if (auto ok = s->model->restore(frame->state); !ok) return ok.error();
    s->frame = std::move(*frame);
    s->frame.state.data.clear();
    s->last_seq = records.front().first;
    at = 1;
  } else if (first.turn != 1) {
    return {errc::corrupt, "record " + std::to_string(records.front().first) + " is turn " +
                               std::to_string(first.turn) + " and carries no state"};
  }
  for (; at < records.size(); ++at)
    if (auto ok = fold_one(*s, records[at].first, records[at].second); !ok) return ok.error();
  return s;
}

bytes whole_state(const entity_state& s) {
  auto frame = s.frame;
  frame.state = s.model->snapshot();
  return {encode(frame)};
}

namespace {

/// Whatever the model says to a message that was given up, the message itself is kept for an operator.
outgoing letter_of(const in_message& m, int64_t now_ms) {
  dead_letter l;
  l.what = "message";
  l.reason = m.topic;
  l.attempts = core_config{}.attempts;
  l.time_ms = now_ms;
  l.message = m.body; // the message as it came
  l.tenant = m.tenant;
  l.entity = m.entity;
  return {out_kind::dead_letter, {}, m.entity, m.topic, {encode(l)}};
}

} // namespace

turn_record decide_turn(entity_state& s, const in_message& received, stream_pos at, const bytes& looked_up,
                        const tenant_config& tenant, int64_t now_ms) {
  auto trimmed = received.gathered.empty() ? std::nullopt : std::optional(without_seen(s.frame, received));
  auto& m = trimmed ? *trimmed : received;
  auto turn = s.frame.turn + 1;
  auto d = s.model->decide({m, looked_up, tenant, now_ms, turn});
  turn_record r;
  r.tenant = s.frame.tenant;
  r.entity = s.frame.entity;
  r.turn = turn;
  r.in = at;
  r.prev_seq = s.last_seq;
  r.input.data = encode(turn_input{m, looked_up, now_ms});
  for (auto& e : d.events) s.model->apply(e);
  // A timer that fired is gone unless the decision sets it again.
  if (d.timers)
    r.timers = std::move(*d.timers);
  else
    for (auto& t : s.frame.timers)
      if (m.kind != in_kind::timer || t.name != m.topic) r.timers.push_back(t);
  advance(s.frame, m, at, r.timers);
  s.frame.turn = turn;
  r.events = std::move(d.events);
  r.replies = std::move(d.replies);
  if (m.kind == in_kind::give_up) r.replies.push_back(letter_of(m, now_ms));
  r.effects = std::move(d.effects);
  if (carries_state(turn) || is_forget(m)) r.state = whole_state(s);
  return r;
}

} // namespace steward
