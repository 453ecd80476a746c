#include "actors/entity/retention.hpp"

#include <algorithm>

namespace steward {

uint64_t plan_cut(const retention_config& c, uint64_t first_seq, uint64_t last_seq, uint64_t out_floor,
                  uint64_t entities) {
  auto bound = std::max<uint64_t>({c.keep_records, c.keep_per_entity * entities, 1});
  if (last_seq < first_seq || last_seq - first_seq + 1 <= bound + bound / 4) return 0;
  auto keep_from = std::min(last_seq - bound + 1, out_floor + 1);
  return keep_from > first_seq ? keep_from : 0;
}

bool lives(const life_signs& s, int64_t retention_days, int64_t now_ms) {
  constexpr int64_t day = 24 * 3600'000;
  return s.open || s.timers || s.last_ms == 0 || now_ms - s.last_ms < retention_days * day;
}

void tail_cleaner::reset(int64_t now_ms) {
  rest(now_ms);
  forget_ms_ = now_ms + config_.forget_first_ms;
  entities_.reset();
}

void tail_cleaner::rest(int64_t now_ms) {
  at_ = phase::idle;
  again_ms_ = now_ms + config_.look_after_ms;
  cut_ = 0;
}

void tail_cleaner::begin_lap(uint64_t cut, bool forget) {
  at_ = phase::lap;
  cut_ = cut, forget_ = forget;
  from_ = {};
  rows_ = left_ = 0;
}

std::optional<clean_step> tail_cleaner::next(int64_t now_ms, const owner_view& own) {
  switch (at_) {
  case phase::idle:
    if (now_ms < again_ms_) return std::nullopt;
    at_ = phase::looking;
    return clean::look{};
  case phase::lap:
    if (now_ms < again_ms_) return std::nullopt;
    at_ = phase::scanning;
    return clean::scan{from_, cut_, forget_};
  case phase::restating: at_ = phase::restated; return clean::restate{};
  case phase::restated:
    // The log must say it: what a crash leaves behind begins at these two.
    if (own.own_seq < cut_ || own.out_floor + 1 < cut_) return std::nullopt;
    at_ = phase::purging;
    return clean::purge{cut_};
  default: return std::nullopt;
  }
}

void tail_cleaner::on_extent(int64_t now_ms, std::optional<std::pair<uint64_t, uint64_t>> extent,
                             const owner_view& own) {
  if (at_ != phase::looking) return;
  if (!extent) return rest(now_ms);
  auto cut = plan_cut(config_, extent->first, extent->second, own.out_floor, entities_.value_or(0));
  auto forget = now_ms >= forget_ms_;
  if (cut != 0 && !entities_) return begin_lap(0, false); // how many are there?
  if (cut != 0 || forget) return begin_lap(cut, forget);
  rest(now_ms);
}

void tail_cleaner::on_scanned(int64_t now_ms, uint64_t rows, uint64_t left, entity_id next) {
  if (at_ != phase::scanning) return;
  rows_ += rows, left_ += left;
  if (!next.empty()) {
    at_ = phase::lap;
    from_ = std::move(next);
    return;
  }
  auto census = !entities_;
  entities_ = rows_;
  if (left_ > 0) {
    again_ms_ = now_ms + config_.lap_pause_ms;
    return begin_lap(cut_, forget_);
  }
  if (forget_) forget_ms_ = now_ms + config_.forget_after_ms;
  if (cut_ != 0) {
    at_ = phase::restating;
  } else {
    rest(now_ms);
    if (census) again_ms_ = now_ms;
  }
}

void tail_cleaner::on_purged(int64_t now_ms) {
  if (at_ == phase::purging) rest(now_ms);
}

} // namespace steward
