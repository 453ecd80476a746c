// Every decoder of messages/: the first byte picks the type, the rest is the payload. Whatever comes in, a decoder
// neither crashes nor hangs; and what it took, it writes in a form that it reads back as the same.
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
#include "messages/understanding.hpp"
#include "tests/fuzz/round_trip.hpp"

#include <cstddef>
#include <cstdint>

using namespace steward;

namespace {

void try_parts(std::string_view payload) {
  part_joiner joiner;
  while (payload.size() > 2) {
    auto size = std::min<size_t>(payload[0] & 0xff, payload.size() - 1);
    if (auto p = decode<part>(payload.substr(1, size))) (void)joiner.add(*p);
    payload.remove_prefix(size + 1);
  }
}

// New types go to the end: the corpus knows them by their place.
constexpr fuzz::decoder decoders[] = {
    fuzz::round_trip<say_request>,
    fuzz::round_trip<event_request>,
    fuzz::round_trip<accept_ack>,
    fuzz::round_trip<reply_message>,
    fuzz::round_trip<feed_item>,
    fuzz::round_trip<feed_request>,
    fuzz::round_trip<feed_page>,
    fuzz::round_trip<address>,
    fuzz::round_trip<in_message>,
    fuzz::round_trip<article>,
    fuzz::round_trip<knowledge_result>,
    fuzz::round_trip<entity_frame>,
    fuzz::round_trip<turn_input>,
    fuzz::round_trip<turn_record>,
    fuzz::round_trip<dead_letter>,
    fuzz::round_trip<outgoing>,
    fuzz::round_trip<heartbeat>,
    fuzz::round_trip<ops_request>,
    fuzz::round_trip<ops_ack>,
    fuzz::round_trip<node_status>,
    fuzz::round_trip<actor_list>,
    fuzz::round_trip<conversation_list>,
    fuzz::round_trip<conversation_view>,
    fuzz::round_trip<verify_report>,
    fuzz::round_trip<kb_import_request>,
    fuzz::round_trip<kb_import_result>,
    fuzz::round_trip<kb_page>,
    fuzz::round_trip<kb_search_result>,
    fuzz::round_trip<tenant_version>,
    fuzz::round_trip<tenant_list>,
    fuzz::round_trip<dead_letter_list>,
    fuzz::round_trip<tail_line>,
    fuzz::round_trip<part>,
    fuzz::round_trip<conversation_row>,
    try_parts,
    fuzz::round_trip<audit_line>,
    fuzz::round_trip<audit_page>,
    fuzz::round_trip<sign_in_command>,
    fuzz::round_trip<nlu_explanation>,
    fuzz::round_trip<tally_note>,
    fuzz::round_trip<tally_data>,
    fuzz::round_trip<report_request>,
    fuzz::round_trip<report_part>,
    fuzz::round_trip<seat_request>,
    fuzz::round_trip<seat_command>,
    fuzz::round_trip<wait_ticket>,

    fuzz::round_trip<duty_note>,
    fuzz::round_trip<queue_view>,
    fuzz::round_trip<seat_view>,
    fuzz::round_trip<private_note>,
    fuzz::round_trip<seat_conversation>,
    fuzz::round_trip<seat_found>,
    fuzz::round_trip<canned_texts>,
    fuzz::round_trip<typing_note>,
    fuzz::round_trip<forget_command>,
    fuzz::round_trip<forget_note>,
    fuzz::round_trip<forget_receipt>,
    fuzz::round_trip<forget_list>,
    fuzz::round_trip<understood_message>,
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  std::string_view payload(reinterpret_cast<const char*>(data) + 1, size - 1);
  decoders[data[0] % std::size(decoders)](payload);
  json_of(payload);
  (void)msgpack_of(payload);
  return 0;
}
