// Streams in memory behind the interface of the NATS client; every answer comes at once, unless it is held.
#pragma once
#include "actors/bus/nats_client.hpp"

#include <map>

namespace steward {

class fake_bus : public nats_client {
public:
  struct stream {
    uint64_t created = 1;
    std::vector<stored_message> messages; // sequence 1 first
  };
  std::map<std::string, stream> streams;
  std::vector<std::function<void()>> held; // acknowledgements of TURN, while hold
  bool hold = false;

  static std::string stream_of(std::string_view subject) {
    auto dot = subject.find('.');
    auto kind = subject.substr(0, dot);
    if (kind == "dlq") return "DLQ";
    if (kind == "reply") return "REPLY";
    auto number = std::string(subject.substr(dot + 1, subject.find('.', dot + 1) - dot - 1));
    return (kind == "in" ? "IN_" : "TURN_") + number;
  }
  uint64_t append(std::string_view subject, std::string_view data) {
    auto name = stream_of(subject);
    auto& s = streams[name];
    auto seq = s.messages.size() + 1;
    s.messages.push_back({seq, std::string(subject), {}, std::string(data), 0});
    for (auto& r : readings_)
      if (auto x = r.lock()) pump(*x);
    return seq;
  }
  template <class T>
  std::vector<T> all(const std::string& name) {
    std::vector<T> out;
    for (auto& m : streams[name].messages) out.push_back(*decode<T>(m.data, {.bytes = 8 << 20}));
    return out;
  }

  server_info server() const override { return {}; }
  connection_state state() const override { return connection_state::connected; }
  void on_state(std::function<void(connection_state)>) override {}
  void publish(std::string_view, std::string_view, const headers&, std::string_view) override {}
  void request(std::string_view, std::string_view, std::chrono::milliseconds, const headers&,
               callback<bus_message> f) override {
    f(failure{errc::timeout, "nobody"});
  }
  result<std::unique_ptr<subscription>> subscribe(std::string_view, std::string_view,
                                                  std::function<void(bus_message)>) override {
    return std::make_unique<subscription>();
  }
  void js_publish(std::string_view subject, std::string_view data, const headers& head, std::chrono::milliseconds,
                  callback<publish_ack> f) override {
    auto name = stream_of(subject);
    if (data.size() > static_cast<size_t>(server().max_payload)) return f(failure{errc::too_large, "too large"});
    for (auto& [k, v] : head)
      if (k == expected_last_sequence && v != std::to_string(streams[name].messages.size()))
        return f(failure{errc::conflict, "wrong last sequence"});
    publish_ack ack;
    ack.stream = name, ack.seq = append(subject, data);
    if (hold && name.starts_with("TURN"))
      held.push_back([f, ack] { f(ack); });
    else
      f(ack);
  }
  void js_ensure(const subjects::stream_definition& d, uint32_t, callback<stream_info> f) override { f(info(d.name)); }
  void js_info(const std::string& name, callback<stream_info> f) override { f(info(name)); }
  void js_get(const std::string& name, uint64_t seq, callback<std::optional<stored_message>> f) override {
    auto& m = streams[name].messages;
    f(seq >= 1 && seq <= m.size() ? std::optional(m[seq - 1]) : std::nullopt);
  }
  void js_last(const std::string& name, const std::string& subject,
               callback<std::optional<stored_message>> f) override {
    auto& m = streams[name].messages;
    for (auto i = m.rbegin(); i != m.rend(); ++i)
      if (subject == ">" || i->subject == subject) return f(std::optional(*i));
    f(std::optional<stored_message>());
  }
  void js_purge(const std::string&, uint64_t, const std::string&, callback<uint64_t> f) override { f(uint64_t{0}); }
  void js_erase(const std::string&, uint64_t, callback<bool> f) override { f(false); }
  std::unique_ptr<stream_reading> js_read(read_options o, std::function<void(read_event)> f) override {
    auto x = std::make_shared<reading_state>(reading_state{std::move(o), std::move(f)});
    readings_.push_back(x);
    return std::make_unique<reading>(*this, x);
  }
  void flush() override {}

private:
  struct reading_state {
    read_options options;
    std::function<void(read_event)> tell;
    uint64_t credit = 0, consumer_seq = 0;
  };
  struct reading final : stream_reading {
    reading(fake_bus& b, std::shared_ptr<reading_state> s)
        : bus(b)
        , x(std::move(s)) {}
    void grant(uint32_t n) override {
      x->credit += n;
      bus.pump(*x);
    }
    fake_bus& bus;
    std::shared_ptr<reading_state> x;
  };
  stream_info info(const std::string& name) {
    auto& s = streams[name];
    return {s.created, 1, s.messages.size(), s.messages.size(), 0};
  }
  void pump(reading_state& x) {
    auto& m = streams[x.options.stream].messages;
    while (x.credit > 0 && x.options.from_seq <= m.size()) {
      --x.credit;
      read_event e;
      e.message = m[x.options.from_seq++ - 1];
      e.consumer_seq = ++x.consumer_seq;
      e.pending = m.size() + 1 - x.options.from_seq;
      x.tell(std::move(e));
    }
  }
  std::vector<std::weak_ptr<reading_state>> readings_;
};

} // namespace steward
