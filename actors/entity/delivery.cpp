#include "actors/entity/delivery.hpp"

#include <algorithm>

namespace steward {
namespace {

std::string single_name(char kind, uint64_t seq, uint32_t k) {
  return kind + std::to_string(seq) + ":" + std::to_string(k);
}

} // namespace

std::string delivery_core::name_of(const turn_record& r, const outgoing& o) {
  constexpr char nul = '\0';
  if (o.kind == out_kind::entity) return "e" + r.tenant.value + nul + o.entity.value;
  return "p" + r.tenant.value + nul + o.to.channel.value + nul + o.to.account.value + nul + o.to.peer.value;
}

void delivery_core::reset(uint64_t out_floor) {
  floor_.reset(out_floor);
  ready_.clear();
  active_.clear();
  retries_.clear();
  gathering_.clear();
  hurried_ = false;
  peers_.clear();
  undelivered_ = 0;
}

delivery_core::peer& delivery_core::find(const std::string& name) {
  auto [i, fresh] = peers_.try_emplace(name);
  if (fresh) i->second.name = name;
  return i->second;
}

void delivery_core::ready(peer& p) {
  if (p.queued || p.queue.empty()) return;
  p.queued = true;
  if (!p.gathers || hurried_ || is_full(p)) return ready_.push_back(&p);
  p.due_ms = now_ms_ + config_.gather_ms;
  gathering_.emplace(p.due_ms, &p);
}

void delivery_core::wait_no_longer(peer& p) {
  auto [i, end] = gathering_.equal_range(p.due_ms);
  i = std::find_if(i, end, [&](auto& x) { return x.second == &p; });
  if (i == end) return;
  gathering_.erase(i);
  ready_.push_back(&p);
}

void delivery_core::hurry() {
  hurried_ = true;
  for (auto& [due, p] : std::exchange(gathering_, {})) ready_.push_back(p);
}

void delivery_core::add(uint64_t seq, const shared_record& record) {
  if (seq <= floor_.last()) return;
  auto count = static_cast<uint32_t>(record->replies.size());
  floor_.add(seq, count);
  undelivered_ += count;
  for (uint32_t k = 0; k < count; ++k) {
    auto& o = record->replies[k];
    bool alone = o.kind == out_kind::dead_letter;
    auto& p = find(alone ? single_name('d', seq, k) : name_of(*record, o));
    p.ours = o.kind != out_kind::peer;
    if (!p.ours && p.queue.size() >= config_.peer_backlog) {
      park({seq, k, 0, record}, "too many replies wait for this peer");
      continue;
    }
    p.gathers = o.kind == out_kind::entity && !o.entity.empty() &&
                config_.gathering.find(o.entity.value[0]) != std::string::npos;
    p.queue.push_back({seq, k, 0, record});
    ready(p);
    if (p.gathers && is_full(p)) wait_no_longer(p);
  }
}

void delivery_core::park(pending x, std::string reason) {
  auto& p = find(single_name('x', x.seq, x.k));
  p.ours = p.parking = true;
  p.reason = std::move(reason);
  x.tries = 0;
  p.queue.push_back(std::move(x));
  p.queued = true;
  ready_.push_front(&p); // before the peer's next reply sets out
}

// What set out from the front of the peer's queue is done with, one way or another.
void delivery_core::finish(peer& p) {
  p.queue.erase(p.queue.begin(), p.queue.begin() + static_cast<ptrdiff_t>(std::exchange(p.together, 1)));
  p.queued = false;
  if (p.queue.empty())
    peers_.erase(std::string(p.name));
  else
    ready(p);
}

void delivery_core::on_delivered(uint64_t seq, uint32_t k) {
  auto i = active_.find({seq, k});
  if (i == active_.end()) return;
  auto& p = *i->second;
  active_.erase(i);
  for (size_t n = 0; n < p.together; ++n) floor_.done(p.queue[n].seq);
  undelivered_ -= p.together;
  finish(p);
}

void delivery_core::on_undelivered(uint64_t seq, uint32_t k, std::string reason, bool worth_retrying, int64_t now_ms) {
  auto i = active_.find({seq, k});
  if (i == active_.end()) return;
  auto& p = *i->second;
  if (p.parking && !worth_retrying) return on_delivered(seq, k);
  active_.erase(i);
  auto& front = p.queue.front();
  if (!worth_retrying || (!p.ours && front.tries >= config_.deliveries)) {
    std::vector<pending> all(p.queue.begin(), p.queue.begin() + static_cast<ptrdiff_t>(p.together));
    finish(p);
    for (auto x = all.rbegin(); x != all.rend(); ++x) park(std::move(*x), reason); // each goes to the front
    return;
  }
  auto cap = p.ours ? config_.log_retry_cap_ms : config_.delivery_retry_cap_ms;
  auto pause = std::min(cap, config_.delivery_retry_ms << std::min<uint32_t>(front.tries - 1, 16));
  retries_.emplace(now_ms + pause, &p);
}

void delivery_core::on_log_away(uint64_t seq, uint32_t k, int64_t now_ms) {
  auto i = active_.find({seq, k});
  if (i == active_.end()) return;
  auto& p = *i->second;
  active_.erase(i);
  --p.queue.front().tries;
  retries_.emplace(now_ms + config_.delivery_retry_ms, &p);
}

void delivery_core::pump(int64_t now_ms, std::vector<core_action>& out) {
  now_ms_ = now_ms;
  for (auto* waiting : {&gathering_, &retries_})
    while (!waiting->empty() && waiting->begin()->first <= now_ms) {
      ready_.push_back(waiting->begin()->second);
      waiting->erase(waiting->begin());
    }
  while (!ready_.empty() && active_.size() < config_.peers_in_delivery) {
    auto& p = *ready_.front();
    ready_.pop_front();
    set_out(p, out);
  }
}

size_t delivery_core::how_many(const peer& p) const {
  auto size = [&](size_t i) { return p.queue[i].record->replies[p.queue[i].k].body.data.size(); };
  size_t n = 1;
  for (auto bytes = size(0); n < std::min<size_t>(p.queue.size(), config_.gather_most); ++n)
    if ((bytes += size(n)) > config_.gather_bytes) break;
  return n;
}

void delivery_core::set_out(peer& p, std::vector<core_action>& out) {
  auto& x = p.queue.front();
  if (++x.tries == 1 && p.gathers) p.together = how_many(p);
  active_.emplace(reply_key{x.seq, x.k}, &p);
  if (p.parking) return out.push_back(action::park{x.seq, x.k, x.record, p.reason});
  action::deliver d{x.seq, x.k, x.record, x.tries};
  for (size_t n = 1; n < p.together; ++n) d.with.push_back({p.queue[n].seq, p.queue[n].k, p.queue[n].record});
  out.push_back(std::move(d));
}

} // namespace steward
