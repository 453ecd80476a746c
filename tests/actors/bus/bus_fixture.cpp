#include "tests/actors/bus/bus_fixture.hpp"

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <set>

namespace steward::test {
namespace fs = std::filesystem;

temp_folder::temp_folder() {
  auto pattern = (fs::temp_directory_path() / "steward-bus-XXXXXX").string();
  path = ::mkdtemp(pattern.data());
}
temp_folder::~temp_folder() {
  std::error_code e;
  fs::remove_all(path, e);
}

bus_fixture::bus_fixture(fs::path b)
    : binary(std::move(b)) {
  start();
  bus = connect();
}
bus_fixture::~bus_fixture() {
  bus.reset();
  server.reset();
}

std::unique_ptr<nats_client> bus_fixture::connect() {
  auto c = nats_client::create({.url = server->url(), .name = "test"});
  if (!c) BOOST_FAIL(c.error().message);
  return std::move(*c);
}

void bus_fixture::start(uint16_t port) {
  auto s = nats_server::start({.binary = binary, .folder = folder.path, .port = port, .sync = sync_mode::interval});
  if (!s) BOOST_FAIL(s.error().message);
  server = std::move(*s);
}

void bus_fixture::kill_server() {
  ::kill(server->pid(), SIGKILL);
  server->stop();
}

stream_info bus_fixture::make_stream(const std::string& name) {
  auto r = wait_for<stream_info>([&](auto f) { bus->js_ensure({name, {name + ".>"}}, 1, f); });
  if (!r) BOOST_FAIL(r.error().message);
  return *r;
}

publish_ack bus_fixture::must_publish(const std::string& subject, const std::string& data, const headers& h) {
  auto r = wait_for<publish_ack>([&](auto f) { bus->js_publish(subject, data, h, 5s, f); });
  if (!r) BOOST_FAIL(r.error().message);
  return *r;
}

std::vector<fs::path> server_binaries() {
  // One binary per version: the newest that setup fetched, and Debian's.
  std::vector<fs::path> out;
  std::set<std::string> versions;
  auto add = [&](const fs::path& p) {
    auto found = find_nats_server(p);
    if (!found) return;
    auto v = version_of(*found);
    if (v && versions.insert(v->text()).second) out.push_back(*found);
  };
  add({});
  add("/usr/sbin/nats-server");
  static bool told = false;
  if (!std::exchange(told, true) && out.size() < 2)
    std::cout << "SKIP: only " << out.size() << " nats-server found; scripts/setup run fetches the newer one\n";
  return out;
}

void run_on_all(const char*, void (*body)(bus_fixture&)) {
  static const auto binaries = server_binaries();
  BOOST_REQUIRE(!binaries.empty());
  for (auto& b : binaries) {
    BOOST_TEST_CONTEXT(b.string()) {
      bus_fixture f(b);
      body(f);
    }
  }
}

} // namespace steward::test
