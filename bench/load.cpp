// The load: a platform team's channel that sends customers' messages and waits for the replies. Closed loop (a number
// of turns under way) or open loop (a rate, counted from when each message was due). One process, little work per
// message, since it shares the machine with what it measures.
//
//   bench_load --url nats://… [--tenant demo] [--channel kiosk] (--texts FILE.jsonl [--language en] [--vary])
//              [--outstanding 256 | --rate 200] [--count N | --seconds 10 --warmup 3] [--prime] [--peers 5000
//              [--first-peer N]]
//              [--resend MS] [--watch name=PID …]
//   bench_load --print N --texts … [--vary]     the texts alone, one a line
// One JSON object: turns per second, latencies from sending to the reply, what was refused, and the processors' time
// per turn of this process and the watched ones.
#include "access/key_folder.hpp"
#include "actors/bus/nats_client.hpp"
#include "bench/varied_texts.hpp"
#include "messages/chat.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>
#include <unistd.h>

using namespace steward;
using namespace std::chrono_literals;
using steady = std::chrono::steady_clock;

namespace {

[[noreturn]] void die(const std::string& why) {
  std::fprintf(stderr, "bench_load: %s\n", why.c_str());
  std::_Exit(1);
}

int64_t now_ns() { return steady::now().time_since_epoch().count(); }

struct options {
  std::string url, tenant = "demo", channel = "kiosk", texts, language;
  bool vary = false, prime = false;
  size_t outstanding = 256, peers = 5000, first_peer = 0, count = 0, print = 0;
  double rate = 0, seconds = 10, warmup = 3;
  int64_t resend_ms = 0;
  uint64_t seed = 1;
  std::vector<std::pair<std::string, int>> watch;
};

options parse(int argc, char** argv) {
  options o;
  for (int i = 1; i < argc; ++i) {
    std::string n = argv[i];
    auto value = [&]() -> std::string {
      if (++i == argc) die(n + " wants a value");
      return argv[i];
    };
    if (n == "--url")
      o.url = value();
    else if (n == "--tenant")
      o.tenant = value();
    else if (n == "--channel")
      o.channel = value();
    else if (n == "--texts")
      o.texts = value();
    else if (n == "--language")
      o.language = value();
    else if (n == "--vary")
      o.vary = true;
    else if (n == "--prime")
      o.prime = true;
    else if (n == "--outstanding")
      o.outstanding = std::stoull(value());
    else if (n == "--peers")
      o.peers = std::stoull(value());
    else if (n == "--first-peer")
      o.first_peer = std::stoull(value());
    else if (n == "--count")
      o.count = std::stoull(value());
    else if (n == "--print")
      o.print = std::stoull(value());
    else if (n == "--rate")
      o.rate = std::stod(value());
    else if (n == "--seconds")
      o.seconds = std::stod(value());
    else if (n == "--warmup")
      o.warmup = std::stod(value());
    else if (n == "--resend")
      o.resend_ms = std::stoll(value());
    else if (n == "--seed")
      o.seed = std::stoull(value());
    else if (n == "--watch") {
      auto v = value();
      auto eq = v.find('=');
      if (eq == std::string::npos) die("--watch wants name=PID");
      o.watch.emplace_back(v.substr(0, eq), std::stoi(v.substr(eq + 1)));
    } else
      die("what is " + n + "?");
  }
  return o;
}

/// Processor seconds that a process has used, its ended threads included.
double cpu_s(int pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
  std::string all((std::istreambuf_iterator<char>(in)), {});
  auto at = all.rfind(')');
  if (at == std::string::npos) return 0;
  std::istringstream rest(all.substr(at + 2));
  std::string skip;
  for (int i = 0; i < 11; ++i) rest >> skip;
  double user = 0, system = 0;
  rest >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

struct sent_message {
  int64_t began = 0;    // when it was due
  int64_t last_try = 0; // when it was sent, the last time
  size_t peer = 0;
  std::string id, text;
};

class channel {
public:
  channel(const options& o, nats_client& bus)
      : o_(o)
      , bus_(bus)
      , waiting_(o.peers)
      , answered_(o.peers) {
    for (size_t i = 0; i < o.peers; ++i) {
      peer_id p{"p" + std::to_string(o.first_peer + i)};
      say_.push_back(subjects::say(tenant_id{o.tenant}, channel_id{o.channel}, p));
    }
    run_ = std::to_string(now_ns() % 1'000'000'000'000) + "-";
    prefix_ = "reply." + o.tenant + "." + o.channel + ".p";
    auto s = bus.subscribe("reply." + o.tenant + "." + o.channel + ".*", "", [this](bus_message m) { on_reply(m); });
    if (!s) die(s.error().message);
    replies_ = std::move(*s);
    bus.flush();
  }

  void send(std::string text, int64_t began) {
    sent_message m;
    m.began = began, m.last_try = now_ns(), m.text = std::move(text);
    {
      std::lock_guard lock(mutex_);
      m.peer = sent_++ % o_.peers;
      m.id = run_ + std::to_string(sent_);
      waiting_[m.peer].push_back(m);
    }
    request(m);
  }

  uint64_t sent() const {
    std::lock_guard lock(mutex_);
    return sent_;
  }
  /// From now on every reply is looked at, and of each peer whether its last was an answer.
  void look_at_all(bool on) { look_at_all_ = on; }
  bool was_answered(size_t peer) const {
    std::lock_guard lock(mutex_);
    return answered_[peer];
  }
  bool wait_replied(uint64_t n, std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, limit, [&] { return replied_ + refused_ >= n; });
  }

  /// What a platform team does that heard nothing: the same message again, under the same id.
  void resend_overdue() {
    std::vector<sent_message> again;
    auto now = now_ns();
    {
      std::lock_guard lock(mutex_);
      for (auto& w : waiting_)
        for (auto& m : w)
          if (now - m.last_try > o_.resend_ms * 1'000'000) {
            m.last_try = now;
            ++resent_;
            again.push_back(m);
          }
    }
    for (auto& m : again) request(m);
  }

  struct outcome {
    std::vector<int64_t> took;
    uint64_t replied, refused, resent, unexpected, answers, looked_at;
    int64_t last_reply_ms; // Unix milliseconds
    std::string why;
  };
  void measure() {
    std::lock_guard lock(mutex_);
    from_ = now_ns();
    took_.clear();
    answers_ = looked_at_ = 0;
  }
  outcome result() {
    std::lock_guard lock(mutex_);
    return {took_, replied_, refused_, resent_, unexpected_, answers_, looked_at_, last_reply_ms_, why_};
  }

private:
  void request(const sent_message& m) {
    say_request q;
    q.id = m.id, q.text = m.text, q.language = o_.language;
    bus_.request(say_[m.peer], encode(q), 15s, {}, [this, peer = m.peer, id = m.id](steward::result<bus_message> r) {
      if (!r) {
        if (o_.resend_ms == 0) refuse(peer, id, r.error().message);
        return; // it may have happened
      }
      auto a = decode<accept_ack>(r->data);
      if (!a) die("an answer does not decode: " + a.error().message);
      if (!a->ok && o_.resend_ms == 0) refuse(peer, id, a->error.message);
    });
  }

  void refuse(size_t peer, const std::string& id, const std::string& why) {
    std::lock_guard lock(mutex_);
    auto& w = waiting_[peer];
    auto n = std::erase_if(w, [&](auto& m) { return m.id == id; });
    if (n == 0) return;
    ++refused_;
    why_ = why;
    changed_.notify_one();
  }

  void on_reply(const bus_message& m) {
    if (!m.subject.starts_with(prefix_)) return;
    auto peer = std::strtoull(m.subject.c_str() + prefix_.size(), nullptr, 10) - o_.first_peer;
    if (peer >= waiting_.size()) return;
    auto now = now_ns();
    // Decoding costs more than all the rest: every reply only where its id matters, else one in sixteen.
    bool look = o_.resend_ms != 0 || look_at_all_ || seen_++ % 16 == 0;
    std::optional<reply_message> reply;
    if (look)
      if (auto r = decode<reply_message>(m.data)) reply = std::move(*r);
    std::lock_guard lock(mutex_);
    auto& w = waiting_[peer];
    auto i = w.begin();
    if (o_.resend_ms != 0 && reply)
      i = std::find_if(w.begin(), w.end(), [&](auto& x) { return x.id == reply->in_reply_to; });
    if (i == w.end()) {
      ++unexpected_;
      return;
    }
    if (reply) {
      if (o_.resend_ms == 0 && reply->in_reply_to != i->id) {
        auto later = std::any_of(w.begin(), w.end(), [&](auto& x) { return x.id == reply->in_reply_to; });
        die("peer " + std::to_string(peer) + " waits for the reply to " + i->id + ", sent " +
            std::to_string((now - i->last_try) / 1'000'000) + " ms ago, and hears that to " + reply->in_reply_to +
            (later ? ", which it sent later: a reply out of order or lost"
                   : ", which it waits for no more: a reply twice, or to a message that was refused") +
            "; refused so far: " + std::to_string(refused_) + " " + why_);
      }
      ++looked_at_;
      answers_ += reply->kind == reply_kind::answer;
      answered_[peer] = reply->kind == reply_kind::answer;
    }
    if (i->began >= from_) took_.push_back(now - i->began);
    w.erase(i);
    ++replied_;
    last_reply_ms_ =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    changed_.notify_one();
  }

  const options& o_;
  nats_client& bus_;
  std::vector<std::string> say_;
  std::string run_, prefix_;
  uint64_t seen_ = 0;
  std::atomic<bool> look_at_all_ = false;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::deque<sent_message>> waiting_; // by peer, oldest first
  std::vector<bool> answered_;                    // by peer
  uint64_t sent_ = 0, replied_ = 0, refused_ = 0, resent_ = 0, unexpected_ = 0, answers_ = 0, looked_at_ = 0;
  int64_t from_ = INT64_MAX, last_reply_ms_ = 0;
  std::vector<int64_t> took_;
  std::string why_;
  std::unique_ptr<nats_client::subscription> replies_;
};

} // namespace

