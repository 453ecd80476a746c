// What stands in records and tables: events and whole states of entities, rows of the store. The first byte picks the
// type, the rest is the payload.
#include "actors/conversation/conversation_events.hpp"
#include "actors/customer/customer_model.hpp"
#include "actors/seat/queue_state.hpp"
#include "actors/seat/seat_model.hpp"
#include "storage/rows.hpp"
#include "tests/fuzz/round_trip.hpp"

#include <cstddef>
#include <cstdint>

using namespace steward;

namespace {

// New types go to the end: the corpus knows them by their place.
constexpr fuzz::decoder decoders[] = {
    fuzz::round_trip<conversation_data>, fuzz::round_trip<asked_body>,
    fuzz::round_trip<replied_body>,      fuzz::round_trip<mode_body>,
    fuzz::round_trip<held_say>,          fuzz::round_trip<guest_body>,
    fuzz::round_trip<moved_body>,        fuzz::round_trip<moved_note>,
    fuzz::round_trip<joined_body>,       fuzz::round_trip<conversation_chapter>,
    fuzz::round_trip<customer_data>,     fuzz::round_trip<timeline_entry>,
    fuzz::round_trip<customer_change>,   fuzz::round_trip<queue_data>,
    fuzz::round_trip<queue_change>,      fuzz::round_trip<shelf_data>,
    fuzz::round_trip<seat_data>,         fuzz::round_trip<seat_change>,
    fuzz::round_trip<applied_marker>,    fuzz::round_trip<entity_row>,
    fuzz::round_trip<archive_row>,
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  decoders[data[0] % std::size(decoders)](std::string_view(reinterpret_cast<const char*>(data) + 1, size - 1));
  return 0;
}
