// What a kind of entity is to the mechanism: a pure fold and a pure decision. A new kind is a folder with one of these
// and a line in node.cpp. No clock, no randomness, no I/O in a model: all that it may use is in the context.
#pragma once
#include "actors/tenant/tenant_config.hpp"
#include "messages/knowledge.hpp"
#include "messages/record.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace steward {

/// What must be looked up before a decision can be made. The answer comes back as `looked_up` and stands in the record.
struct knowledge_query {
  tenant_id tenant;
  std::string text;
  std::string language;           // empty: not known
  std::string pick;               // "article#passage": not a question but a choice made
  bool search = true;             // false: only what is understood of the text
  std::string before;             // what the customer asked before, where these few words go on with it
  std::vector<std::string> parts; // the wishes in `text`, where there are several: each is looked up too
  std::vector<std::string> meant; // what words with several meanings meant before: "apple/brand"
};

struct decide_context {
  const in_message& message;
  const bytes& looked_up; // a knowledge_result where needs() asked, a feed_page where reads() did
  const tenant_config& tenant;
  int64_t now_ms = 0;
  uint64_t turn = 0; // the number that this turn gets
};

struct decision {
  std::vector<event_entry> events;
  std::vector<outgoing> replies;
  std::vector<effect> effects;
  std::optional<std::vector<timer>> timers; // absent: as they were
};

class entity_model {
public:
  virtual ~entity_model() = default;
  virtual status restore(const bytes& state) = 0;
  virtual bytes snapshot() const = 0;
  virtual void apply(const event_entry&) = 0;
  virtual std::optional<knowledge_query> needs(const in_message&, const tenant_config&) const { return std::nullopt; }
  /// Another entity's feed that must be read before; all of it is there up to the message that tells of it.
  virtual std::optional<feed_request> reads(const in_message&) const { return std::nullopt; }
  /// A message that is_forget() lets go of the words of those it names, in whatever state: its record carries the whole
  /// state, and all before it is erased from the log.
  virtual decision decide(const decide_context&) const = 0;
  /// A conversation_row for lists, without tenant, entity and turns, which the mechanism knows; empty: not listed.
  virtual bytes summary() const { return {}; }
  /// Somebody still expects something of it: it is kept, however old.
  virtual bool is_open() const { return false; }
};

struct entity_kind_definition {
  std::string name;
  std::function<std::unique_ptr<entity_model>(const tenant_id&, const entity_id&)> make;
  /// What a record adds to the entity's feed; empty function: has none.
  std::function<std::vector<feed_item>(const turn_record&)> feed_items;
  /// Whether it waits for a person after this record; absent: the record changes nothing about that. Empty function:
  /// never.
  std::function<std::optional<bool>(const turn_record&)> waits;
  /// What it said to the customer, for counting; empty function: nothing.
  std::function<std::vector<reply_kind>(const turn_record&)> said;
  /// It is kept at least so long after its last turn, however short its tenant's retention.
  int64_t keep_days = 0;
  /// Entities that are this customer's (what the company calls them), as the record tells: most often its own, or none;
  /// empty function: only the customer's own entity is.
  std::function<std::vector<entity_id>(const turn_record&, const std::string& customer)> of_customer;
  /// What is sent to it may wait half a second for more from the same partition, and comes as one message then
  /// (in_message::gathered before the message itself): it costs one turn, not many.
  bool gathers = false;
};

/// By the first letter of the entity's name.
using entity_kinds = std::map<char, entity_kind_definition>;

/// An entity as it stands after its last record.
struct entity_state {
  entity_frame frame; // its `state` is not kept up to date; the model is
  std::unique_ptr<entity_model> model;
  uint64_t last_seq = 0; // of that record in TURN_p
};

/// Folds records, oldest first. The first must be turn 1 or carry the whole state.
result<entity_state> fold(const entity_kinds&, const std::vector<std::pair<uint64_t, turn_record>>&);
/// A fresh entity of this name; fails for a kind that nobody registered.
result<entity_state> fresh_entity(const entity_kinds&, const tenant_id&, const entity_id&);
/// One more record, which follows the state's last.
status fold_one(entity_state&, uint64_t seq, const turn_record&);
/// The frame with the model's state in it, as it is stored.
bytes whole_state(const entity_state&);

/// Decides one message and folds the outcome: the state is then that after the turn.
turn_record decide_turn(entity_state&, const in_message&, stream_pos at, const bytes& looked_up, const tenant_config&,
                        int64_t now_ms);

} // namespace steward
