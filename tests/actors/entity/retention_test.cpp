#include "actors/entity/retention.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(retention)

BOOST_AUTO_TEST_CASE(how_much_is_cut) {
  retention_config c;
  c.keep_records = 100, c.keep_per_entity = 4;
  struct {
    uint64_t first, last, out_floor, entities, keep_from;
  } rows[] = {
      {1, 0, 0, 0, 0},      // empty
      {1, 100, 100, 5, 0},  // short
      {1, 125, 125, 5, 0},  // a quarter more: not yet
      {1, 126, 126, 5, 27}, // now down to the bound
      {1001, 1126, 1126, 5, 1027},
      {1, 1001, 1001, 200, 202}, // many live: four records each are kept
      {1, 1000, 40, 5, 41},      // what is not delivered stays
      {41, 1000, 40, 5, 0},
  };
  for (auto& r : rows) BOOST_TEST(plan_cut(c, r.first, r.last, r.out_floor, r.entities) == r.keep_from);
}

BOOST_AUTO_TEST_CASE(who_lives) {
  constexpr int64_t day = 24 * 3600'000;
  struct {
    life_signs s;
    int64_t now;
    bool lives;
  } rows[] = {
      {{false, false, 10 * day}, 40 * day - 1, true}, {{false, false, 10 * day}, 40 * day, false},
      {{true, false, 10 * day}, 400 * day, true},     {{false, true, 10 * day}, 400 * day, true},
      {{false, false, 0}, 400 * day, true}, // nothing is known: it stays
  };
  for (auto& r : rows) BOOST_TEST(lives(r.s, 30, r.now) == r.lives);
}

namespace {
std::string step(std::optional<clean_step> s) {
  if (!s) return "";
  struct {
    std::string operator()(const clean::look&) const { return "look"; }
    std::string operator()(const clean::scan& x) const {
      return "scan:" + x.from.value + ":" + std::to_string(x.cut) + (x.forget ? "f" : "");
    }
    std::string operator()(const clean::restate&) const { return "restate"; }
    std::string operator()(const clean::purge& x) const { return "purge:" + std::to_string(x.keep_from); }
  } as_text;
  return std::visit(as_text, *s);
}
} // namespace

BOOST_AUTO_TEST_CASE(laps_until_one_finds_nothing_then_the_cut) {
  retention_config c;
  c.keep_records = 100, c.look_after_ms = 10, c.lap_pause_ms = 0, c.forget_first_ms = 1'000'000;
  tail_cleaner t(c);
  t.reset(0);
  owner_view own{5, 300};
  BOOST_TEST(step(t.next(9, own)) == "");
  BOOST_TEST(step(t.next(10, own)) == "look");
  BOOST_TEST(step(t.next(11, own)) == "");
  t.on_extent(11, std::pair<uint64_t, uint64_t>{1, 300}, own);
  BOOST_TEST(step(t.next(12, own)) == "scan::0"); // how many are there?
  t.on_scanned(12, 10, 0, {});
  BOOST_TEST(step(t.next(13, own)) == "look");
  t.on_extent(13, std::pair<uint64_t, uint64_t>{1, 300}, own);
  BOOST_TEST(step(t.next(14, own)) == "scan::201");
  t.on_scanned(14, 5, 3, entity_id{"ce"});
  BOOST_TEST(step(t.next(15, own)) == "scan:ce:201");
  t.on_scanned(15, 5, 0, {});
  BOOST_TEST(step(t.next(16, own)) == "scan::201"); // were they written?
  t.on_scanned(16, 10, 0, {});
  BOOST_TEST(step(t.next(17, own)) == "restate");
  BOOST_TEST(step(t.next(18, own)) == ""); // the log does not have it yet
  own.own_seq = 304;
  BOOST_TEST(step(t.next(19, own)) == "purge:201");
  t.on_purged(20);
  BOOST_TEST(step(t.next(21, own)) == "");
  BOOST_TEST(step(t.next(30, own)) == "look");
  t.on_extent(30, std::nullopt, own);
  BOOST_TEST(step(t.next(31, own)) == "");
}

BOOST_AUTO_TEST_CASE(what_is_past_its_retention_is_looked_for_once_a_day) {
  retention_config c;
  c.look_after_ms = 10, c.lap_pause_ms = 0, c.forget_first_ms = 20, c.forget_after_ms = 1000;
  tail_cleaner t(c);
  t.reset(0);
  owner_view own{5, 30};
  auto look = [&](int64_t now) {
    BOOST_TEST(step(t.next(now, own)) == "look");
    t.on_extent(now, std::pair<uint64_t, uint64_t>{1, 30}, own);
    return step(t.next(now, own));
  };
  BOOST_TEST(look(10) == "");
  BOOST_TEST(look(20) == "scan::0f");
  t.on_scanned(20, 3, 1, {});
  BOOST_TEST(step(t.next(21, own)) == "scan::0f");
  t.on_scanned(21, 2, 0, {});
  BOOST_TEST(look(31) == "");
  BOOST_TEST(look(1021) == "scan::0f");
}

BOOST_AUTO_TEST_SUITE_END()
