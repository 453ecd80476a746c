// audit: who did what, and what came of it.
#include "clients/cli/commands.hpp"
#include "clients/cli/conversation_print.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"
#include "messages/audit.hpp"

#include <charconv>
#include <map>

namespace steward::cli {
namespace {

struct options {
  std::string since, user;
  uint32_t limit = 50;
};

// "90m", "12h", "7d", "2w" ago, or a day, "2026-11-28"; nothing: neither.
std::optional<int64_t> since_of(const std::string& s, int64_t now) {
  if (s.empty()) return 0;
  int y = 0, m = 0, d = 0, used = 0;
  if (sscanf(s.c_str(), "%4d-%2d-%2d%n", &y, &m, &d, &used) == 3 && used == static_cast<int>(s.size())) {
    tm t{};
    t.tm_year = y - 1900, t.tm_mon = m - 1, t.tm_mday = d, t.tm_isdst = -1;
    auto at = mktime(&t);
    return at < 0 ? std::nullopt : std::optional<int64_t>(int64_t(at) * 1000);
  }
  int64_t n = 0;
  auto [end, bad] = std::from_chars(s.data(), s.data() + s.size(), n);
  std::string_view unit(end, static_cast<size_t>(s.data() + s.size() - end));
  int64_t each = unit == "m" ? 60 : unit == "h" ? 3600 : unit == "d" ? 86400 : unit == "w" ? 7 * 86400 : 0;
  if (bad != std::errc{} || n < 1 || n > 100'000 || each == 0) return std::nullopt;
  return now - n * each * 1000;
}

/// With whom a conversation is, while that is known. The audit log itself names no customer: it is kept for a year, and
/// they may be forgotten before.
std::map<entity_id, std::string> customers_of(context& c, const std::vector<audit_line>& lines) {
  std::map<entity_id, std::string> out;
  for (auto& l : lines) {
    if (l.entity.empty() || out.contains(l.entity)) continue;
    ops_request q;
    q.tenant = l.tenant, q.entity = l.entity, q.number = UINT64_MAX; // without a feed
    auto v = call<conversation_view>(c, subjects::engine(partition_of(l.tenant, l.entity), "show"), q, 3);
    if (!v && v.error().code != errc::not_found) return out; // nobody to ask just now
    out[l.entity] = v && !v->row.peer.empty() ? " " + one_line(v->row.channel + " " + v->row.peer) : std::string{};
  }
  return out;
}

int audit(context& c, const options& o) {
  auto since = since_of(o.since, now_ms());
  if (!since) return usage(c, "--since is a time like 90m, 12h, 7d or 2w, or a day like 2026-11-28");
  ops_request q;
  q.name = o.user, q.number = static_cast<uint64_t>(*since), q.limit = o.limit;
  auto page = call<audit_page>(c, subjects::ops("one.audit"), q, 30);
  if (!page) return fail(c, page.error());
  if (c.json) return put(full_json(*page) + "\n"), exit_ok;
  if (page->lines.empty())
    return put("Nothing was done" + std::string(o.since.empty() ? "" : " since then") + ".\n"), exit_ok;
  auto customers = customers_of(c, page->lines);
  table t({{"WHEN"}, {"WHO"}, {"DID"}, {"TENANT"}, {"TO"}, {"OUTCOME"}});
  for (auto& l : page->lines) {
    auto outcome = l.outcome.empty() ? "not known" : l.outcome == "ok" ? "ok" : l.outcome + ": " + l.text;
    t.row({clock_time(l.time_ms), l.user + (l.proved ? "" : " (says)"), l.action, l.tenant.value,
           l.entity.empty() ? l.on : l.entity.value.substr(0, short_id) + customers[l.entity],
           cell(outcome, l.outcome == "ok" ? colour::good : colour::warn)});
  }
  print_table(t);
  if (page->more) print_note("there are older ones: --limit, --since");
  return exit_ok;
}

} // namespace

void add_audit_command(command root, context& c) {
  auto o = std::make_shared<options>();
  auto cmd =
      root.add("audit", "Who did what: pushes, replies, take-overs, restarts, users; and what came of it",
               "  steward audit\n"
               "  steward audit --since 7d --user anna\n"
               "  steward audit --since 2026-11-01 --limit 1000 --json\n\n"
               "Kept for a year. The name is the NATS user's, which the server proves; where it has no keys, it is\n"
               "what the asker says, and shown so. For admins.");
  cmd.option("--since", o->since, "TIME", "90m, 12h, 7d, 2w, or a day: 2026-11-28");
  cmd.option("--user", o->user, "NAME", "Of one user only");
  cmd.option("--limit,-n", o->limit, "N", "At most so many, the newest (50)", 1, 1000);
  cmd.run(c, [o](context& x) { return audit(x, *o); });
}

} // namespace steward::cli
