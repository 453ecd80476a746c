// The yardstick: what NATS, its client and this machine do without any engine. Per turn: a customer's message is
// published to its IN_<p>, read in order, committed to TURN_<p> with the expected last sequence (one commit in flight
// per partition), the reply is published to REPLY, and the generator, which listens there, hears it: then the turn is
// over. Server, generator and loop share the machine, as in every other figure here.
//
//   bench_bare_loop [--seconds 10] [--outstanding 256 | --rate 200] [--sync always|interval] [--server PATH]
//                   [--folder DIR]
// One JSON object a line: {"figure","value","unit", …}.
#include "actors/bus/nats_client.hpp"
#include "actors/bus/nats_server.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>
#include <thread>
#include <unistd.h>

using namespace steward;
using namespace std::chrono_literals;
using steady = std::chrono::steady_clock;

namespace {

constexpr size_t input_bytes = 600, record_bytes = 900, reply_bytes = 400;
constexpr size_t replies_on_their_way = 32; // of a partition, as in the engine (core_config::peers_in_delivery)
constexpr auto patience = 10s;

// A reply is heard before the disk has it; the last ones' acknowledgements may still be out when all is measured.
std::atomic<bool> over = false;

[[noreturn]] void die(const std::string& why) {
  std::fprintf(stderr, "bare_loop: %s\n", why.c_str());
  std::exit(1);
}

int64_t now_ns() { return steady::now().time_since_epoch().count(); }

/// Processor seconds of a process.
double cpu_s(int pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
  std::string all((std::istreambuf_iterator<char>(in)), {});
  std::istringstream rest(all.substr(all.rfind(')') + 2));
  std::string skip;
  for (int i = 0; i < 11; ++i) rest >> skip;
  double user = 0, system = 0;
  rest >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

/// Turns that are done and how long each took.
class tally {
public:
  void done(int64_t began) {
    auto now = now_ns();
    std::lock_guard lock(mutex_);
    ++total_;
    if (began >= from_) took_.push_back(now - began);
    changed_.notify_one();
  }
  void count_from(int64_t t) {
    std::lock_guard lock(mutex_);
    from_ = t;
    took_.clear();
  }
  std::vector<int64_t> take() {
    std::lock_guard lock(mutex_);
    return std::exchange(took_, {});
  }
  bool wait_total(uint64_t n, std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, limit, [&] { return total_ >= n; });
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  uint64_t total_ = 0;
  int64_t from_ = INT64_MAX;
  std::vector<int64_t> took_;
};

/// One partition: reads, commits one after the other, delivers.
class partition {
public:
  partition(nats_client& bus, uint8_t p)
      : bus_(bus)
      , subject_(subjects::turn({p}, tenant_id{"demo"}, entity_id{"bench"})) {
    reply_ = subjects::reply(tenant_id{"demo"}, channel_id{"bench"}, peer_id{"peer" + std::to_string(p)});
    std::lock_guard lock(mutex_);
    reading_ = bus.js_read({.stream = subjects::in_stream({p})}, [this](read_event e) { on_input(std::move(e)); });
    reading_->grant(1024);
  }

private:
  void on_input(read_event e) {
    if (e.lost) die("reading lost: " + e.lost->message);
    std::unique_lock lock(mutex_);
    reading_->grant(1);
    waiting_.push_back(std::move(e.message));
    if (!committing_) go_on(lock);
  }

  void commit(std::unique_lock<std::mutex>& lock) {
    auto input = std::move(waiting_.front());
    waiting_.pop_front();
    auto expected = std::to_string(last_);
    lock.unlock();
    int64_t began = 0;
    std::memcpy(&began, input.data.data(), sizeof began);
    std::string record = std::move(input.data);
    record.resize(record_bytes, 'r');
    bus_.js_publish(subject_, record, {{expected_last_sequence, expected}}, patience, [this, began](auto ack) {
      if (!ack) die("commit: " + ack.error().message);
      std::unique_lock next(mutex_);
      last_ = ack->seq;
      ++delivering_;
      go_on(next);
      std::string reply(reply_bytes, 'a');
      std::memcpy(reply.data(), &began, sizeof began);
      bus_.js_publish(reply_, reply, {}, patience, [this](auto delivered) {
        if (over) return;
        if (!delivered) die("reply: " + delivered.error().message);
        std::unique_lock next(mutex_);
        --delivering_;
        if (!committing_) go_on(next);
      });
    });
  }

  /// No more replies on their way than the engine has: a reply is heard before it is stored, and a loop that did not
  /// wait would be measured by a debt to the disk that it never pays.
  void go_on(std::unique_lock<std::mutex>& lock) {
    committing_ = !waiting_.empty() && delivering_ < replies_on_their_way;
    if (committing_)
      commit(lock);
    else
      lock.unlock();
  }

  nats_client& bus_;
  const std::string subject_;
  std::string reply_;
  std::mutex mutex_;
  std::deque<stored_message> waiting_;
  bool committing_ = false;
  size_t delivering_ = 0;
  uint64_t last_ = 0;
  std::unique_ptr<stream_reading> reading_;
};

class generator {
public:
  generator(nats_client& bus, tally& t)
      : bus_(bus) {
    auto heard = bus.subscribe("reply.demo.bench.*", "", [&t](bus_message m) {
      int64_t began = 0;
      std::memcpy(&began, m.data.data(), std::min(sizeof began, m.data.size()));
      t.done(began);
    });
    if (!heard) die("cannot listen for replies: " + heard.error().message);
    replies_ = std::move(*heard);
    // The customers of bench_load, who are not spread evenly: the fullest partition has an eighth more than its share.
    for (int i = 0; i < 5000; ++i) {
      peer_id peer{"p" + std::to_string(i)};
      partitions_.push_back(
          partition_of(tenant_id{"demo"}, conversation_id(tenant_id{"demo"}, channel_id{"kiosk"}, {}, peer)));
    }
  }
  void send(int64_t began) {
    auto n = ++sent_;
    std::string text(input_bytes, 'i');
    std::memcpy(text.data(), &began, sizeof began);
    auto p = partitions_[n % partitions_.size()];
    bus_.js_publish(subjects::in(p, tenant_id{"demo"}), text, {{message_id_header, "bench:" + std::to_string(n)}},
                    patience, [](auto ack) {
                      if (!ack) die("input: " + ack.error().message);
                    });
  }
  uint64_t sent() const { return sent_; }

private:
  nats_client& bus_;
  std::vector<partition_id> partitions_; // of each customer
  std::unique_ptr<nats_client::subscription> replies_;
  std::atomic<uint64_t> sent_ = 0;
};

struct options {
  double seconds = 10;
  uint64_t outstanding = 256;
  double rate = 0;
  sync_mode sync = sync_mode::interval;
  std::string server, folder;
};

options parse(int argc, char** argv) {
  options o;
  for (int i = 1; i < argc; i += 2) {
    std::string name = argv[i];
    if (i + 1 == argc) die("what is " + name + "?");
    std::string value = argv[i + 1];
    if (name == "--seconds")
      o.seconds = std::stod(value);
    else if (name == "--outstanding")
      o.outstanding = std::stoull(value);
    else if (name == "--rate")
      o.rate = std::stod(value);
    else if (name == "--sync")
      o.sync = value == "always" ? sync_mode::always : sync_mode::interval;
    else if (name == "--server")
      o.server = value;
    else if (name == "--folder")
      o.folder = value;
    else
      die("what is " + name + "?");
  }
  return o;
}

} // namespace

int main(int argc, char** argv) {
  auto o = parse(argc, argv);
  // 1. A server of its own.
  std::string made;
  if (o.folder.empty()) {
    made = (std::filesystem::temp_directory_path() / "steward-bare-loop-XXXXXX").string();
    if (!::mkdtemp(made.data())) die("no temporary folder");
    o.folder = made;
  }
  auto server = nats_server::start({.binary = o.server, .folder = o.folder, .sync = o.sync});
  if (!server) die(server.error().message);
  auto connect = [&](const char* name) {
    auto c = nats_client::create({.url = (*server)->url(), .name = name});
    if (!c) die(c.error().message);
    return std::move(*c);
  };
  auto outside = connect("generator"), bus = connect("loop");

  // 2. The streams.
  tally streams;
  uint64_t count = 0;
  for (auto& d : subjects::all_streams()) {
    bus->js_ensure(d, 1, [&](auto r) {
      if (!r) die(r.error().message);
      streams.done(0);
    });
    ++count;
  }
  if (!streams.wait_total(count, patience)) die("the streams were not made in time");

  // 3. The loop, and the load.
  tally turns;
  std::vector<std::unique_ptr<partition>> partitions;
  for (uint8_t p = 0; p < partition_count; ++p) partitions.push_back(std::make_unique<partition>(*bus, p));
  generator load(*outside, turns);
  auto begin = steady::now();
  auto measure_from = begin + 1s;
  auto end = measure_from + std::chrono::duration_cast<steady::duration>(std::chrono::duration<double>(o.seconds));
  bool measuring = false;
  double own_cpu = 0, server_cpu = 0;
  while (steady::now() < end) {
    if (!measuring && steady::now() >= measure_from) {
      measuring = true;
      own_cpu = cpu_s(::getpid()), server_cpu = cpu_s((*server)->pid());
      turns.count_from(now_ns());
    }
    if (o.rate > 0) {
      auto due = begin + std::chrono::duration_cast<steady::duration>(
                             std::chrono::duration<double>(static_cast<double>(load.sent()) / o.rate));
      std::this_thread::sleep_until(due);
      load.send(due.time_since_epoch().count()); // from when it was due, not from when we got to it
    } else {
      auto sent = load.sent();
      if (sent < o.outstanding || turns.wait_total(sent - o.outstanding + 1, 1s)) load.send(now_ns());
    }
  }
  auto took = turns.take();
  own_cpu = cpu_s(::getpid()) - own_cpu;
  server_cpu = cpu_s((*server)->pid()) - server_cpu;
  if (!turns.wait_total(load.sent(), patience)) die("some turns never ended");

  over = true;

  // 4. What came out.
  if (took.empty()) die("no turn was done");
  std::sort(took.begin(), took.end());
  auto at = [&](double q) {
    return static_cast<double>(took[static_cast<size_t>(q * static_cast<double>(took.size() - 1))]) / 1e6;
  };
  auto turns_s = static_cast<double>(took.size()) / o.seconds;
  std::string where = "\"server\":\"" + (*server)->version().text() + "\",\"sync\":\"" +
                      ((*server)->power_safe() ? "always" : "interval") + "\"";
  auto print = [&](const char* figure, double value, const char* unit) {
    std::printf("{\"figure\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"goal\":null,%s}\n", figure, value, unit,
                where.c_str());
  };
  if (o.rate > 0)
    where += ",\"rate\":" + std::to_string(static_cast<int>(o.rate));
  else
    where += ",\"outstanding\":" + std::to_string(o.outstanding);
  print("bare_loop_turns", turns_s, "1/s");
  print("bare_loop_p50", at(0.50), "ms");
  print("bare_loop_p99", at(0.99), "ms");
  print("bare_loop_own_cpu", own_cpu / static_cast<double>(took.size()) * 1e6, "us/turn");
  print("bare_loop_server_cpu", server_cpu / static_cast<double>(took.size()) * 1e6, "us/turn");

  partitions.clear();
  outside.reset();
  bus.reset();
  server->reset();
  if (!made.empty()) std::filesystem::remove_all(made);
}
