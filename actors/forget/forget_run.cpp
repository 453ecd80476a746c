#include "actors/forget/forget_run.hpp"

#include "actors/bus/read_whole.hpp"
#include "actors/defaults.hpp"
#include "actors/log.hpp"
#include "actors/supervision/crash_point.hpp"

#include <condition_variable>
#include <deque>
#include <thread>

namespace steward {
namespace {

using namespace std::chrono_literals;
constexpr auto patience = 60s;         // for one thing that the owners of partitions have to do
constexpr size_t under_way = 64;       // messages that are being erased at once
constexpr size_t most_entities = 1000; // of one customer
constexpr int rounds = 3;              // a word to a queue, its word to a seat, the seat's answer

using maybe_message = std::optional<stored_message>;

class run {
public:
  run(engine& env, const forget_order& o, const std::function<bool()>& stop)
      : env_(env)
      , nats_(*env.nats)
      , o_(o)
      , stop_(stop) {}

  status go() {
    auto settled = o_.settled ? result<forget_note>(*o_.settled) : settle();
    if (!settled) return settled.error();
    forget_sweep sweep(*settled, o_.ordered.of);
    if (auto ok = read_log(env_, o_.ordered.tenant, sweep); !ok) return ok;
    if (auto left = sweep.missing(); !left.empty())
      return {errc::internal, left.front().value + " has not let go: see its dead letters"};
    if (auto others = sweep.others(); !others.empty()) {
      if (auto ok = all_let_go(others, {"other", "other again"}); !ok) return ok;
      for (auto& e : others)
        if (auto ok = stands_without(e, settled->bounds); !ok) return ok;
      sweep = forget_sweep(*settled, o_.ordered.of, std::move(others));
      if (auto ok = read_log(env_, o_.ordered.tenant, sweep); !ok) return ok;
    }
    auto done = *settled;
    done.step = forget_step::erased, done.of = o_.ordered.of, done.clean = sweep.clean();
    if (auto ok = erase(sweep.plan(), done.counts); !ok) return ok;
    done.time_ms = now_ms();
    crash_point("forget_erased");
    return publish_note(env_, done);
  }

  /// Everything of the tenant in the log goes through the sweep.
  static status read_log(engine& env, const tenant_id& t, forget_sweep& sweep) {
    for (uint8_t i = 0; i < partition_count; ++i) {
      partition_id p{i};
      auto turn = [&](stored_message& m) { sweep.turn(p, m.seq, m.data); };
      auto in = [&](stored_message& m) { sweep.in(p, m.seq, m.data); };
      auto own = "turn." + std::to_string(i) + "." + t.value + ".>";
      if (auto ok = read(env, subjects::turn_stream(p), own, turn); !ok) return ok;
      if (auto ok = read(env, subjects::turn_stream(p), subjects::given_up(p), turn); !ok) return ok;
      if (auto ok = read(env, subjects::in_stream(p), subjects::in(p, t), in); !ok) return ok;
    }
    auto reply = [&](stored_message& m) { sweep.reply(m.seq, m.data); };
    if (auto ok = read(env, "REPLY", "reply." + t.value + ".*.*", reply); !ok) return ok;
    auto letter = [&](stored_message& m) { sweep.letter(m.seq, m.data); };
    return read(env, "DLQ", "dlq." + t.value + ".*", letter);
  }

  static status read(engine& env, const std::string& stream, const std::string& subject,
                     const std::function<void(stored_message&)>& visit) {
    auto last = answer_of<maybe_message>([&](auto f) { env.nats->js_last(stream, subject, std::move(f)); });
    if (!last) return last.error().code == errc::not_found ? success() : status(last.error());
    if (!*last) return success();
    return read_whole(*env.nats, {stream, subject, 1, 512}, (*last)->seq, visit);
  }

private:
  status tell(const entity_id& e, const char* round, std::vector<std::pair<partition_id, uint64_t>>& told) {
    in_message m;
    m.kind = in_kind::command, m.topic = forget_topic;
    m.tenant = o_.ordered.tenant, m.entity = e, m.accepted_ms = now_ms();
    m.id = message_id{hash_name({"forget", o_.ordered.receipt, e.value, round})};
    m.body.data = encode(forget_command{o_.ordered.receipt, o_.ordered.of});
    auto p = partition_of(m.tenant, e);
    auto ack = answer_of<publish_ack>([&](auto f) {
      nats_.js_publish(subjects::in(p, m.tenant), encode(m), {{message_id_header, m.id.value}},
                       defaults::publish_timeout, std::move(f));
    });
    if (!ack) return ack.error();
    told.emplace_back(p, ack->seq);
    return success();
  }

