// verify: every partition's owner replays its log and compares it with its store.
#include "clients/cli/commands.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"

namespace steward::cli {
namespace {

int verify(context& c, const std::string& tenant) {
  auto bus = c.bus();
  if (!bus) return fail(c, bus.error());
  std::vector<std::string> to;
  for (uint8_t p = 0; p < partition_count; ++p) to.push_back(subjects::engine({p}, "verify"));
  auto progress = is_terminal(2) && !c.json;
  auto raw =
      (*bus)->request_each(to, encode(ops_request{.tenant = tenant_id(tenant)}), c.timeout(120), [&](size_t done) {
        if (progress)
          put_error("\r\033[Kverified " + std::to_string(done) + " of " + std::to_string(to.size()) + " partitions");
      });
  if (progress) put_error("\r\033[K");

  std::vector<verify_report> reports;
  std::vector<std::string> problems;
  std::optional<failure> first;
  uint64_t records = 0, entities = 0, answered = 0, cut = 0;
  bool differs = false;
  for (size_t i = 0; i < raw.size(); ++i) {
    auto r = raw[i] ? decode<verify_report>(raw[i]->data) : result<verify_report>(advice(c, to[i], raw[i].error()));
    if (raw[i] && !r) r = refusal(raw[i]->data, r.error());
    if (r && !r->error.empty()) r = failure_of(r->error);
    if (!r) {
      if (!first) first = r.error();
      problems.push_back("partition " + std::to_string(i) + ": " + r.error().message);
      continue;
    }
    ++answered;
    records += r->records, entities += r->entities;
    if (r->cut_before != 0) ++cut;
    if (r->different + r->missing + r->stale > 0) differs = true;
    for (auto& f : r->findings) problems.push_back("partition " + std::to_string(i) + ": " + f);
    reports.push_back(std::move(*r));
  }
  if (answered == 0) return fail(c, *first);
  auto code = differs || !problems.empty() ? exit_problems : exit_ok;
  if (c.json) {
    print_json(json_object()("ok", code == exit_ok)("records", records)("entities", entities)("partitions", reports)(
        "problems", problems));
    return code;
  }
  using align = table::align;
  table t({{"PARTITION", align::right},
           {"RECORDS", align::right},
           {"ENTITIES", align::right},
           {"DIFFERENT", align::right},
           {"MISSING", align::right},
           {"STALE", align::right}});
  auto bad = [](uint64_t n) { return cell(std::to_string(n), n > 0 ? colour::bad : colour::none); };
  for (auto& r : reports)
    if (r.different + r.missing + r.stale > 0)
      t.row({std::to_string(r.partition), std::to_string(r.records), std::to_string(r.entities), bad(r.different),
             bad(r.missing), bad(r.stale)});
  if (!t.empty()) print_table(t), put("\n");
  for (auto& p : problems) put(painted("✗", colour::bad, out_colours()) + " " + one_line(p) + "\n");
  auto what = count(records, "record", "records") + " of " + count(entities, "entity", "entities");
  if (cut > 0)
    put("Retention has cut the beginning of " + count(cut, "partition", "partitions") + " (--json says where).\n");
  put(code == exit_ok
          ? "The store agrees with the log: " + what + ".\n"
          : "Not everything agrees; " + what + " were read in " + count(answered, "partition", "partitions") + ".\n");
  return code;
}

} // namespace

void add_verify_command(command root, context& c) {
  auto tenant = std::make_shared<std::string>();
  auto cmd = root.add("verify", "Replay the whole log and compare it with what is stored",
                      "  steward verify\n"
                      "  steward verify --tenant demo --timeout 600\n"
                      "Exit code 1: something differs, or a partition did not answer.");
  cmd.any_tenant(*tenant);
  cmd.run(c, [tenant](context& x) { return verify(x, *tenant); });
}

} // namespace steward::cli
