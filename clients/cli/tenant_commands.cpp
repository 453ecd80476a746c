// tenant check, push, list, rollback.
#include "clients/cli/commands.hpp"
#include "clients/cli/file_parts.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace steward::cli {
namespace {

namespace fs = std::filesystem;

// Every file of the folder but hidden ones, by its path inside.
result<std::map<std::string, bytes>> read_folder(const std::string& folder) {
  std::error_code e;
  if (!fs::is_directory(folder, e)) return {errc::bad_request, folder + " is no folder"};
  std::map<std::string, bytes> out;
  size_t total = 0;
  auto it = fs::recursive_directory_iterator(folder, e);
  for (; !e && it != fs::recursive_directory_iterator(); it.increment(e)) {
    auto name = it->path().filename().string();
    if (name.front() == '.') {
      if (it->is_directory()) it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file()) continue;
    std::ifstream in(it->path(), std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    if (!in) return {errc::bad_request, "cannot read " + it->path().string()};
    auto& file = out[it->path().lexically_relative(folder).generic_string()];
    file.data = std::move(content).str();
    total += file.data.size();
    if (total > whole_bytes)
      return {errc::bad_request, folder + " holds more than " + std::to_string(whole_bytes / 1024) +
                                     " KiB. Articles do not belong into it: steward kb import."};
  }
  if (e) return {errc::bad_request, "cannot read " + folder + ": " + e.message()};
  if (out.empty()) return {errc::bad_request, folder + " is empty: a tenant needs a tenant.yaml at least"};
  return out;
}

// "file:line: what" each; those of a file of the folder with the folder in front, so that editors open them.
void print_problems(const std::string& folder, const std::vector<std::string>& problems) {
  auto base = folder.back() == '/' ? folder : folder + "/";
  for (auto& p : problems) put((fs::exists(base + p.substr(0, p.find(':'))) ? base : "") + one_line(p) + "\n");
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (!line.empty()) out.push_back(line);
  return out;
}

int send_folder(context& c, const std::string& tenant, const std::string& folder, bool check_only) {
  auto files = read_folder(folder);
  if (!files) return usage(c, files.error().message);
  auto n = files->size();
  tenant_version v{.tenant = tenant_id(tenant), .time_ms = now_ms(), .by = user_name(), .files = std::move(*files)};
  v.check_only = check_only;
  auto ack = call<ops_ack>(c, subjects::ops(check_only ? "one.tenant_check" : "one.tenant_push"), v, 15);
  if (!ack) {
    // The engine has read the folder and lists what is wrong, "file:line: what" each: the result, not a failure.
    if (ack.error().code != errc::bad_request) return fail(c, ack.error());
    auto problems = lines_of(ack.error().message);
    if (c.json) return print_json(json_object()("ok", false)("problems", problems)), exit_problems;
    print_problems(folder, problems);
    put(count(problems.size(), "problem", "problems") + (check_only ? ".\n" : ": nothing was pushed.\n"));
    return exit_problems;
  }
  auto warnings = lines_of(ack->text); // below what was done
  if (!warnings.empty()) ack->text = warnings.front(), warnings.erase(warnings.begin());
  if (c.json) {
    print_json(
        json_object()("ok", ack->ok)("problems", std::vector<std::string>())("text", ack->text)("warnings", warnings));
    return ack->ok ? exit_ok : exit_refused;
  }
  print_problems(folder, warnings);
  if (ack->ok && ack->text.empty())
    ack->text = count(n, "file", "files") + (check_only ? ", nothing wrong." : " pushed.");
  return print_ack(c, *ack);
}

// The demo's folder lies beside the program that was built from the same checkout.
fs::path source_of(const std::string& from) {
  std::error_code e;
  if (from != "demo" || fs::is_directory(from, e)) return from;
  auto beside = fs::read_symlink("/proc/self/exe", e).parent_path() / "../../scripts/demo/tenant";
  return fs::is_directory(beside, e) ? beside : fs::path("scripts/demo/tenant");
}

int make(context& c, const std::string& name, const std::string& from) {
  if (!subjects::is_name(name)) return usage(c, "a tenant's name is 1 to 40 of a-z, 0-9, '-' and '_'");
  std::error_code e;
  if (fs::exists(name, e))
    return usage(c, "there is a file or folder '" + name + "' here already: `steward tenant push " + name + "/ -t " +
                        name + "` pushes what it holds");
  auto source = source_of(from);
  if (!fs::is_regular_file(source / "tenant.yaml", e)) return usage(c, source.string() + " holds no tenant.yaml");
  fs::copy(source, name, fs::copy_options::recursive, e);
  if (e) return usage(c, "cannot copy " + source.string() + " to " + name + ": " + e.message());
  if (auto code = send_folder(c, name, name, false); code != exit_ok || c.json) {
    if (code != exit_ok)
      print_note("the folder " + name + "/ is made, but not pushed: steward tenant push " + name + "/ -t " + name);
    return code;
  }
  std::string origin = "http://HOST:PORT";
  if (auto all = call_all<node_status>(c, "status", {}); all)
    for (auto& n : all->found)
      if (!n.http.empty()) origin = n.http;
  put("\nFolder   " + name + "/   edit it, then: steward tenant push " + name + "/ -t " + name + "\nChat     " +
      origin + "/t/" + name + "\nEmbed    <script async src=\"" + origin + "/embed.js\" data-tenant=\"" + name +
      "\"></script>\n         (name your site in page.embed_on of " + name + "/tenant.yaml first)\n");
  return exit_ok;
}

int list(context& c, const std::string& tenant) {
  auto l = call<tenant_list>(c, subjects::ops("one.tenant_list"), ops_request{.tenant = tenant_id(tenant)});
  if (!l) return fail(c, l.error());
  if (c.json) return print_json(json_object()("versions", l->rows)), exit_ok;
  if (l->rows.empty()) return put("No tenant yet: steward tenant push DIR\n"), exit_ok;
  table t({{"TENANT"}, {"VERSION", table::align::right}, {""}, {"PUSHED"}, {"BY"}, {"FILES", table::align::right}});
  for (auto& r : l->rows)
    t.row({r.tenant.value,
           std::to_string(r.version),
           {r.current ? "current" : "", colour::good},
           r.time_ms > 0 ? clock_time(r.time_ms) : "-",
           r.by,
           std::to_string(r.files)});
  print_table(t);
  return exit_ok;
}

int roll_back(context& c, const std::string& tenant, uint64_t version) {
  auto ack = call<ops_ack>(c, subjects::ops("one.tenant_rollback"),
                           ops_request{.tenant = tenant_id(tenant), .number = version, .by = user_name()}, 15);
  if (!ack) return fail(c, ack.error());
  return print_ack(c, *ack);
}

} // namespace

void add_tenant_commands(command root, context& c) {
  struct options {
    std::string tenant, folder;
    uint64_t version = 0;
  };
  auto group = root.group("tenant", "A company's folder: check it, push it, go back to an older one",
                          "  steward tenant check shop/ -t shop && steward tenant push shop/ -t shop");
  auto add_for_folder = [&](const char* name, const char* what, const char* examples, bool check_only) {
    auto o = std::make_shared<options>();
    auto cmd = group.add(name, what, examples);
    cmd.argument("DIR", o->folder, "The folder with tenant.yaml").tenant(o->tenant);
    cmd.run(c, [o, check_only](context& x) { return send_folder(x, o->tenant, o->folder, check_only); });
  };
  add_for_folder("check", "What is wrong in a tenant's folder, by file and line",
                 "  steward tenant check scripts/demo/tenant\n"
                 "Exit code 1: something is wrong.",
                 true);
  add_for_folder("push", "Make a tenant's folder its new version; every engine takes it up at once",
                 "  steward tenant push scripts/demo/tenant --tenant demo\n"
                 "Exit code 1: something is wrong, and nothing was pushed.",
                 false);
  auto n = std::make_shared<options>();
  n->folder = "demo";
  auto making = group.add("new", "A tenant from another's folder, with its chat page and the line that embeds it",
                          "  steward tenant new shop --from demo\n"
                          "makes the folder shop/, pushes it, and prints where the page is.");
  making.argument("NAME", n->tenant, "The new tenant");
  making.option("--from", n->folder, "DIR", "A tenant's folder, or demo");
  making.run(c, [n](context& x) { return make(x, n->tenant, n->folder); });

  auto l = std::make_shared<options>();
  auto listing =
      group.add("list", "Tenants and their versions", "  steward tenant list\n  steward tenant list --tenant demo");
  listing.any_tenant(l->tenant);
  listing.run(c, [l](context& x) { return list(x, l->tenant); });

  auto r = std::make_shared<options>();
  auto back = group.add("rollback", "Return to an older version", "  steward tenant rollback demo 3");
  back.alias("roll-back");
  back.argument("TENANT", r->tenant, "The company");
  back.argument("VERSION", r->version, "As `steward tenant list` shows it");
  back.run(c, [r](context& x) { return roll_back(x, r->tenant, r->version); });
  add_forget_commands(group, c);
}

} // namespace steward::cli
