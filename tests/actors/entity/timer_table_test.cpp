#include "actors/entity/timer_table.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

namespace {
const tenant_id t{"t"};
const entity_id a{"ca"}, b{"cb"};
std::string names(const std::vector<timer_table::due_timer>& due) {
  std::string out;
  for (auto& d : due) out += d.entity.value + ":" + d.what.name + " ";
  return out;
}
} // namespace

BOOST_AUTO_TEST_SUITE(timers)

BOOST_AUTO_TEST_CASE(each_comes_out_once_in_order_of_time) {
  timer_table x;
  x.set(t, a, 1, {{"late", 300}, {"soon", 100}});
  x.set(t, b, 2, {{"soon", 50}});
  BOOST_TEST(names(x.take_due(49)) == "");
  BOOST_TEST(names(x.take_due(100)) == "cb:soon ca:soon ");
  BOOST_TEST(names(x.take_due(100)) == "");
  BOOST_TEST(x.has(a, {"soon", 100}));
  x.set(t, a, 3, {{"late", 300}, {"soon", 100}}); // another turn, before it was decided
  BOOST_TEST(names(x.take_due(400)) == "ca:late ");
  x.set(t, a, 4, {{"soon", 450}});
  BOOST_TEST(!x.has(a, {"soon", 100}));
  BOOST_TEST(names(x.take_due(450)) == "ca:soon ");
}

BOOST_AUTO_TEST_CASE(older_records_do_not_bring_timers_back) {
  timer_table x;
  x.set(t, a, 9, {});
  x.set(t, a, 5, {{"idle", 1}});
  BOOST_TEST(names(x.take_due(10)) == "");
  x.older_are_known();
  x.set(t, a, 12, {{"idle", 20}});
  x.set(t, a, 13, {});
  BOOST_TEST(names(x.take_due(30)) == "");
  BOOST_TEST(x.size() == 0u);
}

BOOST_AUTO_TEST_CASE(a_removed_timer_does_not_fire) {
  timer_table x;
  x.older_are_known();
  x.set(t, a, 1, {{"idle", 10}, {"call", 20}});
  x.remove(a, {"idle", 10});
  BOOST_TEST(names(x.take_due(30)) == "ca:call ");
  x.remove(a, {"call", 20});
  BOOST_TEST(!x.has(a, {"call", 20}));
}

BOOST_AUTO_TEST_SUITE_END()
