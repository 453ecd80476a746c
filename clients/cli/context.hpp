// What every command of the program shares: the options that each takes, the connection, how requests are made, and
// how a command ends.
#pragma once
#include "clients/bus_session.hpp"
#include "clients/cli/json_text.hpp"
#include "clients/cli/table.hpp"
#include "messages/ops.hpp"
#include "messages/subjects.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

namespace steward::cli {

// Documented in README.md and in `steward --help`; scripts rely on them.
inline constexpr int exit_ok = 0;
inline constexpr int exit_problems = 1;  // it worked, and what it looked at is not in order
inline constexpr int exit_usage = 2;     // the command line, or a local file, is not right
inline constexpr int exit_no_answer = 3; // no NATS, no engine, no answer in time: try again
inline constexpr int exit_refused = 4;   // the engine said no
/// Pure.
int exit_code_of(errc);

struct context {
  std::string nats;
  std::string creds; // a file; empty: the admin's of a server on this machine, if known
  std::string user;  // whom the credentials name, once connected
  std::string role;  // and as what
  std::string home;  // and of which tenant, where it is of one
  std::function<bool(std::string_view subject)> may_ask; // empty: not known; the server decides in any case
  double timeout_s = 0;                                  // 0: the command's own
  bool json = false;
  std::function<int(context&)> action; // set by the parsed command

  std::optional<bus_session> session;
  result<bus_session*> bus(); // connects at the first call
  bus_session::duration timeout(double default_s) const;
};

// Ending.
int fail(const context&, const failure&);           // says it and returns the exit code that fits
int fail(const context&, const problem&);           // of an engine's answer
int usage(const context&, const std::string& what); // says it; exit_usage
int print_ack(const context&, const ops_ack&);      // what was done, or why not
void print_json(const json_object&);                // one line
void print_table(const table&);                     // as wide as the terminal is
void print_note(const std::string& sentence);       // "! sentence", for what deserves attention
bool out_colours();

failure failure_of(const problem&);
int64_t now_ms();
std::string user_name(); // for `by`

/// One answer. Fails as bus_session does, with a sentence about what to do, and with the `error` of the answer.
template <class Answer, class Request>
result<Answer> call(context&, const std::string& subject, const Request&, double default_timeout_s = 5);

/// Every node's answer.
template <class Answer>
struct answers {
  std::vector<Answer> found;
  std::vector<std::string> silent; // nodes that others know and that did not answer
};
template <class Answer, class Request = ops_request>
result<answers<Answer>> call_all(context&, const std::string& verb, const Request&);

/// A conversation by its id, or by the beginning of it when only one fits.
result<entity_id> find_conversation(context&, const tenant_id&, const std::string& id);

// What the templates above stand on.
result<bus_session::message> send_and_wait(context&, const std::string& subject, std::string_view payload,
                                           double default_timeout_s);
status allowed(const context&, const std::string& subject);
failure advice(const context&, const std::string& subject, const failure&);
/// What an answer says that is not of the type that was expected: an engine may refuse with no more than `error`.
failure refusal(std::string_view answer, const failure& why_unreadable);

template <class Answer, class Request>
result<Answer> call(context& c, const std::string& subject, const Request& request, double default_timeout_s) {
  auto m = send_and_wait(c, subject, encode(request), default_timeout_s);
  if (!m) return m.error();
  auto a = decode<Answer>(m->data, {.bytes = 64 << 20, .items = 1000000});
  if (!a) return refusal(m->data, a.error());
  if (!a->error.empty()) return failure_of(a->error);
  return a;
}

template <class Answer, class Request>
result<answers<Answer>> call_all(context& c, const std::string& verb, const Request& request) {
  auto bus = c.bus();
  if (!bus) return bus.error();
  answers<Answer> out;
  std::set<std::string> known, answered;
  std::optional<failure> bad;
  auto subject = subjects::ops("all." + verb);
  auto enough = [&](const std::vector<bus_session::message>& all) {
    if (all.size() > out.found.size() && !bad) {
      auto a = decode<Answer>(all.back().data, {.bytes = 64 << 20, .items = 1000000});
      if (!a) return bad = refusal(all.back().data, a.error()), true;
      answered.insert(a->node.value);
      for (auto& peer : a->peers) known.insert(peer.value);
      out.found.push_back(std::move(*a));
    }
    return !known.empty() && std::includes(answered.begin(), answered.end(), known.begin(), known.end());
  };
  // A second's pause ends the wait also when a node that others know is silent: it may be dead since a moment.
  if (auto ok = allowed(c, subject); !ok) return ok.error();
  auto m = (*bus)->gather(subject, encode(request), c.timeout(3), bus_session::duration(1000), enough);
  if (!m) return advice(c, subject, m.error());
  if (bad) return *bad;
  for (auto& node : known)
    if (!answered.count(node)) out.silent.push_back(node);
  return out;
}

} // namespace steward::cli
