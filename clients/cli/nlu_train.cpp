// nlu train: waits until every engine answers with what a tenant's newest version teaches.
#include "clients/cli/nlu_train.hpp"

#include "clients/cli/commands.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"

#include <chrono>
#include <cmath>
#include <thread>

namespace steward::cli {

training training_of(const std::vector<node_status>& nodes, const tenant_id& wanted) {
  training out;
  out.live = true;
  auto slowest = -1.0;
  for (auto& n : nodes)
    for (auto& t : n.tenants) {
      if (t.tenant != wanted) continue;
      out.known = true;
      double left = 0; // of those that are not live
      size_t open = 0;
      uint64_t done = 0, all = 0;
      for (auto& i : t.intents) {
        out.taught = true;
        out.failed |= i.stage == "failed";
        auto live = i.stage == "live" && i.version >= t.version;
        out.live &= live;
        if (!live) ++open, left += i.left_s, done += i.done, all += i.all;
      }
      auto slow = left + static_cast<double>(open); // one that waits to begin knows no time yet
      if (slow > slowest) slowest = slow, out.left_s = left, out.done = done, out.all = all, out.rows = t.intents;
    }
  out.live &= out.taught;
  return out;
}

std::string sentence_of(const training& t) {
  if (t.live) return "learnt";
  auto left = ", about " + span(static_cast<int64_t>(std::ceil(std::max(1.0, t.left_s))));
  if (t.all == 0 || t.done == t.all) return "learning" + left;
  return "learning " + std::to_string(t.done) + " of " + count(t.all, "text", "texts") + left;
}

namespace {

struct options {
  std::string tenant;
  double patience_s = 600;
};

void show(const training& t) {
  constexpr size_t width = 24;
  auto full = t.all == 0 ? 0 : width * t.done / t.all;
  put_error("\r\033[K[" + std::string(full, '#') + std::string(width - full, '.') + "] " + sentence_of(t));
}

int print(context& c, const options& o, const training& t) {
  auto code = t.live ? exit_ok : exit_problems;
  if (c.json) return print_json(json_object()("ok", t.live)("tenant", o.tenant)("intents", t.rows)), code;
  using align = table::align;
  table out({{"LANGUAGE"}, {"STAGE"}, {"INTENTS", align::right}, {"EXAMPLES", align::right}, {"MODEL"}});
  for (auto& r : t.rows)
    out.row({r.language,
             {r.stage, r.stage == "live" ? colour::good : colour::warn},
             std::to_string(r.intents),
             std::to_string(r.texts),
             r.model.empty() ? "none yet" : r.model});
  print_table(out);
  if (t.failed) print_note("What could not be learnt stands in the engine's log; what was learnt before stays.");
  return code;
}

int train(context& c, const options& o) {
  using clock = std::chrono::steady_clock;
  auto until = clock::now() + std::chrono::duration_cast<clock::duration>(std::chrono::duration<double>(o.patience_s));
  auto shown = !c.json && is_terminal(2);
  while (true) {
    auto all = call_all<node_status>(c, "status", {});
    if (!all) return fail(c, all.error());
    auto t = training_of(all->found, tenant_id(o.tenant));
    if (!t.known) return fail(c, failure{errc::unknown_tenant, "there is no tenant '" + o.tenant + "' here"});
    if (!t.taught)
      return fail(c, failure{errc::not_found, "tenant '" + o.tenant +
                                                  "' has no intents: put an intents.yaml into its "
                                                  "folder, then steward tenant push"});
    if (t.live || t.failed) {
      if (shown) put_error("\r\033[K");
      return print(c, o, t);
    }
    if (clock::now() >= until)
      return fail(c, failure{errc::timeout, "not done after " + span(static_cast<int64_t>(o.patience_s)) + " (" +
                                                sentence_of(t) + "): it goes on in the engine; ask again"});
    if (shown) show(t);
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
  }
}

} // namespace

void add_nlu_train(command group, context& c) {
  auto o = std::make_shared<options>();
  auto cmd = group.add("train", "Wait until every engine has learnt a tenant's intents, with a progress bar",
                       "  steward tenant push shop/ -t shop && steward nlu train -t shop\n"
                       "  steward nlu train --json | jq '.intents[] | {language, stage, model}'\n"
                       "Engines learn by themselves when a tenant's folder changes; until then the former model\n"
                       "answers. Exit code 1: something could not be learnt. 3: not done in time.");
  cmd.tenant(o->tenant);
  cmd.seconds("--patience", o->patience_s, "How long to wait (600)");
  cmd.run(c, [o](context& x) { return train(x, *o); });
}

} // namespace steward::cli
