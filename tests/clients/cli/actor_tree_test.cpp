#include "clients/cli/actor_tree.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;
using namespace steward::cli;

BOOST_AUTO_TEST_SUITE(actor_tree_suite)

BOOST_AUTO_TEST_CASE(paths_become_a_tree) {
  std::vector<actor_list> lists(1);
  lists[0].node = node_id("n1");
  for (auto path : {"n1", "n1/partition-10", "n1/partition-9", "n1/partition-9/cabc", "n1/pools/encoder", "bus"})
    lists[0].actors.push_back({.path = path});
  auto tree = tree_of(lists);
  std::string text;
  for (auto& l : tree) text += l.label + (l.actor ? "" : " (none)") + "\n";
  BOOST_TEST(text == "n1\n"
                     "├─ bus\n"
                     "├─ partition-9\n"
                     "│  └─ cabc\n"
                     "├─ partition-10\n"
                     "└─ pools (none)\n"
                     "   └─ encoder\n");
}

BOOST_AUTO_TEST_CASE(nodes_stand_side_by_side) {
  std::vector<actor_list> lists(2);
  lists[0].node = node_id("b"), lists[1].node = node_id("a");
  lists[0].actors.push_back({.path = "b/x"});
  auto tree = tree_of(lists);
  BOOST_TEST_REQUIRE(tree.size() == 3u);
  BOOST_TEST(tree[0].label == "a");
  BOOST_TEST(tree[1].label == "b");
  BOOST_TEST(tree[2].label == "└─ x");
}

BOOST_AUTO_TEST_SUITE_END()
