// What entities and tables persist besides messages, with its version. See tests/golden/golden.hpp.
#define BOOST_TEST_MODULE golden
#include "actors/conversation/conversation_events.hpp"
#include "actors/customer/customer_model.hpp"
#include "actors/seat/queue_state.hpp"
#include "actors/seat/seat_model.hpp"
#include "storage/rows.hpp"
#include "tests/golden/golden.hpp"

using namespace steward;
using golden::check;

BOOST_AUTO_TEST_SUITE(golden_bytes)

BOOST_AUTO_TEST_CASE(conversations) {
  check<asked_body>("asked_body", 3);
  check<place_body>("place_body", 1);
  check<replied_body>("replied_body", 3);
  check<mode_body>("mode_body", 2);
  check<held_say>("held_say", 1);
  check<guest_body>("guest_body", 1);
  check<conversation_data>("conversation_data", 9);
  check<moved_body>("moved_body", 1);
  check<moved_note>("moved_note", 2);
  check<joined_body>("joined_body", 2);
  check<conversation_chapter>("conversation_chapter", 1);
}

BOOST_AUTO_TEST_CASE(customers) {
  check<timeline_entry>("timeline_entry", 1);
  check<customer_data>("customer_data", 2);
  check<customer_change>("customer_change", 1);
}

BOOST_AUTO_TEST_CASE(seats) {
  check<queue_data>("queue_data", 2);
  check<queue_change>("queue_change", 2);
  check<shelf_data>("shelf_data", 2);
  check<seat_data>("seat_data", 2);
  check<seat_change>("seat_change", 2);
}

BOOST_AUTO_TEST_CASE(tables) {
  check<applied_marker>("applied_marker", 1);
  check<entity_row>("entity_row", 1);
  check<archive_row>("archive_row", 1);
}

BOOST_AUTO_TEST_SUITE_END()
