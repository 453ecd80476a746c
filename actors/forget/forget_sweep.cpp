#include "actors/forget/forget_sweep.hpp"

#include <charconv>

namespace steward {

forget_note without_bounds() {
  forget_note n;
  for (uint8_t p = 0; p < partition_count; ++p) n.bounds.push_back({{p}, UINT64_MAX, UINT64_MAX, 0, 0});
  n.replies = n.letters = UINT64_MAX;
  return n;
}

forget_sweep::forget_sweep(const forget_note& settled, std::vector<entity_id> of, std::set<entity_id> asked)
    : receipt_(settled.receipt)
    , tenant_(settled.tenant)
    , of_(of.begin(), of.end())
    , asked_(std::move(asked))
    , replies_to_(settled.replies)
    , letters_to_(settled.letters) {
  for (auto& e : of_) names_.add(e);
  for (auto& b : settled.bounds) bounds_[b.partition.value] = b;
}

void forget_sweep::turn(partition_id p, uint64_t seq, const std::string& data) {
  auto within = seq <= bound(p).turn;
  if ((!within && asked_.empty()) || !names_.in(data)) return;
  auto r = decode<turn_record>(data, {.bytes = 8 << 20});
  if (!r) {
    if (within) turns_[p.value].push_back({seq, {}, 0, 0, {}}); // it can be no state of anybody
    return;
  }
  auto asked = asked_.contains(r->entity);
  if (!within && !asked) return;
  found f{seq, r->entity, r->epoch, r->n, {}, !within};
  if (auto input = decode<turn_input>(r->input.data, {.bytes = 8 << 20})) {
    if (auto c = read_forget(input->message); c && c->receipt == receipt_) {
      // It holds what is left after letting go, and names them by their hashes alone.
      forget_place place{r->entity, seq, r->epoch, r->n, r->turn};
      if (asked || is_of(r->entity)) let_go_[r->entity] = place, clean_.push_back(std::move(place));
      return;
    }
    if (r->state.empty()) f.from = input->message.source;
  }
  turns_[p.value].push_back(std::move(f));
}

void forget_sweep::in(partition_id p, uint64_t seq, const std::string& data) {
  auto within = seq <= bound(p).in;
  if ((!within && asked_.empty()) || !names_.in(data)) return;
  auto m = decode<in_message>(data, {.bytes = 8 << 20});
  if (auto c = m ? read_forget(*m) : std::nullopt) {
    if (c->receipt == receipt_ && asked_.contains(m->entity)) told_[m->entity] = seq;
    return;
  }
  if (within || (m && asked_.contains(m->entity)))
    ins_[p.value].push_back({seq, m ? m->entity : entity_id{}, m ? m->source : message_source{}});
}

void forget_sweep::reply(uint64_t seq, const std::string& data) {
  if (seq > replies_to_ || !names_.in(data)) return;
  // Its id is <conversation>:<turn>:<k>.
  std::pair<entity_id, uint64_t> of;
  if (auto r = decode<reply_message>(data, {.bytes = 8 << 20})) {
    of.first = r->conversation;
    if (auto colon = r->id.find(':'); colon != r->id.npos)
      std::from_chars(r->id.data() + colon + 1, r->id.data() + r->id.size(), of.second);
  }
  replies_.emplace_back(seq, std::move(of));
}

void forget_sweep::letter(uint64_t seq, const std::string& data) {
  if (seq <= letters_to_ && names_.in(data)) letters_.push_back(seq);
}

/// What is of the customer's new life, or holds nothing of theirs.
bool forget_sweep::stays(const found& f) const {
  auto own = let_go_.find(f.entity);
  if (own != let_go_.end() && std::pair(f.epoch, f.n) >= std::pair(own->second.epoch, own->second.n)) return true;
  if (own == let_go_.end() && f.late) return true; // asked in vain
  return !is_of(f.entity) && f.from && is_farewell(*f.from, tenant_, clean_);
}

std::set<entity_id> forget_sweep::others() const {
  std::set<entity_id> out;
  for (auto& all : turns_)
    for (auto& f : all)
      if (!f.entity.empty() && !is_of(f.entity) && !stays(f)) out.insert(f.entity);
  return out;
}

std::vector<entity_id> forget_sweep::missing() const {
  std::set<entity_id> out;
  for (auto& all : turns_)
    for (auto& f : all)
      if (is_of(f.entity) && !let_go_.contains(f.entity)) out.insert(f.entity);
  return {out.begin(), out.end()};
}

forget_sweep::erasure forget_sweep::plan() const {
  erasure out;
  for (size_t p = 0; p < partition_count; ++p) {
    for (auto& f : turns_[p])
      if (!stays(f)) out.turns[p].push_back(f.seq);
    for (auto& m : ins_[p]) {
      auto told = told_.find(m.entity);
      auto late = m.seq > bounds_[p].in && (told == told_.end() || m.seq > told->second);
      if (!late && !is_farewell(m.from, tenant_, clean_)) out.ins[p].push_back(m.seq);
    }
  }
  for (auto& [seq, of] : replies_) {
    auto own = let_go_.find(of.first);
    if (own == let_go_.end() || of.second <= own->second.turn) out.replies.push_back(seq);
  }
  out.letters = letters_;
  return out;
}

} // namespace steward
