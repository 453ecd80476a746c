// Everything in messages/ that is stored or sent, with its version. See tests/golden/golden.hpp.
#include "messages/audit.hpp"
#include "messages/chat.hpp"
#include "messages/cluster.hpp"
#include "messages/forget.hpp"
#include "messages/knowledge.hpp"
#include "messages/ops.hpp"
#include "messages/parts.hpp"
#include "messages/record.hpp"
#include "messages/seat.hpp"
#include "messages/tally.hpp"
#include "tests/golden/golden.hpp"

using namespace steward;
using golden::check;

BOOST_AUTO_TEST_SUITE(golden_bytes)

BOOST_AUTO_TEST_CASE(persisted) {
  check<in_message>("in_message", 2);
  check<turn_record>("turn_record", 2);
  check<turn_input>("turn_input", 2);
  check<entity_frame>("entity_frame", 1);
  check<outgoing>("outgoing", 1);
  check<address>("address", 1);
  check<dead_letter>("dead_letter", 1);
  check<article>("article", 1);
  check<knowledge_result>("knowledge_result", 4);
  check<understood_message>("understood_message", 2);
  check<tenant_version>("tenant_version", 1);
  check<part>("part", 1);
  check<feed_item>("feed_item", 2);
  check<conversation_row>("conversation_row", 2);
  check<forget_command>("forget_command", 1);
  check<forget_note>("forget_note", 1);
}

BOOST_AUTO_TEST_CASE(what_is_counted) {
  check<tally_note>("tally_note", 1);
  check<tally_data>("tally_data", 1);
  check<report_request>("report_request", 1);
  check<report_part>("report_part", 1);
}

BOOST_AUTO_TEST_CASE(between_platform_teams_and_steward) {
  check<say_request>("say_request", 1);
  check<sign_in_command>("sign_in_command", 1);
  check<event_request>("event_request", 1);
  check<accept_ack>("accept_ack", 1);
  check<reply_message>("reply_message", 2);
  check<feed_request>("feed_request", 1);
  check<feed_page>("feed_page", 3);
}

BOOST_AUTO_TEST_CASE(between_seats_and_engines) {
  check<seat_request>("seat_request", 2);
  check<seat_command>("seat_command", 2);
  check<wait_ticket>("wait_ticket", 2);
  check<duty_note>("duty_note", 2);
  check<queue_view>("queue_view", 2);
  check<seat_view>("seat_view", 2);
  check<seat_conversation>("seat_conversation", 1);
  check<canned_texts>("canned_texts", 1);
  check<seat_found>("seat_found", 1);
  check<typing_note>("typing_note", 1);
}

BOOST_AUTO_TEST_CASE(between_engines_and_operators) {
  check<heartbeat>("heartbeat", 1);
  check<ops_request>("ops_request", 1);
  check<ops_ack>("ops_ack", 1);
  check<node_status>("node_status", 3);
  check<actor_list>("actor_list", 2);
  check<conversation_list>("conversation_list", 2);
  check<conversation_view>("conversation_view", 3);
  check<verify_report>("verify_report", 2);
  check<kb_import_request>("kb_import_request", 1);
  check<kb_import_result>("kb_import_result", 1);
  check<kb_page>("kb_page", 1);
  check<kb_search_result>("kb_search_result", 1);
  check<nlu_explanation>("nlu_explanation", 1);
  check<tenant_list>("tenant_list", 1);
  check<dead_letter_list>("dead_letter_list", 1);
  check<audit_line>("audit_line", 1);
  check<audit_page>("audit_page", 1);
  check<tail_line>("tail_line", 1);
  check<forget_receipt>("forget_receipt", 1);
  check<forget_list>("forget_list", 1);
}

BOOST_AUTO_TEST_SUITE_END()
