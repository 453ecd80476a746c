// nlu commands that read an engine's conversations.
#include "tests/clients/cli/fake_engine.hpp"

using namespace steward;
using namespace steward::test;

namespace {

const tenant_id demo("demo");

conversation_view picked_conversation(const std::string& letter, const std::string& article) {
  conversation_view v;
  v.row.tenant = demo, v.row.conversation = entity_id("c" + std::string(26, letter[0]));
  v.row.channel = "web", v.row.mode = "ai", v.row.language = "en";
  v.state = R"({"customer":")" + letter + R"("})";
  feed_item ask;
  ask.seq = 1, ask.by = speaker::customer, ask.id = "1", ask.text = "What is delivery?\x1b";
  feed_item back;
  back.seq = 2, back.by = speaker::ai, back.id = letter + ":1", back.kind = "choice", back.in_reply_to = "1";
  back.choices = {"Germany", "Norway"};
  back.citations = {{"germany", "", "", ""}, {"norway", "", "", ""}};
  feed_item two = ask;
  two.seq = 3, two.id = "2", two.text = article == "germany" ? "1" : "2";
  feed_item answer = back;
  answer.seq = 4, answer.id = letter + ":2", answer.kind = "answer", answer.in_reply_to = "2", answer.confidence = 1;
  answer.choices.clear(), answer.citations = {{article, "Delivery", "", ""}};
  v.items = {ask, back, two, answer};
  return v;
}

/// In parts of two items, as a large conversation comes.
std::string in_parts(conversation_view v, const std::string& request) {
  auto q = decode<ops_request>(request);
  if (!q || q->entity != v.row.conversation) return {};
  std::erase_if(v.items, [&](auto& i) { return i.seq < q->number; });
  if (v.items.size() > 2) v.items.resize(2);
  return encode(v);
}

void plays(fake_engine& e, const std::vector<conversation_view>& all) {
  conversation_list list;
  for (auto& v : all) {
    list.rows.push_back(v.row);
    e.on(subjects::engine(partition_of(demo, v.row.conversation), "show"),
         [v](const std::string& request) { return in_parts(v, request); });
  }
  e.says("ops.all.conversations", list);
}

/// What the customer rated; nothing stands on a timeline that nobody wrote to.
void has_timeline(fake_engine& e, const std::string& customer, const std::string& wrong) {
  auto id = customer_id(demo, customer);
  e.on(subjects::engine(partition_of(demo, id), "show"), [id, wrong](const std::string& request) {
    auto q = decode<ops_request>(request);
    if (!q || q->entity != id) return std::string();
    conversation_view v;
    if (wrong.empty())
      v.error = {std::string(to_string(errc::not_found)), "no conversation"};
    else if (q->number == 0) {
      feed_item i;
      i.seq = 1, i.by = speaker::system, i.kind = "answer_rated",
      i.text = R"({"reply":")" + wrong + R"(","right":false})";
      v.items = {i};
    }
    return encode(v);
  });
}

} // namespace

BOOST_AUTO_TEST_SUITE(nlu_suite)

ENGINE_TEST(picks_of_customers_become_examples) {
  plays(e,
        {picked_conversation("a", "norway"), picked_conversation("b", "norway"), picked_conversation("d", "norway")});
  has_timeline(e, "a", ""), has_timeline(e, "b", ""), has_timeline(e, "d", "d:2");
  auto r = e.run({"nlu", "picks"});
  BOOST_TEST(r.code == 0, r.errors);
  BOOST_TEST(has(r.output, "norway        2            en        What is delivery?"), r.output);
  BOOST_TEST(has(r.output, "3 picks in 3 conversations. Not counted: 1, where"), r.output);
  BOOST_TEST(!has(r.output, "\x1b"));
  r = e.run({"nlu", "picks", "--json"});
  BOOST_TEST(has(r.output, R"("article":"norway","title":"Delivery","customers":2,"weight":2,"conflict":false}],)"
                           R"("conversations":3,"seen":3,"doubted":1})"),
             r.output);
  r = e.run({"nlu", "picks", "--lines"});
  BOOST_TEST(r.output == "{\"question\":\"What is delivery?\\u001b\",\"expected\":[\"norway\"],\"language\":\"en\"}\n");
  BOOST_TEST(r.errors == "");
  r = e.run({"nlu", "picks", "--at-least", "3"});
  BOOST_TEST(has(r.output, "No article was picked by 3 customers for the same words: 3 picks"), r.output);
  BOOST_TEST(e.run({"nlu", "picks", "--lines", "--json"}).code == 2);
  BOOST_TEST(e.run({"nlu", "picks", "--at-least", "0"}).code == 2);
}

ENGINE_TEST(picks_that_conflict_are_left_to_people) {
  plays(e,
        {picked_conversation("a", "norway"), picked_conversation("b", "norway"), picked_conversation("d", "germany")});
  for (auto* who : {"a", "b", "d"}) has_timeline(e, who, "");
  auto r = e.run({"nlu", "picks"});
  BOOST_TEST(has(r.output, "norway        2  conflict"), r.output);
  BOOST_TEST(has(r.output, "germany       1  conflict"), r.output);
  r = e.run({"nlu", "picks", "--lines"});
  BOOST_TEST(r.code == 0);
  BOOST_TEST(r.output == "");
  BOOST_TEST(has(r.errors, "left out 1 text for which customers picked several articles"), r.errors);
}

ENGINE_TEST(suggest_reads_what_was_asked_back) {
  plays(e, {picked_conversation("a", "norway")});
  auto r = e.run({"nlu", "suggest", "--no-encoder", "--json"});
  BOOST_TEST(r.code == 0, r.errors);
  BOOST_TEST(r.output == "[]\n"); // one message is no group
}

BOOST_AUTO_TEST_SUITE_END()
