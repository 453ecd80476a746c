// Who did what: a line per action of an operator, a supervisor or whoever holds the keys. Stream AUDIT, kept a year.
//
// An action is asked for at `by.<user>.<subject>`: the server lets nobody publish under another's name, so the user is
// proved, not claimed. An engine writes the line before it passes the request on, and another with the outcome after.
#pragma once
#include "messages/chat.hpp"
#include "messages/ids.hpp"

#include <vector>

namespace steward {

struct audit_line {
  std::string id; // of the action; its outcome bears the same
  int64_t time_ms = 0;
  std::string user;
  bool proved = false; // by the NATS server's keys; on a server without keys everybody may call himself anything
  std::string action;  // "tenant_push", "close", "join_in", …
  tenant_id tenant;
  entity_id entity;    // conversation
  std::string on;      // a node, an actor, a user, the number of a version or a dead letter
  bool ended = false;  // the line with the outcome
  std::string outcome; // "ok", or an error's code; empty: none is known
  std::string text;    // the engine's sentence, or the error's
  std::string node;    // that wrote it
  template <class F>
  void fields(F& f) {
    f.required("id", id), f.required("time_ms", time_ms), f.required("user", user), f("proved", proved),
        f.required("action", action), f("tenant", tenant), f("entity", entity), f("on", on), f("ended", ended),
        f("outcome", outcome), f("text", text), f("node", node);
  }
};

// ops.one.audit (name: a user, number: since, Unix milliseconds, limit) -> audit_page, newest first, an action a line
struct audit_page {
  std::vector<audit_line> lines;
  bool more = false; // older ones that fit are left out
  problem error;
  template <class F>
  void fields(F& f) {
    f.required("lines", lines), f("more", more), f("error", error);
  }
};

} // namespace steward
