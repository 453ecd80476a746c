// Past conversations as they are searched: taken in from the store, found by words, and gone when they are forgotten.
#include "actors/entity/archive_reads.hpp"
#include "actors/entity/store_clean.hpp"
#include "actors/entity/store_worker.hpp"
#include "storage/archive_table.hpp"
#include "storage/keys.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

namespace {

class mute final : public entity_model {
public:
  status restore(const bytes&) override { return success(); }
  bytes snapshot() const override { return {"x"}; }
  void apply(const event_entry&) override {}
  decision decide(const decide_context&) const override { return {}; }
};

/// An event is a line: its name says who ("customer", "person", "ai"), its body what.
std::vector<feed_item> lines(const turn_record& r) {
  std::vector<feed_item> out;
  for (auto& e : r.events) {
    feed_item i;
    i.seq = r.turn, i.text = e.body.data, i.time_ms = static_cast<int64_t>(r.turn) * 1000;
    BOOST_REQUIRE(from_string(e.name, i.by));
    out.push_back(std::move(i));
  }
  return out;
}

struct talks {
  engine env;
  tenant_id shop{"shop"};
  partition_id p{3};
  uint64_t seq = 0;
  talks() {
    env.db = make_memory_store();
    env.kinds['c'] = {"talk", [](auto&, auto&) { return std::make_unique<mute>(); }, lines, {}};
    auto all = std::make_shared<std::map<tenant_id, tenant_ptr>>();
    for (auto name : {"shop", "other"}) {
      auto t = std::make_shared<tenant_config>();
      t->languages = {"en", "es", "zh"};
      (*all)[tenant_id{name}] = t;
    }
    env.tenants.store(all);
  }
  entity_id id(int i) { return conversation_id(shop, channel_id{"web"}, account_id{}, peer_id{std::to_string(i)}); }
  void put(turn_record r) {
    store_batch b;
    b.partition = p, b.incarnation = 7, b.mark = true;
    r.epoch = 1, r.n = ++seq, r.input.data = encode(turn_input{});
    auto bytes = std::make_shared<const std::string>(encode(r));
    auto e = r.entity;
    b.entries.push_back({seq, std::make_shared<const turn_record>(std::move(r)), bytes});
    apply(env, b);
    BOOST_REQUIRE(archive_one(env, p, e).ok());
  }
  void say(int i, uint64_t turn, const std::string& text, const char* by = "customer", const char* tenant = "shop") {
    turn_record r;
    r.tenant = tenant_id{tenant}, r.entity = id(i), r.turn = turn;
    // As the log says it of an entity whose turns before are not there: with the whole state.
    entity_frame frame;
    frame.tenant = r.tenant, frame.entity = r.entity, frame.turn = turn, frame.state = {"x"};
    if (turn > 1) r.state = {encode(frame)};
    r.events.push_back({by, {text}});
    put(std::move(r));
  }
  std::vector<std::string> find(const std::string& text, uint32_t limit = 20) {
    ops_request q;
    q.tenant = shop, q.text = text, q.limit = limit;
    last = search_archive(env, p, q);
    BOOST_TEST(last.error.empty());
    std::vector<std::string> out;
    for (auto& f : last.found) out.push_back(f.row.conversation.value);
    return out;
  }
  size_t rows() {
    size_t n = 0;
    for (auto t : {table::words, table::archive})
      BOOST_REQUIRE(env.db->scan(t, {}, {}, scan_order::ascending, [&](auto, auto) { return ++n, true; }).ok());
    return n;
  }
  seat_found last;
};
using names = std::vector<std::string>;

} // namespace

BOOST_FIXTURE_TEST_SUITE(past_conversations, talks)

BOOST_AUTO_TEST_CASE(words_of_customers_and_people_in_their_languages) {
  say(1, 1, "My boots pinch, I want a REFUND");
  say(2, 2, "quiero devolver las botas");
  say(3, 3, "我想退货，这双靴子太小了");
  say(4, 4, "Your refund for LT-10293 left today", "person");
  say(5, 5, "Refunds take three days", "ai");
  BOOST_TEST((find("refund") == names{id(4).value, id(1).value}));
  BOOST_TEST((find("refunds boots") == names{id(1).value}));
  BOOST_TEST((find("devolver bota") == names{id(2).value}));
  BOOST_TEST((find("退货") == names{id(3).value}));
  BOOST_TEST((find("lt-10293") == names{id(4).value}));
  BOOST_TEST(find("refund 退货").empty());
  BOOST_TEST(find("!?").empty());
}

