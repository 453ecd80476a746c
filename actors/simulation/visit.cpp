#include "actors/simulation/visit.hpp"

#include <cstdio>

namespace steward {
namespace {

constexpr std::int64_t pause_ms = 60'000;

std::string note_of(const reply_message& r) {
  std::string out(to_string(r.kind));
  char sure[32];
  std::snprintf(sure, sizeof sure, ", %.2f", r.confidence);
  if (r.confidence > 0) out += sure;
  for (auto& c : r.citations) out += (&c == r.citations.data() ? ": " : ", ") + c.article;
  return out;
}

} // namespace

visit visited(const customer_script& script, const tenant_config& tenant, const entity_kinds& kinds,
              const std::string& peer, std::int64_t start_ms, const look_up& ask) {
  visit out;
  in_message m;
  m.tenant = tenant.id;
  m.from = {channel_id{"simulation"}, account_id{}, peer_id{peer}};
  m.entity = conversation_id(tenant.id, m.from.channel, m.from.account, m.from.peer);
  auto state = fresh_entity(kinds, m.tenant, m.entity);
  if (!state) return out;
  customer_mind mind(script);
  std::vector<reply_message> heard;
  for (std::uint64_t n = 1; auto text = mind.next(heard); ++n) {
    out.lines.push_back({true, *text, {}});
    say_request say;
    say.id = std::to_string(n), say.text = std::move(*text);
    m.id = message_id{say.id}, m.body.data = encode(say);
    bytes looked_up;
    if (auto q = state->model->needs(m, tenant)) looked_up.data = encode(ask(*q));
    auto now = start_ms + static_cast<std::int64_t>(n) * pause_ms;
    auto record = decide_turn(*state, m, {1, n}, looked_up, tenant, now);
    heard.clear();
    for (auto& o : record.replies) {
      if (o.kind != out_kind::peer) continue;
      auto r = decode<reply_message>(o.body.data);
      if (!r) continue;
      out.lines.push_back({false, r->text, note_of(*r)});
      heard.push_back(std::move(*r));
    }
  }
  out.end = mind.end(), out.served = mind.served(), out.picked = mind.picked();
  out.turns = mind.turns(), out.asked_back = mind.asked_back();
  return out;
}

} // namespace steward
