// Owning: taking over, suspects, replay, release, standing down. Work is in _work.cpp, commits are in _commit.cpp.
#include "actors/entity/partition_core.hpp"
#include "messages/subjects.hpp"

#include <algorithm>

namespace steward {
namespace {
constexpr const char* layout = "blake2b-64/16"; // how entities fall to partitions; stored: do not change
}

partition_core::partition_core(core_config c, std::shared_ptr<turnstile> gate, std::function<void()> wake)
    : config_(std::move(c))
    , gate_(gate ? std::move(gate) : std::make_shared<turnstile>())
    , wake_(std::move(wake)) {}

partition_core::~partition_core() { gate_->leave(config_.partition.value); }

std::vector<core_action> partition_core::take_actions() { return std::exchange(actions_, {}); }

void partition_core::forget() {
  gate_->leave(config_.partition.value);
  entered_ = woken_ = trial_ended_ = owes_a_go_ = false;
  asked_alone_ = calm_from_ = 0;
  trying_ = committed_trying_ = {};
  deaths_ = 0;
  suspect_timers_.clear();
  careful_timers_.clear();
  suspects_.clear();
  suspects_waiting_.clear();
  suspects_on_ = false;
  commits_.clear();
  flights_.clear();
  phase_ = phase::publishing;
  doubt_ = blanks_ = 0;
  floors_wanted_ = restate_wanted_ = false;
  floors_since_.reset();
  in_.reset(0);
  slots_.clear();
  ready_.clear();
  works_.clear();
  held_.clear();
  delivery_.reset(0);
  timers_.clear();
  busy_ = undecided_ = granted_ = 0;
  replaying_ = false;
  reading_ = replay_ = tail_ticket_ = verify_ = 0;
  reading_again_ = replay_again_ = tail_again_ = 0;
}

void partition_core::stand_down(errc why, std::string reason) {
  forget();
  state_ = ownership::none;
  emit(action::stand_down{why, std::move(reason)});
}

void partition_core::take(int64_t now_ms) {
  now_ = now_ms;
  if (state_ != ownership::none) return;
  forget();
  state_ = ownership::taking;
  emit(action::read_tail{tail_ticket_ = next_ticket()});
}

void partition_core::on_tail(ticket t, result<tail_view> view) {
  if (t != 0 && t == verify_) {
    verify_ = 0;
    verified_ms_ = now_;
    if (view) verify(*view);
    return;
  }
  if (state_ != ownership::taking || t != tail_ticket_) return;
  tail_ticket_ = 0;
  // A last record of another epoch than the last ownership record: the two were not read of one moment.
  bool torn = view && view->last_own && view->last && view->last->epoch != view->last_own->epoch;
  if (!view || torn)
    tail_again_ = now_ + config_.settle_retry_ms;
  else
    claim(*view);
}

void partition_core::claim(const tail_view& view) {
  last_seq_ = view.last_seq;
  n_ = 0;
  epoch_ = 1;
  auto own = std::make_shared<turn_record>();
  own->kind = record_kind::own;
  if (auto* last = view.last ? &*view.last : view.last_own ? &*view.last_own : nullptr) {
    own->in_floor = last->in_floor, own->out_floor = last->out_floor;
    epoch_ = last->epoch + 1;
  }
  if (view.last_own) epoch_ = std::max(epoch_, view.last_own->epoch + 1);
  own->layout = layout;
  bool same_in = view.last_own && view.last_own->in_created == view.in_created;
  if (!same_in) own->in_floor = 0;
  if (view.last_seq == 0) own->out_floor = 0;
  if (same_in) suspect(view, *own);
  if (view.last_own) suspect_timer(view, *own);
  own->in_created = view.in_created, own->turn_created = view.turn_created;
  commits_.push_back({std::move(own), subjects::own(config_.partition), {}});
  publish_next();
}

// Who ran when the former owner died? Whom it tried alone, if the log says so. Else, while it worked suspects off, the
// one above the floor, but others of the node may have run beside it: that counts once and no more. Otherwise anything
// that it may have read. An orderly release blames nobody, and passes on whom it had not cleared yet.
void partition_core::suspect(const tail_view& view, turn_record& own) {
  auto& former = *view.last_own;
  auto floor = own.in_floor;
  if (floor < former.suspects_to) {
    own.suspects.insert(former.suspects.upper_bound(floor), former.suspects.end());
    own.suspects_to = former.suspects_to;
    if (former.released) return;
    auto tried = view.last ? view.last->trying : 0;
    auto& count = own.suspects.try_emplace(tried > floor ? tried : floor + 1, 1).first->second;
    if (tried > floor || count < config_.attempts - 1 || !config_.rules.suspects_alone) ++count;
  } else if (!former.released && view.in_last > floor) {
    own.suspects_to = std::min(view.in_last, floor + config_.window);
  }
}

void partition_core::suspect_timer(const tail_view& view, turn_record& own) {
  auto& former = *view.last_own;
  own.suspect_timers = former.suspect_timers;
  own.deaths = former.deaths + (former.released ? 0 : 1);
  if (former.released || !view.last || view.last->trying_timer.empty()) return;
  own.suspect_timers.try_emplace(view.last->trying_timer, config_.attempts - 1).first->second++;
}

void partition_core::own_is_committed(const turn_record& r) {
  if (r.released) return stand_down(errc::ok, "released");
  last_own_ = last_seq_;
  if (state_ != ownership::taking) return; // restated
  state_ = ownership::mine;
  own_seq_ = last_seq_;
  in_created_ = r.in_created, turn_created_ = r.turn_created;
  suspects_ = r.suspects;
  suspects_from_ = r.in_floor, suspects_to_ = r.suspects_to;
  suspects_on_ = suspects_to_ > suspects_from_;
  deaths_ = r.deaths;
  suspect_timers_ = r.suspect_timers;
  gate_->join(config_.partition.value, wake_);
  in_.reset(r.in_floor);
  delivery_.reset(r.out_floor);
  emit(action::took_over{own_seq_, epoch_, suspects_, suspects_from_, suspects_to_});
  replayed_ = r.out_floor;
  ask_replay();
  restart_reading();
}

void partition_core::ask_replay() {
  replay_again_ = 0;
  if (replayed_ + 1 < own_seq_) {
    replaying_ = true;
    emit(action::replay{replay_ = next_ticket(), replayed_ + 1, own_seq_ - 1});
    return;
  }
  replaying_ = false;
  replay_ = 0;
  delivery_.add(own_seq_, std::make_shared<turn_record>());
  for (auto& [seq, record] : std::exchange(held_, {})) delivery_.add(seq, record);
}

void partition_core::on_replayed(ticket t, uint64_t seq, shared_record r) {
  if (!replaying_ || t != replay_ || seq <= replayed_ || seq >= own_seq_) return;
  replayed_ = seq;
  if (!r->entity.empty()) timers_.set(r->tenant, r->entity, seq, r->timers);
  delivery_.add(seq, r);
  go_on();
}

void partition_core::on_replay_end(ticket t, bool complete) {
  if (!replaying_ || t != replay_) return;
  replay_ = 0;
  if (complete) {
    replayed_ = own_seq_ - 1;
    ask_replay();
    go_on();
  } else {
    replay_again_ = now_ + config_.settle_retry_ms;
  }
}

void partition_core::on_streams(uint64_t in_created, uint64_t turn_created) {
  if (owns() && (in_created != in_created_ || turn_created != turn_created_))
    stand_down(errc::conflict, "a stream of the partition was made anew");
}

void partition_core::on_known_timers(const tenant_id& tenant, const entity_id& entity, uint64_t seq,
                                     const std::vector<timer>& timers) {
  if (owns()) timers_.set(tenant, entity, seq, timers);
}

void partition_core::on_older_timers_known() {
  if (!owns()) return;
  timers_.older_are_known();
  calm_from_ = now_;
}

void partition_core::on_delivered(uint64_t seq, uint32_t k) {
  if (!owns()) return;
  delivery_.on_delivered(seq, k);
  go_on();
}

void partition_core::on_undelivered(uint64_t seq, uint32_t k, std::string reason, bool worth_retrying) {
  if (!owns()) return;
  delivery_.on_undelivered(seq, k, std::move(reason), worth_retrying, now_);
  go_on();
}

void partition_core::on_log_away(uint64_t seq, uint32_t k) {
  if (!owns()) return;
  delivery_.on_log_away(seq, k, now_);
  go_on();
}

void partition_core::release(int64_t now_ms) {
  now_ = now_ms;
  if (state_ == ownership::taking) return stand_down(errc::ok, "released before it was taken");
  if (state_ != ownership::mine) return;
  state_ = ownership::releasing;
  delivery_.hurry();
  release_started_ = now_;
  reading_ = 0;
  reading_again_ = 0;
  go_on();
}

// Work first, then a while for replies on their way, then the record that gives the partition up. Work that does not
// end in time is left to the next owner.
void partition_core::go_on_releasing() {
  auto waited = now_ - release_started_;
  bool late = waited >= config_.release_within_ms;
  if (late) works_.clear();
  if (!flights_.empty() && late && phase_ != phase::publishing && waited >= config_.release_within_ms * 2)
    return stand_down(errc::timeout, "released without a record: the log does not answer");
  if (!flights_.empty() || !commits_.empty() || !works_.empty()) return;
  if (delivery_.on_its_way() && waited < config_.release_delivery_ms) return;
  auto own = own_record();
  own.record->released = true;
  start(std::move(own));
}

partition_core::commit partition_core::own_record() {
  auto own = std::make_shared<turn_record>();
  own->kind = record_kind::own;
  own->layout = layout;
  own->in_created = in_created_, own->turn_created = turn_created_;
  if (in_.floor() < suspects_to_) {
    own->suspects.insert(suspects_.upper_bound(in_.floor()), suspects_.end());
    own->suspects_to = suspects_to_;
  }
  own->deaths = deaths_;
  own->suspect_timers = suspect_timers_;
  return {std::move(own), subjects::own(config_.partition), {}};
}

void partition_core::restate() {
  restate_wanted_ = state_ == ownership::mine;
  go_on();
}

void partition_core::tick(int64_t now_ms) {
  now_ = std::max(now_, now_ms);
  auto is_due = [&](int64_t& at) { return at != 0 && at <= now_ ? (at = 0, true) : false; };
  if (is_due(tail_again_)) emit(action::read_tail{tail_ticket_ = next_ticket()});
  if (!flights_.empty() && phase_ == phase::waiting && again_ms_ <= now_) {
    if (doubt_ == 0)
      publish_again();
    else
      settle();
  }
  if (state_ == ownership::mine) {
    if (is_due(reading_again_)) restart_reading();
    fire_timers();
    calm_down();
  }
  if (owns()) {
    if (is_due(replay_again_)) ask_replay();
    floors_if_due();
    verify_if_due();
    go_on();
  }
}

void partition_core::go_on() {
  if (state_ == ownership::mine) {
    dispatch();
    grant_more();
  }
  if (owns()) publish_next();
  if (state_ == ownership::releasing) go_on_releasing();
  if (owns()) delivery_.pump(now_, actions_), keep_the_gate();
}

} // namespace steward
