// What operators and pages read of the store: lists of conversations, feeds, in messages that the bus carries.
#include "actors/answer.hpp"
#include "actors/entity/store_lists.hpp"
#include "actors/entity/store_reads.hpp"
#include "actors/entity/store_worker.hpp"
#include "tests/actors/entity/fake_bus.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

namespace {

/// Its state is its row in a list; an event is the row from then on.
class listed final : public entity_model {
public:
  status restore(const bytes& b) override {
    row_ = b;
    return success();
  }
  bytes snapshot() const override { return row_; }
  void apply(const event_entry& e) override { row_ = e.body; }
  decision decide(const decide_context&) const override { return {}; }
  bytes summary() const override { return row_; }

private:
  bytes row_;
};

struct shelf {
  engine env;
  node_view view;
  std::array<uint64_t, partition_count> seq{};
  uint64_t n = 0;
  tenant_id tenant{"t"};

  shelf() {
    env.node = node_id{"n1"};
    env.db = make_memory_store();
    env.nats = std::make_shared<fake_bus>();
    auto row = [](const turn_record& r) { return *decode<conversation_row>(r.events[0].body.data); };
    env.kinds['c'] = {"listed", [](auto&, auto&) { return std::make_unique<listed>(); },
                      [row](const turn_record& r) {
                        feed_item i;
                        i.seq = r.turn, i.text = row(r).last_text;
                        return std::vector{i};
                      },
                      [row](const turn_record& r) { return std::optional(row(r).mode == "waiting"); }};
    for (uint8_t p = 0; p < partition_count; ++p) view.mine.insert(p);
  }
  /// Says something at `ms`; the log of its partition grows in that order.
  entity_id says(const std::string& peer, int64_t ms, const std::string& mode = "ai", const std::string& text = "hi",
                 uint64_t turn = 1) {
    conversation_row row;
    row.peer = peer, row.mode = mode, row.last_ms = ms, row.waiting_ms = mode == "waiting" ? ms : 0;
    row.last_text = text;
    turn_record r;
    r.tenant = tenant, r.entity = conversation_id(tenant, channel_id{"web"}, {}, peer_id{peer}), r.turn = turn;
    r.epoch = 1, r.n = ++n;
    turn_input input;
    input.message.id = message_id{std::to_string(n)}, input.now_ms = ms;
    r.in = {1, n}, r.input.data = encode(input);
    r.events.push_back({"said", {encode(row)}});
    store_batch b;
    b.partition = partition_of(tenant, r.entity), b.incarnation = 7, b.mark = true;
    auto e = r.entity;
    auto bytes = std::make_shared<const std::string>(encode(r));
    b.entries.push_back({++seq[b.partition.value], std::make_shared<const turn_record>(std::move(r)), bytes});
    apply(env, b);
    return e;
  }
  std::vector<std::string> peers(const conversation_list& l) const {
    std::vector<std::string> out;
    for (auto& r : l.rows) out.push_back(r.peer);
    return out;
  }
  conversation_list list(uint32_t limit, const std::string& filter = "", const std::string& begins = "") {
    ops_request q;
    q.tenant = tenant, q.limit = limit, q.filter = filter, q.entity = entity_id{begins};
    return list_conversations(env, q, view);
  }
};

using names = std::vector<std::string>;

} // namespace

BOOST_FIXTURE_TEST_SUITE(reads_of_the_store, shelf)

// It was the first by their ids, which are hashes: fifty of any age.
BOOST_AUTO_TEST_CASE(the_newest_conversations_come_first) {
  for (int i = 0; i < 200; ++i) says("p" + std::to_string(i), 1000 + i);
  says("p7", 9000, "ai", "hi", 2); // writes again
  auto l = list(3);
  BOOST_TEST((peers(l) == names{"p7", "p199", "p198"}));
  BOOST_TEST(l.left_out == 197u);
  BOOST_TEST(list(500).rows.size() == 200u);
  BOOST_TEST(list(500).left_out == 0u);
}

