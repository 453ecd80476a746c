// What stands in the tables, where it is not a message as it came. Persisted: golden bytes in tests/golden.
#pragma once
#include "messages/ops.hpp"
#include "messages/record.hpp"

namespace steward {

/// How far the store reflects TURN_p: everything up to this very record is in, and nothing is certain beyond.
struct applied_marker {
  stream_pos at;
  node_id node;
  uint64_t epoch = 0, n = 0;
  template <class F>
  void fields(F& f) {
    f.required("at", at), f("node", node), f("epoch", epoch), f("n", n);
  }
};

struct entity_row {
  tenant_id tenant;
  stream_pos at; // the last record
  uint64_t turn = 0;
  std::vector<timer> timers;
  template <class F>
  void fields(F& f) {
    f.required("tenant", tenant), f.required("at", at), f.required("turn", turn), f("timers", timers);
  }
};

/// What can be found of a conversation (archive_table.hpp).
struct archive_row {
  tenant_id tenant;
  uint64_t turn = 0;                    // everything up to here is in
  std::map<std::string, int64_t> words; // and when it was said, as the table of words has it
  template <class F>
  void fields(F& f) {
    f.required("tenant", tenant), f.required("turn", turn), f("words", words);
  }
};

} // namespace steward