  status until(const char* what, const std::function<bool()>& is_so) {
    for (auto end = std::chrono::steady_clock::now() + patience; !is_so();) {
      if (stop_()) return {errc::stopping, "the engine stops"};
      if (std::chrono::steady_clock::now() > end)
        return {errc::timeout, std::string("nobody has ") + what + " in time"};
      std::this_thread::sleep_for(50ms);
    }
    return success();
  }

  /// The log says that every message of IN_p up to here is decided.
  status decided(partition_id p, uint64_t seq) {
    return until("decided what the log has", [&] {
      auto m = answer_of<maybe_message>([&](auto f) { nats_.js_last(subjects::turn_stream(p), ">", std::move(f)); });
      if (!m || !*m) return seq == 0;
      auto r = decode<turn_record>((*m)->data, {.bytes = 8 << 20});
      return r && r->in_floor >= seq;
    });
  }

  /// The owner says that what the log's records say up to here has reached whom it is for.
  status delivered(partition_id p, uint64_t seq) {
    return until("delivered what the log has", [&] {
      auto m = answer_of<bus_message>(
          [&](auto f) { nats_.request(subjects::engine(p, "floors"), {}, 1000ms, {}, std::move(f)); });
      auto s = m ? decode<partition_status>(m->data) : result<partition_status>(m.error());
      return s && s->out_floor >= seq;
    });
  }

  result<forget_note> settle() {
    if (auto ok = all_let_go(o_.ordered.of, {"own", "own again"}); !ok) return ok.error();
    forget_note n;
    n.step = forget_step::settled, n.receipt = o_.ordered.receipt, n.tenant = o_.ordered.tenant;
    for (int i = 0; i < rounds; ++i) {
      n.bounds.clear();
      for (uint8_t p = 0; p < partition_count; ++p) {
        auto b = bound_of({p});
        if (!b) return b.error();
        if (auto ok = delivered({p}, b->turn); !ok) return ok.error();
        n.bounds.push_back(*b);
      }
      for (auto& b : n.bounds) {
        auto last = last_seq(subjects::in_stream(b.partition));
        if (!last) return last.error();
        if (auto ok = decided(b.partition, b.in = *last); !ok) return ok.error();
      }
    }
    auto replies = last_seq("REPLY"), letters = last_seq("DLQ");
    if (!replies) return replies.error();
    if (!letters) return letters.error();
    n.replies = *replies, n.letters = *letters;
    // What was decided in the last round is in the log too by now.
    for (auto& b : n.bounds) {
      auto now = bound_of(b.partition);
      if (!now) return now.error();
      if (auto ok = delivered(b.partition, now->turn); !ok) return ok.error();
      b.turn = now->turn, b.epoch = now->epoch, b.n = now->n;
    }
    n.time_ms = now_ms();
    if (auto ok = publish_note(env_, n); !ok) return ok.error();
    crash_point("forget_settled");
    return n;
  }

  result<forget_bound> bound_of(partition_id p) {
    auto m = answer_of<maybe_message>([&](auto f) { nats_.js_last(subjects::turn_stream(p), ">", std::move(f)); });
    if (!m) return m.error();
    forget_bound b;
    b.partition = p;
    if (!*m) return b;
    auto r = decode<turn_record>((*m)->data, {.bytes = 8 << 20});
    if (!r) return r.error();
    b.turn = (*m)->seq, b.epoch = r->epoch, b.n = r->n;
    return b;
  }

  result<uint64_t> last_seq(const std::string& stream) {
    auto m = answer_of<maybe_message>([&](auto f) { nats_.js_last(stream, ">", std::move(f)); });
    if (!m) return m.error();
    return *m ? (*m)->seq : 0;
  }

  /// Twice: what one of them had sent another on its way may arrive after the first word.
  template <class Entities>
  status all_let_go(const Entities& entities, std::initializer_list<const char*> twice) {
    for (auto round : twice) {
      std::vector<std::pair<partition_id, uint64_t>> told;
      for (auto& e : entities)
        if (auto ok = tell(e, round, told); !ok) return ok;
      crash_point("forget_told");
      for (auto& [p, seq] : told)
        if (auto ok = decided(p, seq); !ok) return ok;
      for (auto& [p, seq] : told) {
        auto b = bound_of(p);
        if (!b) return b.error();
        if (auto ok = delivered(p, b->turn); !ok) return ok;
      }
    }
    return success();
  }

