#include "tests/actors/bus/bus_fixture.hpp"

#include <csignal>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

using namespace steward;
using namespace steward::test;

BOOST_AUTO_TEST_SUITE(nats_server_suite)

BOOST_AUTO_TEST_CASE(versions_are_parsed) {
  auto v = parse_server_version("nats-server: v2.15.1\n");
  BOOST_REQUIRE(v);
  BOOST_TEST(v->text() == "2.15.1");
  BOOST_TEST((parse_server_version("nats-server: v2.9.10").value() < server_version{2, 10, 0}));
  BOOST_TEST((parse_server_version("nats-server: v2.11.0-RC.3").value() == server_version{2, 11, 0}));
  for (auto* s : {"", "nats-server", "nats-server: vX", "usage: v"}) BOOST_TEST(!parse_server_version(s), s);
}

BOOST_AUTO_TEST_CASE(missing_binary_is_told) {
  temp_folder t;
  auto s = nats_server::start({.binary = t.path / "none", .folder = t.path});
  BOOST_REQUIRE(!s.ok());
  BOOST_TEST((s.error().code == errc::not_found));
}

BUS_TEST(death_is_told) {
  collected<std::string> deaths;
  temp_folder t;
  auto s = nats_server::start({.binary = f.binary, .folder = t.path}, [&](std::string how) { deaths.add(how); });
  BOOST_REQUIRE(s.ok());
  BOOST_TEST((*s)->power_safe() == ((*s)->version() >= server_version{2, 10, 0}));
  ::kill((*s)->pid(), SIGKILL);
  BOOST_REQUIRE(deaths.wait(1));
  BOOST_TEST(deaths.all()[0] == "signal 9");
  auto port = (*s)->port();
  *s = nullptr;
  auto again = nats_server::start({.binary = f.binary, .folder = t.path, .port = port},
                                  [&](std::string how) { deaths.add(how); });
  BOOST_REQUIRE(again.ok());
  BOOST_TEST((*again)->port() == port);
  (*again)->stop();
  (*again)->stop();
  *again = nullptr;
  BOOST_TEST(deaths.all().size() == 1u); // stop() is not a death
}

BUS_TEST(taken_port_is_told) {
  temp_folder t;
  auto s = nats_server::start({.binary = f.binary, .folder = t.path, .port = f.server->port()});
  // The port answers, yet it is the server of somebody else.
  BOOST_REQUIRE(!s.ok());
  BOOST_TEST(s.error().message.find("in use") != std::string::npos, s.error().message);
}

BUS_TEST(no_server_outlives_its_engine) {
  temp_folder t;
  int ends[2];
  BOOST_REQUIRE(::pipe(ends) == 0);
  auto engine = ::fork();
  if (engine == 0) {
    auto s = nats_server::start({.binary = f.binary, .folder = t.path});
    int pid = s ? (*s)->pid() : 0;
    if (::write(ends[1], &pid, sizeof pid) < 0) ::_exit(1);
    ::pause();
  }
  int pid = 0;
  BOOST_REQUIRE(::read(ends[0], &pid, sizeof pid) == sizeof pid);
  BOOST_REQUIRE(pid > 0);
  ::kill(engine, SIGKILL);
  ::waitpid(engine, nullptr, 0);
  collected<int> never;
  auto alive = [&] { // a zombie waiting for init is not
    std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
    std::string id, name, state;
    return stat >> id >> name >> state && state != "Z" && state != "X";
  };
  for (int i = 0; i < 200 && alive(); ++i) never.wait(1, 50ms);
  BOOST_TEST(!alive());
}

BOOST_AUTO_TEST_SUITE_END()
