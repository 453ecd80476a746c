// What an action is, as the audit log has it, and how its lines are put together again. Pure.
#pragma once
#include "messages/audit.hpp"
#include "messages/result.hpp"

#include <map>
#include <string>

namespace steward {

struct wanted_action {
  std::string subject; // what it is passed on to
  std::string payload; // as it came, but `by` is the user who was proved
  audit_line line;     // without id and time. Of what a customer is told it holds nothing: that can be forgotten
};

/// Of a request at `by.<user>.<subject>`. `proved`: the server has keys.
result<wanted_action> read_action(const std::string& subject, std::string_view payload, bool proved);
/// The engine's answer, whatever its type, as the outcome.
void read_outcome(std::string_view answer, audit_line&);
/// For the asker, when nobody serves the subject.
std::string nobody_answered(const std::string& subject, const failure&);

/// Takes lines newest first and joins each action with its outcome.
class audit_collector {
public:
  audit_collector() = default;
  audit_collector(std::string user, int64_t since_ms, size_t most)
      : user_(std::move(user))
      , since_ms_(since_ms)
      , most_(most) {}
  void take(audit_line);
  void cut() { page_.more = true; } // there is more that nobody reads now
  bool is_full() const { return over_; }
  audit_page page() const { return page_; }

private:
  std::string user_; // empty: everybody
  int64_t since_ms_ = 0;
  size_t most_ = 0;
  bool over_ = false;
  std::map<std::string, audit_line> outcomes_; // by the action's id
  audit_page page_;
};

} // namespace steward
