// Committing: records in flight, and what happens when it is not known whether they arrived.
#include "actors/entity/partition_core.hpp"
#include "messages/subjects.hpp"

#include <algorithm>

namespace steward {

void partition_core::publish_next() {
  while (!commits_.empty() && may_follow()) {
    auto next = std::move(commits_.front());
    commits_.pop_front();
    start(std::move(next));
  }
  if (!flights_.empty()) return;
  if (restate_wanted_) {
    restate_wanted_ = false;
    start(own_record());
  } else if (floors_wanted_) {
    auto r = std::make_shared<turn_record>();
    r->kind = record_kind::floors;
    start({std::move(r), subjects::floors(config_.partition), {}});
  }
}

/// May the next commit go behind those in flight?
bool partition_core::may_follow() const {
  if (flights_.empty()) return true;
  if (flights_.size() >= config_.commits || phase_ != phase::publishing) return false;
  if (restate_wanted_ || floors_wanted_ || suspects_on_ || !trying_.empty() || trial_ended_) return false;
  auto chains = [](const commit& c) {
    return c.record->kind == record_kind::turn || c.record->kind == record_kind::snapshot;
  };
  if (!chains(flights_.back().what) || !chains(commits_.front())) return false;
  for (auto& f : flights_)
    if (f.outcome && *f.outcome != publish_outcome::acknowledged) return false;
  return true;
}

void partition_core::start(commit c) {
  auto& r = *c.record;
  r.node = config_.self, r.epoch = epoch_, r.n = ++n_;
  if (owns()) {
    // When it is in the log, so are those before it.
    auto& decided = decided_in_flight_;
    decided.clear();
    for (auto& f : flights_)
      if (f.what.of && f.what.of->what.seq != 0) decided.push_back(f.what.of->what.seq);
    if (c.of && c.of->what.seq != 0) decided.push_back(c.of->what.seq);
    r.in_floor = in_.floor_with(decided);
    r.out_floor = delivery_.floor();
    if (!c.of || !trying_.is(c.of->what)) r.trying = trying_.seq, r.trying_timer = trying_.timer;
  }
  floors_wanted_ = false; // this record carries them
  auto& f = flights_.emplace_back();
  f.what = std::move(c);
  f.n = n_;
  publish(flights_.size() - 1);
}

void partition_core::publish(size_t i) {
  auto& f = flights_[i];
  f.t = next_ticket();
  f.outcome.reset();
  auto expected = config_.rules.expected_sequence ? last_seq_ + i : action::any_sequence;
  auto behind = i > 0 && config_.rules.chained ? flights_[i - 1].n : 0;
  emit(action::publish{f.t, f.what.subject, f.what.record, expected, behind});
}

void partition_core::publish_again() {
  phase_ = phase::publishing;
  for (size_t i = 0; i < flights_.size(); ++i) publish(i);
}

void partition_core::on_published(ticket t, publish_outcome outcome, uint64_t seq) {
  auto f = std::find_if(flights_.begin(), flights_.end(), [&](auto& x) { return x.t == t && !x.outcome; });
  if (f == flights_.end()) return;
  f->outcome = outcome, f->seq = seq;
  f->first = f == flights_.begin();
  if (phase_ == phase::publishing) advance();
}

/// Outcomes count in the order of the log.
void partition_core::advance() {
  while (!flights_.empty() && phase_ == phase::publishing && flights_.front().outcome) {
    auto& f = flights_.front();
    switch (*f.outcome) {
    case publish_outcome::acknowledged:
      if (!config_.rules.expected_sequence) last_seq_ = f.seq - 1;
      if (f.seq == last_seq_ + 1)
        flight_is_committed(*f.what.record);
      else
        settle();
      break;
    case publish_outcome::refused: wait_then(0); break;
    case publish_outcome::timed_out:
      if (!config_.rules.settle_doubts && f.what.of && !f.what.of->entity.empty()) {
        auto w = std::move(*f.what.of);
        flights_.pop_front();
        hand(w.entity, std::move(w.what));
        go_on();
        break;
      }
      settle();
      break;
    case publish_outcome::wrong_sequence:
      if (f.first) ++blanks_;
      settle();
      break;
    }
  }
}

void partition_core::wait_then(ticket reading) {
  phase_ = phase::waiting;
  doubt_ = reading;
  again_ms_ = now_ + config_.settle_retry_ms;
}

// The record at last_seq_ + 1 decides; nothing else is committed until it is known.
void partition_core::settle() {
  phase_ = phase::reading;
  emit(action::read_record{doubt_ = next_ticket(), last_seq_ + 1});
}

void partition_core::on_record(ticket t, result<std::optional<turn_record>> there) {
  if (flights_.empty() || phase_ != phase::reading || doubt_ != t) return;
  auto& f = flights_.front();
  if (!there) return wait_then(t); // and read again
  if (!*there) {
    if (blanks_ == 0) return publish_again();
    // Refused, and nothing there: a leader that lags, or a stream that was made anew and is shorter now.
    if (blanks_ >= config_.settle_limit)
      return stand_down(errc::conflict, "the log refuses the sequence that follows its last one");
    return wait_then(0);
  }
  auto& r = **there;
  bool own_epoch = r.node == config_.self && r.epoch == epoch_;
  if (own_epoch && r.n == f.n) {
    phase_ = phase::publishing;
    flight_is_committed(r);
    advance();
  } else if (own_epoch && !config_.rules.settle_doubts) {
    ++last_seq_; // the careless variant: nobody else took over, so go on behind it
    publish_again();
  } else {
    stand_down(state_ == ownership::taking ? errc::conflict : errc::fenced,
               "the log has a record of node " + r.node.value + ", epoch " + std::to_string(r.epoch));
  }
}

// `r` is the record as the log has it. (An ownership record may be that of this node's former life, which had the same
// name and arrived late: what it says counts.)
void partition_core::flight_is_committed(const turn_record& r) {
  auto c = std::move(flights_.front().what);
  flights_.pop_front();
  blanks_ = 0;
  ++last_seq_;
  verified_ms_ = now_;
  verify_ = 0;
  committed_in_floor_ = r.in_floor, committed_out_floor_ = r.out_floor;
  committed_trying_ = {r.trying, r.trying_timer};
  if (c.record->kind == record_kind::own) {
    bool claimed = state_ == ownership::taking;
    own_is_committed(r);
    if (!owns()) return;
    if (claimed) return go_on();
  }
  shared_record record = std::move(c.record);
  if (!record->entity.empty()) {
    timers_.set(record->tenant, record->entity, last_seq_, record->timers);
    emit(action::committed{last_seq_, record});
  }
  if (replaying_)
    held_.emplace_back(last_seq_, record);
  else
    delivery_.add(last_seq_, record);
  if (c.of) done(*c.of);
  go_on();
}

// Floors that no turn carried on get a record of their own. What moves out_floor without replies is not worth one.
void partition_core::floors_if_due() {
  bool moved = in_.floor() > committed_in_floor_ || delivery_.passed() > committed_out_floor_;
  if (!moved || !flights_.empty() || !commits_.empty()) {
    floors_since_.reset();
  } else if (!floors_since_) {
    floors_since_ = now_;
  } else if (now_ - *floors_since_ >= config_.floors_after_ms) {
    floors_since_.reset();
    floors_wanted_ = true;
  }
}

// A node that slept through another's ownership, and has nothing to commit, would never learn of it; nor would one
// whose commit nobody takes any more because the stream was deleted (the look at the tail makes it anew).
void partition_core::verify_if_due() {
  bool under_way = !flights_.empty() && !(phase_ == phase::waiting && doubt_ == 0);
  if (state_ != ownership::mine || under_way || verify_ != 0 || now_ - verified_ms_ < config_.verify_after_ms) return;
  emit(action::read_tail{verify_ = next_ticket()});
}

void partition_core::verify(const tail_view& view) {
  on_streams(view.in_created, view.turn_created);
  if (!owns() || !flights_.empty()) return; // a commit under way will find out by itself
  if (view.last_seq > last_seq_)
    stand_down(errc::fenced, "the log went on without this node, to " + std::to_string(view.last_seq));
  else if (view.last_seq < last_seq_)
    stand_down(errc::conflict, "the log went back, to " + std::to_string(view.last_seq));
}

} // namespace steward
