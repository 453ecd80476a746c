// Customers at the chat page: a WebSocket each, all open at once, messages at a rate counted from when each was due.
// One thread. Each ten customers have an address of their own (127.0.1.x), as the door limits what one address may
// take.
//
//   bench_page_load --port 8080 [--tenant demo] --texts FILE.jsonl [--language en] [--customers 2000] [--rate 200]
//                   [--seconds 10] [--warmup 3]
// A line {"open": N} when all are open, then waits for a line on its input (whoever looks at the engine's memory has
// time to); at the end a line with the latencies from when a message was due to its reply in the customer's feed, and
// of that how late we sent it ourselves, and until the log had it.
#include "actors/http/visitor.hpp"
#include "bench/varied_texts.hpp"

#include <algorithm>
#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <chrono>
#include <cstdio>
#include <deque>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <unordered_map>

namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using steward::tenant_id;
using steady = std::chrono::steady_clock;

[[noreturn]] void die(const std::string& why) {
  std::fprintf(stderr, "bench_page_load: %s\n", why.c_str());
  std::_Exit(1);
}

struct options {
  uint16_t port = 0;
  std::string tenant = "demo", texts, language = "en";
  size_t customers = 2000;
  double rate = 200, seconds = 10, warmup = 3;
};

options parse(int argc, char** argv) {
  options o;
  for (int i = 1; i + 1 < argc; i += 2) {
    std::string n = argv[i], v = argv[i + 1];
    if (n == "--port")
      o.port = static_cast<uint16_t>(std::stoul(v));
    else if (n == "--tenant")
      o.tenant = v;
    else if (n == "--texts")
      o.texts = v;
    else if (n == "--language")
      o.language = v;
    else if (n == "--customers")
      o.customers = std::stoull(v);
    else if (n == "--rate")
      o.rate = std::stod(v);
    else if (n == "--seconds")
      o.seconds = std::stod(v);
    else if (n == "--warmup")
      o.warmup = std::stod(v);
    else
      die("what is " + n + "?");
  }
  if (o.port == 0 || o.texts.empty() || o.customers == 0) die("--port and --texts are needed");
  return o;
}

struct reply {
  std::string to, kind; // no kind: the log has it
};

class customer : public std::enable_shared_from_this<customer> {
public:
  using heard = std::function<void(const reply&)>;
  customer(net::io_context& io, const options& o, size_t number, heard on)
      : ws_(io)
      , o_(o)
      , number_(number)
      , on_(std::move(on)) {}

  void open(std::function<void()> opened) {
    auto& socket = beast::get_lowest_layer(ws_).socket();
    auto host = static_cast<unsigned>(number_ / 10 % 250 + 1);
    socket.open(net::ip::tcp::v4());
    socket.bind({net::ip::make_address("127.0.1." + std::to_string(host)), 0});
    net::ip::tcp::endpoint door{net::ip::make_address("127.0.0.1"), o_.port};
    socket.async_connect(door, [self = shared_from_this(), opened](auto ec) {
      if (ec) die("connecting: " + ec.message());
      beast::get_lowest_layer(self->ws_).socket().set_option(net::ip::tcp::no_delay(true));
      auto cookie = steward::visitor_cookie(tenant_id{self->o_.tenant}, steward::new_visitor_secret(),
                                            steward::cookie_scope::plain);
      cookie.resize(cookie.find(';'));
      self->ws_.set_option(websocket::stream_base::decorator(
          [cookie](websocket::request_type& r) { r.set(beast::http::field::cookie, cookie); }));
      self->ws_.async_handshake("127.0.0.1:" + std::to_string(self->o_.port),
                                "/t/" + self->o_.tenant + "/socket?from=1", [self, opened](auto ec) {
                                  if (ec) die("handshake: " + ec.message());
                                  self->read();
                                  opened();
                                });
    });
  }

  void say(const std::string& id, const std::string& text) {
    nlohmann::json j{{"say", {{"id", id}, {"text", text}, {"language", o_.language}}}};
    out_.push_back(j.dump());
    if (out_.size() == 1) write();
  }

private:
  void write() {
    ws_.async_write(net::buffer(out_.front()), [self = shared_from_this()](auto ec, size_t) {
      if (ec) die("writing: " + ec.message());
      self->out_.pop_front();
      if (!self->out_.empty()) self->write();
    });
  }
  void read() {
    ws_.async_read(in_, [self = shared_from_this()](auto ec, size_t) {
      if (ec) die("reading: " + ec.message());
      self->take(beast::buffers_to_string(self->in_.data()));
      self->in_.consume(self->in_.size());
      self->read();
    });
  }
  void take(const std::string& text) {
    auto j = nlohmann::json::parse(text);
    if (j.contains("ack") && !j["ack"].value("ok", false)) die("refused: " + text);
    if (j.contains("ack")) return on_({j["ack"].value("id", ""), {}});
    if (!j.contains("items")) return;
    for (auto& i : j["items"])
      if (i.contains("in_reply_to")) on_({i["in_reply_to"], i.value("kind", "message")});
  }

  websocket::stream<beast::tcp_stream> ws_;
  const options& o_;
  size_t number_;
  heard on_;
  beast::flat_buffer in_;
  std::deque<std::string> out_;
};

class crowd {
public:
  explicit crowd(options o)
      : o_(std::move(o))
      , timer_(io_) {}

