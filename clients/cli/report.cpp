#include "clients/cli/report.hpp"

#include "clients/cli/phrases.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace steward::cli {
namespace {

int64_t of(const std::map<std::string, int64_t>& m, const char* name) {
  auto i = m.find(name);
  return i == m.end() ? 0 : i->second;
}

int64_t all_of(const std::map<std::string, int64_t>& m) {
  int64_t n = 0;
  for (auto& [name, k] : m) n += k;
  return n;
}

void stars(const std::map<std::string, uint64_t>& ratings, const std::string& whose, uint64_t& n, double& mean) {
  uint64_t sum = 0;
  for (uint64_t s = 1; s <= 5; ++s)
    if (auto i = ratings.find(whose + " " + std::to_string(s)); i != ratings.end())
      n += i->second, sum += s * i->second;
  mean = n ? static_cast<double>(sum) / static_cast<double>(n) : 0;
}

report_row row_of(std::string name, const tally_line& x) {
  report_row r;
  r.name = std::move(name);
  r.begun = all_of(x.outcomes);
  r.ai = of(x.outcomes, "ai"), r.person = of(x.outcomes, "person"), r.open = of(x.outcomes, "open");
  r.handed = of(x.outcomes, "handed"), r.left = of(x.outcomes, "left"), r.blocked = of(x.outcomes, "blocked");
  r.reopened = all_of(x.reopened), r.transfers = all_of(x.transfers);
  auto spans = [](const span_counts& s, uint64_t& n, uint64_t& p50, uint64_t& p90) {
    n = s.n, p50 = s.quantile(0.5), p90 = s.quantile(0.9);
  };
  spans(x.wait, r.waits, r.wait_p50, r.wait_p90);
  spans(x.first_response, r.first_responses, r.first_response_p50, r.first_response_p90);
  spans(x.handle, r.handled, r.handle_p50, r.handle_p90);
  r.abandoned = x.abandoned.n;
  stars(x.ratings, "ai", r.rated_ai, r.stars_ai), stars(x.ratings, "person", r.rated_person, r.stars_person);
  r.answers_right = of(x.answers, "right"), r.answers_wrong = of(x.answers, "wrong");
  return r;
}

std::string number(int64_t n) { return n ? std::to_string(n) : ""; }
std::string decimal(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", x);
  return text;
}
std::string percent(int64_t part, int64_t whole) {
  return part && whole ? std::to_string((part * 100 + whole / 2) / whole) + " %" : "";
}
std::string spans(uint64_t n, uint64_t p50, uint64_t p90) {
  return n ? span(static_cast<int64_t>(p50)) + " / " + span(static_cast<int64_t>(p90)) : "";
}

/// A field of CSV. What a spreadsheet would take for a formula is text.
std::string csv(const std::string& s) {
  auto out = !s.empty() && std::string_view("=+-@\t\r").find(s[0]) != std::string_view::npos ? "'" + s : s;
  if (out.find_first_of(",\"\r\n") == out.npos) return out;
  std::string quoted = "\"";
  for (auto c : out) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

} // namespace

report_sum sum_up(const std::vector<report_part>& parts) {
  report_sum out;
  std::array<unsigned, partition_count> seen{};
  std::map<std::string, tally_data> days;
  for (auto& p : parts) {
    for (auto& d : p.days) days[d.day].add(d);
    for (auto& x : p.partitions)
      if (x.value < partition_count) ++seen[x.value];
  }
  for (unsigned i = 0; i < partition_count; ++i) {
    if (seen[i] == 0) out.missing.push_back(i);
    if (seen[i] > 1) out.doubled.push_back(i);
  }
  for (auto& [name, d] : days) out.days.push_back(std::move(d));
  return out;
}

std::vector<report_row> report_rows(const std::vector<tally_data>& days, report_by by) {
  std::map<std::string, tally_line> rows;
  tally_line total;
  for (auto& d : days)
    for (auto& [queue, line] : d.queues) {
      rows[by == report_by::day ? d.day : queue].add(line);
      total.add(line);
    }
  std::vector<report_row> out;
  for (auto& [name, line] : rows)
    out.push_back(row_of(by == report_by::queue && name.empty() ? "(AI alone)" : name, line));
  if (!out.empty()) out.push_back(row_of("all", total));
  return out;
}

std::vector<reason_row> reason_rows(const std::vector<tally_data>& days) {
  std::map<std::pair<std::string, std::string>, int64_t> counts;
  for (auto& d : days)
    for (auto& [queue, line] : d.queues)
      for (auto& [reason, n] : line.transfers) counts[{reason, queue}] += n;
  std::vector<reason_row> out;
  for (auto& [key, n] : counts) out.push_back({key.first, key.second, n});
  std::stable_sort(out.begin(), out.end(), [](auto& a, auto& b) { return a.transfers > b.transfers; });
  return out;
}

table report_table(const std::vector<report_row>& rows, report_by by) {
  using side = table::align;
  // Rare: without any, its column is left out.
  auto blocked = std::any_of(rows.begin(), rows.end(), [](auto& r) { return r.blocked != 0; });
  table t({{by == report_by::day ? "day" : "queue"},
           {"begun", side::right},
           {"AI solved", side::right},
           {"", side::right},
           {"person", side::right},
           {"open", side::right},
           {"with people", side::right},
           {"gave up", side::right},
           {blocked ? "blocked" : "", side::right},
           {"came back", side::right},
           {"asked for people", side::right},
           {"wait", side::right},
           {"first word", side::right},
           {"handled in", side::right},
           {"stars AI", side::right},
           {"stars person", side::right},
           {"answers right", side::right}});
  for (auto& r : rows)
    t.row({one_line(r.name), number(r.begun), number(r.ai), percent(r.ai, r.begun), number(r.person), number(r.open),
           number(r.handed), number(r.left), number(r.blocked), number(r.reopened), number(r.transfers),
           spans(r.waits, r.wait_p50, r.wait_p90), spans(r.first_responses, r.first_response_p50, r.first_response_p90),
           spans(r.handled, r.handle_p50, r.handle_p90), r.rated_ai ? decimal(r.stars_ai) : "",
           r.rated_person ? decimal(r.stars_person) : "",
           r.answers_right + r.answers_wrong
               ? std::to_string(r.answers_right) + " of " + std::to_string(r.answers_right + r.answers_wrong)
               : ""});
  return t;
}

table reason_table(const std::vector<reason_row>& rows) {
  table t({{"reason"}, {"queue"}, {"times", table::align::right}});
  for (auto& r : rows) t.row({one_line(r.reason), one_line(r.queue), std::to_string(r.transfers)});
  return t;
}

std::string report_csv(const std::vector<report_row>& rows, report_by by) {
  std::string out = by == report_by::day ? "day" : "queue";
  out += ",begun,ai,person,open,handed,left,blocked,reopened,transfers,waits,wait_p50_s,wait_p90_s,abandoned,"
         "first_responses,first_response_p50_s,first_response_p90_s,handled,handle_p50_s,handle_p90_s,rated_ai,"
         "stars_ai,rated_person,stars_person,answers_right,answers_wrong\r\n";
  for (auto& r : rows) {
    out += csv(r.name);
    for (auto n : {r.begun, r.ai, r.person, r.open, r.handed, r.left, r.blocked, r.reopened, r.transfers})
      out += "," + std::to_string(n);
    for (auto n : {r.waits, r.wait_p50, r.wait_p90, r.abandoned, r.first_responses, r.first_response_p50,
                   r.first_response_p90, r.handled, r.handle_p50, r.handle_p90, r.rated_ai})
      out += "," + std::to_string(n);
    out += "," + decimal(r.stars_ai) + "," + std::to_string(r.rated_person) + "," + decimal(r.stars_person) + "," +
           std::to_string(r.answers_right) + "," + std::to_string(r.answers_wrong) + "\r\n";
  }
  return out;
}

std::string reason_csv(const std::vector<reason_row>& rows) {
  std::string out = "reason,queue,transfers\r\n";
  for (auto& r : rows) out += csv(r.reason) + "," + csv(r.queue) + "," + std::to_string(r.transfers) + "\r\n";
  return out;
}

} // namespace steward::cli
