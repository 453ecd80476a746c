// What keeps a conversation going: ask, the chat, tail, events tail.
#include "tests/clients/cli/fake_engine.hpp"

#include <atomic>

using namespace steward;
using namespace steward::test;

namespace {

const std::string id = "cabcdefghijklmnopqrstuvwxyz";

// Plays the engine's part of a chat. `doubles`: each reply comes twice, and once before for another question.
void answer_questions(fake_engine& e, bool doubles = false) {
  e.on("say.demo.cli.*", [&e, doubles](const std::string& payload) {
    auto q = decode<say_request>(payload);
    reply_message r{
        .id = id + ":1:0", .conversation = entity_id(id), .in_reply_to = q->id, .text = "You said: " + q->text};
    r.citations = {{.article = "shipping-costs", .title = "Shipping"}};
    r.confidence = 0.875;
    auto other = r;
    other.in_reply_to = "another", other.text = "not this";
    auto to = subjects::reply(tenant_id("demo"), channel_id("cli"), peer_id("maria"));
    if (doubles) e.publish(to, encode(other));
    for (int i = 0; i <= doubles; ++i) e.publish(to, encode(r));
    return encode(accept_ack{.ok = true, .id = q->id, .conversation = entity_id(id)});
  });
}

} // namespace

BOOST_AUTO_TEST_SUITE(talk_suite)

ENGINE_TEST(one_question_one_object) {
  answer_questions(e, true);
  auto r = e.run({"ask", "--json", "do you ship?", "--as", "maria", "-l", "en"});
  BOOST_TEST(r.code == 0);
  BOOST_TEST(
      r.output.rfind(
          R"({"conversation":")" + id +
              R"(","reply":"You said: do you ship?","citations":[{"article":"shipping-costs","title":"Shipping","passage":"","source":""}],"confidence":0.875,"latency_ms":)",
          0) == 0u,
      r.output);
  BOOST_TEST(std::count(r.output.begin(), r.output.end(), '\n') == 1);
  r = e.run({"ask", "do you ship?", "--as", "maria"});
  BOOST_TEST(r.output == "  You said: do you ship?\n  from shipping-costs, 88 % sure\n");
}

ENGINE_TEST(a_question_without_reply_is_a_timeout_that_names_the_conversation) {
  e.says("say.demo.cli.*", accept_ack{.ok = true, .conversation = entity_id(id)});
  auto r = e.run({"ask", "hello", "--timeout", "0.3"});
  BOOST_TEST(r.code == 3);
  BOOST_TEST(has(r.errors, id), r.errors);
}

ENGINE_TEST(a_refused_question) {
  e.says("say.*.cli.*", accept_ack{.ok = false, .error = {"unknown_tenant", "no tenant 'acme'"}});
  BOOST_TEST(e.run({"ask", "hello", "-t", "acme"}).code == 4);
  BOOST_TEST(has(e.run({"ask", "hello", "--json"}).output, "unknown_tenant"));
}

ENGINE_TEST(an_overloaded_engine_is_asked_again_with_the_same_id) {
  std::atomic<int> times{0};
  std::string first;
  e.on("say.demo.cli.*", [&](const std::string& payload) {
    auto q = decode<say_request>(payload);
    if (++times == 1) {
      first = q->id;
      return encode(accept_ack{.ok = false, .error = {"overloaded", "later"}, .retry_after_ms = 20});
    }
    BOOST_TEST(q->id == first);
    e.publish("reply.demo.cli.maria",
              encode(reply_message{.id = "x", .conversation = entity_id(id), .in_reply_to = q->id, .text = "now"}));
    return encode(accept_ack{.ok = true, .conversation = entity_id(id)});
  });
  BOOST_TEST(e.run({"ask", "hello", "--as", "maria"}).output == "  now\n");
  BOOST_TEST(times == 2);
}

ENGINE_TEST(a_chat_from_a_pipe_takes_turns) {
  answer_questions(e);
  auto r = e.run({"ask", "--as", "maria"}, "one\n\ntwo\n");
  BOOST_TEST(r.code == 0);
  auto one = r.output.find("You said: one"), two = r.output.find("You said: two");
  BOOST_TEST((one < two && two != std::string::npos), r.output);
  BOOST_TEST(!has(r.output, "you>"));
  r = e.run({"ask", "--as", "maria", "--json"}, "one\ntwo\n");
  BOOST_TEST(std::count(r.output.begin(), r.output.end(), '\n') == 2);
}

ENGINE_TEST(tail_follows_a_conversation) {
  std::atomic<uint64_t> known{1};
  auto subject = subjects::engine(partition_of(tenant_id("demo"), entity_id(id)), "feed");
  e.on(subject, [&](const std::string& payload) {
    auto q = decode<feed_request>(payload);
    feed_page page{.conversation = q->conversation, .mode = "ai", .next = known + 1};
    for (auto n = q->from; n <= known; ++n)
      page.items.push_back({.seq = n, .by = speaker::customer, .text = "line " + std::to_string(n)});
    return encode(page);
  });
  program p(e.line({"conversations", "tail", id, "--json"}), e.environment());
  BOOST_TEST(p.prints("line 1"));
  known = 2;
  e.publish(subjects::feed(tenant_id("demo"), entity_id(id)), "");
  BOOST_TEST(p.prints("line 2"));
  p.interrupt();
  auto r = p.wait();
  BOOST_TEST(r.code == 0);
  BOOST_TEST(std::count(r.output.begin(), r.output.end(), '\n') == 2); // each line once
}

ENGINE_TEST(tail_of_what_does_not_exist) {
  feed_page none;
  none.error = {"not_found", "no such conversation"};
  e.says("engine.*.feed", none);
  BOOST_TEST(e.run({"conversations", "tail", id}).code == 4);
}

ENGINE_TEST(events_are_shown_while_they_happen) {
  e.says("ops.all.tail", ops_ack{.ok = true});
  program p(e.line({"events", "tail", "--tenant", "demo"}), e.environment());
  // What is published before it listens is not for it: say it until it shows.
  tail_line other{.tenant = tenant_id("acme"), .entity = entity_id(id), .what = "say"};
  tail_line mine{.tenant = tenant_id("demo"),
                 .entity = entity_id(id),
                 .turn = 4,
                 .what = "say",
                 .events = {"said", "answered"},
                 .replies = 1};
  std::atomic<bool> done{false};
  e.on("ops.all.tail", [&](const std::string&) {
    e.publish("tail", encode(other)), e.publish("tail", encode(mine));
    return std::string();
  });
  // The wish was sent before the second subscription or after it; the program repeats it.
  BOOST_TEST(p.prints("turn 4  say       said answered  → 1 reply"));
  p.interrupt();
  auto r = p.wait();
  BOOST_TEST(r.code == 0);
  BOOST_TEST(!has(r.output, "acme"));
}

BOOST_AUTO_TEST_SUITE_END()
