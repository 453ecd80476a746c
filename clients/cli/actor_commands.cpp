// actors, restart.
#include "clients/cli/actor_tree.hpp"
#include "clients/cli/commands.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"

namespace steward::cli {
namespace {

struct options {
  std::string name;
  uint32_t limit = 200;
};

int actors(context& c, const options& o) {
  auto all = call_all<actor_list>(c, "actors", {.name = o.name, .limit = o.limit});
  if (!all) return fail(c, all.error());
  for (auto& list : all->found) // an engine may send them all
    list.actors.erase(std::remove_if(list.actors.begin(), list.actors.end(),
                                     [&](auto& a) { return a.path.find(o.name) == std::string::npos; }),
                      list.actors.end());
  auto code = all->silent.empty() ? exit_ok : exit_problems;
  if (c.json) {
    print_json(json_object()("nodes", all->found)("silent", all->silent));
    return code;
  }
  using align = table::align;
  table t(
      {{"ACTOR"}, {"STATE"}, {"MAILBOX", align::right}, {"RESTARTS", align::right}, {"AGE", align::right}, {"KIND"}});
  for (auto& line : tree_of(all->found)) {
    auto a = line.actor;
    if (!a) {
      t.row({line.label});
      continue;
    }
    t.row({line.label,
           a->state,
           {a->alone ? "-" : std::to_string(a->mailbox), a->mailbox > 1000 ? colour::warn : colour::none},
           {std::to_string(a->restarts), a->restarts > 0 ? colour::warn : colour::none},
           span(a->age_s),
           a->kind});
  }
  print_table(t);
  uint64_t left_out = 0;
  for (auto& list : all->found) left_out += list.left_out;
  if (left_out > 0) put("… and " + count(left_out, "conversation", "conversations") + " more: --limit N shows them\n");
  for (auto& node : all->silent) print_note("node " + node + " does not answer: its actors are missing here");
  return code;
}

// The node that runs an actor, and the actor's whole path: people may leave out how the path begins.
result<std::pair<node_id, std::string>> find_actor(context& c, const std::string& name) {
  auto all = call_all<actor_list>(c, "actors", {.name = name, .limit = 1000});
  if (!all) return all.error();
  std::vector<std::pair<node_id, std::string>> fits;
  for (auto& list : all->found)
    for (auto& a : list.actors) {
      auto ends = a.path.size() > name.size() && a.path.compare(a.path.size() - name.size(), name.size(), name) == 0 &&
                  a.path[a.path.size() - name.size() - 1] == '/';
      if (a.path == name) return std::pair{list.node, a.path};
      if (ends) fits.push_back({list.node, a.path});
    }
  if (fits.size() == 1) return fits.front();
  if (fits.empty()) return {errc::not_found, "no actor is called " + name + ".\n  `steward actors` shows them all."};
  std::string some;
  for (auto& [node, path] : fits) some += "\n  " + path;
  return {errc::conflict, "more than one actor is called " + name + "; name one by its whole path:" + some};
}

int restart(context& c, const std::string& name) {
  auto found = find_actor(c, name);
  if (!found) return fail(c, found.error());
  auto ack = call<ops_ack>(c, subjects::node(found->first, "restart"),
                           ops_request{.name = found->second, .by = user_name()}, 15);
  if (!ack) return fail(c, ack.error());
  return print_ack(c, *ack);
}

} // namespace

void add_actor_commands(command root, context& c) {
  auto o = std::make_shared<options>();
  auto list = root.add("actors", "The tree of actors: state, mailbox, restarts, age",
                       "  steward actors\n"
                       "  steward actors partition-3          only paths that contain this\n"
                       "  steward actors --json | jq '.nodes[].actors[] | select(.restarts > 0)'");
  list.optional_argument("NAME", o->name, "Only actors whose path contains it");
  list.option("--limit,-n", o->limit, "N", "At most so many conversations of a node (200)", 1);
  list.run(c, [o](context& x) { return actors(x, *o); });

  auto name = std::make_shared<std::string>();
  auto again =
      root.add("restart", "Restart one actor; it takes its state from the log again",
               "  steward restart n4f2k7/partition-3\n"
               "  steward restart partition-3          the path's end is enough while it fits only one\n"
               "  steward restart door-0               a connector; messages on their way to it are sent again by "
               "their senders\n"
               "The store, knowledge, tenants and cluster of a node have no second life: drain and restart the node.");
  again.argument("ACTOR", *name, "Its path, as `steward actors` shows it");
  again.run(c, [name](context& x) { return restart(x, *name); });
}

} // namespace steward::cli
