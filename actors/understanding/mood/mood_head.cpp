#include "actors/understanding/mood/mood_head.hpp"

#include <charconv>
#include <cmath>

namespace steward {

result<mood_head> mood_head::create(std::string_view lines, const std::string& name) {
  mood_head out;
  const auto damaged = [&](int number) {
    return failure{errc::corrupt,
                   name + ":" + std::to_string(number) + ": not a class and as many numbers as the first"};
  };
  for (int number = 1; !lines.empty(); ++number) {
    const auto end = std::min(lines.find('\n'), lines.size());
    auto line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (line.empty() || line.front() == '#') continue;
    auto tab = line.find('\t');
    if (tab == 0 || tab == std::string_view::npos) return damaged(number);
    out.classes_.emplace_back(line.substr(0, tab));
    std::vector<float> row;
    while (tab != std::string_view::npos) {
      line.remove_prefix(tab + 1);
      tab = line.find('\t');
      const auto field = line.substr(0, tab);
      float value = 0;
      const auto [at, error] = std::from_chars(field.data(), field.data() + field.size(), value);
      if (error != std::errc() || at != field.data() + field.size() || !std::isfinite(value)) return damaged(number);
      row.push_back(value);
    }
    if (out.dimension_ == 0) out.dimension_ = row.size() - 1;
    if (row.size() < 2 || row.size() - 1 != out.dimension_) return damaged(number);
    out.bias_.push_back(row[0]);
    out.weights_.insert(out.weights_.end(), row.begin() + 1, row.end());
  }
  if (out.classes_.empty()) return damaged(1);
  return out;
}

std::vector<float> mood_head::score(std::span<const float> row) const {
  auto out = bias_;
  for (std::size_t c = 0; c < out.size(); ++c)
    for (std::size_t d = 0; d < dimension_; ++d) out[c] += weights_[c * dimension_ + d] * row[d];
  return out;
}

} // namespace steward
