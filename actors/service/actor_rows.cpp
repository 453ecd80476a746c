#include "actors/service/actor_rows.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr size_t most_bytes = 600 << 10;

auto depth(const actor_info& a) { return std::count(a.path.begin(), a.path.end(), '/'); }

} // namespace

void arrange(actor_list& l, const std::string& name) {
  auto& all = l.actors;
  std::erase_if(all, [&](auto& a) { return a.path.find(name) == std::string::npos; });
  std::stable_sort(all.begin(), all.end(), [](auto& a, auto& b) { return depth(a) < depth(b); });
  size_t bytes = 0, keep = 0;
  while (keep < all.size() && (bytes += all[keep].path.size() + all[keep].kind.size() + 100) <= most_bytes) ++keep;
  l.left_out += all.size() - keep;
  all.resize(keep);
  std::sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.path < b.path; });
}

} // namespace steward
