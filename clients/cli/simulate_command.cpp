// simulate. The work is steward-simulate's.
#include "clients/cli/commands.hpp"
#include "clients/cli/program_beside.hpp"

namespace steward::cli {

void add_simulate_command(command root, context& c) {
  auto rest = std::make_shared<std::vector<std::string>>();
  auto one = root.add("simulate", "Simulated customers against a tenant's folder: how they fare, with every transcript",
                      "  steward simulate scripts/demo/tenant --articles scripts/demo/kb\n"
                      "  steward simulate shop/ --articles help/ --show wrong\n"
                      "  steward simulate shop/ --articles help/ --customers customers.jsonl --most-wrong 0.02 --json\n"
                      "Needs no running engine. All options: steward-simulate --help");
  one.rest(*rest);
  one.run(c, [rest](context& x) { return become(x, "steward-simulate", *rest); });
}

} // namespace steward::cli
