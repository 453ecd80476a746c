#include "actors/entity/frame.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr size_t seen_kept = 64;

// A timer's message carries its name in `topic` and when it was due in `accepted_ms`; a timer that was given up has
// its message inside.
timer timer_of(const in_message& m) {
  if (m.kind == in_kind::give_up) {
    auto original = decode<in_message>(m.body.data);
    return original ? timer{original->topic, original->accepted_ms} : timer{"", m.accepted_ms};
  }
  return {m.topic, m.accepted_ms};
}

bool from_outside(const in_message& m) { return m.source.empty() && !m.id.empty(); }

} // namespace

admission admit(const entity_frame& f, const in_message& m, stream_pos at, const admission_rules& rules) {
  if (at.empty()) {
    auto t = timer_of(m);
    return std::find(f.timers.begin(), f.timers.end(), t) == f.timers.end() ? admission::already_decided
                                                                            : admission::fresh;
  }
  if (at <= f.in) return admission::already_decided;
  if (from_outside(m)) {
    if (rules.seen_ids && std::find(f.seen.begin(), f.seen.end(), hash64(m.id.value)) != f.seen.end())
      return admission::duplicate;
  } else if (rules.watermarks && !m.source.empty()) {
    for (auto& w : f.watermarks)
      if (w.partition == m.source.partition &&
          (m.source.record < w.record || (m.source.record == w.record && m.source.k <= w.k)))
        return admission::duplicate;
  }
  return admission::fresh;
}

in_message without_seen(const entity_frame& f, const in_message& m) {
  auto out = m;
  auto w = std::find_if(f.watermarks.begin(), f.watermarks.end(),
                        [&](auto& x) { return x.partition == m.source.partition; });
  if (w != f.watermarks.end())
    std::erase_if(out.gathered, [&](auto& g) { return std::pair(g.record, g.k) <= std::pair(w->record, w->k); });
  return out;
}

void advance(entity_frame& f, const in_message& m, stream_pos at, std::vector<timer> timers) {
  ++f.turn;
  f.timers = std::move(timers);
  if (at.empty()) { // a timer fires once, whatever the model says
    std::erase(f.timers, timer_of(m));
    return;
  }
  f.in = at;
  if (from_outside(m)) {
    if (f.seen.size() >= seen_kept) f.seen.erase(f.seen.begin(), f.seen.end() - (seen_kept - 1));
    f.seen.push_back(hash64(m.id.value));
  } else if (!m.source.empty()) {
    auto w = std::find_if(f.watermarks.begin(), f.watermarks.end(),
                          [&](auto& x) { return x.partition == m.source.partition; });
    if (w == f.watermarks.end()) w = f.watermarks.insert(w, watermark{m.source.partition});
    w->record = m.source.record, w->k = m.source.k;
  }
}

size_t weight_of(const turn_record& r) {
  constexpr size_t each = 100; // names of fields, lengths, numbers
  auto n = 10 * each + r.node.value.size() + r.tenant.value.size() + r.entity.value.size() + r.input.data.size() +
           r.state.data.size() + r.trying_timer.size();
  for (auto& e : r.events) n += each + e.name.size() + e.body.data.size();
  for (auto& o : r.replies)
    n += 2 * each + o.body.data.size() + o.topic.size() + o.entity.value.size() + o.to.channel.value.size() +
         o.to.account.value.size() + o.to.peer.value.size();
  for (auto& e : r.effects) n += each + e.kind.size() + e.key.size() + e.body.data.size();
  for (auto& t : r.timers) n += each + t.name.size();
  return n;
}

bool carries_state(uint64_t turn) { return turn == 1 || turn % 8 == 0; }

} // namespace steward
