// report: what was counted, put together from the nodes' parts.
#include "clients/cli/commands.hpp"
#include "clients/cli/report.hpp"
#include "clients/cli/terminal.hpp"

#include <thread>

namespace steward::cli {
namespace {

constexpr int64_t day_ms = 24 * 3600'000LL, most_days = 3 * 366;

struct options {
  std::string tenant, from, to, by = "day";
  bool csv = false;
};

struct counted {
  std::vector<tally_data> days;
  std::set<std::string> silent;
  std::set<unsigned> missing, doubled;
};

/// While a partition changes hands, nobody or two may answer for it: asked again, for some seconds.
status ask(context& c, const report_request& q, counted& into) {
  auto end = std::chrono::steady_clock::now() + c.timeout(6);
  for (;;) {
    auto all = call_all<report_part>(c, "report", q);
    if (!all) return all.error();
    for (auto& p : all->found)
      if (!p.error.empty()) return failure_of(p.error);
    auto sum = sum_up(all->found);
    auto whole = sum.missing.empty() && sum.doubled.empty() && all->silent.empty();
    if (!whole && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(500));
      continue;
    }
    into.silent.insert(all->silent.begin(), all->silent.end());
    into.missing.insert(sum.missing.begin(), sum.missing.end());
    into.doubled.insert(sum.doubled.begin(), sum.doubled.end());
    for (auto& d : sum.days) into.days.push_back(std::move(d));
    return success();
  }
}

int run(context& c, const options& o) {
  auto to = o.to.empty() ? std::optional(now_ms() / day_ms + 1) : day_of_text(o.to); // somewhere it is tomorrow already
  if (!to) return usage(c, "--to: a day, like 2026-11-28");
  auto from = o.from.empty() ? std::optional(*to - (o.to.empty() ? 7 : 6)) : day_of_text(o.from);
  if (!from) return usage(c, "--from: a day, like 2026-11-28");
  if (*to < *from) return usage(c, "--from: is behind --to");
  if (*to - *from >= most_days) return usage(c, "--from: at most three years before --to: older counts are not kept");
  if (o.by != "day" && o.by != "queue" && o.by != "reason") return usage(c, "--by: day, queue or reason");
  counted all;
  for (auto day = *from; day <= *to; day += report_days)
    if (auto ok = ask(c, {tenant_id(o.tenant), day_text(day), day_text(std::min(*to, day + report_days - 1))}, all);
        !ok)
      return fail(c, ok.error());
  auto by = o.by == "day" ? report_by::day : o.by == "queue" ? report_by::queue : report_by::reason;
  auto code = all.missing.empty() && all.doubled.empty() && all.silent.empty() ? exit_ok : exit_problems;
  auto reasons = reason_rows(all.days);
  auto rows = report_rows(all.days, by);
  if (c.json)
    print_json(json_object()("tenant", o.tenant)("from", day_text(*from))("to", day_text(*to))("rows", rows)(
        "reasons", reasons)("silent", all.silent)("missing", all.missing)("doubled", all.doubled));
  else if (o.csv)
    put(by == report_by::reason ? reason_csv(reasons) : report_csv(rows, by));
  else if (all.days.empty())
    put("Nothing was counted from " + day_text(*from) + " to " + day_text(*to) + ".\n");
  else if (by == report_by::reason)
    print_table(reason_table(reasons));
  else {
    print_table(report_table(rows, by));
    put("Times are the middle one, and what nine of ten stay below.\n");
  }
  for (auto& node : all.silent) print_note("node " + node + " does not answer: what it counts is missing here");
  if (!all.missing.empty() || !all.doubled.empty())
    print_note("partitions change hands just now, so counts may be missing or doubled: ask again");
  return code;
}

} // namespace

void add_report_command(command root, context& c) {
  auto o = std::make_shared<options>();
  auto cmd =
      root.add("report", "What was counted: who solved it, why people were asked, waits, ratings",
               "  steward report                                  the last seven days\n"
               "  steward report --from 2026-11-01 --by queue\n"
               "  steward report --by reason                      why people were asked\n"
               "  steward report --from 2026-01-01 --csv > days.csv\n"
               "Days are the tenant's. begun, solved, open, gave up and came back are of the conversations that\n"
               "began on the day; everything else is of the day on which it happened.");
  cmd.tenant(o->tenant);
  cmd.option("--from", o->from, "DAY", "First day, like 2026-11-01 (six days before the last)");
  cmd.option("--to", o->to, "DAY", "Last day (today)");
  cmd.option("--by", o->by, "WHAT", "A row per day, queue or reason");
  cmd.flag("--csv", o->csv, "For a spreadsheet; durations in seconds");
  cmd.run(c, [o](context& x) { return run(x, *o); });
}

} // namespace steward::cli
