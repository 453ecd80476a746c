// A linear classifier over the unit vector of a sentence encoder, as a readable table: a line for each class with its
// name, its bias and a weight for each value.
#pragma once

#include "messages/result.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

class mood_head {
public:
  // errc::corrupt, with the line's number, when lines differ in length or hold something else than numbers.
  static result<mood_head> create(std::string_view lines, const std::string& name);

  std::size_t dimension() const { return dimension_; }
  const std::vector<std::string>& classes() const { return classes_; }
  // A logit for each class. Precondition: row.size() == dimension().
  std::vector<float> score(std::span<const float> row) const;

private:
  std::vector<std::string> classes_;
  std::vector<float> bias_, weights_;
  std::size_t dimension_ = 0;
};

} // namespace steward
