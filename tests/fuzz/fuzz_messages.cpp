// Every decoder of messages/: the first byte picks the type, the rest is the payload. Whatever comes in, a decoder
// neither crashes nor hangs; and what it took, it writes in a form that it reads back as the same.
#include "messages/audit.hpp"
#include "messages/chat.hpp"
#include "messages/cluster.hpp"
#include "messages/knowledge.hpp"
#include "messages/ops.hpp"
#include "messages/parts.hpp"
#include "messages/record.hpp"
#include "messages/tally.hpp"
#include "tests/fuzz/must.hpp"

#include <cstddef>
#include <cstdint>

using namespace steward;

namespace {

template <class T>
void try_decode(std::string_view payload) {
  auto x = decode<T>(payload);
  if (!x) return;
  auto written = encode(*x);
  auto again = decode<T>(written, {.bytes = 64 << 20});
  fuzz::must(again.ok(), "what was written can be read");
  fuzz::must(encode(*again) == written, "and is the same");
  json_of(written);
}

void try_parts(std::string_view payload) {
  part_joiner joiner;
  while (payload.size() > 2) {
    auto size = std::min<size_t>(payload[0] & 0xff, payload.size() - 1);
    if (auto p = decode<part>(payload.substr(1, size))) (void)joiner.add(*p);
    payload.remove_prefix(size + 1);
  }
}

using decoder = void (*)(std::string_view);
// New types go to the end: the corpus knows them by their place.
constexpr decoder decoders[] = {
    try_decode<say_request>,
    try_decode<event_request>,
    try_decode<accept_ack>,
    try_decode<reply_message>,
    try_decode<feed_item>,
    try_decode<feed_request>,
    try_decode<feed_page>,
    try_decode<address>,
    try_decode<in_message>,
    try_decode<article>,
    try_decode<knowledge_result>,
    try_decode<entity_frame>,
    try_decode<turn_input>,
    try_decode<turn_record>,
    try_decode<dead_letter>,
    try_decode<outgoing>,
    try_decode<heartbeat>,
    try_decode<ops_request>,
    try_decode<ops_ack>,
    try_decode<node_status>,
    try_decode<actor_list>,
    try_decode<conversation_list>,
    try_decode<conversation_view>,
    try_decode<verify_report>,
    try_decode<kb_import_request>,
    try_decode<kb_import_result>,
    try_decode<kb_page>,
    try_decode<kb_search_result>,
    try_decode<tenant_version>,
    try_decode<tenant_list>,
    try_decode<dead_letter_list>,
    try_decode<tail_line>,
    try_decode<part>,
    try_decode<conversation_row>,
    try_parts,
    try_decode<audit_line>,
    try_decode<audit_page>,
    try_decode<sign_in_command>,
    try_decode<nlu_explanation>,
    try_decode<tally_note>,
    try_decode<tally_data>,
    try_decode<report_request>,
    try_decode<report_part>,
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
