#include "tests/clients/cli/fake_engine.hpp"
#include "messages/subjects.hpp"

#include <iostream>
#include <unistd.h>

namespace steward::test {

fake_engine::fake_engine() {
  if (!find_nats_server()) {
    std::cout << "SKIP: no nats-server on this machine (scripts/setup run)\n";
    return;
  }
  std::string name = (std::filesystem::temp_directory_path() / "steward-cli-XXXXXX").string();
  folder_ = ::mkdtemp(name.data());
  auto server = nats_server::start({.folder = folder_, .sync = sync_mode::interval});
  BOOST_TEST_REQUIRE(server.ok(), (server.ok() ? "" : server.error().message));
  server_ = std::move(*server);
  auto bus = nats_client::create({.url = server_->url(), .name = "fake engine"});
  BOOST_TEST_REQUIRE(bus.ok());
  bus_ = std::move(*bus);
}

fake_engine::~fake_engine() {
  subscriptions_.clear();
  bus_.reset();
  server_.reset();
  std::error_code e;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, e);
}

void fake_engine::on(const std::string& subject, answer a) {
  // An operator's action arrives under the operator's name or not at all.
  auto heard = subjects::is_action(subject) ? subjects::by("*", subject) : subject;
  auto s = bus_->subscribe(heard, "", [this, a](bus_message m) {
    {
      std::lock_guard lock(mutex_);
      auto action = subjects::parse_by(m.subject);
      seen_[action ? action->subject : m.subject] = m.data;
    }
    auto text = a(m.data);
    if (!text.empty() && !m.reply.empty()) bus_->publish(m.reply, text);
  });
  BOOST_TEST_REQUIRE(s.ok());
  subscriptions_.push_back(std::move(*s));
  bus_->flush();
}

void fake_engine::publish(const std::string& subject, const std::string& payload) {
  bus_->publish(subject, payload);
  bus_->flush();
}

std::vector<std::string> fake_engine::line(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), {STEWARD_PROGRAM, "--nats", url()});
  return arguments;
}

ended fake_engine::run(std::vector<std::string> arguments, const std::string& input) const {
  return run_command(line(std::move(arguments)), input, environment());
}

} // namespace steward::test
