#include "messages/tally.hpp"
#include "messages/codec_impl.hpp"

#include <bit>
#include <charconv>
#include <chrono>
#include <cmath>

STEWARD_CODEC(steward::tally_note)
STEWARD_CODEC(steward::tally_data)
STEWARD_CODEC(steward::report_request)
STEWARD_CODEC(steward::report_part)

namespace steward {
namespace {

constexpr size_t most_names = 64, longest_name = 60;
constexpr uint64_t longest_span = 1ULL << 32;

/// The entry of this name, or that of "other" where there is no room for more names.
template <class Map>
auto& entry(Map& m, const std::string& name) {
  if (name.size() <= longest_name)
    if (auto i = m.find(name); i != m.end() || m.size() < most_names) return m[name];
  return m["other"];
}

template <class Map>
void add_counts(Map& to, const Map& from) {
  for (auto& [name, n] : from) entry(to, name) += n;
}

template <class Map>
void count(Map& m, const std::string& name, int64_t n) {
  auto& x = entry(m, name);
  x += static_cast<std::decay_t<decltype(x)>>(n);
  if (x == 0) std::erase_if(m, [](auto& e) { return e.second == 0; });
}

} // namespace

// Four buckets an octave: 0, 1, 2, 3, 4, 5, 6, 7, 8-9, 10-11, 12-13, 14-15, 16-19, …
uint64_t span_bucket(uint64_t s) {
  if (s < 4) return s;
  if (s >= longest_span) s = longest_span - 1;
  auto top = static_cast<uint64_t>(std::bit_width(s)) - 1;
  return 4 * (top - 1) + ((s >> (top - 2)) & 3);
}

uint64_t bucket_begin(uint64_t b) {
  if (b < 4) return b;
  auto top = b / 4 + 1;
  return top < 40 ? (4 + b % 4) << (top - 2) : longest_span;
}

void span_counts::add(uint64_t seconds, uint64_t times) {
  buckets[span_bucket(seconds)] += times;
  n += times, sum_s += std::min(seconds, longest_span) * times;
}

void span_counts::add(const span_counts& x) {
  for (auto& [b, k] : x.buckets) buckets[b] += k;
  n += x.n, sum_s += x.sum_s;
}

uint64_t span_counts::quantile(double part) const {
  if (n == 0) return 0;
  auto wanted = part * static_cast<double>(n), before = 0.0;
  for (auto& [b, k] : buckets) {
    auto inside = static_cast<double>(k);
    if (before + inside >= wanted) {
      auto begin = static_cast<double>(bucket_begin(b)), last = static_cast<double>(bucket_begin(b + 1)) - 1;
      return static_cast<uint64_t>(std::llround(begin + (last - begin) * (wanted - before) / inside));
    }
    before += inside;
  }
  return bucket_begin(buckets.rbegin()->first);
}

void tally_note::join(const tally_note& other) {
  auto is_times = [](const std::string& what) {
    return what == "outcome" || what == "reopened" || what == "transfer" || what == "answer";
  };
  for (auto& c : other.changes) {
    auto same = std::find_if(changes.begin(), changes.end(), [&](auto& x) {
      return is_times(c.what) && x.what == c.what && x.queue == c.queue && x.key == c.key;
    });
    if (same == changes.end())
      changes.push_back(c);
    else if ((same->value += c.value) == 0)
      changes.erase(same);
  }
}

void tally_line::add(const tally_change& c) {
  auto seconds = static_cast<uint64_t>(std::max<int64_t>(0, c.value));
  if (c.what == "outcome")
    count(outcomes, c.key, c.value);
  else if (c.what == "reopened")
    count(reopened, c.key, c.value);
  else if (c.what == "transfer")
    count(transfers, c.key, c.value);
  else if (c.what == "answer")
    count(answers, c.key, c.value);
  else if (c.what == "rating" && c.value >= 1 && c.value <= 5)
    count(ratings, c.key + " " + std::to_string(c.value), 1);
  else if (c.what == "wait")
    wait.add(seconds);
  else if (c.what == "abandoned")
    abandoned.add(seconds);
  else if (c.what == "first_response")
    first_response.add(seconds);
  else if (c.what == "handle")
    handle.add(seconds);
}

void tally_line::add(const tally_line& x) {
  add_counts(outcomes, x.outcomes), add_counts(reopened, x.reopened), add_counts(transfers, x.transfers);
  add_counts(answers, x.answers), add_counts(ratings, x.ratings);
  wait.add(x.wait), abandoned.add(x.abandoned), first_response.add(x.first_response), handle.add(x.handle);
}

void tally_data::add(const tally_note& n) {
  if (day.empty()) day = n.day;
  for (auto& c : n.changes) entry(queues, c.queue).add(c);
}

void tally_data::add(const tally_data& x) {
  if (day.empty()) day = x.day;
  for (auto& [name, line] : x.queues) entry(queues, name).add(line);
}

entity_id tally_id(const tenant_id& t, std::string_view day, partition_id share) {
  return entity_id{tally_kind_letter + hash_name({"tally", t.value, day, std::to_string(share.value)})};
}

std::string day_text(int64_t day) {
  std::chrono::year_month_day d{std::chrono::sys_days{std::chrono::days{day}}};
  auto two = [](unsigned n) { return (n < 10 ? "-0" : "-") + std::to_string(n); };
  auto year = std::to_string(static_cast<int>(d.year()));
  if (year.size() < 4) year.insert(0, 4 - year.size(), '0');
  return year + two(static_cast<unsigned>(d.month())) + two(static_cast<unsigned>(d.day()));
}

std::optional<int64_t> day_of_text(std::string_view s) {
  if (s.size() != 10 || s[4] != '-' || s[7] != '-') return std::nullopt;
  int y = 0;
  unsigned m = 0, d = 0;
  auto part = [&](size_t at, size_t n, auto& x) {
    auto [end, e] = std::from_chars(s.data() + at, s.data() + at + n, x);
    return e == std::errc{} && end == s.data() + at + n;
  };
  if (!part(0, 4, y) || !part(5, 2, m) || !part(8, 2, d) || y < 1970) return std::nullopt;
  std::chrono::year_month_day date{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date}.time_since_epoch().count();
}

} // namespace steward
