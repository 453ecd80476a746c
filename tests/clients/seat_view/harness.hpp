// A desk at which a test sits: keys in, requests out, answers as an engine would give them.
#pragma once
#include "clients/seat_view/desk.hpp"
#include "clients/seat_view/picture.hpp"

#include <boost/test/unit_test.hpp>

namespace steward::seat_ui {

inline entity_id talk_id(char c) { return entity_id("c" + std::string(26, c)); }

class sitting {
public:
  desk d;
  std::vector<effect> out; // since the last clear
  uint64_t seq = 0;

  explicit sitting(presence is = presence::available)
      : d({tenant_id("demo"), "anna", "t", 5000, {}}) {
    happens(tick{1'000'000});
    me.seat = "anna", me.name = "Anna", me.is = is, me.capacity = 3, me.queues = {"main"};
    happens(got_me{me});
    waits({});
    out.clear();
  }

  void happens(const event& e) {
    for (auto& x : d.update(e)) out.push_back(x);
  }
  void press(key_code k, std::string text = {}) { happens(key{k, std::move(text)}); }
  void enter() { press(key_code::enter); }
  void ctrl(char c) { press(key_code::ctrl, std::string(1, c)); }
  void type(std::string_view ascii) {
    for (auto c : ascii) press(key_code::text, std::string(1, c));
  }

  // What an engine says.
  void waits(std::vector<std::pair<char, std::string>> all) {
    queue_view v;
    v.queue = "main", v.mode = "pick", v.waiting = all.size();
    for (auto& [c, text] : all) v.rows.push_back({talk_id(c), 1, d.now_ms - 60'000, 0, {}, "en", text, {}});
    v.seats = {{"anna", "Anna", presence::available, 3}, {"ben", "Ben", presence::available, 2}};
    happens(got_queue{v});
  }
  void feed(std::string kind, char c, std::string answers = {}, std::string text = {}, std::string name = {}) {
    feed_item i;
    i.seq = ++seq, i.kind = std::move(kind), i.conversation = c ? talk_id(c) : entity_id{}, i.queue = "main";
    i.in_reply_to = std::move(answers), i.text = std::move(text), i.name = std::move(name), i.time_ms = d.now_ms;
    i.until_ms = d.now_ms + 5000;
    happens(feed_came{{i}});
  }
  void customer_says(char c, std::string text) {
    seat_conversation v;
    v.row.conversation = talk_id(c), v.row.peer = std::string("peer-") + c, v.row.channel = "web",
    v.row.language = "en";
    feed_item i;
    i.seq = ++said[c], i.by = speaker::customer, i.text = std::move(text), i.time_ms = d.now_ms;
    v.items = {i};
    happens(got_read{talk_id(c), v});
  }
  /// It is this seat's from the start.
  void holds(char c) {
    me.held.push_back({talk_id(c), d.now_ms, "main", {}, 0});
    feed("began", c);
    happens(got_me{me});
    happens(got_me{me}); // asked for again, since it changed meanwhile
    customer_says(c, "hello");
    out.clear();
  }

  // What the desk asked for.
  std::vector<request> asked(const std::string& verb) const {
    std::vector<request> all;
    for (auto& x : out)
      if (auto r = std::get_if<request>(&x); r && r->verb == verb) all.push_back(*r);
    return all;
  }
  request only(const std::string& verb) const {
    auto all = asked(verb);
    BOOST_TEST_REQUIRE(all.size() == 1u, verb << " was asked " << all.size() << " times");
    return all[0];
  }
  bool rang() const {
    return std::any_of(out.begin(), out.end(), [](auto& x) { return std::holds_alternative<ring>(x); });
  }
  bool left() const {
    return std::any_of(out.begin(), out.end(), [](auto& x) { return std::holds_alternative<leave>(x); });
  }
  std::string screen() const {
    std::string all;
    for (auto& l : drawn(d).rows) all += l.text() + "\n";
    return all;
  }
  bool shows(const std::string& text) const { return screen().find(text) != std::string::npos; }
  const talk& of(char c) const { return *d.talk_of(talk_id(c)); }

private:
  seat_view me;
  std::map<char, uint64_t> said;
};

} // namespace steward::seat_ui
