#include "actors/seat/routing_policy.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(routing)

namespace {

constexpr int64_t now = 1'000'000;

struct row {
  const char* what;
  std::vector<route_wait> waits;
  std::vector<route_seat> seats;
  std::vector<std::pair<size_t, std::string>> wanted; // which wait, whose
  const char* because = "";
};

std::vector<row> table() {
  route_wait early{100'000, 0, {}, {}, {}, {}, false}, late{500'000, 0, {}, {}, {}, {}, false};
  route_seat anna{"anna", 1, 10, {}, {}}, ben{"ben", 1, 20, {}, {}};
  auto with = [](route_wait w, auto f) { return f(w), w; };
  auto of = [](route_seat s, auto f) { return f(s), s; };
  return {
      {"nobody on duty", {early}, {}, {}},
      {"all are full", {early}, {of(anna, [](auto& s) { s.free = 0; })}, {}},
      {"who waits longest is first", {late, early}, {anna}, {{1, "anna"}}, "waited 900 s"},
      {"priority is worth ten minutes",
       {early, with(late, [](auto& w) { w.priority = 1; })},
       {anna},
       {{1, "anna"}},
       "priority 1"},
      {"but not more",
       {early, with(route_wait{}, [](auto& w) { w.since_ms = 800'000, w.priority = 1; })},
       {anna},
       {{0, "anna"}}},
      {"more room first", {early}, {anna, of(ben, [](auto& s) { s.free = 2; })}, {{0, "ben"}}, "room for 2"},
      {"then who is idle longer", {early}, {ben, anna}, {{0, "anna"}}},
      {"each once while there is room", {early, late}, {anna, ben}, {{0, "anna"}, {1, "ben"}}},
      {"two for one with room for two",
       {early, late},
       {of(anna, [](auto& s) { s.free = 2; })},
       {{0, "anna"}, {1, "anna"}}},
      {"a skill is a must", {with(early, [](auto& w) { w.skill = "billing"; })}, {anna}, {}},
      {"the one with the skill",
       {with(early, [](auto& w) { w.skill = "billing"; })},
       {anna, of(ben,
                 [](auto& s) {
                   s.skills = {"returns", "billing"};
                 })},
       {{0, "ben"}},
       "needs billing"},
      {"the one who speaks it",
       {with(early, [](auto& w) { w.language = "de"; })},
       {of(anna, [](auto& s) { s.languages = {"en"}; }), of(ben,
                                                            [](auto& s) {
                                                              s.languages = {"en", "de"};
                                                            })},
       {{0, "ben"}},
       "speaks de"},
      {"one without languages speaks them all",
       {with(early, [](auto& w) { w.language = "de"; })},
       {anna},
       {{0, "anna"}}},
      {"it waits for the one who speaks it and is busy",
       {with(early, [](auto& w) { w.language = "de"; })},
       {of(anna, [](auto& s) { s.languages = {"en"}; }), of(ben, [](auto& s) { s.languages = {"de"}, s.free = 0; })},
       {}},
      {"where nobody speaks it, somebody is better than nobody",
       {with(early, [](auto& w) { w.language = "pt"; })},
       {of(anna, [](auto& s) { s.languages = {"en"}; })},
       {{0, "anna"}},
       "nobody here speaks pt"},
      {"the one that was asked for",
       {with(early, [](auto& w) { w.wanted = "ben"; })},
       {anna, ben},
       {{0, "ben"}},
       "asked for"},
      {"another than who missed it", {with(early, [](auto& w) { w.tried = "anna"; })}, {anna, ben}, {{0, "ben"}}},
      {"the same when there is no other",
       {with(early, [](auto& w) { w.tried = "anna"; })},
       {anna},
       {{0, "anna"}},
       "nobody else"},
      {"never who said no", {with(early, [](auto& w) { w.tried = "anna", w.declined = true; })}, {anna}, {}},
      {"who cannot be served holds up nobody",
       {with(early, [](auto& w) { w.skill = "billing"; }), late},
       {anna},
       {{1, "anna"}}},
  };
}

} // namespace

BOOST_AUTO_TEST_CASE(the_table) {
  for (auto& r : table()) {
    auto got = route(r.waits, r.seats, now, 100);
    BOOST_REQUIRE_MESSAGE(got.size() == r.wanted.size(), r.what << ": " << got.size() << " choices");
    for (size_t i = 0; i < got.size(); ++i) {
      BOOST_TEST(got[i].wait == r.wanted[i].first, r.what);
      BOOST_TEST(r.seats[got[i].seat].seat == r.wanted[i].second, r.what << ": " << got[i].why);
      BOOST_TEST(got[i].why.find(r.because) != std::string::npos, r.what << ": " << got[i].why);
    }
  }
}

BOOST_AUTO_TEST_CASE(no_more_than_the_limit) {
  std::vector<route_wait> many(50);
  BOOST_TEST(route(many, {{"anna", 50, 0, {}, {}}}, now, 8).size() == 8u);
}

BOOST_AUTO_TEST_SUITE_END()