int main(int argc, char** argv) {
  auto o = parse(argc, argv);
  auto base = bench::read_questions(o.texts, o.language);
  if (base.empty()) die("no questions in " + o.texts);
  bench::varied_texts varied(base, o.seed);
  uint64_t n = 0;
  auto text = [&] { return o.vary ? varied.next() : base[n++ % base.size()]; };
  for (size_t i = 0; i < o.print; ++i) std::printf("%s\n", text().c_str());
  if (o.print) return 0;

  // 1. Everything that costs is made before: the texts of the whole run, where their number is known.
  nats_config config;
  config.url = o.url, config.name = "bench_load";
  if (auto known = known_creds(o.url, "engine.creds")) config.creds_file = known->string();
  auto bus = nats_client::create(config);
  if (!bus) die(bus.error().message);
  channel c(o, **bus);
  auto send_one = [&] {
    auto sent = c.sent();
    if (sent < o.outstanding || c.wait_replied(sent - o.outstanding + 1, 500ms)) c.send(text(), now_ns());
  };

  // 2. Every text once, so that all of them are cached. Only those that have an answer stay: a customer who hears
  // three times that nobody knows waits for a person, and then nothing is replied to him any more.
  if (o.prime) {
    if (base.size() > o.peers) base.resize(o.peers);
    c.look_at_all(true);
    for (size_t i = 0; i < base.size(); ++i)
      while (c.sent() == i) send_one();
    if (!c.wait_replied(base.size(), 60s)) die("the engine does not answer");
    c.look_at_all(false);
    std::vector<std::string> kept;
    for (size_t i = 0; i < base.size(); ++i)
      if (c.was_answered(i)) kept.push_back(base[i]);
    if (kept.empty()) die("the engine knows none of the questions");
    base = std::move(kept);
    n = 0;
  }

  // 3. The load.
  auto begin = steady::now();
  auto seconds = [](double s) {
    return std::chrono::duration_cast<steady::duration>(std::chrono::duration<double>(s));
  };
  auto measure_from = begin + seconds(o.warmup);
  auto end = o.count ? steady::time_point::max() : measure_from + seconds(o.seconds);
  auto first = c.sent();
  bool measuring = false;
  std::vector<double> cpu;
  auto all_cpu = [&] {
    std::vector<double> out{cpu_s(::getpid())};
    for (auto& [name, pid] : o.watch) out.push_back(cpu_s(pid));
    return out;
  };
  auto next_look = begin;
  while (steady::now() < end && (o.count == 0 || c.sent() - first < o.count)) {
    auto now = steady::now();
    if (!measuring && now >= measure_from) {
      measuring = true;
      cpu = all_cpu();
      measure_from = now;
      c.measure();
    }
    if (o.resend_ms && now >= next_look) {
      next_look = now + 50ms;
      c.resend_overdue();
    }
    if (o.rate > 0) {
      auto due = begin + seconds(static_cast<double>(c.sent() - first) / o.rate);
      std::this_thread::sleep_until(due);
      c.send(text(), due.time_since_epoch().count());
    } else {
      send_one();
    }
  }
  auto last = all_cpu();
  auto stopped = steady::now();
  auto so_far = c.result();
  // 4. What is still under way: of a rate, all of it counts.
  bool drained = false;
  for (int i = 0; i < 400 && !drained; ++i) {
    drained = c.wait_replied(c.sent(), 50ms);
    if (o.resend_ms) c.resend_overdue();
  }
  auto all = c.result();
  auto& r = o.rate > 0 || o.count ? all : so_far;
  if (o.count) stopped = steady::now();

  // 5. What came out.
  std::sort(r.took.begin(), r.took.end());
  auto at = [&](double q) {
    if (r.took.empty()) return 0.0;
    return static_cast<double>(r.took[static_cast<size_t>(q * static_cast<double>(r.took.size() - 1))]) / 1e6;
  };
  auto took = std::chrono::duration<double>(stopped - measure_from).count();
  auto done = std::max<double>(1, static_cast<double>(r.took.size()));
  std::printf("{\"turns_s\":%.1f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,\"turns\":%zu,\"seconds\":%.2f,"
              "\"sent\":%llu,\"lost\":%llu,\"refused\":%llu,\"resent\":%llu,\"unexpected\":%llu,\"last_reply_ms\":%lld,"
              "\"answer_share\":%.3f",
              static_cast<double>(r.took.size()) / took, at(0.5), at(0.99), at(1), r.took.size(), took,
              static_cast<unsigned long long>(c.sent()),
              static_cast<unsigned long long>(c.sent() - all.replied - all.refused),
              static_cast<unsigned long long>(all.refused), static_cast<unsigned long long>(all.resent),
              static_cast<unsigned long long>(all.unexpected), static_cast<long long>(all.last_reply_ms),
              static_cast<double>(r.answers) / std::max<double>(1, static_cast<double>(r.looked_at)));
  if (!cpu.empty()) {
    std::printf(",\"cpu_us\":{\"load\":%.0f", (last[0] - cpu[0]) / done * 1e6);
    for (size_t i = 0; i < o.watch.size(); ++i)
      std::printf(",\"%s\":%.0f", o.watch[i].first.c_str(), (last[i + 1] - cpu[i + 1]) / done * 1e6);
    std::printf("}");
  }
  std::printf("}\n");
  if (!all.why.empty()) std::fprintf(stderr, "bench_load: refused: %s\n", all.why.c_str());
  std::fflush(stdout);
  bus->reset();
  return drained ? 0 : 1;
}
