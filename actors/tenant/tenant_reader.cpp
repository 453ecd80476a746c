#include "actors/tenant/spelling.hpp"
#include "actors/tenant/tenant_files.hpp"
#include "messages/subjects.hpp"
#include "messages/tally.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr size_t most_files = 100;
constexpr size_t most_bytes = 4 << 20; // of the folder: it travels as a message to every node
constexpr size_t most_problems = 100;  // beyond it nobody reads on

struct known_file {
  const char* name;
  size_t most_bytes;
  void (*read)(const std::string&, const std::string&, tenant_config&, std::vector<config_problem>&);
};
// In the order in which they are read: questions are checked against the settings.
constexpr known_file known[] = {{"tenant.yaml", 256 << 10, read_settings},
                                {"questions.jsonl", 3 << 20, read_questions},
                                {"intents.yaml", 2 << 20, read_intents},
                                {"meanings.yaml", 256 << 10, read_meanings},
                                {"entities.yaml", 1 << 20, read_entities_file}};

std::string kib(size_t n) { return std::to_string((n + 1023) / 1024) + " KiB"; }

// Files for people and for their tools: kept in the version, never read.
bool is_passive(const std::string& path) {
  auto name = path.substr(path.rfind('/') + 1);
  return path.starts_with(".") || path.find("/.") != path.npos || name.ends_with("~") || name == "README.md" ||
         name == "README" || name == "CHANGELOG.md";
}

std::string path_problem(const std::string& path) {
  if (path.empty() || path.size() > 200) return "a path has 1 to 200 bytes";
  if (first_bad_byte(path) || path.find_first_of("\r\n\t\\") != path.npos)
    return "a path is UTF-8 without control characters or backslashes";
  if (path.front() == '/' || ("/" + path + "/").find("/../") != std::string::npos)
    return "a path stays inside the tenant's folder";
  return {};
}

void read_file(const known_file& f, const std::string& path, std::string_view text, tenant_config& c,
               std::vector<config_problem>& problems) {
  if (text.size() > f.most_bytes) {
    problems.push_back({path, 1, "the file has " + kib(text.size()) + ", at most " + kib(f.most_bytes)});
    return;
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (auto at = first_bad_byte(text)) {
    auto byte = static_cast<unsigned char>(text[*at]);
    problems.push_back({path, line_of(text, *at),
                        byte < 32 || byte == 127 ? "a control character (byte " + std::to_string(byte) + ") in the text"
                                                 : "not UTF-8: save the file with that encoding"});
    return;
  }
  std::string lines(text);
  lines.erase(std::remove(lines.begin(), lines.end(), '\r'), lines.end()); // files from Windows
  f.read(path, lines, c, problems);
}

void shorten(std::vector<config_problem>& problems) {
  if (problems.size() <= most_problems) return;
  auto more = problems.size() - most_problems;
  auto weight = problems.back().weight;
  problems.resize(most_problems);
  problems.push_back({"", 0, "and " + std::to_string(more) + " more", weight});
}

} // namespace

const tenant_intent* tenant_config::intent(std::string_view wanted) const {
  for (auto& i : intents)
    if (i.name == wanted) return &i;
  return nullptr;
}

const tenant_words& tenant_config::words_for(const std::string& language) const {
  static const tenant_words nothing;
  if (auto at = words.find(language); at != words.end()) return at->second;
  if (!languages.empty())
    if (auto at = words.find(languages.front()); at != words.end()) return at->second;
  return nothing;
}

std::string tenant_config::day_at(int64_t ms) const { return day_text(wall_clock().local(ms) / (24 * 3600'000LL)); }

tenant_reading read_tenant(const tenant_id& id, const std::map<std::string, bytes>& files) {
  tenant_reading out;
  auto& problems = out.problems;
  out.config.id = id;
  out.config.channels = {channel_id{"web"}};
  out.config.mask = {mask_rule::card, mask_rule::national_id,
                     mask_rule::password}; // leaving it out must not bare anyone
  if (!subjects::is_name(id.value))
    problems.push_back(
        {"", 0, "'" + shortened(id.value, 40) + "' cannot be a tenant's name: 1 to 40 of a-z, 0-9, '-' and '_'"});
  size_t total = 0;
  for (auto& [path, content] : files) total += content.data.size();
  if (files.size() > most_files)
    problems.push_back(
        {"", 0, std::to_string(files.size()) + " files in the folder, at most " + std::to_string(most_files)});
  if (total > most_bytes) problems.push_back({"", 0, "the folder has " + kib(total) + ", at most " + kib(most_bytes)});
  if (files.size() > most_files || total > most_bytes) return out;

  std::vector<std::string> names;
  for (auto& f : known) names.push_back(f.name);
  for (auto& [path, content] : files) {
    if (auto why = path_problem(path); !why.empty())
      problems.push_back({first_bad_byte(path) ? "(a file)" : shortened(path), 0, why});
    else if (std::find(names.begin(), names.end(), path) == names.end() && !is_passive(path))
      problems.push_back({path, 0, "not a file that Steward reads" + hint(path, names)});
  }
  for (auto& f : known) {
    if (auto at = files.find(f.name); at != files.end())
      read_file(f, at->first, at->second.data, out.config, problems);
    else if (f.read == read_settings)
      problems.push_back({f.name, 0, "the file is missing: it holds the tenant's name, languages and channels"});
  }
  auto warns = std::stable_partition(problems.begin(), problems.end(),
                                     [](const config_problem& p) { return p.weight == severity::error; });
  out.warnings.assign(std::make_move_iterator(warns), std::make_move_iterator(problems.end()));
  problems.erase(warns, problems.end());
  shorten(problems), shorten(out.warnings);
  return out;
}

std::string to_string(const std::vector<config_problem>& problems) {
  std::string out;
  for (auto& p : problems) {
    if (!out.empty()) out += '\n';
    if (!p.file.empty()) out += p.file + ":" + (p.line ? std::to_string(p.line) + ":" : "") + " ";
    out += (p.weight == severity::warning ? "warning: " : "") + p.message;
  }
  return out;
}

} // namespace steward
