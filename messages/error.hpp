// What can go wrong, as one enum. The numbers are stored and sent: do not change them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace steward {

enum class errc : uint16_t {
  ok = 0,
  bad_request = 1,     // the payload is not what the contract says
  too_large = 2,       // a size, depth or count limit was passed
  unknown_tenant = 3,  // no such tenant here
  unknown_channel = 4, // the tenant has no such channel
  not_found = 5,       // conversation, article, actor or record does not exist
  conflict = 6,        // the same id with other content, or a turn that is no longer the current one
  unavailable = 7,     // the log, the store or a model cannot be reached now; try again
  timeout = 8,         // no answer in time: it may have happened
  fenced = 9,          // this node no longer owns the partition
  overloaded = 10,     // a limit on rate or backlog; try again after a pause
  corrupt = 11,        // stored bytes do not check
  unsupported = 12,    // known, and not possible here
  unauthorized = 13,   // not allowed to this caller
  internal = 14,       // a bug of ours
  stopping = 15,       // the node is on its way down
};

/// The enum's name, as it stands in payloads ("bad_request").
std::string_view to_string(errc) noexcept;
/// `internal` for a name that is not known.
errc errc_from(std::string_view name) noexcept;

/// A failure with a sentence that says what to do.
struct failure {
  errc code = errc::internal;
  std::string message;
};

} // namespace steward
