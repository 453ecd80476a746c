#include "actors/seat/live_places.hpp"

#include <boost/test/unit_test.hpp>
#include <deque>

using namespace steward;

BOOST_AUTO_TEST_SUITE(places_now)

namespace {
struct rig {
  int64_t now = 5000;
  std::deque<std::pair<std::string, std::function<void(std::optional<queue_data>)>>>
      asked; // by queue; stay where they are
  std::shared_ptr<live_places> places = std::make_shared<live_places>(
      [this](const tenant_id&, const std::string& queue, auto done) { asked.emplace_back(queue, std::move(done)); },
      [this] { return now; });
  std::vector<uint32_t> got;
  live_place last;
  void find(const char* c, std::vector<std::string> queues = {"main"}) {
    places->find(tenant_id{"shop"}, std::move(queues), entity_id{c},
                 [this](live_place p) { got.push_back(p.place), last = p; });
  }
  static queue_data queue(std::vector<std::string> conversations) {
    queue_data q;
    for (auto& c : conversations) {
      queue_entry e;
      e.ticket.conversation = entity_id{c};
      q.head.push_back(e);
    }
    return q;
  }
};
} // namespace

BOOST_AUTO_TEST_CASE(a_queue_is_read_once_a_second_however_many_look) {
  rig r;
  for (auto c : {"b", "a", "x"}) r.find(c);
  BOOST_TEST(r.asked.size() == 1u);
  BOOST_TEST(r.got.empty());
  r.asked[0].second(rig::queue({"a", "b"}));
  BOOST_TEST(r.got == (std::vector<uint32_t>{2, 1, 0}), boost::test_tools::per_element());
  r.now += 999;
  r.find("b");
  BOOST_TEST(r.asked.size() == 1u);
  BOOST_TEST(r.got.back() == 2u);
  r.now += 1;
  r.find("b");
  BOOST_TEST(r.asked.size() == 2u);
  r.asked[1].second(rig::queue({"b"}));
  BOOST_TEST(r.got.back() == 1u);
}

BOOST_AUTO_TEST_CASE(the_tenants_queues_are_looked_through_in_turn) {
  rig r;
  r.find("c", {"main", "returns"});
  r.asked.at(0).second(rig::queue({"a"}));
  BOOST_TEST(r.asked.at(1).first == "returns");
  r.asked[1].second(rig::queue({"a", "c"}));
  BOOST_TEST(r.got == std::vector<uint32_t>{2}, boost::test_tools::per_element());
  r.find("d", {});
  BOOST_TEST(r.got.back() == 0u);
}

BOOST_AUTO_TEST_CASE(a_queue_that_cannot_be_read_keeps_what_was_known) {
  rig r;
  r.find("a");
  r.asked.at(0).second(rig::queue({"a"}));
  r.now += 1000;
  r.find("a");
  r.asked.at(1).second(std::nullopt);
  BOOST_TEST(r.got.back() == 1u);
  r.find("a"); // and is not asked for at once again
  BOOST_TEST(r.asked.size() == 2u);
}

BOOST_AUTO_TEST_CASE(how_long_it_still_takes_comes_with_the_place) {
  rig r;
  auto q = rig::queue({"a", "b"});
  for (uint32_t i = 0; i < 40; ++i) q.waits.past.push_back({i % 4 + 1, 60 * (i % 4 + 1)});
  r.find("b");
  r.asked[0].second(q); // nobody is on duty: nothing is promised
  BOOST_TEST((r.last == live_place{2, 0, 0}));
  q.seats.push_back({});
  q.seats.back().is = presence::available;
  r.now += 1000;
  r.find("b");
  r.asked[1].second(q);
  BOOST_TEST(r.last.place == 2u);
  BOOST_TEST((r.last.to_s >= 120 && r.last.to_s % 60 == 0), r.last.to_s);
  r.find("x");
  BOOST_TEST((r.last == live_place{}));
}

BOOST_AUTO_TEST_SUITE_END()