BOOST_AUTO_TEST_CASE(who_waits_longest_comes_first_however_many_wait) {
  for (int i = 0; i < 120; ++i) says("p" + std::to_string(i), 5000 - i, "waiting");
  says("q", 1, "ai");
  auto l = list(2, "waiting");
  BOOST_TEST((peers(l) == names{"p119", "p118"}));
  BOOST_TEST(l.left_out == 118u);
}

BOOST_AUTO_TEST_CASE(a_filter_looks_behind_the_newest) {
  says("old", 1, "closed");
  for (int i = 0; i < 300; ++i) says("p" + std::to_string(i), 1000 + i);
  BOOST_TEST((peers(list(5, "closed")) == names{"old"}));
  BOOST_TEST(list(2, "open").rows.size() == 2u);
}

// It was looked for among the first four hundred of a partition.
BOOST_AUTO_TEST_CASE(an_id_is_found_by_its_beginning_among_any_number) {
  std::vector<entity_id> all;
  for (int i = 0; i < 8000; ++i) all.push_back(says("p" + std::to_string(i), i));
  auto last = *std::max_element(all.begin(), all.end());
  auto l = list(10, "", last.value.substr(0, 12));
  BOOST_REQUIRE(l.rows.size() == 1u);
  BOOST_TEST(l.rows[0].conversation.value == last.value);
  BOOST_TEST(list(10, "", "u").rows.empty());
}

BOOST_AUTO_TEST_CASE(a_list_is_as_long_as_a_message_carries) {
  for (int i = 0; i < 1000; ++i) says(std::string(190, 'p') + std::to_string(i), i, "ai", std::string(1000, 'x'));
  auto l = list(2000);
  BOOST_TEST(encode(l).size() < 700'000u);
  BOOST_TEST(l.rows.size() + l.left_out == 1000u);
  BOOST_TEST(l.rows.front().last_ms == 999);
}

// A page of five hundred long texts was dropped by the bus in silence, and its reader asked for it for ever.
BOOST_AUTO_TEST_CASE(a_page_of_long_texts_is_shorter_and_loses_nothing) {
  entity_id e;
  for (uint64_t t = 1; t <= 300; ++t) e = says("p", static_cast<int64_t>(t), "ai", std::string(4000, 'x'), t);
  feed_request q;
  q.tenant = tenant, q.conversation = e, q.limit = 500;
  uint64_t read = 0, pages = 0;
  for (feed_page page; q.from <= 300; q.from = page.next, ++pages) {
    page = read_feed(*env.db, env.kinds, q);
    BOOST_REQUIRE(!page.items.empty());
    BOOST_TEST(page.items.front().seq == read + 1);
    read = page.items.back().seq;
    BOOST_TEST(encode(page).size() < 600'000u);
  }
  BOOST_TEST(read == 300u);
  BOOST_TEST(pages == 4u);
}

BOOST_AUTO_TEST_CASE(an_answer_that_no_message_carries_is_refused_in_words) {
  struct listening final : fake_bus {
    std::string got;
    void publish(std::string_view, std::string_view data, const headers&, std::string_view) override { got = data; }
  } bus;
  answer_encoded(bus, "_INBOX.1", std::string(40'000, 'x'));
  BOOST_TEST(bus.got.size() == 40'000u);
  answer_encoded(bus, "_INBOX.1", std::string(2 << 20, 'x'));
  auto ack = decode<ops_ack>(bus.got);
  BOOST_REQUIRE(ack.ok());
  BOOST_TEST(ack->error.code == "too_large");
  BOOST_TEST(ack->error.message.find("2097152 bytes") != std::string::npos);
}

// Who wrote over HTTP in the moment in which a door failed waited for ten seconds.
BOOST_AUTO_TEST_CASE(what_nobody_answers_is_answered_all_the_same) {
  names said;
  std::function<void(std::string)> tell = [&](std::string x) { said.push_back(std::move(x)); };
  {
    auto a = answered_in_any_case<std::string>(tell, "send again");
    auto b = a;
    b("yes"), a("twice");
  }
  BOOST_TEST((said == names{"yes"}));
  {
    auto lost =
        std::make_shared<std::function<void(std::string)>>(answered_in_any_case<std::string>(tell, "send again"));
  }
  BOOST_TEST((said == names{"yes", "send again"}));
}

BOOST_AUTO_TEST_SUITE_END()
