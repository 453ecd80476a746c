#include "actors/node/tenant_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace steward {
namespace {

namespace fs = std::filesystem;
// Somebody may have named a home folder: no more of it is read than a tenant can have.
constexpr size_t most_files = 1000;
constexpr uintmax_t most_bytes = 16 << 20;

struct reading {
  std::map<std::string, bytes> files;
  std::vector<config_problem> problems;
  uintmax_t total = 0;

  void take(const fs::directory_entry& e, const std::string& name) {
    std::error_code ec;
    if (!e.is_regular_file(ec)) return problems.push_back({name, 0, "neither a file nor a folder"});
    auto size = e.file_size(ec);
    if ((total += ec ? 0 : size) > most_bytes) return;
    std::ifstream in(e.path(), std::ios::binary);
    std::ostringstream content;
    if (!in || (size > 0 && !(content << in.rdbuf()))) return problems.push_back({name, 0, "cannot be read"});
    files[name].data = std::move(content).str();
  }
};

std::string lines(const std::string& folder, const std::vector<config_problem>& problems) {
  std::string out;
  for (auto& p : problems) {
    if (!out.empty()) out += '\n';
    out += p.file.empty() ? folder : (fs::path(folder) / p.file).string();
    out += ":" + (p.line ? std::to_string(p.line) + ":" : "") + " " + p.message;
  }
  return out;
}

} // namespace

result<std::map<std::string, bytes>> read_tenant_folder(const std::string& folder, const tenant_id& t) {
  std::error_code ec;
  auto kind = fs::status(folder, ec).type();
  if (kind == fs::file_type::not_found) return {errc::bad_request, folder + ": there is no such folder"};
  if (kind != fs::file_type::directory) return {errc::bad_request, folder + ": not a folder"};
  reading r;
  auto it = fs::recursive_directory_iterator(folder, ec);
  for (; !ec && it != fs::recursive_directory_iterator() && r.total <= most_bytes && r.files.size() <= most_files;
       it.increment(ec)) {
    auto hidden = it->path().filename().string().front() == '.';
    std::error_code none;
    if (it->is_directory(none)) {
      if (hidden) it.disable_recursion_pending();
    } else if (!hidden) {
      r.take(*it, it->path().lexically_relative(folder).generic_string());
    }
  }
  if (ec) r.problems.push_back({"", 0, "cannot be read: " + ec.message()});
  if (r.total > most_bytes || r.files.size() > most_files)
    return {errc::bad_request, folder + ": far too large for a tenant's folder (articles belong to --kb-dir)"};
  auto found = read_tenant(t, r.files).problems;
  // A file that could not be read is there: that it is "missing" would send people astray.
  for (auto& p : r.problems)
    std::erase_if(found, [&](const config_problem& f) { return f.file == p.file && !p.file.empty(); });
  r.problems.insert(r.problems.end(), found.begin(), found.end());
  if (!r.problems.empty()) return {errc::bad_request, lines(folder, r.problems)};
  return std::move(r.files);
}

} // namespace steward
