#include "actors/knowledge/answer_parts.hpp"

#include <algorithm>
#include <numeric>

namespace steward {
namespace {

std::size_t characters(std::string_view s) {
  return static_cast<std::size_t>(
      std::count_if(s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

} // namespace

std::vector<std::uint32_t> answer_parts(std::span<const passage> all, std::span<const double> score,
                                        const answer_limits& limits) {
  std::vector<std::uint32_t> order(std::min(all.size(), score.size()));
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return score[a] > score[b]; });
  std::vector<std::uint32_t> out;
  std::size_t length = 0, whole = 0;
  for (const auto& p : all) whole += characters(p.text) + characters(p.heading);
  for (const auto i : order) {
    // What a passage announces is the next ones' text.
    const auto more = characters(all[i].answer()) + characters(all[i].heading);
    if (!out.empty() && whole > limits.whole) {
      if (score[i] < score[order.front()] - limits.close) break;
      if (length + more > limits.most) continue;
    }
    length += more;
    out.push_back(i);
  }
  std::sort(out.begin(), out.end());
  // Whoever announces has said the next ones already.
  for (std::size_t k = 0; k + 1 < out.size();)
    if (const auto& said = all[out[k]].announced; !said.empty() && said.find(all[out[k + 1]].text) != std::string::npos)
      out.erase(out.begin() + static_cast<std::ptrdiff_t>(k) + 1);
    else
      ++k;
  return out;
}

std::string answer_text(std::span<const passage> all, std::span<const std::uint32_t> parts) {
  if (parts.size() == 1) return all[parts.front()].answer();
  std::string out;
  std::string_view heading;
  for (const auto i : parts) {
    const auto& p = all[i];
    if (!out.empty()) out += "\n\n";
    if (!p.heading.empty() && p.heading != heading) {
      out += "**" + p.heading + "**";
      if (!p.text.empty()) out += "\n\n";
    }
    heading = p.heading;
    out += p.text.empty() && p.announced.empty() ? "" : p.answer();
  }
  return out;
}

} // namespace steward
