// Committing: one record in flight, and what happens when it is not known whether it arrived.
#include "actors/entity/partition_core.hpp"
#include "messages/subjects.hpp"

namespace steward {

void partition_core::publish_next() {
  if (flight_) return;
  if (!commits_.empty()) {
    auto next = std::move(commits_.front());
    commits_.pop_front();
    start(std::move(next));
  } else if (restate_wanted_) {
    restate_wanted_ = false;
    start(own_record());
  } else if (floors_wanted_) {
    auto r = std::make_shared<turn_record>();
    r->kind = record_kind::floors;
    start({std::move(r), subjects::floors(config_.partition), {}});
  }
}

void partition_core::start(commit c) {
  auto& r = *c.record;
  r.node = config_.self, r.epoch = epoch_, r.n = ++n_;
  if (owns()) {
    r.in_floor = c.of && c.of->what.seq != 0 ? in_.floor_with(c.of->what.seq) : in_.floor();
    r.out_floor = delivery_.floor();
    if (!c.of || !trying_.is(c.of->what)) r.trying = trying_.seq, r.trying_timer = trying_.timer;
  }
  floors_wanted_ = false; // this record carries them
  flight_.emplace();
  flight_->what = std::move(c);
  flight_->n = n_;
  publish_again();
}

void partition_core::publish_again() {
  auto& f = *flight_;
  f.at = phase::publishing;
  f.t = next_ticket();
  f.expected = config_.rules.expected_sequence ? last_seq_ : action::any_sequence;
  emit(action::publish{f.t, f.what.subject, f.what.record, f.expected});
}

void partition_core::on_published(ticket t, publish_outcome outcome, uint64_t seq) {
  if (!flight_ || flight_->t != t || flight_->at != phase::publishing) return;
  auto& f = *flight_;
  switch (outcome) {
  case publish_outcome::acknowledged:
    if (!config_.rules.expected_sequence) last_seq_ = seq - 1;
    if (seq == last_seq_ + 1)
      flight_is_committed(*f.what.record);
    else
      settle();
    break;
  case publish_outcome::refused:
    f.at = phase::waiting;
    f.t = 0;
    f.again_ms = now_ + config_.settle_retry_ms;
    break;
  case publish_outcome::timed_out:
    if (!config_.rules.settle_doubts && f.what.of && !f.what.of->entity.empty()) {
      auto w = std::move(*f.what.of);
      flight_.reset();
      hand(w.entity, std::move(w.what));
      go_on();
      break;
    }
    settle();
    break;
  case publish_outcome::wrong_sequence:
    ++f.blanks;
    settle();
    break;
  }
}

// The record at last_seq_ + 1 decides; nothing else is committed until it is known.
void partition_core::settle() {
  auto& f = *flight_;
  f.at = phase::reading;
  f.t = next_ticket();
  emit(action::read_record{f.t, last_seq_ + 1});
}

void partition_core::on_record(ticket t, result<std::optional<turn_record>> there) {
  if (!flight_ || flight_->t != t || flight_->at != phase::reading) return;
  auto& f = *flight_;
  if (!there) {
    f.at = phase::waiting; // and read again: t stays
    f.again_ms = now_ + config_.settle_retry_ms;
    return;
  }
  if (!*there) {
    if (f.blanks == 0) return publish_again();
    // Refused, and nothing there: a leader that lags, or a stream that was made anew and is shorter now.
    if (f.blanks >= config_.settle_limit)
      return stand_down(errc::conflict, "the log refuses the sequence that follows its last one");
    f.at = phase::waiting;
    f.t = 0;
    f.again_ms = now_ + config_.settle_retry_ms;
    return;
  }
  auto& r = **there;
  bool own_epoch = r.node == config_.self && r.epoch == epoch_;
  if (own_epoch && r.n == f.n) {
    flight_is_committed(r);
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
  auto c = std::move(flight_->what);
  flight_.reset();
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
  if (!moved || flight_ || !commits_.empty()) {
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
  bool under_way = flight_ && !(flight_->at == phase::waiting && flight_->t == 0);
  if (state_ != ownership::mine || under_way || verify_ != 0 || now_ - verified_ms_ < config_.verify_after_ms) return;
  emit(action::read_tail{verify_ = next_ticket()});
}

void partition_core::verify(const tail_view& view) {
  on_streams(view.in_created, view.turn_created);
  if (!owns() || flight_) return; // a commit under way will find out by itself
  if (view.last_seq > last_seq_)
    stand_down(errc::fenced, "the log went on without this node, to " + std::to_string(view.last_seq));
  else if (view.last_seq < last_seq_)
    stand_down(errc::conflict, "the log went back, to " + std::to_string(view.last_seq));
}

} // namespace steward
