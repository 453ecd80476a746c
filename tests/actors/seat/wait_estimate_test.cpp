#include "actors/seat/wait_estimate.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <functional>
#include <queue>
#include <random>

using namespace steward;

BOOST_AUTO_TEST_SUITE(expected_wait)

namespace {

/// A queue served by some people: customers come at random, and each takes somebody's time. Waits are told as they end,
/// as a queue would learn them.
struct generated {
  std::mt19937 random;
  int people;
  std::function<double(std::mt19937&, double)> gap, service; // seconds, at this time
  struct wait {
    double came, got;
    uint32_t place;
  };
  std::vector<wait> run(int customers) {
    std::priority_queue<double, std::vector<double>, std::greater<>> free;
    for (int i = 0; i < people; ++i) free.push(0);
    std::vector<wait> all;
    std::vector<double> taken; // when earlier ones were taken, in order
    double now = 0;
    for (int i = 0; i < customers; ++i) {
      now += gap(random, now);
      auto begins = std::max(now, free.top());
      free.pop();
      free.push(begins + service(random, begins));
      auto before = taken.end() - std::upper_bound(taken.begin(), taken.end(), now);
      taken.push_back(begins);
      all.push_back({now, begins, static_cast<uint32_t>(before) + 1});
    }
    return all;
  }
};

struct measured {
  int said = 0, inside = 0;
  double share() const { return said ? static_cast<double>(inside) / said : 0; }
};

/// What is said to each as they come, from the waits that have ended by then.
measured measure(const std::vector<generated::wait>& all) {
  measured m;
  wait_memory known;
  std::vector<wait_range> said;
  size_t ended = 0; // first in, first out: they end in order
  auto length = [](auto& w) { return static_cast<uint32_t>(std::lround(w.got - w.came)); };
  for (auto& w : all) {
    for (; ended < said.size() && all[ended].got <= w.came; ++ended)
      learn_wait(known, {all[ended].place, length(all[ended])}, said[ended]);
    auto r = wait_estimate(known, w.place);
    said.push_back(r.value_or(wait_range{}));
    if (!r) continue;
    ++m.said;
    m.inside += length(w) >= r->from_s && length(w) <= r->to_s;
  }
  return m;
}

auto exponential(double mean) {
  return [mean](std::mt19937& r, double) { return std::exponential_distribution<double>(1 / mean)(r); };
}

} // namespace

BOOST_AUTO_TEST_CASE(under_twenty_waits_nothing_is_promised) {
  wait_memory m;
  for (int i = 0; i < 19; ++i) learn_wait(m, {1, 60}, {});
  BOOST_TEST(!wait_estimate(m, 1).has_value());
  learn_wait(m, {1, 60}, {});
  BOOST_REQUIRE(wait_estimate(m, 1).has_value());
  BOOST_TEST((*wait_estimate(m, 1) == wait_range{60, 60}));
  BOOST_TEST((*wait_estimate(m, 3) == wait_range{180, 180})); // three times as far behind
  BOOST_TEST(!wait_estimate(m, 0).has_value());
}

BOOST_AUTO_TEST_CASE(places_nearby_count_first) {
  wait_memory m;
  for (int i = 0; i < 40; ++i) learn_wait(m, {10, 1000}, {});
  for (int i = 0; i < 40; ++i) learn_wait(m, {1, 5}, {}); // the front moves fast
  BOOST_TEST((*wait_estimate(m, 9) == wait_range{900, 900}));
  BOOST_TEST((*wait_estimate(m, 1) == wait_range{5, 5}));
}

BOOST_AUTO_TEST_CASE(what_was_said_and_did_not_hold_widens_it) {
  wait_memory m;
  for (int i = 0; i < 40; ++i) learn_wait(m, {1, 100}, {});
  auto before = *wait_estimate(m, 1);
  auto longer = m, shorter = m;
  learn_wait(longer, {1, 100}, {10, 99});
  learn_wait(shorter, {1, 100}, {101, 200});
  BOOST_TEST(wait_estimate(longer, 1)->to_s > before.to_s);
  BOOST_TEST(wait_estimate(shorter, 1)->from_s < before.from_s);
  for (int i = 0; i < 1000; ++i) learn_wait(longer, {1, UINT32_MAX}, {10, 99}); // never without bound
  BOOST_TEST(wait_estimate(longer, UINT32_MAX)->to_s == wait_limits::longest_s);
  BOOST_TEST(longer.past.size() == wait_limits::kept);
}

BOOST_AUTO_TEST_CASE(four_fifths_of_generated_waits_fall_inside) {
  struct {
    const char* what;
    int people;
    std::function<double(std::mt19937&, double)> gap, service;
  } rows[] = {
      {"one person, busy", 1, exponential(330), exponential(300)},
      {"five people, nearly full", 5, exponential(62), exponential(300)},
      {"twenty people, too much to do", 20, exponential(14.5), exponential(300)},
      {"even talks", 3, exponential(105),
       [](std::mt19937& r, double) { return std::uniform_real_distribution(200., 400.)(r); }},
      {"few long talks", 4, exponential(80),
       [](std::mt19937& r, double) { return std::lognormal_distribution(5.2, 1.)(r); }},
      {"a wave every three hours", 6,
       [](std::mt19937& r, double now) {
         return std::exponential_distribution<double>(1 / (55. - 15. * std::sin(now * 6.283 / 10800)))(r);
       },
       exponential(300)},
  };
  for (auto& row : rows) {
    measured all;
    for (unsigned seed = 1; seed <= 5; ++seed) {
      auto m = measure(generated{std::mt19937{seed}, row.people, row.gap, row.service}.run(2000));
      all.said += m.said, all.inside += m.inside;
    }
    BOOST_TEST_MESSAGE(row.what << ": " << all.share() << " of " << all.said << " inside");
    BOOST_TEST(all.share() >= 0.75, row.what << ": " << all.share());
    BOOST_TEST(all.share() <= 0.88, row.what << ": " << all.share());
  }
}

BOOST_AUTO_TEST_CASE(it_is_said_in_steps) {
  struct {
    wait_range exact, said;
  } rows[] = {
      {{0, 0}, {0, 60}},          {{5, 59}, {0, 60}},           {{61, 119}, {60, 120}},        {{200, 640}, {180, 660}},
      {{800, 1000}, {780, 1200}}, {{3599, 7201}, {3300, 9000}}, {{7300, 20000}, {7200, 21600}}};
  for (auto& r : rows)
    BOOST_TEST((rounded(r.exact) == r.said),
               r.exact.from_s << ": " << rounded(r.exact).from_s << " " << rounded(r.exact).to_s);
}

BOOST_AUTO_TEST_SUITE_END()