  /// Its last whole state stands above the bound: nothing that it needs is erased.
  status stands_without(const entity_id& e, const std::vector<forget_bound>& bounds) {
    auto p = partition_of(o_.ordered.tenant, e);
    uint64_t bound = 0;
    for (auto& b : bounds)
      if (b.partition == p) bound = b.turn;
    auto m = answer_of<maybe_message>([&](auto f) {
      nats_.js_last(subjects::turn_stream(p), subjects::turn(p, o_.ordered.tenant, e), std::move(f));
    });
    for (;;) {
      if (!m) return m.error();
      auto r = *m ? decode<turn_record>((*m)->data, {.bytes = 8 << 20}) : result<turn_record>(errc::not_found, "");
      if (!r || (*m)->seq <= bound)
        return {errc::internal, e.value + " still stands on records that are to be erased: see its dead letters"};
      if (!r->state.empty() || r->kind == record_kind::snapshot) return success();
      m = answer_of<maybe_message>([&](auto f) { nats_.js_get(subjects::turn_stream(p), r->prev_seq, std::move(f)); });
    }
  }

  status erase(const forget_sweep::erasure& plan, std::map<std::string, uint64_t>& counts) {
    for (uint8_t p = 0; p < partition_count; ++p) {
      if (auto ok = erase_from(subjects::in_stream({p}), plan.ins[p], counts["messages"]); !ok) return ok;
      if (auto ok = erase_from(subjects::turn_stream({p}), plan.turns[p], counts["records"]); !ok) return ok;
    }
    if (auto ok = erase_from("REPLY", plan.replies, counts["replies"]); !ok) return ok;
    return erase_from("DLQ", plan.letters, counts["dead_letters"]);
  }

  status erase_from(const std::string& stream, const std::vector<uint64_t>& seqs, uint64_t& count) {
    struct progress {
      std::mutex mutex;
      std::condition_variable changed;
      size_t open = 0;
      uint64_t erased = 0;
      std::optional<failure> why;
    };
    auto s = std::make_shared<progress>();
    for (auto seq : seqs) {
      {
        std::unique_lock lock(s->mutex);
        s->changed.wait(lock, [&] { return s->open < under_way; });
        if (s->why || stop_()) break;
        ++s->open;
      }
      nats_.js_erase(stream, seq, [s](result<bool> r) {
        std::lock_guard lock(s->mutex);
        --s->open;
        if (!r)
          s->why = r.error();
        else if (*r)
          ++s->erased;
        s->changed.notify_one();
      });
      crash_point("forget_erasing");
    }
    std::unique_lock lock(s->mutex);
    s->changed.wait(lock, [&] { return s->open == 0; });
    count += s->erased;
    if (s->why) return {s->why->code, stream + ": " + s->why->message};
    return stop_() ? status(errc::stopping, "the engine stops") : success();
  }

  engine& env_;
  nats_client& nats_;
  const forget_order& o_;
  const std::function<bool()>& stop_;
};

} // namespace

result<forget_scope> find_customer(engine& env, const tenant_id& t, const std::string& customer,
                                   const entity_id& conversation, bool look) {
  std::set<entity_id> of;
  auto own = customer.empty() ? entity_id{} : customer_id(t, customer);
  for (uint8_t i = 0; i < partition_count; ++i) {
    auto ok = run::read(env, subjects::turn_stream({i}), "turn." + std::to_string(i) + "." + t.value + ".>",
                        [&](stored_message& m) {
                          entity_id e{m.subject.substr(m.subject.rfind('.') + 1)};
                          if (e == own || e == conversation) return void(of.insert(e));
                          if (own.empty() || m.data.find(customer) == m.data.npos) return;
                          auto kind = env.kinds.find(e.value.empty() ? '\0' : e.value[0]);
                          if (kind == env.kinds.end() || !kind->second.of_customer) return;
                          if (auto r = decode<turn_record>(m.data, {.bytes = 8 << 20}))
                            for (auto& x : kind->second.of_customer(*r, customer)) of.insert(x);
                        });
    if (!ok) return ok.error();
  }
  if (of.empty()) // not repeating the name: the audit log keeps what was answered
    return {errc::not_found, "tenant " + t.value + " has no such " + (customer.empty() ? "conversation" : "customer") +
                                 ": nothing in the log is theirs. A conversation without a customer's name is "
                                 "forgotten by --conversation and its whole id"};
  if (of.size() > most_entities)
    return {errc::too_large, "more than " + std::to_string(most_entities) +
                                 " conversations: forget them one by one with --conversation"};
  forget_scope out;
  out.of.assign(of.begin(), of.end());
  if (!look) return out;
  auto all = without_bounds();
  all.tenant = t;
  forget_sweep sweep(all, out.of);
  if (auto ok = run::read_log(env, t, sweep); !ok) return ok.error();
  out.would = sweep.plan();
  return out;
}

status carry_out(engine& env, const forget_order& o, const std::function<bool()>& stop) {
  return run(env, o, stop).go();
}

status publish_note(engine& env, const forget_note& n) {
  auto ack = answer_of<publish_ack>([&](auto f) {
    env.nats->js_publish(subjects::forget(n.tenant, n.receipt), encode(n), {}, defaults::publish_timeout, std::move(f));
  });
  return ack ? success() : status(ack.error());
}

} // namespace steward
