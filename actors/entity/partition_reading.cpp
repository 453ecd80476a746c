// The partition's readings of IN_p and TURN_p.
#include "actors/entity/partition.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <mutex>

namespace steward {

void partition_state::on(answer::streams& a) {
  core->on_streams(a.in_created, a.turn_created);
  if (core && core->state() != ownership::none) in_created = a.in_created, turn_created = a.turn_created;
}

/// The streams' creation times are read once the reading has brought something, and before that is passed on: a stream
/// that was made anew before the reading began is noticed, and one that is made anew later ends the reading.
void partition_state::read_in(const action::read_in& r) {
  struct opening {
    std::mutex mutex;
    bool asked = false, open = false;
    std::vector<answer::message> held;
  };
  auto o = std::make_shared<opening>();
  auto lost = [inbox = inbox, life = life, t = r.t](const failure& f) {
    inbox->push(life, answer::reading_lost{t, f.message});
  };
  auto opened = [o, inbox = inbox, life = life, t = r.t](uint64_t in, uint64_t turn) {
    std::lock_guard lock(o->mutex);
    inbox->push(life, answer::streams{t, in, turn});
    for (auto& m : o->held) inbox->push(life, std::move(m));
    o->held.clear();
    o->open = true;
  };
  auto ask = [=, nats = std::weak_ptr(env->nats), in_name = subjects::in_stream(id),
              turn_name = subjects::turn_stream(id)] {
    auto created = [lost](const result<stream_info>& i) -> std::optional<uint64_t> {
      if (i) return i->created_ns;
      if (i.error().code == errc::not_found) return 0;
      lost(i.error());
      return std::nullopt;
    };
    auto n = nats.lock();
    if (!n) return;
    n->js_info(in_name, [=](result<stream_info> in) {
      auto in_created = created(in);
      auto n = in_created ? nats.lock() : nullptr;
      if (!n) return;
      n->js_info(turn_name, [=](result<stream_info> turn) {
        if (auto turn_created = created(turn)) opened(*in_created, *turn_created);
      });
    });
  };
  in_reading = env->nats->js_read(
      {subjects::in_stream(id), {}, r.after + 1, 256}, [=, inbox = inbox, life = life, t = r.t](read_event e) {
        if (e.lost) return lost(*e.lost);
        answer::message m{
            t, e.message.seq, e.consumer_seq, e.pending, std::move(e.message.subject), std::move(e.message.data)};
        std::unique_lock lock(o->mutex);
        if (o->open) return inbox->push(life, std::move(m));
        o->held.push_back(std::move(m));
        if (std::exchange(o->asked, true)) return;
        lock.unlock();
        ask();
      });
}

void partition_state::replay(const action::replay& r) {
  struct progress {
    uint64_t expected = 1;
    bool over = false;
  };
  auto p = std::make_shared<progress>();
  replay_reading =
      env->nats->js_read({subjects::turn_stream(id), {}, r.from, 256}, [=, inbox = inbox, life = life](read_event e) {
        if (p->over) return;
        if (e.lost || e.consumer_seq != p->expected++) {
          p->over = true;
          return inbox->push(life, answer::replay_end{r.t, false});
        }
        auto seq = e.message.seq;
        if (seq <= r.to) inbox->push(life, answer::replayed{r.t, seq, std::move(e.message.data)});
        if (seq >= r.to || e.pending == 0) {
          p->over = true;
          inbox->push(life, answer::replay_end{r.t, true});
        }
      });
  replay_reading->grant(static_cast<uint32_t>(std::min<uint64_t>(r.to - r.from + 1, 1u << 30)));
}

} // namespace steward
