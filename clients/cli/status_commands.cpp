// status, nodes: what the engines say about themselves.
#include "clients/cli/commands.hpp"
#include "clients/cli/nlu_train.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"

namespace steward::cli {
namespace {

std::string state_of(const node_status& n) { return n.draining ? "draining" : n.ready ? "ready" : "starting"; }
colour paint_of(const node_status& n) { return n.ready && !n.draining ? colour::good : colour::warn; }

// {0,1,2,5} -> "0-2, 5".
std::string ranges(const std::vector<unsigned>& sorted) {
  std::string out;
  for (size_t i = 0; i < sorted.size();) {
    auto j = i;
    while (j + 1 < sorted.size() && sorted[j + 1] == sorted[j] + 1) ++j;
    out += (out.empty() ? "" : ", ") + std::to_string(sorted[i]);
    if (j > i) out += "-" + std::to_string(sorted[j]);
    i = j + 1;
  }
  return out;
}

struct sums {
  std::vector<unsigned> mine;
  uint64_t awake = 0, lag = 0, undelivered = 0;
};
sums of(const node_status& n) {
  sums s;
  for (auto& p : n.partitions) {
    if (p.state == "mine") s.mine.push_back(p.partition);
    s.awake += p.awake;
    if (p.state == "mine") s.lag += p.in_last > p.in_floor ? p.in_last - p.in_floor : 0;
    s.undelivered += p.undelivered;
  }
  std::sort(s.mine.begin(), s.mine.end());
  return s;
}

// What is not in order over all nodes, a sentence each.
std::vector<std::string> problems_of(const answers<node_status>& all) {
  std::vector<std::string> out;
  std::map<unsigned, std::vector<std::string>> owners;
  std::map<unsigned, std::string> taking;
  for (auto& n : all.found) {
    if (!n.ready) out.push_back("node " + n.node.value + " is not ready");
    for (auto& p : n.partitions) {
      if (p.state == "mine") owners[p.partition].push_back(n.node.value);
      if (p.state == "taking") taking[p.partition] = n.node.value;
    }
  }
  std::vector<unsigned> none;
  for (unsigned p = 0; p < partition_count; ++p) {
    if (owners[p].size() > 1) out.push_back("partition " + std::to_string(p) + " has more than one owner");
    if (!owners[p].empty()) continue;
    if (taking.count(p))
      out.push_back("partition " + std::to_string(p) + " is being taken over by " + taking[p]);
    else
      none.push_back(p);
  }
  if (!none.empty())
    out.push_back((none.size() == 1 ? "no node owns partition " : "no node owns partitions ") + ranges(none));
  for (auto& node : all.silent) out.push_back("node " + node + " does not answer");
  return out;
}

std::string passages(const tenant_status& t) {
  std::string out;
  for (auto& [language, n] : t.passages) out += (out.empty() ? "" : ", ") + language + " " + std::to_string(n);
  return out.empty() ? "none" : out;
}

void print_nodes(const std::vector<node_status>& nodes, bool details) {
  using align = table::align;
  if (details) {
    table t({{"NODE"}, {"STATE"}, {"VERSION"}, {"UP"}, {"PARTITIONS"}, {"HTTP"}, {"NATS"}});
    for (auto& n : nodes)
      t.row({n.node.value, {state_of(n), paint_of(n)}, n.version, span(n.up_s), ranges(of(n).mine), n.http, n.nats});
    return print_table(t);
  }
  table t({{"NODE"},
           {"STATE"},
           {"UP"},
           {"PARTITIONS", align::right},
           {"AWAKE", align::right},
           {"UNREAD", align::right},
           {"UNDELIVERED", align::right},
           {"HTTP"}});
  for (auto& n : nodes) {
    auto s = of(n);
    t.row({n.node.value,
           {state_of(n), paint_of(n)},
           span(n.up_s),
           std::to_string(s.mine.size()),
           std::to_string(s.awake),
           std::to_string(s.lag),
           std::to_string(s.undelivered),
           n.http});
  }
  print_table(t);
}

int status(context& c) {
  auto all = call_all<node_status>(c, "status", {});
  if (!all) return fail(c, all.error());
  std::sort(all->found.begin(), all->found.end(), [](auto& a, auto& b) { return a.node < b.node; });
  auto problems = problems_of(*all);
  auto code = problems.empty() ? exit_ok : exit_problems;
  if (c.json) {
    print_json(json_object()("ok", problems.empty())("problems", problems)("nodes", all->found)("silent", all->silent));
    return code;
  }
  print_nodes(all->found, false);
  table tenants({{"TENANT"},
                 {"NAME"},
                 {"VERSION", table::align::right},
                 {"ARTICLES", table::align::right},
                 {"PASSAGES"},
                 {"ENCODER"}});
  std::set<tenant_id> seen; // every node has the same; the first says it
  for (auto& n : all->found)
    for (auto& t : n.tenants)
      if (seen.insert(t.tenant).second)
        tenants.row(
            {t.tenant.value, t.name, std::to_string(t.version), std::to_string(t.articles), passages(t), t.encoder});
  put("\n");
  if (tenants.empty())
    put("No tenant yet: steward tenant push DIR\n");
  else
    print_table(tenants);
  std::set<std::string> notes;
  for (auto& t : seen)
    if (auto learning = training_of(all->found, t); learning.taught && !learning.live)
      notes.insert("tenant " + t.value + ": " +
                   (learning.failed ? "intents could not be learnt, see the engine's log" : sentence_of(learning)));
  for (auto& n : all->found)
    for (auto& note : n.notes) notes.insert(all->found.size() > 1 ? n.node.value + ": " + note : note);
  if (!notes.empty() || !problems.empty()) put("\n");
  for (auto& note : notes) print_note(note);
  for (auto& p : problems) put(painted("✗", colour::bad, out_colours()) + " " + one_line(p) + "\n");
  return code;
}

int nodes(context& c, bool partitions) {
  auto all = call_all<node_status>(c, "status", {});
  if (!all) return fail(c, all.error());
  std::sort(all->found.begin(), all->found.end(), [](auto& a, auto& b) { return a.node < b.node; });
  auto code = all->silent.empty() ? exit_ok : exit_problems;
  if (c.json) {
    print_json(json_object()("nodes", all->found)("silent", all->silent));
    return code;
  }
  print_nodes(all->found, true);
  if (partitions) {
    using align = table::align;
    table t({{"PARTITION", align::right},
             {"NODE"},
             {"STATE"},
             {"EPOCH", align::right},
             {"RECORDS", align::right},
             {"UNREAD", align::right},
             {"UNDECIDED", align::right},
             {"UNDELIVERED", align::right},
             {"AWAKE", align::right}});
    std::map<unsigned, std::vector<std::pair<const node_status*, const partition_status*>>> by_number;
    for (auto& n : all->found)
      for (auto& p : n.partitions)
        if (p.state != "none") by_number[p.partition].push_back({&n, &p});
    for (auto& [number, owners] : by_number)
      for (auto& [n, p] : owners)
        t.row({std::to_string(number),
               n->node.value,
               {p->state, p->state == "mine" ? colour::good : colour::warn},
               std::to_string(p->epoch),
               std::to_string(p->last_seq),
               std::to_string(p->in_last > p->in_floor ? p->in_last - p->in_floor : 0),
               std::to_string(p->undecided),
               std::to_string(p->undelivered),
               std::to_string(p->awake)});
    put("\n");
    print_table(t);
  }
  for (auto& node : all->silent)
    put(painted("✗", colour::bad, out_colours()) + " node " + one_line(node) + " does not answer\n");
  return code;
}

} // namespace

void add_status_commands(command root, context& c) {
  root.add("status", "Is everything well? Engines, tenants, and what needs attention",
           "  steward status\n"
           "  steward status --json | jq .problems\n"
           "  steward status > /dev/null || echo 'look at Steward'    exit code 1: something is not in order")
      .run(c, status);

  auto partitions = std::make_shared<bool>(false);
  auto n = root.add("nodes", "The engines: version, addresses, which partitions each owns",
                    "  steward nodes\n"
                    "  steward nodes --partitions       one line per partition: who owns it, how far it is");
  n.flag("--partitions,-p", *partitions, "A line per partition as well");
  n.run(c, [partitions](context& x) { return nodes(x, *partitions); });
}

} // namespace steward::cli
