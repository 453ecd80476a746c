// The tail cleaner of a partition: how far TURN_p may be cut, what must be written before, and who is forgotten. Pure.
// Nothing that lives may depend on a record below the cut: a lap over the entities finds those whose last whole state
// is there, and has them written anew; a lap that finds none is followed by the ownership record, and that by the cut.
// It keeps nothing: after a crash the next owner begins again.
#pragma once
#include "messages/ids.hpp"

#include <cstdint>
#include <optional>
#include <variant>

namespace steward {

struct retention_config {
  uint64_t keep_records = 100'000;         // of a partition, whatever is in them
  uint32_t keep_per_entity = 4;            // and so many per living entity: a cut has each written anew at most once
  uint32_t rows_per_scan = 500;            // looked at in one go…
  uint32_t writes_per_scan = 8;            // …of which so many are written anew
  int64_t lap_pause_ms = 1'000;            // before the next lap, when one found something
  int64_t look_after_ms = 10'000;          // between looks at the stream
  int64_t forget_after_ms = 24 * 3600'000; // between laps that look for what is past its retention; the first comes
  int64_t forget_first_ms = 600'000;       // so long after the takeover
};

/// The first sequence to keep; 0: there is nothing to cut. Never cuts what is not delivered. It cuts when a quarter
/// more than the bound is there, so that laps are rare.
uint64_t plan_cut(const retention_config&, uint64_t first_seq, uint64_t last_seq, uint64_t out_floor,
                  uint64_t entities);

/// What an entity's last record says about its life.
struct life_signs {
  bool open = false;   // somebody owes an answer
  bool timers = false; // or something is to come
  int64_t last_ms = 0; // of its last turn; 0: not known
};
bool lives(const life_signs&, int64_t retention_days, int64_t now_ms);

/// Of the owner, as the log has it.
struct owner_view {
  uint64_t own_seq = 0;   // its last ownership record
  uint64_t out_floor = 0; // of its last record
};

namespace clean {
struct look {}; // read how far the stream goes -> on_extent
/// Look at the entities from this key on -> on_scanned. Those whose last whole state is below `cut` are written anew;
/// those past their retention, where `forget` or below the cut, are forgotten.
struct scan {
  entity_id from;
  uint64_t cut;
  bool forget;
};
struct restate {}; // write the ownership record anew
struct purge {     // -> on_purged
  uint64_t keep_from;
};
} // namespace clean
using clean_step = std::variant<clean::look, clean::scan, clean::restate, clean::purge>;

/// Not thread-safe. One step is under way at a time.
class tail_cleaner {
public:
  explicit tail_cleaner(retention_config c = {})
      : config_(c) {}
  void reset(int64_t now_ms); // a new ownership
  /// What to do now, if anything; called with each tick.
  std::optional<clean_step> next(int64_t now_ms, const owner_view&);

  void on_extent(int64_t now_ms, std::optional<std::pair<uint64_t, uint64_t>> first_and_last, const owner_view&);
  /// `rows` looked at, `left` of them to be written or to be looked at again; `next` empty: the lap ends.
  void on_scanned(int64_t now_ms, uint64_t rows, uint64_t left, entity_id next);
  void on_purged(int64_t now_ms);

private:
  enum class phase { idle, looking, lap, scanning, restating, restated, purging };
  void begin_lap(uint64_t cut, bool forget);
  void rest(int64_t now_ms);

  retention_config config_;
  phase at_ = phase::idle;
  int64_t again_ms_ = 0, forget_ms_ = 0;
  uint64_t cut_ = 0;
  bool forget_ = false;
  entity_id from_;
  uint64_t rows_ = 0, left_ = 0;
  std::optional<uint64_t> entities_; // of the last lap
};

} // namespace steward
