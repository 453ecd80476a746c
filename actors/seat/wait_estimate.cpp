// A queue moves as people get free, so a wait grows about with the place: a past wait from place q tells of place p as
// its length times p / q, the better the closer the places are. Of the nearest, a tenth is left out at either end. That
// alone is too narrow: those who wait together wait for the same people, so their waits say less than as many apart
// would. Therefore each end is moved by what became of earlier estimates: a little inwards by each wait that it held
// for, twelve times as much outwards by each that it did not. Nine times would bring it to rest where it fails for one
// of ten; the rest makes up for what is learnt late, since waits that went badly end last.
#include "actors/seat/wait_estimate.hpp"

#include <algorithm>
#include <cmath>

namespace steward {
namespace {

constexpr uint32_t inwards = 6, outwards = 72;                        // thousandths
constexpr uint32_t low_least = 50, low_most = 1500, high_least = 500; // of the factors
constexpr uint32_t high_most = 10'000;

uint32_t moved(uint32_t factor, bool up, uint32_t by, uint32_t least, uint32_t most) {
  auto to = up ? factor + by : factor > by ? factor - by : 0;
  return std::clamp(to, least, most);
}

} // namespace

std::optional<wait_range> wait_estimate(const wait_memory& m, uint32_t place) {
  if (m.past.size() < wait_limits::fewest || place == 0) return std::nullopt;
  auto distance = [&](const past_wait& w) { return std::abs(std::log(std::max(w.place, 1U)) - std::log(place)); };
  std::vector<past_wait> near(m.past.rbegin(), m.past.rend()); // the newest first among equals
  std::stable_sort(near.begin(), near.end(), [&](auto& a, auto& b) { return distance(a) < distance(b); });
  if (near.size() > wait_limits::nearest) near.resize(wait_limits::nearest);
  std::vector<double> seconds;
  for (auto& w : near) seconds.push_back(static_cast<double>(w.seconds) * place / std::max(w.place, 1U));
  std::sort(seconds.begin(), seconds.end());
  auto out = std::max<size_t>(1, (seconds.size() + 1) / 10);
  auto end = [](double s, uint32_t factor) {
    return std::clamp(s * factor / 1000, 0., double{wait_limits::longest_s});
  };
  auto from = std::floor(end(seconds[out - 1], m.low)), to = std::ceil(end(seconds[seconds.size() - out], m.high));
  return wait_range{static_cast<uint32_t>(std::min(from, to)), static_cast<uint32_t>(std::max(from, to))};
}

void learn_wait(wait_memory& m, past_wait w, wait_range said) {
  w.seconds = std::min(w.seconds, wait_limits::longest_s);
  if (!(said == wait_range{})) {
    auto below = w.seconds<said.from_s, above = w.seconds> said.to_s;
    m.low = moved(m.low, !below, below ? outwards : inwards, low_least, low_most);
    m.high = moved(m.high, above, above ? outwards : inwards, high_least, high_most);
  }
  if (m.past.size() >= wait_limits::kept) m.past.erase(m.past.begin());
  m.past.push_back(w);
}

wait_range rounded(wait_range r) {
  auto step = [](uint32_t s) -> uint32_t { return s <= 15 * 60 ? 60 : s <= 2 * 3600 ? 300 : 1800; };
  auto down = step(r.from_s), up = step(r.to_s);
  return {r.from_s / down * down, std::max(up, (r.to_s + up - 1) / up * up)};
}

} // namespace steward
