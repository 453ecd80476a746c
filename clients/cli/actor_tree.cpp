#include "clients/cli/actor_tree.hpp"

#include <cctype>
#include <map>

namespace steward::cli {
namespace {

struct by_number {
  bool operator()(const std::string& a, const std::string& b) const {
    auto head = [](const std::string& s) {
      auto n = s.size();
      while (n > 0 && std::isdigit(static_cast<unsigned char>(s[n - 1]))) --n;
      return n;
    };
    auto x = head(a), y = head(b);
    // The same words with numbers behind: shorter numbers are smaller.
    if (a.compare(0, x, b, 0, y) == 0 && a.size() != b.size()) return a.size() < b.size();
    return a < b;
  }
};

struct branch {
  const actor_info* actor = nullptr;
  std::map<std::string, branch, by_number> children;
};

void walk(const branch& b, const std::string& indent, std::vector<tree_line>& out) {
  for (auto it = b.children.begin(); it != b.children.end(); ++it) {
    auto last = std::next(it) == b.children.end();
    out.push_back({indent + (last ? "└─ " : "├─ ") + it->first, it->second.actor});
    walk(it->second, indent + (last ? "   " : "│  "), out);
  }
}

} // namespace

std::vector<tree_line> tree_of(const std::vector<actor_list>& lists) {
  branch root;
  for (auto& list : lists) {
    auto& node = root.children[list.node.value];
    for (auto& a : list.actors) {
      auto* at = &node;
      std::string_view path = a.path;
      if (path == list.node.value)
        path = {};
      else if (path.substr(0, list.node.value.size() + 1) == list.node.value + "/")
        path.remove_prefix(list.node.value.size() + 1);
      while (!path.empty()) {
        auto slash = std::min(path.find('/'), path.size());
        if (slash > 0) at = &at->children[std::string(path.substr(0, slash))];
        path.remove_prefix(std::min(slash + 1, path.size()));
      }
      at->actor = &a;
    }
  }
  std::vector<tree_line> out;
  for (auto& [name, b] : root.children) {
    out.push_back({name, b.actor});
    walk(b, "", out);
  }
  return out;
}

} // namespace steward::cli
