#include "actors/http/http_connection.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <thread>

namespace steward {

namespace net = boost::asio;
using net::ip::tcp;
using error = boost::system::error_code;

namespace {

constexpr size_t most_refusals = 200; // at a time; beyond them connections are closed without a word

class beast_door final : public http_door {
public:
  beast_door(http_config config, http_engine engine)
      : acceptor_(net::make_strand(core_.ioc))
      , pause_(acceptor_.get_executor()) {
    core_.config = std::move(config);
    core_.engine = std::move(engine);
    auto& c = core_.config;
    core_.clients = std::make_unique<client_limits>(c.page_per_second, c.page_burst, c.sockets_per_address);
  }

  ~beast_door() override { stop(); }

  status open() {
    auto proxies = trusted_proxies::create(core_.config.trusted_proxies);
    if (!proxies) return proxies.error();
    core_.proxies = std::move(*proxies);
    auto where = core_.config.host + ":" + std::to_string(core_.config.port);
    error ec;
    tcp::resolver resolver(core_.ioc);
    auto found = resolver.resolve(core_.config.host, std::to_string(core_.config.port), tcp::resolver::passive, ec);
    if (ec || found.empty())
      return {errc::bad_request, "HTTP: '" + core_.config.host + "' is no address of this machine: " + ec.message()};
    auto endpoint = found.begin()->endpoint();
    acceptor_.open(endpoint.protocol(), ec);
    if (!ec) acceptor_.set_option(net::socket_base::reuse_address(true), ec);
    if (!ec) acceptor_.bind(endpoint, ec);
    if (!ec) acceptor_.listen(net::socket_base::max_listen_connections, ec);
    if (ec == net::error::address_in_use)
      return {errc::unavailable,
              "HTTP: another program listens on " + where + "; choose another port, or 0 for a free one"};
    if (ec) return {errc::unavailable, "HTTP: cannot listen on " + where + ": " + ec.message()};
    port_ = acceptor_.local_endpoint().port();
    accept();
    for (uint32_t i = 0; i < std::max(1u, core_.config.threads); ++i)
      threads_.emplace_back([this] { core_.ioc.run(); });
    return success();
  }

  uint16_t port() const override { return port_; }

private:
  void accept() {
    acceptor_.async_accept(net::make_strand(core_.ioc), [this](error ec, tcp::socket socket) {
      if (core_.stopping || ec == net::error::operation_aborted) return;
      if (ec) return rest(); // out of descriptors, mostly: what is open goes on, and some will close
      welcome(std::move(socket));
      accept();
    });
  }

  void rest() {
    pause_.expires_after(std::chrono::milliseconds(100));
    pause_.async_wait([this](error ec) {
      if (!ec && !core_.stopping) accept();
    });
  }

  void welcome(tcp::socket socket) {
    std::shared_ptr<http_connection> c;
    {
      std::lock_guard lock(core_.mutex);
      if (core_.open.size() < core_.config.connections) {
        c = std::make_shared<http_connection>(std::move(socket), core_, http_connection::welcome::served);
        core_.open.emplace(c.get(), c);
      } else if (core_.refused < most_refusals) {
        c = std::make_shared<http_connection>(std::move(socket), core_, http_connection::welcome::refused);
        ++core_.refused;
      }
    }
    if (c) c->start();
  }

  void stop() {
    core_.stopping = true;
    net::post(acceptor_.get_executor(), [this] {
      error ignored;
      acceptor_.close(ignored);
      pause_.cancel();
    });
    for (auto& c : connections()) c->stop();
    if (!threads_.empty()) {
      std::unique_lock lock(core_.mutex);
      core_.changed.wait_for(lock, std::chrono::seconds(1), [this] { return core_.open.empty(); });
    }
    core_.ioc.stop();
    for (auto& t : threads_) t.join();
    {
      std::unique_lock lock(core_.gate->mutex);
      core_.gate->open = false;
    }
    for (auto& c : connections()) c->abandon(); // what waits for a feed holds itself until it is told
  }

  std::vector<std::shared_ptr<http_connection>> connections() {
    std::vector<std::shared_ptr<http_connection>> out;
    std::lock_guard lock(core_.mutex);
    for (auto& [at, weak] : core_.open)
      if (auto c = weak.lock()) out.push_back(std::move(c));
    return out;
  }

  http_core core_;
  tcp::acceptor acceptor_;
  net::steady_timer pause_;
  std::vector<std::thread> threads_;
  uint16_t port_ = 0;
};

} // namespace

result<std::unique_ptr<http_door>> http_door::create(http_config config, http_engine engine) {
  auto door = std::make_unique<beast_door>(std::move(config), std::move(engine));
  if (auto opened = door->open(); !opened) return opened.error();
  return std::unique_ptr<http_door>(std::move(door));
}

} // namespace steward
