#define BOOST_TEST_MODULE tally
#include "actors/tally/tally_model.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(tallies)

BOOST_AUTO_TEST_CASE(days_are_texts) {
  BOOST_TEST(day_text(0) == "1970-01-01");
  BOOST_TEST(day_text(20'785) == "2026-11-28");
  for (int64_t day : {0, 59, 11'016, 20'785, 40'000}) BOOST_TEST(*day_of_text(day_text(day)) == day);
  for (auto bad : {"", "2026-13-01", "2026-02-29", "2026-2-9", "26-11-28", "2026-11-28 ", "1969-12-31", "2026/11/28"})
    BOOST_TEST(!day_of_text(bad), bad);
}

BOOST_AUTO_TEST_CASE(buckets_follow_each_other_and_are_narrow) {
  uint64_t last = 0;
  for (uint64_t s = 0; s < 200'000; ++s) {
    auto b = span_bucket(s);
    BOOST_REQUIRE(b == last || b == last + 1);
    BOOST_REQUIRE(bucket_begin(b) <= s);
    BOOST_REQUIRE(s < bucket_begin(b + 1));
    last = b;
  }
  for (uint64_t b = 8; b < 100; ++b) BOOST_TEST((bucket_begin(b + 1) - bucket_begin(b)) * 4 <= bucket_begin(b));
  BOOST_TEST(span_bucket(UINT64_MAX) == span_bucket((1ULL << 32) - 1));
}

BOOST_AUTO_TEST_CASE(quantiles_are_near_the_true_ones) {
  span_counts s;
  BOOST_TEST(s.quantile(0.5) == 0u);
  for (uint64_t i = 1; i <= 1000; ++i) s.add(i);
  for (auto q : {0.1, 0.5, 0.9, 0.99}) {
    auto wanted = q * 1000;
    BOOST_TEST(std::abs(static_cast<double>(s.quantile(q)) - wanted) < 0.05 * wanted + 1, q);
  }
  span_counts two;
  two.add(s), two.add(s);
  BOOST_TEST(two.n == 2000u);
  BOOST_TEST(two.quantile(0.5) == s.quantile(0.5));
}

BOOST_AUTO_TEST_CASE(names_are_bounded) {
  tally_data d;
  for (int i = 0; i < 1000; ++i)
    d.add(tally_note{"2026-11-28",
                     {{"transfer", "q" + std::to_string(i), "r", 1}, {"transfer", "", "r" + std::to_string(i), 1}}});
  d.add(tally_note{"2026-11-28", {{"transfer", "", std::string(5000, 'x'), 1}}});
  BOOST_TEST(d.queues.size() <= 65u);
  BOOST_TEST(d.queues[""].transfers.size() <= 65u);
  int64_t all = 0;
  for (auto& [queue, line] : d.queues)
    for (auto& [reason, n] : line.transfers) all += n;
  BOOST_TEST(all == 2001);
  BOOST_TEST(encode(d).size() < 32'000u);
}

/// Told by messages; the same told again and rebuilt from its records.
BOOST_AUTO_TEST_CASE(it_adds_up_and_is_rebuilt_from_the_log) {
  entity_kinds kinds{{'t', tally_kind()}};
  tenant_config tenant;
  tenant.id = tenant_id{"shop"};
  auto id = tally_id(tenant.id, "2026-11-28", {3});
  BOOST_TEST(id.value[0] == 't');
  auto s = std::move(*fresh_entity(kinds, tenant.id, id));
  std::vector<std::pair<uint64_t, turn_record>> records;
  for (uint64_t i = 1; i <= 20; ++i) {
    in_message m;
    m.kind = in_kind::entity, m.topic = "count", m.tenant = tenant.id, m.entity = id;
    m.id = message_id{"m" + std::to_string(i)};
    tally_note n{"2026-11-28", {{"outcome", "", i % 2 ? "ai" : "open", 1}, {"wait", "main", "", 10}}};
    if (i == 20) n.changes = {{"outcome", "", "open", -1}, {"outcome", "", "ai", 1}, {"rating", "", "ai", 9}};
    m.body.data = encode(n);
    records.emplace_back(i, decide_turn(s, m, {1, i}, {}, tenant, 1000));
    s.last_seq = i;
  }
  auto d = *decode<tally_data>(s.model->snapshot().data);
  BOOST_TEST(d.day == "2026-11-28");
  BOOST_TEST(d.queues[""].outcomes["ai"] == 11);
  BOOST_TEST(d.queues[""].outcomes["open"] == 8);
  BOOST_TEST(d.queues[""].ratings.empty());
  BOOST_TEST(d.queues["main"].wait.n == 19u);
  auto again = fold(kinds, records);
  BOOST_REQUIRE(again.ok());
  BOOST_TEST((again->model->snapshot() == s.model->snapshot()));
}

/// Many notes in one message: one turn, one event, each counted once, however they were gathered before a crash.
BOOST_AUTO_TEST_CASE(what_comes_together_is_one_turn_and_counted_once) {
  entity_kinds kinds{{'t', tally_kind()}};
  tenant_config tenant;
  tenant.id = tenant_id{"shop"};
  auto id = tally_id(tenant.id, "2026-11-28", {3});
  auto s = std::move(*fresh_entity(kinds, tenant.id, id));
  auto note = [](const char* key, int64_t n, int64_t wait) {
    return bytes{encode(tally_note{"2026-11-28", {{"outcome", "", key, n}, {"wait", "main", "", wait}}})};
  };
  in_message m;
  m.kind = in_kind::entity, m.topic = "count", m.tenant = tenant.id, m.entity = id;
  m.gathered = {{{1, 5}, 0, "count", note("ai", 1, 10)}, {{1, 6}, 0, "count", note("open", 1, 20)}};
  m.source = {{3}, {1, 7}, 0}, m.body = note("open", -1, 30);
  auto r = decide_turn(s, m, {1, 1}, {}, tenant, 1000);
  BOOST_TEST(r.events.size() == 1u);
  m.gathered = {{{1, 6}, 0, "count", note("open", 1, 20)},
                {{1, 7}, 0, "count", note("open", -1, 30)},
                {{1, 8}, 0, "count", bytes{"no note"}}};
  m.source = {{3}, {1, 9}, 0}, m.body = note("ai", 1, 40);
  r = decide_turn(s, m, {1, 2}, {}, tenant, 1000);
  BOOST_TEST(decode<turn_input>(r.input.data)->message.gathered.size() == 1u); // as it is replayed
  auto d = *decode<tally_data>(s.model->snapshot().data);
  BOOST_TEST(d.queues[""].outcomes["ai"] == 2);
  BOOST_TEST(d.queues[""].outcomes.count("open") == 0u);
  BOOST_TEST(d.queues["main"].wait.n == 4u);
  BOOST_TEST(d.queues["main"].wait.sum_s == 100u);
}

BOOST_AUTO_TEST_CASE(what_is_no_count_changes_nothing) {
  entity_kinds kinds{{'t', tally_kind()}};
  tenant_config tenant;
  auto s = std::move(*fresh_entity(kinds, tenant_id{"shop"}, tally_id(tenant_id{"shop"}, "2026-11-28", {0})));
  in_message m;
  m.kind = in_kind::entity, m.topic = "count", m.body.data = "\xc1 no msgpack";
  BOOST_TEST(decide_turn(s, m, {1, 1}, {}, tenant, 1).events.empty());
  m.body.data = encode(tally_note{"2026-11-28", std::vector<tally_change>(5000)});
  BOOST_TEST(decide_turn(s, m, {1, 2}, {}, tenant, 1).events.empty());
}

BOOST_AUTO_TEST_SUITE_END()