  void run() {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    texts_ = steward::bench::read_questions(o_.texts, o_.language);
    if (texts_.empty()) die("no texts in " + o_.texts);
    for (size_t i = 0; i < o_.customers; ++i)
      all_.push_back(std::make_shared<customer>(io_, o_, i, [this](const reply& r) { on_reply(r); }));
    for (size_t i = 0; i < 32; ++i) open_next();
    io_.run();
  }

private:
  void open_next() {
    if (next_ == all_.size()) return;
    all_[next_++]->open([this] {
      if (++open_ == all_.size()) return hold();
      open_next();
    });
  }

  void hold() {
    std::printf("{\"open\": %zu}\n", open_);
    std::fflush(stdout);
    std::string line;
    std::getline(std::cin, line);
    // Each text once: then it is cached, and known for one that is answered.
    for (size_t i = 0; i < texts_.size(); ++i) {
      auto id = "prime-" + std::to_string(i);
      priming_[id] = i;
      all_[i % all_.size()]->say(id, texts_[i]);
    }
  }

  void on_reply(const reply& r) {
    if (r.kind.empty()) {
      if (auto s = sent_.find(r.to); s != sent_.end() && s->second.counts) logged_.push_back(since(s->second.due));
      return;
    }
    if (auto p = priming_.find(r.to); p != priming_.end()) {
      if (r.kind == "answer") answered_.push_back(texts_[p->second]);
      priming_.erase(p);
      if (priming_.empty()) begin();
      return;
    }
    auto s = sent_.find(r.to);
    if (s == sent_.end()) return;
    if (s->second.counts) {
      took_.push_back(since(s->second.due));
      if (took_.back() > slow_ms) spells_.push_back(std::chrono::duration<double>(s->second.due - began_).count());
    }
    answers_ += r.kind == "answer";
    sent_.erase(s);
  }

  void begin() {
    if (answered_.empty()) die("nothing is answered");
    began_ = steady::now();
    next_due();
  }

  void next_due() {
    auto due = began_ + std::chrono::duration_cast<steady::duration>(
                            std::chrono::duration<double>(static_cast<double>(turns_) / o_.rate));
    if (due >
        began_ + std::chrono::duration_cast<steady::duration>(std::chrono::duration<double>(o_.warmup + o_.seconds))) {
      timer_.expires_after(std::chrono::seconds(2)); // for the last replies
      return timer_.async_wait([this](auto) { end(); });
    }
    timer_.expires_at(due);
    timer_.async_wait([this, due](auto) {
      auto id = "t-" + std::to_string(turns_);
      auto warm = std::chrono::duration<double>(due - began_).count() >= o_.warmup;
      sent_[id] = {due, warm};
      if (warm) late_.push_back(since(due));
      // Not in the order in which they came: neighbours have one address.
      all_[turns_ * 787 % all_.size()]->say(id, answered_[turns_ % answered_.size()]);
      ++turns_;
      next_due();
    });
  }

  static double since(steady::time_point t) {
    return std::chrono::duration<double, std::milli>(steady::now() - t).count();
  }

  static double at(std::vector<double>& all, double q) {
    std::sort(all.begin(), all.end());
    return all.empty() ? 0.0 : all[static_cast<size_t>(q * static_cast<double>(all.size() - 1))];
  }

  /// When the slow ones were due: each spell of them begins a tenth of a second or more after the one before.
  std::string spells() {
    std::sort(spells_.begin(), spells_.end());
    std::string out;
    double last = -1;
    size_t n = 0;
    for (auto s : spells_) {
      if (s - last >= 0.1 && ++n <= most_spells) out += (out.empty() ? "" : ", ") + std::to_string(s).substr(0, 5);
      last = s;
    }
    return "{\"spells\": " + std::to_string(n) + ", \"messages\": " + std::to_string(spells_.size()) + ", \"at_s\": [" +
           out + "]}";
  }

  void end() {
    std::printf(
        "{\"turns\": %zu, \"p50_ms\": %.2f, \"p99_ms\": %.2f, \"max_ms\": %.2f, \"lost\": %zu, \"answers\": %zu, "
        "\"texts\": %zu, \"logged_p50_ms\": %.2f, \"logged_p99_ms\": %.2f, \"late_p50_ms\": %.2f, "
        "\"late_p99_ms\": %.2f, \"over_30_ms\": %s}\n",
        took_.size(), at(took_, 0.5), at(took_, 0.99), at(took_, 1), sent_.size(), answers_, answered_.size(),
        at(logged_, 0.5), at(logged_, 0.99), at(late_, 0.5), at(late_, 0.99), spells().c_str());
    std::fflush(stdout);
    std::_Exit(0);
  }

  struct sent {
    steady::time_point due;
    bool counts = false;
  };
  options o_;
  net::io_context io_{1};
  net::steady_timer timer_;
  std::vector<std::string> texts_, answered_;
  std::vector<std::shared_ptr<customer>> all_;
  size_t next_ = 0, open_ = 0, turns_ = 0, answers_ = 0;
  std::unordered_map<std::string, size_t> priming_;
  std::unordered_map<std::string, sent> sent_;
  static constexpr double slow_ms = 30;
  static constexpr size_t most_spells = 20;
  std::vector<double> spells_;               // seconds from the beginning
  std::vector<double> took_, logged_, late_; // from when each was due
  steady::time_point began_;
};

} // namespace

int main(int argc, char** argv) { crowd(parse(argc, argv)).run(); }
