// Who may say and hear what on NATS: one row per role. Pure.
#pragma once
#include "messages/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace steward {

enum class role {
  engine,     // stewardd itself: everything in the installation's account
  admin,      // operators: every request there is, and reading the log; never writing it
  supervisor, // a person on duty of one tenant who may look at, join and take over what others do
  agent,      // a person on duty of one tenant
  platform,   // a tenant's platform team: its own channels, events and tools
  readonly,   // looks on: state of the engine and its conversations
};
std::string_view to_string(role);
bool from_string(std::string_view, role&);
/// Bound to one tenant by its subjects.
bool needs_tenant(role);

/// NATS subjects with wildcards. `everything` means no list at all, which the server need not look through.
struct subject_rights {
  bool everything = false;
  std::vector<std::string> publish, publish_never, subscribe;
  bool may_answer = false; // requests that it was sent, on whatever subject they want the answer
};

/// `user` is 1 to 40 of a-z 0-9 - _ and is a token of subjects: an agent is the seat of that name.
subject_rights rights_of(role, const std::string& user, const std::string& tenant);

/// Where a user's answers go. Of each its own, else anyone could read everybody's answers.
std::string inbox_prefix(role, const std::string& user);

// As the server decides.
bool subject_matches(std::string_view pattern, std::string_view subject);
bool may_publish(const subject_rights&, std::string_view subject);
bool may_subscribe(const subject_rights&, std::string_view subject);

} // namespace steward