BOOST_AUTO_TEST_CASE(the_line_that_holds_most_is_shown) {
  say(1, 1, "boots?");
  say(1, 2, std::string(300, 'a') + " the left one of the boots\npinches " + std::string(300, 'b'));
  say(1, 3, "thanks", "person");
  find("boots pinch");
  BOOST_REQUIRE(last.found.size() == 1u);
  auto& f = last.found[0];
  BOOST_TEST(f.snippet.find("the left one of the boots pinches") != std::string::npos, f.snippet);
  BOOST_TEST(f.snippet.size() < 180u);
  BOOST_TEST(f.snippet.starts_with("…"));
  BOOST_TEST((f.by == speaker::customer));
}

BOOST_AUTO_TEST_CASE(snippets_are_whole_characters) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "长文字没有空格";
  text += "退货";
  for (int i = 0; i < 100; ++i) text += "长文字没有空格";
  auto s = snippet_of(text, archive_question("退货", {"zh"}), {"zh"});
  BOOST_TEST(s.find("退货") != std::string::npos, s);
  BOOST_TEST(s.size() % 3 == 0u);
  for (size_t i = 0; i + 3 <= s.size(); i += 3) BOOST_TEST((static_cast<unsigned char>(s[i]) & 0xC0) != 0x80);
}

BOOST_AUTO_TEST_CASE(snippets_show_the_end_of_a_piece_and_end_where_no_text_is) {
  std::string text;
  for (int i = 0; i < 45; ++i) text += "字";
  text += "退货，";
  for (int i = 0; i < 6; ++i) text += "退货";
  for (size_t n = 159; n < text.size(); n += 3) {
    auto s = snippet_of(text.substr(text.size() - n), archive_question("退货", {"zh"}), {"zh"});
    BOOST_TEST(s.find("退货") != std::string::npos, s);
  }
  std::string late(150, '-');
  auto shown = snippet_of(late + late + "boots", archive_question("boots", {"en"}), {"en"});
  BOOST_TEST(shown.find("boots") != std::string::npos, shown);
  BOOST_TEST(snippet_of(std::string(5'000, '\x80'), archive_question("boots", {"en"}), {"en"}).size() < 180u);
}

BOOST_AUTO_TEST_CASE(other_tenants_find_nothing_of_it) {
  say(1, 1, "my secret refund", "customer", "other");
  BOOST_TEST(find("refund").empty());
}

BOOST_AUTO_TEST_CASE(what_is_forgotten_is_out_of_the_archive_with_the_same_write) {
  say(1, 1, "the parrot");
  auto alone = rows();
  say(2, 1, "the parrot is dead");
  turn_record grave;
  grave.kind = record_kind::snapshot, grave.tenant = shop, grave.entity = id(2), grave.turn = 1;
  store_batch b;
  b.partition = p, b.incarnation = 7, b.mark = true;
  grave.epoch = 1, grave.n = ++seq;
  b.entries.push_back(
      {seq, std::make_shared<const turn_record>(grave), std::make_shared<const std::string>(encode(grave))});
  apply(env, b);
  BOOST_TEST(rows() == alone);
  BOOST_TEST((find("parrot") == names{id(1).value}));
  // Told late of something that is gone, it takes nothing in.
  BOOST_REQUIRE(archive_one(env, p, id(2)).ok());
  BOOST_TEST(rows() == alone);
  // Begun anew, only the new is found.
  say(2, 1, "hello again");
  BOOST_TEST((find("again") == names{id(2).value}));
  BOOST_TEST(find("dead").empty());
}

BOOST_AUTO_TEST_CASE(of_a_customer_who_is_forgotten_only_the_new_life_is_found) {
  int i = 0;
  while (partition_of(shop, id(i)) != p) ++i;
  say(i, 1, "the parrot"), say(i, 2, "is dead"), say(i, 3, "hello again");
  say(i + 1, 1, "another parrot");
  write_batch rows_of_before;
  for (uint64_t turn : {1, 2}) rows_of_before.erase(table::turns, keys::turn(id(i), turn));
  BOOST_REQUIRE(env.db->write(std::move(rows_of_before)).ok());
  forget_note n;
  n.tenant = shop, n.of = {id(i)};
  BOOST_REQUIRE(erase_archived(env, {n}).ok());
  BOOST_TEST((find("again") == names{id(i).value}));
  BOOST_TEST((find("parrot") == names{id(i + 1).value}));
  BOOST_TEST(find("dead").empty());
}

BOOST_AUTO_TEST_CASE(a_store_that_begins_anew_is_taken_in_anew) {
  for (uint64_t t = 1; t <= 5; ++t) say(1, t, "word" + std::to_string(t));
  BOOST_REQUIRE(env.db->erase_prefix(table::entity, keys::partition_prefix(p)).ok());
  BOOST_REQUIRE(env.db->erase_prefix(table::turns, keys::turns_of(id(1))).ok());
  say(1, 1, "fresh");
  BOOST_TEST((find("fresh") == names{id(1).value}));
  BOOST_TEST(find("word5").empty());
}

BOOST_AUTO_TEST_SUITE_END()
