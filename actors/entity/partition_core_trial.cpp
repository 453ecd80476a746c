// Trials: what was in work when two owners died one after the other runs while nothing else on the node does, and the
// log names it before it runs. So a process that dies then blames it, and nobody beside it.
#include "actors/entity/partition_core.hpp"

namespace steward {

bool partition_core::trial::is(const item& x) const {
  if (x.seq != 0) return x.seq == seq;
  return !timer.empty() && x.message && x.message->id.value == timer;
}

uint32_t partition_core::deaths(const item& x) const {
  if (x.seq == 0) {
    auto i = x.message ? suspect_timers_.find(x.message->id.value) : suspect_timers_.end();
    return i == suspect_timers_.end() ? 0 : i->second;
  }
  if (x.seq <= suspects_from_ || x.seq > suspects_to_) return 0;
  auto i = suspects_.find(x.seq);
  return i == suspects_.end() ? 1 : i->second;
}

/// May this partition hand out what blames nobody?
bool partition_core::may_work() {
  if (entered_ && gate_->open()) return true;
  if (entered_ && busy_ > 0) return false; // somebody asks to be alone: no more until this has come to rest
  if (entered_) gate_->rest(config_.partition.value);
  return entered_ = gate_->enter(config_.partition.value);
}

/// Precondition: nothing of this partition is at work. True: the node rests and the log names it, so hand it out.
bool partition_core::may_try(trial x) {
  if (!config_.rules.suspects_alone) return true;
  auto seat = config_.partition.value;
  entered_ = false;
  wants_alone_ = true;
  if (asked_alone_ == 0) asked_alone_ = std::max<int64_t>(now_, 1);
  auto late = now_ - asked_alone_ >= config_.alone_within_ms;
  if (!(late ? gate_->insist(seat) : gate_->alone(seat))) return false;
  trying_ = std::move(x);
  if (committed_trying_ == trying_) return true;
  auto* under_way = flights_.empty() ? nullptr : flights_.back().what.record.get();
  if (!under_way || trial{under_way->trying, under_way->trying_timer} != trying_) floors_wanted_ = true;
  return false;
}

bool partition_core::trial_is_over() {
  if (!trial_ended_) return true;
  if (!committed_trying_.empty()) {
    floors_wanted_ = true;
    return false;
  }
  trial_ended_ = false;
  asked_alone_ = 0;
  gate_->give_back(config_.partition.value);
  return true;
}

/// After two deaths in a row timers run one by one too, each between two goes of everything else.
void partition_core::try_timer() {
  while (busy_ == 0 && !careful_timers_.empty()) {
    auto m = careful_timers_.front();
    if (timers_.has(m->entity, {m->topic, m->accepted_ms})) { // no turn took it back
      if (!may_try({0, m->id.value})) return;
      careful_timers_.pop_front();
      owes_a_go_ = true;
      auto& s = slots_[m->entity];
      s.waiting.push_front({0, m});
      hand_next(m->entity, s);
    } else {
      careful_timers_.pop_front();
      if (trying_.is({0, m, 0, {}})) {
        trying_ = {};
        trial_ended_ = true;
      }
      if (!trial_is_over()) return;
    }
  }
}

/// An owner that has lived for a while, and knows all timers, ends the row of deaths.
void partition_core::calm_down() {
  if (deaths_ == 0 || calm_from_ == 0 || suspects_on_ || !careful_timers_.empty() || !trying_.empty()) return;
  if (now_ - calm_from_ < config_.calm_after_ms) return;
  deaths_ = 0;
  std::erase_if(suspect_timers_, [&](auto& t) { return t.second != given_up_for_good; });
  restate_wanted_ = true;
}

void partition_core::on_turn() {
  woken_ = true;
  if (owns()) go_on();
  woken_ = false;
}

// Who has nothing at work does not keep others from being alone.
void partition_core::keep_the_gate() {
  if (busy_ > 0 || gate_->open()) return;
  if (state_ == ownership::releasing) {
    gate_->leave(config_.partition.value);
    entered_ = false;
  } else if (entered_ || woken_) {
    gate_->rest(config_.partition.value);
    entered_ = false;
  }
}

} // namespace steward
