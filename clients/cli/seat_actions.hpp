// What the single commands of `steward seat` do. What came of a request is read from the seat's feed, where it stands
// under the request's id. Results are exit codes.
#pragma once
#include "clients/cli/context.hpp"
#include "messages/seat.hpp"

namespace steward::cli {

struct seat_options {
  std::string tenant, seat, id, text, queue, to, reason, code, name, language;
  std::string queues, skills, languages; // with commas between
  uint32_t capacity = 0, limit = 50;
  uint64_t from = 0, turn = 0;
  uint32_t undo_s = 0, minutes = 0;
  bool detach = false, now = false;
};

std::string new_id();
seat_request joining(const seat_options&);

/// Sends a request that changes something, and says what came of it; `settles`: the feed will tell.
int seat_change(context&, const seat_options&, const char* verb, seat_request, bool settles);
int seat_watch(context&, const seat_options&, uint64_t from);
/// Read only: nobody learns of it, and nothing of it is in the log.
int seat_look(context&, const seat_options&);
int seat_join(context&, const seat_options&);
int seat_list(context&, const seat_options&);
int seat_me(context&, const seat_options&);
int seat_read(context&, const seat_options&);
int seat_texts(context&, const seat_options&);

/// The full screen (seat_screen.cpp), until the person leaves.
int seat_screen(context&, const seat_options&);

} // namespace steward::cli
