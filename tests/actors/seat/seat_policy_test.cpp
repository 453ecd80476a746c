#include "actors/seat/seat_policy.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(requests)

namespace {
tenant_config shop() {
  tenant_config t;
  t.id = tenant_id{"shop"}, t.name = "Shop", t.languages = {"en", "de"};
  t.queues["desk"] = {}, t.queues["returns"] = {};
  t.first_queue = "desk";
  return t;
}
seat_request with(auto f) {
  seat_request q;
  q.id = "1", q.text = "x";
  q.conversation = conversation_id(tenant_id{"shop"}, channel_id{"web"}, account_id{}, peer_id{"a"});
  f(q);
  return q;
}
} // namespace

BOOST_AUTO_TEST_CASE(whom_a_verb_is_for) {
  auto t = shop();
  auto c = with([](auto&) {}).conversation;
  struct {
    const char* verb;
    entity_id to;
    const char* topic;
  } rows[] = {{"join", seat_id(t.id, "anna"), "join"},
              {"draft", seat_id(t.id, "anna"), "draft"},
              {"take", queue_id(t.id, "desk"), "take"},
              {"accept", queue_id(t.id, "desk"), "accept"},
              {"say", c, "seat.say"},
              {"pass", c, "seat.pass"},
              {"reopen", c, "seat.reopen"},
              {"undo", c, "seat.undo"},
              {"block", c, "seat.block"},
              {"take_over", c, "seat.take_over"},
              {"snooze", seat_id(t.id, "anna"), "snooze"}};
  for (auto& r : rows) {
    auto m = seat_message({t.id, "anna", r.verb}, with([](auto&) {}), t, 5);
    BOOST_REQUIRE_MESSAGE(m.ok(), r.verb);
    BOOST_TEST((m->entity == r.to), r.verb);
    BOOST_TEST(m->topic == r.topic);
    BOOST_TEST((m->kind == in_kind::command));
    BOOST_TEST(decode<seat_command>(m->body.data)->seat == "anna");
  }
  // The same id of the same seat is the same message, whatever it says; another seat's is not.
  auto id = [&](const char* seat) { return seat_message({t.id, seat, "take"}, with([](auto&) {}), t, 5)->id; };
  BOOST_TEST((id("anna") == id("anna")));
  BOOST_TEST((id("anna") != id("ben")));
}

BOOST_AUTO_TEST_CASE(a_look_counts_once_an_hour) {
  recent_looks looks;
  entity_id a{"a"}, b{"b"};
  BOOST_TEST(looks.is_new("sue", a, 1'000));
  BOOST_TEST(!looks.is_new("sue", a, 3'600'999));
  BOOST_TEST(looks.is_new("sue", a, 3'601'000));
  BOOST_TEST(!looks.is_new("sue", a, 3'602'000));
  BOOST_TEST(looks.is_new("sue", b, 3'602'000));
  BOOST_TEST(looks.is_new("tom", a, 3'602'000));
}

BOOST_AUTO_TEST_CASE(what_is_refused_and_why) {
  auto t = shop();
  struct {
    const char* verb;
    seat_request ask;
    const char* why;
  } rows[] = {{"fly", with([](auto&) {}), "no verb 'fly'"},
              {"say", with([](auto& q) { q.id.clear(); }), "'id'"},
              {"say", with([](auto& q) { q.text.clear(); }), "'text'"},
              {"say", with([](auto& q) { q.text.assign(4001, 'x'); }), "at most 4000"},
              {"say", with([](auto& q) { q.conversation = customer_id(tenant_id{"shop"}, "C-1"); }), "'conversation'"},
              {"take", with([](auto& q) { q.queue = "attic"; }), "no queue 'attic'"},
              {"pass", with([](auto& q) { q.seat = "An na"; }), "'seat'"},
              {"join", with([](auto& q) {
                 q.queues = {"desk", "attic"};
               }),
               "no queue 'attic'"},
              {"join", with([](auto& q) { q.skills = {"a b"}; }), "'skills'"},
              {"join", with([](auto& q) { q.capacity = 21; }), "'capacity'"},
              {"join", with([](auto& q) { q.name.assign(41, 'x'); }), "'name'"}};
  for (auto& r : rows) {
    auto m = seat_message({t.id, "anna", r.verb}, r.ask, t, 5);
    BOOST_REQUIRE_MESSAGE(!m.ok(), r.why);
    BOOST_TEST(m.error().message.find(r.why) != std::string::npos, m.error().message);
  }
}

BOOST_AUTO_TEST_CASE(articles_are_looked_up_for_a_text_as_long_as_a_customers) {
  seat_request q;
  BOOST_TEST((check_suggest(q).error().code == errc::bad_request));
  for (int i = 0; i < 4000; ++i) q.text += "\u00e9";
  BOOST_TEST(check_suggest(q).ok());
  q.text += "x";
  BOOST_TEST((check_suggest(q).error().code == errc::too_large));
}

BOOST_AUTO_TEST_CASE(canned_texts_are_filled) {
  auto t = shop();
  t.texts["hello"] = {{"en", "Hello {customer}, {seat} of {company}. {unknown} {"}, {"de", "Hallo {customer}"}};
  std::map<std::string, std::string> v{{"customer", "{seat}"}, {"seat", "Anna"}, {"company", "Shop"}};
  BOOST_TEST(filled_texts(t, "de", v)["hello"] == "Hallo {seat}"); // what is filled in is not looked at again
  BOOST_TEST(filled_texts(t, "fr", v)["hello"] == "Hello {seat}, Anna of Shop. {unknown} {");
}

BOOST_AUTO_TEST_CASE(a_search_looks_for_something) {
  seat_request q;
  for (auto text : {"", "  \n"}) {
    q.text = text;
    BOOST_TEST(!check_search(q).ok());
  }
  q.text = std::string(201, 'x');
  BOOST_TEST((check_search(q).error().code == errc::too_large));
  q.text = "退货", q.limit = 5'000;
  BOOST_TEST(check_search(q).ok());
  BOOST_TEST(search_limit(q) == 100u);
  BOOST_TEST(is_seat_read("search"));
}

BOOST_AUTO_TEST_CASE(parts_of_a_search_are_put_together) {
  auto found = [](std::initializer_list<int64_t> times) {
    seat_found f;
    for (auto t : times) {
      f.found.emplace_back();
      f.found.back().time_ms = t;
    }
    return f;
  };
  search_sum s(4, 3);
  BOOST_TEST(!s.take(found({50, 10})));
  BOOST_TEST(!s.take(result<seat_found>(errc::unavailable, "nobody")));
  seat_found bad;
  bad.error = {"internal", "?"};
  BOOST_TEST(!s.take(bad));
  auto whole = s.take(found({40, 60}));
  BOOST_REQUIRE(whole.has_value());
  BOOST_TEST(whole->missing == 2u);
  BOOST_TEST(whole->more);
  BOOST_REQUIRE(whole->found.size() == 3u);
  BOOST_TEST((whole->found[0].time_ms == 60 && whole->found[2].time_ms == 40));
}

BOOST_AUTO_TEST_SUITE_END()
