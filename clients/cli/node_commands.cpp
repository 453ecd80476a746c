// drain, undrain: a node hands its partitions to the others, and takes its share again.
#include "clients/cli/commands.hpp"

namespace steward::cli {
namespace {

int tell(context& c, const std::string& name, const char* verb) {
  if (name.empty() || name.find_first_of(". *>\t\r\n") != std::string::npos)
    return usage(c, "'" + one_line(name) + "' is no name of a node. `steward nodes` lists them.");
  auto ack = call<ops_ack>(c, subjects::node(node_id(name), verb), ops_request{.by = user_name()}, 30);
  if (!ack) return fail(c, ack.error());
  return print_ack(c, *ack);
}

} // namespace

void add_node_commands(command root, context& c) {
  auto add = [&](const char* name, const char* what, const char* examples) {
    auto node = std::make_shared<std::string>();
    auto cmd = root.add(name, what, examples);
    cmd.argument("NODE", *node, "As `steward nodes` names it");
    cmd.run(c, [node, name](context& x) { return tell(x, *node, name); });
  };
  add("drain", "Let a node hand over its work, before it is stopped or updated",
      "  steward drain n4f2k7      its partitions go to the other nodes, in order\n"
      "  steward nodes             shows when it owns none any more");
  add("undrain", "Let a drained node take its share of the work again", "  steward undrain n4f2k7");
}

} // namespace steward::cli
