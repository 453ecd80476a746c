// What of the log is to be erased for a customer who is forgotten. Pure: the messages of the streams go in, their
// places come out.
//
// A message is found when it names one of the customer's entities (mentions.hpp). What an entity wrote before it let
// go is not needed any more, for the record in which it did carries its whole state; what it writes afterwards, when
// the customer comes again, stays.
#pragma once
#include "actors/mentions.hpp"
#include "messages/forget.hpp"
#include "messages/record.hpp"

#include <array>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace steward {

class forget_sweep {
public:
  /// `bounds` and the two others: how far to look, as the order's `settled` note has it. `asked`: others who were told
  /// to let go since; of them all goes that stands before the last time they did.
  forget_sweep(const forget_note& settled, std::vector<entity_id> of, std::set<entity_id> asked = {});

  void turn(partition_id, uint64_t seq, const std::string& data);
  void in(partition_id, uint64_t seq, const std::string& data);
  void reply(uint64_t seq, const std::string& data);
  void letter(uint64_t seq, const std::string& data);

  /// Who else has words of theirs in the log, and has to let go before it can be erased.
  std::set<entity_id> others() const;
  /// Of those that are forgotten: who has records but none in which it let go; must be empty before anything is erased.
  std::vector<entity_id> missing() const;
  /// Where who was told let go, each time they did.
  const std::vector<forget_place>& clean() const { return clean_; }

  struct erasure {
    std::array<std::vector<uint64_t>, partition_count> turns, ins;
    std::vector<uint64_t> replies, letters;
  };
  erasure plan() const;

private:
  struct found {
    uint64_t seq = 0;
    entity_id entity;
    uint64_t epoch = 0, n = 0;
    std::optional<message_source> from; // of a record without a state
    bool late = false;                  // behind the bound
  };
  bool stays(const found&) const;
  struct arrived {
    uint64_t seq = 0;
    entity_id entity;
    message_source from;
  };
  bool is_of(const entity_id& e) const { return of_.contains(e); }
  const forget_bound& bound(partition_id p) const { return bounds_[p.value]; }

  std::string receipt_;
  tenant_id tenant_;
  std::set<entity_id> of_, asked_;
  mentions names_;
  std::array<forget_bound, partition_count> bounds_;
  uint64_t replies_to_ = 0, letters_to_ = 0;
  std::map<entity_id, forget_place> let_go_; // the last time
  std::vector<forget_place> clean_;
  std::array<std::vector<found>, partition_count> turns_;
  std::array<std::vector<arrived>, partition_count> ins_;
  std::map<entity_id, uint64_t> told_; // where in IN the last word to let go stands
  std::vector<std::pair<uint64_t, std::pair<entity_id, uint64_t>>> replies_; // its conversation and turn
  std::vector<uint64_t> letters_;
};

/// The same for a reading before anything was ordered: all that names them, however far.
forget_note without_bounds();

} // namespace steward
