// Reading the input in order, handing it to the entities, and what becomes of messages that break them.
#include "actors/entity/partition_core.hpp"
#include "messages/subjects.hpp"

#include <algorithm>

namespace steward {

void partition_core::restart_reading() {
  reading_again_ = 0;
  next_consumer_seq_ = 1;
  granted_ = 0;
  emit(action::read_in{reading_ = next_ticket(), in_.last()});
  grant_more();
}

void partition_core::on_reading_lost(ticket t) {
  if (state_ != ownership::mine || t != reading_) return;
  reading_ = 0;
  reading_again_ = now_ + config_.settle_retry_ms;
}

// Credit is given in quarters of the read-ahead, so that it costs no call per message.
void partition_core::grant_more() {
  if (reading_ == 0) return;
  auto held = undecided_ + granted_;
  uint64_t room = config_.read_ahead > held ? config_.read_ahead - held : 0;
  auto above = in_.held() + granted_;
  room = std::min<uint64_t>(room, config_.window > above ? config_.window - above : 0);
  if (room == 0 || (granted_ > 0 && room < config_.read_ahead / 4)) return;
  granted_ += room;
  emit(action::grant{static_cast<uint32_t>(room)});
}

bool partition_core::accept(ticket t, uint64_t seq, uint64_t consumer_seq) {
  if (state_ != ownership::mine || t == 0 || t != reading_) return false;
  if (config_.rules.ordered_reading) {
    if (consumer_seq < next_consumer_seq_) return false; // doubled
    if (consumer_seq > next_consumer_seq_) {
      restart_reading();
      return false;
    }
  }
  ++next_consumer_seq_;
  if (granted_ > 0) --granted_;
  if (seq <= in_.last()) return false;
  in_.add(seq, 1);
  ++undecided_;
  return true;
}

void partition_core::on_message(ticket t, uint64_t seq, uint64_t consumer_seq, shared_message m) {
  if (m->entity.empty())
    return on_unreadable_message(t, seq, consumer_seq, "the message names no entity", encode(*m), m->tenant);
  if (!accept(t, seq, consumer_seq)) return;
  if (suspects_on_ && seq <= suspects_to_) suspects_waiting_.emplace(seq, m->entity);
  auto& s = slots_[m->entity];
  if (!s.busy && !s.queued) {
    s.queued = true;
    ready_.push_back(m->entity);
  }
  s.waiting.push_back({seq, std::move(m)});
  go_on();
}

void partition_core::on_unreadable_message(ticket t, uint64_t seq, uint64_t consumer_seq, std::string reason,
                                           std::string raw, tenant_id tenant) {
  constexpr size_t kept = 256 << 10; // with all of the largest message the letter would not fit the log itself
  if (!accept(t, seq, consumer_seq)) return;
  if (raw.size() > kept) {
    reason += "; of its " + std::to_string(raw.size()) + " bytes the first " + std::to_string(kept) + " are kept";
    raw.resize(kept);
  }
  commits_.push_back(dead_letter_of(tenant, {}, seq, reason, 1, std::move(raw)));
  go_on();
}

void partition_core::fire_timers() {
  for (auto& d : timers_.take_due(now_)) {
    auto m = std::make_shared<in_message>();
    m->kind = in_kind::timer;
    m->tenant = d.tenant;
    m->entity = d.entity;
    m->id = message_id{d.entity.value + ":" + d.what.name + ":" + std::to_string(d.what.due_ms)};
    m->topic = d.what.name;
    m->accepted_ms = d.what.due_ms;
    if (deaths({0, m, 0, {}}) == given_up_for_good) {
      timers_.remove(d.entity, d.what);
      continue;
    }
    if (careful())
      careful_timers_.push_back(std::move(m));
    else
      enqueue_timer(std::move(m));
  }
}

void partition_core::enqueue_timer(shared_message m) {
  auto& s = slots_[m->entity];
  if (!s.busy && !s.queued) {
    s.queued = true;
    ready_.push_back(m->entity);
  }
  s.waiting.push_back({0, std::move(m)});
}

void partition_core::dispatch() {
  wants_alone_ = false;
  hand_out();
  if (asked_alone_ != 0 && !wants_alone_ && trying_.empty() && !trial_ended_) { // not needed after all
    asked_alone_ = 0;
    gate_->give_back(config_.partition.value);
  }
}

void partition_core::hand_out() {
  if (!trial_is_over()) return;
  if (suspects_on_ && dispatch_suspects()) return;
  if (!careful_timers_.empty() && (asked_alone_ != 0 || !owes_a_go_ || ready_.empty())) return try_timer();
  if (ready_.empty() || !may_work()) return;
  owes_a_go_ = false;
  while (busy_ < config_.in_work && !ready_.empty()) {
    auto entity = std::move(ready_.front());
    ready_.pop_front();
    auto i = slots_.find(entity);
    if (i == slots_.end()) continue;
    i->second.queued = false;
    if (!i->second.busy && !i->second.waiting.empty()) hand_next(entity, i->second);
  }
}

// Suspects run alone, in the order of IN, each only when the log's floor says that all before it are done: so that,
// should this owner die, the next one knows which of them ran.
bool partition_core::dispatch_suspects() {
  if (busy_ > 0) return true;
  auto floor_stands_at = [&](uint64_t seq) {
    if (committed_in_floor_ >= seq) return true;
    floors_wanted_ = true;
    return false;
  };
  while (busy_ == 0) {
    if (!suspects_waiting_.empty()) {
      auto [seq, entity] = *suspects_waiting_.begin();
      if (!floor_stands_at(seq - 1)) return true;
      auto died = deaths({seq, nullptr, 0, {}});
      auto by_itself = died >= config_.attempts - 1 && died < 2 * config_.attempts;
      if (by_itself ? !may_try({seq, {}}) : !may_work()) return true;
      hand_next(entity, slots_.at(entity)); // a timer that fell due before it may go first
    } else if (in_.last() >= suspects_to_) {
      if (!floor_stands_at(suspects_to_)) return true;
      suspects_on_ = false;
      return false;
    } else { // nothing of them has come yet: what waits are timers
      if (ready_.empty() || !may_work()) return true;
      auto entity = std::move(ready_.front());
      ready_.pop_front();
      auto i = slots_.find(entity);
      if (i == slots_.end()) continue;
      i->second.queued = false;
      if (!i->second.busy && !i->second.waiting.empty()) hand_next(entity, i->second);
    }
  }
  return true;
}

// Precondition: the entity is not busy and something waits. The slot may be gone afterwards.
void partition_core::hand_next(const entity_id& entity, slot& s) {
  auto next = std::move(s.waiting.front());
  s.waiting.pop_front();
  s.busy = true;
  ++busy_;
  if (next.seq == 0 && !timers_.has(entity, {next.message->topic, next.message->accepted_ms}))
    return done({entity, std::move(next)}); // a turn before it took the timer back
  hand(entity, std::move(next));
}

void partition_core::hand(const entity_id& entity, item x) {
  auto tries = deaths(x) + x.failures;
  if (tries >= 2 * config_.attempts) return give_up(entity, std::move(x));
  auto message = x.message;
  if (tries >= config_.attempts) {
    auto m = std::make_shared<in_message>(*x.message);
    m->kind = in_kind::give_up;
    m->topic = x.reason.empty() ? "its owner died with it in work" : x.reason;
    m->body = {encode(*x.message)};
    message = std::move(m);
  }
  auto seq = x.seq;
  auto t = next_ticket();
  works_.emplace(t, work{entity, std::move(x)});
  emit(action::hand{t, entity, seq, std::move(message), tries + 1});
}

// Its entity cannot even give it up: the core writes the dead letter without it. The entity's frame does not know; the
// floor passes the message, so it is not seen again.
void partition_core::give_up(const entity_id& entity, item x) {
  if (x.seq == 0) { // its entity's state has it for ever: the ownership record remembers
    timers_.remove(entity, {x.message->topic, x.message->accepted_ms});
    suspect_timers_[x.message->id.value] = given_up_for_good;
    restate_wanted_ = true;
  }
  auto c = dead_letter_of(x.message->tenant, entity, x.seq, x.reason, deaths(x) + x.failures, encode(*x.message));
  c.of = work{entity, std::move(x)};
  commits_.push_back(std::move(c));
  publish_next();
}

partition_core::commit partition_core::dead_letter_of(const tenant_id& tenant, const entity_id& entity, uint64_t seq,
                                                      const std::string& reason, uint32_t attempts, std::string raw) {
  dead_letter d;
  d.what = "message";
  d.reason = reason;
  d.attempts = attempts;
  d.time_ms = now_;
  d.message = {std::move(raw)};
  d.tenant = tenant;
  d.entity = entity;
  auto r = std::make_shared<turn_record>();
  r->tenant = tenant;
  if (seq != 0) r->in = {in_created_, seq};
  r->replies.push_back({out_kind::dead_letter, {}, entity, reason, {encode(d)}});
  return {std::move(r), subjects::given_up(config_.partition), work{{}, item{seq, nullptr, 0, {}}}};
}

void partition_core::decided(ticket t, decision_record d) {
  auto i = works_.find(t);
  if (i == works_.end()) return;
  auto w = std::move(i->second);
  works_.erase(i);
  auto r = std::make_shared<turn_record>(std::move(d.record));
  r->kind = record_kind::turn;
  r->in = w.what.seq == 0 ? stream_pos{} : stream_pos{in_created_, w.what.seq};
  if (w.what.seq == 0) std::erase(r->timers, timer{w.what.message->topic, w.what.message->accepted_ms});
  auto subject = subjects::turn(config_.partition, r->tenant, r->entity);
  commits_.push_back({std::move(r), std::move(subject), std::move(w)});
  go_on();
}

bool partition_core::snapshot(decision_record d) {
  auto& entity = d.record.entity;
  if (state_ != ownership::mine || suspects_on_ || entity.empty() || slots_.contains(entity)) return false;
  slots_[entity].busy = true;
  ++busy_;
  auto r = std::make_shared<turn_record>(std::move(d.record));
  r->kind = record_kind::snapshot;
  auto subject = subjects::turn(config_.partition, r->tenant, r->entity);
  work w{r->entity, {}};
  commits_.push_back({std::move(r), std::move(subject), std::move(w)});
  go_on();
  return true;
}

void partition_core::dropped(ticket t) {
  auto i = works_.find(t);
  if (i == works_.end()) return;
  auto w = std::move(i->second);
  works_.erase(i);
  if (w.what.seq == 0) timers_.remove(w.entity, {w.what.message->topic, w.what.message->accepted_ms});
  done(w);
  go_on();
}

void partition_core::failed(ticket t, std::string reason) {
  auto i = works_.find(t);
  if (i == works_.end()) return;
  auto w = std::move(i->second);
  works_.erase(i);
  if (state_ == ownership::mine) {
    ++w.what.failures;
    w.what.reason = std::move(reason);
    hand(w.entity, std::move(w.what));
  }
  go_on();
}

// The message or timer is decided, dropped or given up; its entity may take the next.
void partition_core::done(const work& w) {
  if (trying_.is(w.what)) {
    if (deaths(w.what) != given_up_for_good) suspect_timers_.erase(trying_.timer);
    trying_ = {};
    trial_ended_ = true;
  }
  if (w.what.seq != 0) {
    in_.done(w.what.seq);
    --undecided_;
    suspects_waiting_.erase(w.what.seq);
  }
  auto i = slots_.find(w.entity);
  if (i == slots_.end()) return; // unreadable: it had none
  auto& s = i->second;
  s.busy = false;
  --busy_;
  if (s.waiting.empty()) {
    slots_.erase(i);
  } else if (!s.queued) {
    s.queued = true;
    ready_.push_back(w.entity);
  }
}

} // namespace steward
