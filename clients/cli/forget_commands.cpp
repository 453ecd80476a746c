// tenant forget, forgotten.
#include "clients/cli/commands.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"
#include "messages/forget.hpp"

#include <thread>

namespace steward::cli {
namespace {

using namespace std::chrono_literals;
constexpr int order_s = 120; // the log is read twice before the answer

struct options {
  std::string tenant, customer, conversation, receipt;
  bool dry_run = false, wait = false;
  uint32_t within_s = 120;
};

std::string counts_of(const std::map<std::string, uint64_t>& all) {
  std::string out;
  for (auto& [what, n] : all) {
    auto name = what;
    std::replace(name.begin(), name.end(), '_', ' ');
    out += (out.empty() ? "" : ", ") + std::to_string(n) + " " + name;
  }
  return out.empty() ? "nothing" : out;
}

int show(context& c, const forget_receipt& r) {
  if (c.json) return print_json(json_object()("receipt", r)), exit_ok;
  if (r.state == "dry_run")
    return put("Would go: " + count(r.conversations, "conversation", "conversations") + "; " + counts_of(r.erased) +
               ". Nothing was done.\n"),
           exit_ok;
  put("Receipt " + r.receipt + ": " + count(r.conversations, "conversation", "conversations") + " of tenant " +
      r.tenant.value + ", ordered " + clock_time(r.ordered_ms) + (r.by.empty() ? "" : " by " + r.by) + "\n");
  if (r.erased_ms) put("Erased from the log " + clock_time(r.erased_ms) + ": " + counts_of(r.erased) + "\n");
  for (auto& [node, rows] : r.cleaned)
    put("Erased from the store of " + node + ": " + std::to_string(rows) + " rows\n");
  for (auto& n : r.waits_for)
    if (r.erased_ms) put("Not yet from the store of " + n.value + "\n");
  if (r.state != "done") put("Not done yet: steward tenant forgotten " + r.receipt + "\n");
  return exit_ok;
}

result<forget_receipt> look(context& c, const std::string& tenant, const std::string& receipt) {
  auto l =
      call<forget_list>(c, subjects::ops("one.forgotten"), ops_request{.tenant = tenant_id(tenant), .name = receipt});
  if (!l) return l.error();
  if (l->rows.empty()) return {errc::not_found, "there is no receipt " + receipt + ": steward tenant forgotten"};
  return l->rows.front();
}

int forget(context& c, const options& o) {
  if (o.customer.empty() == o.conversation.empty())
    return usage(c, "name a customer, or one conversation with --conversation");
  ops_request q{.tenant = tenant_id(o.tenant), .entity = entity_id(o.conversation), .name = o.customer};
  q.filter = o.dry_run ? "dry_run" : "", q.by = user_name();
  auto r = call<forget_receipt>(c, subjects::ops("one.forget"), q, order_s);
  if (!r) return fail(c, r.error());
  if (o.dry_run || !o.wait) return show(c, *r);
  auto until = std::chrono::steady_clock::now() + std::chrono::seconds(o.within_s);
  for (;;) {
    // Right after the order the node that is asked may not have read it yet.
    auto now = look(c, o.tenant, r->receipt);
    if (now && now->state == "done") return show(c, *now);
    if (std::chrono::steady_clock::now() > until) {
      if (now) show(c, *now);
      return fail(c, failure{errc::timeout, "not done within " + std::to_string(o.within_s) +
                                                " s; it goes on: steward "
                                                "tenant forgotten " +
                                                r->receipt});
    }
    std::this_thread::sleep_for(200ms);
  }
}

int list(context& c, const options& o) {
  if (!o.receipt.empty()) {
    auto r = look(c, o.tenant, o.receipt);
    return r ? show(c, *r) : fail(c, r.error());
  }
  auto l = call<forget_list>(c, subjects::ops("one.forgotten"), ops_request{.tenant = tenant_id(o.tenant)});
  if (!l) return fail(c, l.error());
  if (c.json) return print_json(json_object()("receipts", l->rows)), exit_ok;
  if (l->rows.empty()) return put("Nobody was forgotten yet.\n"), exit_ok;
  table t(
      {{"RECEIPT"}, {"TENANT"}, {"ORDERED"}, {"BY"}, {"CONVERSATIONS", table::align::right}, {"STATE"}, {"ERASED"}});
  for (auto& r : l->rows)
    t.row({r.receipt, r.tenant.value, clock_time(r.ordered_ms), r.by, std::to_string(r.conversations), r.state,
           counts_of(r.erased)});
  print_table(t);
  return exit_ok;
}

} // namespace

void add_forget_commands(command group, context& c) {
  auto f = std::make_shared<options>();
  auto forgetting =
      group.add("forget", "Erase a customer from the log, every engine's store and all later backups",
                "  steward tenant forget C-1042 --tenant demo --dry-run    what would go\n"
                "  steward tenant forget C-1042 --tenant demo --wait       and the receipt, when it is done\n"
                "  steward tenant forget --conversation c4fq…              one that has no customer's name\n"
                "What is open is closed, and the seat that has it told. Whoever writes again begins afresh.");
  forgetting.optional_argument("CUSTOMER", f->customer, "What the company calls them (`customer` of their messages)");
  forgetting.tenant(f->tenant);
  forgetting.option("--conversation", f->conversation, "ID", "One conversation instead, by its whole id");
  forgetting.flag("--dry-run", f->dry_run, "Only say what would go");
  forgetting.flag("--wait", f->wait, "Until it is gone from the log and from every living engine's store");
  forgetting.option("--within", f->within_s, "SECONDS", "How long --wait waits (120)", 1, 86400);
  forgetting.run(c, [f](context& x) { return forget(x, *f); });

  auto l = std::make_shared<options>();
  auto listing = group.add("forgotten", "Receipts: who had whom forgotten is not in them, when and how much is",
                           "  steward tenant forgotten\n  steward tenant forgotten 4fqz… --json");
  listing.optional_argument("RECEIPT", l->receipt, "One of them");
  listing.any_tenant(l->tenant);
  listing.run(c, [l](context& x) { return list(x, *l); });
}

} // namespace steward::cli
