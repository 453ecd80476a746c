// The face: JetStream's calls in terms of requests. All the work is in nats_connection.
#include "actors/bus/nats_client.hpp"
#include "actors/bus/js_protocol.hpp"
#include "actors/bus/nats_connection.hpp"

namespace steward {
namespace {
using namespace std::chrono_literals;

template <class T>
pending_requests::handler parsed(result<T> (*parse)(std::string_view), nats_client::callback<T> f) {
  return [parse, f = std::move(f)](result<bus_message> r) { f(r ? parse(r->data) : result<T>(std::move(r).error())); };
}

class client final : public nats_client {
public:
  explicit client(std::shared_ptr<nats_connection> c)
      : c_(std::move(c)) {}
  ~client() override { c_->close(); }

  server_info server() const override { return c_->info(); }
  connection_state state() const override { return c_->state(); }
  void on_state(std::function<void(connection_state)> f) override { c_->listen(std::move(f)); }
  void flush() override { c_->flush(1s); }

  void publish(std::string_view subject, std::string_view data, const headers& h, std::string_view reply) override {
    c_->publish(subject, data, h, reply);
  }
  void request(std::string_view subject, std::string_view data, std::chrono::milliseconds timeout, const headers& h,
               callback<bus_message> f) override {
    c_->request(subject, data, timeout, h, std::move(f));
  }
  result<std::unique_ptr<subscription>> subscribe(std::string_view subject, std::string_view queue,
                                                  std::function<void(bus_message)> f) override {
    return c_->subscribe(subject, queue, std::move(f));
  }

  void js_publish(std::string_view subject, std::string_view data, const headers& h, std::chrono::milliseconds timeout,
                  callback<publish_ack> f) override {
    c_->request(subject, data, timeout, h, parsed(js::parse_publish_ack, std::move(f)));
  }
  void js_ensure(const subjects::stream_definition& d, uint32_t replicas, callback<stream_info> f) override {
    auto config = js::stream_config(d, replicas);
    auto update = js::update_stream(d.name);
    c_->ask(js::create_stream(d.name), config,
            parsed<stream_info>(js::parse_stream_info, [c = c_, config, update, f](result<stream_info> r) {
              if (r || !js::is_other_definition(r.error())) return f(std::move(r));
              c->ask(update, config, parsed(js::parse_stream_info, f));
            }));
  }
  void js_info(const std::string& stream, callback<stream_info> f) override {
    c_->ask(js::stream_info_of(stream), {}, parsed(js::parse_stream_info, std::move(f)));
  }
  void js_get(const std::string& stream, uint64_t seq, callback<std::optional<stored_message>> f) override {
    c_->ask(js::get_message(stream), js::get_by_seq(seq), parsed(js::parse_stored, std::move(f)));
  }
  void js_last(const std::string& stream, const std::string& subject,
               callback<std::optional<stored_message>> f) override {
    c_->ask(js::get_message(stream), js::get_last(subject), parsed(js::parse_stored, std::move(f)));
  }
  void js_purge(const std::string& stream, uint64_t keep_from, const std::string& subject,
                callback<uint64_t> f) override {
    // To a server, "before 0" and an empty filter mean everything.
    if (subject.empty() && keep_from <= 1) return c_->post([f = std::move(f)] { f(uint64_t{0}); });
    c_->ask(js::purge_stream(stream), subject.empty() ? js::purge_before(keep_from) : js::purge_subject(subject),
            parsed(js::parse_purged, std::move(f)));
  }
  void js_erase(const std::string& stream, uint64_t seq, callback<bool> f) override {
    c_->ask(js::delete_message(stream), js::erase_seq(seq), parsed(js::parse_erased, std::move(f)));
  }
  std::unique_ptr<stream_reading> js_read(read_options o, std::function<void(read_event)> f) override {
    return c_->read(std::move(o), std::move(f));
  }

private:
  std::shared_ptr<nats_connection> c_;
};

} // namespace

std::string_view bus_message::header(std::string_view name) const {
  for (auto& [n, value] : head)
    if (n == name) return value;
  return {};
}

result<std::unique_ptr<nats_client>> nats_client::create(nats_config config) {
  auto c = nats_connection::open(std::move(config));
  if (!c) return std::move(c).error();
  return std::unique_ptr<nats_client>(std::make_unique<client>(std::move(*c)));
}

} // namespace steward
