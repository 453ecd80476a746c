#include "storage/archive_table.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(archive)

namespace {

const tenant_id shop{"shop"}, other{"other"};
constexpr partition_id p{3};
constexpr int64_t day = 24 * 3600'000LL;

entity_id talk(int i) { return conversation_id(shop, channel_id{"web"}, account_id{}, peer_id{std::to_string(i)}); }

struct fixture {
  std::unique_ptr<store> db = make_memory_store();
  void add(int i, std::map<std::string, int64_t> said, uint64_t turn = 1, tenant_id t = shop, archive_limits l = {}) {
    auto row = archived(*db, p, talk(i));
    BOOST_REQUIRE(row.ok());
    row->tenant = t;
    BOOST_REQUIRE(archive_add(*db, p, talk(i), *row, turn, said, l).ok());
  }
  std::vector<std::string> find(std::vector<std::set<std::string>> words, size_t limit = 10, archive_limits l = {}) {
    auto got = archive_search(*db, p, shop, words, limit, l);
    BOOST_REQUIRE(got.ok());
    more = got->more;
    std::vector<std::string> out;
    for (auto& h : got->found) out.push_back(h.conversation.value);
    return out;
  }
  size_t rows() {
    size_t n = 0;
    for (auto t : {table::words, table::archive})
      BOOST_REQUIRE(db->scan(t, {}, {}, scan_order::ascending, [&](auto, auto) { return ++n, true; }).ok());
    return n;
  }
  bool more = false;
};
using names = std::vector<std::string>;

} // namespace

BOOST_FIXTURE_TEST_CASE(all_words_and_the_newest_first, fixture) {
  add(1, {{"boots", 1000}, {"pinch", 1000}});
  add(2, {{"boots", 3000}});
  add(3, {{"boots", 2000}, {"pinch", 2000}});
  BOOST_TEST((find({{"boots"}}) == names{talk(2).value, talk(3).value, talk(1).value}));
  BOOST_TEST((find({{"boots"}, {"pinch"}}) == names{talk(3).value, talk(1).value}));
  BOOST_TEST(find({{"boots"}, {"hat"}}).empty());
  BOOST_TEST(find({}).empty());
}

BOOST_FIXTURE_TEST_CASE(a_word_in_any_of_its_forms, fixture) {
  add(1, {{"return", 1000}});
  add(2, {{"returned", 2000}, {"return", 2000}});
  BOOST_TEST((find({{"return", "returned"}}) == names{talk(2).value, talk(1).value}));
}

BOOST_FIXTURE_TEST_CASE(other_tenants_and_partitions_are_not_seen, fixture) {
  add(1, {{"boots", 1000}}, 1, other);
  BOOST_TEST(find({{"boots"}}).empty());
  BOOST_TEST(archive_search(*db, {4}, other, {{"boots"}}, 10)->found.empty());
  BOOST_TEST(archive_search(*db, p, other, {{"boots"}}, 10)->found.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(said_again_much_later_it_is_newer, fixture) {
  add(1, {{"boots", 1000}});
  add(2, {{"boots", 2000}});
  add(1, {{"boots", 3000}}, 2); // too soon to be worth a write
  BOOST_TEST((find({{"boots"}}) == names{talk(2).value, talk(1).value}));
  auto before = rows();
  add(1, {{"boots", 1000 + day}}, 3);
  BOOST_TEST(rows() == before);
  BOOST_TEST((find({{"boots"}}) == names{talk(1).value, talk(2).value}));
  BOOST_TEST(archived(*db, p, talk(1))->turn == 3u);
}

BOOST_FIXTURE_TEST_CASE(what_is_erased_leaves_nothing, fixture) {
  add(1, {{"boots", 1000}, {"pinch", 1000}});
  auto alone = rows();
  add(2, {{"boots", 2000}, {"secret", 2000}});
  write_batch out;
  BOOST_REQUIRE(archive_erase(*db, out, p, talk(2)).ok());
  BOOST_REQUIRE(db->write(std::move(out)).ok());
  BOOST_TEST(rows() == alone);
  BOOST_TEST(find({{"secret"}}).empty());
  BOOST_TEST((find({{"boots"}}) == names{talk(1).value}));
}

BOOST_FIXTURE_TEST_CASE(limits_hold_and_are_told, fixture) {
  archive_limits few;
  few.words = 2, few.visits = 5;
  add(1, {{"a", 1}, {"b", 1}, {"c", 1}}, 1, shop, few);
  BOOST_TEST(archived(*db, p, talk(1))->words.size() == 2u);
  for (int i = 2; i < 12; ++i) add(i, {{"boots", i}});
  BOOST_TEST(find({{"boots"}}, 3).size() == 3u);
  BOOST_TEST(more);
  BOOST_TEST(find({{"boots"}}, 10, few).size() == 5u);
  BOOST_TEST(more);
  BOOST_TEST((find({{"boots"}}, 10).front() == talk(11).value));
  BOOST_TEST(!more);
}

/// A word that begins as another does, and holds a zero: no conversation is read out of the wrong place.
BOOST_FIXTURE_TEST_CASE(words_with_zeros_harm_nobody, fixture) {
  add(1, {{std::string("a\0b", 3), 1000}});
  BOOST_TEST(find({{"a"}}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
