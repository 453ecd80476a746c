#pragma once
#include "tests/actors/http/fake_engine.hpp"
#include "tests/actors/http/raw_client.hpp"

#include <boost/test/unit_test.hpp>

namespace steward::test {

struct door_fixture {
  fake_engine engine;
  http_config config{.port = 0, .threads = 2};
  std::unique_ptr<http_door> door;

  void open() {
    auto d = http_door::create(config, engine.functions());
    BOOST_REQUIRE_MESSAGE(d.ok(), (d ? "" : d.error().message));
    door = std::move(*d);
  }
  raw_client client() {
    if (!door) open();
    return raw_client(door->port());
  }
  ~door_fixture() {
    door.reset();
    engine.stop();
  }
};

inline bool has(const std::string& s, std::string_view part) { return s.find(part) != std::string::npos; }

} // namespace steward::test
