// kb import: walks folders, cuts what is too large, sends one part after the other, says what became of them.
#include "clients/cli/commands.hpp"
#include "clients/cli/file_parts.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace steward::cli {
namespace {

namespace fs = std::filesystem;

struct options {
  std::vector<std::string> paths;
  std::string tenant, language;
  bool dry_run = false;
};

struct found_file {
  fs::path path;    // as one can open it
  std::string name; // as the engine knows it: inside the folder that was named, or the file's own
};

struct outcome {
  std::set<std::string> added, changed, same; // article ids
  std::vector<std::string> broken;            // "file:line: what"
  std::vector<std::string> ignored;
  size_t files = 0;
  uint64_t version = 0;
  std::map<std::string, std::string> file_of; // article id to the file that gave it

  /// Of two files with one article's id the later one counts: each import would change it twice.
  void gave(const std::vector<std::string>& ids, const std::string& file) {
    for (auto& id : ids) {
      auto [first, is_new] = file_of.emplace(id, file);
      if (!is_new && first->second == file)
        broken.push_back(file + ": '" + id + "' stands in it twice, and the later one counts");
      else if (!is_new)
        broken.push_back(file + ":1: '" + id + "' is in " + first->second +
                         " too, and what stands here counts: give one of them another id");
    }
  }
};

std::vector<found_file> walk(const std::vector<std::string>& paths, outcome& out) {
  std::vector<found_file> files;
  for (auto& given : paths) {
    std::error_code e;
    if (fs::is_regular_file(given, e)) {
      if (format_of(given).empty())
        out.broken.push_back(given + ": not one of .md .html .htm .jsonl .csv");
      else
        files.push_back({given, fs::path(given).filename().string()});
      continue;
    }
    if (!fs::is_directory(given, e)) {
      out.broken.push_back(given + ": no such file or folder");
      continue;
    }
    std::vector<found_file> inside;
    auto it = fs::recursive_directory_iterator(given, e);
    for (; !e && it != fs::recursive_directory_iterator(); it.increment(e)) {
      if (it->path().filename().string().front() == '.') {
        if (it->is_directory()) it.disable_recursion_pending();
        continue;
      }
      if (!it->is_regular_file()) continue;
      if (format_of(it->path().string()).empty())
        out.ignored.push_back(it->path().string());
      else
        inside.push_back({it->path(), it->path().lexically_relative(given).generic_string()});
    }
    if (e) out.broken.push_back(given + ": " + e.message());
    std::sort(inside.begin(), inside.end(), [](auto& a, auto& b) { return a.name < b.name; });
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

class progress {
public:
  progress(size_t total, bool shown)
      : total_(total)
      , shown_(shown && total > 0) {}
  ~progress() {
    if (shown_) put_error("\r\033[K");
  }
  void at(size_t done, const std::string& name) {
    if (!shown_) return;
    constexpr size_t width = 24;
    std::string bar;
    for (size_t i = 0; i < width; ++i) bar += i < done * width / total_ ? "█" : "░";
    put_error("\r\033[K" + bar + " " + std::to_string(done) + "/" + std::to_string(total_) + "  " +
              cut(one_line(name), 40));
  }

private:
  size_t total_;
  bool shown_;
};

// The engine names the file as it knows it; people want the path that their editor opens.
std::string local(const std::string& message, const found_file& f) {
  if (message.rfind(f.name, 0) == 0) return f.path.string() + message.substr(f.name.size());
  return f.path.string() + ": " + message;
}

status send(context& c, const options& o, const found_file& f, outcome& out) {
  std::ifstream in(f.path, std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  if (!in.is_open() || in.bad()) return out.broken.push_back(f.path.string() + ": cannot be read"), success();
  auto text = std::move(content).str();
  auto format = format_of(f.path.string());
  auto cut = parts_of(text, format);
  for (auto& b : cut.broken) out.broken.push_back(f.path.string() + ":" + b);
  for (auto& part : cut.found) {
    if (part.content.size() > whole_bytes) {
      out.broken.push_back(f.path.string() + ":1: has " + std::to_string(part.content.size() / 1024) +
                           " KiB, more than the " + std::to_string(whole_bytes / 1024) +
                           " KiB that an article may have: cut it into several");
      continue;
    }
    auto r = call<kb_import_result>(c, subjects::ops("one.kb_import"),
                                    kb_import_request{.tenant = tenant_id(o.tenant),
                                                      .path = f.name,
                                                      .format = format,
                                                      .language = o.language,
                                                      .first_line = part.first_line,
                                                      .content = {std::move(part.content)},
                                                      .dry_run = o.dry_run},
                                    120);
    if (!r) return r.error();
    out.added.insert(r->added.begin(), r->added.end());
    out.changed.insert(r->changed.begin(), r->changed.end());
    out.same.insert(r->same.begin(), r->same.end());
    for (auto ids : {&r->added, &r->changed, &r->same}) out.gave(*ids, f.path.string());
    for (auto& b : r->broken) out.broken.push_back(local(b, f));
    out.version = std::max(out.version, r->version);
  }
  ++out.files;
  return success();
}

int import(context& c, const options& o) {
  outcome out;
  auto files = walk(o.paths, out);
  if (files.empty() && out.broken.empty())
    return usage(c, "no .md .html .htm .jsonl or .csv file in " + o.paths.front() + (o.paths.size() > 1 ? " …" : ""));
  if (files.empty()) return usage(c, out.broken.front());
  std::optional<failure> stopped;
  {
    progress bar(files.size(), is_terminal(2) && !c.json);
    for (size_t i = 0; i < files.size() && !stopped; ++i) {
      bar.at(i, files[i].name);
      if (auto s = send(c, o, files[i], out); !s) stopped = s.error();
    }
  }
  auto code = stopped ? exit_code_of(stopped->code) : out.broken.empty() ? exit_ok : exit_problems;
  if (c.json) {
    json_object j;
    j("files", out.files)("new", out.added)("changed", out.changed)("same", out.same)("broken", out.broken);
    j("ignored", out.ignored)("version", out.version)("dry_run", o.dry_run);
    if (stopped) j.raw("error", json_object()("code", to_string(stopped->code))("message", stopped->message).text());
    print_json(j);
    return code;
  }
  for (auto& b : out.broken) put(one_line(b) + "\n");
  if (stopped && out.files == 0) return fail(c, *stopped);
  auto broken = std::to_string(out.broken.size()) + " broken";
  put(count(out.files, "file", "files") + ": " + std::to_string(out.added.size()) + " new, " +
      std::to_string(out.changed.size()) + " changed, " + std::to_string(out.same.size()) + " same, " +
      painted(broken, out.broken.empty() ? colour::none : colour::bad, out_colours()) +
      (o.dry_run ? ". Nothing was stored: --dry-run.\n" : ".\n"));
  if (!out.ignored.empty()) put(count(out.ignored.size(), "other file was", "other files were") + " left out.\n");
  if (stopped) {
    fail(c, *stopped);
    put_error("Stopped after " + std::to_string(out.files) + " of " + std::to_string(files.size()) +
              " files. The same command again goes on: what is there already is the same.\n");
  }
  return code;
}

} // namespace

void add_kb_import(command kb, context& c) {
  auto o = std::make_shared<options>();
  auto cmd = kb.add("import", "Bring in articles: Markdown, HTML, JSONL and CSV, files or folders",
                    "  steward kb import help/                       all of a folder\n"
                    "  steward kb import faq.csv --language en       a header line, then question, answer\n"
                    "  steward kb import help/ --dry-run             what would change, and what is broken\n"
                    "The same file twice changes nothing. Exit code 1: something was broken (file:line says where).");
  cmd.arguments("PATH", o->paths, "Files and folders; folders whole, hidden files not").tenant(o->tenant);
  cmd.option("--language,-l", o->language, "CODE", "Of articles that do not say theirs (ISO 639-1)");
  cmd.flag("--dry-run", o->dry_run, "Only look");
  cmd.run(c, [o](context& x) { return import(x, *o); });
}

} // namespace steward::cli
