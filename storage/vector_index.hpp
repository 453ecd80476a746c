// Nearest rows by inner product. Built once, then immutable: any number of threads may search at once, without a lock.
// Exact while small; above `exact_up_to` rows an inverted file that looks into the nearest lists only.
#pragma once

#include "messages/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace steward {

struct vector_hit {
  std::uint32_t row;
  float score; // inner product
};

class vector_index {
public:
  struct options {
    std::size_t exact_up_to = 50'000; // rows; an exact search costs about 0.1 us a row at 384 dimensions
    std::size_t lists_looked_into = 32;
  };

  // `values` holds rows of `dimension` floats each; errc::bad_request when it does not divide.
  static result<vector_index> build(std::size_t dimension, std::vector<float> values, options how);
  static result<vector_index> build(std::size_t dimension, std::vector<float> values) {
    return build(dimension, std::move(values), options());
  }
  vector_index(); // without rows
  vector_index(vector_index&&) noexcept;
  vector_index& operator=(vector_index&&) noexcept;
  ~vector_index();

  // At most `k` rows, best first. Empty when the query has another dimension.
  std::vector<vector_hit> search(std::span<const float> query, std::size_t k) const;

  std::size_t rows() const { return dimension_ == 0 ? 0 : values_.size() / dimension_; }
  std::size_t dimension() const { return dimension_; }
  std::span<const float> row(std::size_t i) const { return {values_.data() + i * dimension_, dimension_}; }
  bool exact() const;

private:
  struct large;
  std::size_t dimension_ = 0;
  std::vector<float> values_;
  std::unique_ptr<large> large_; // absent: exact
};

} // namespace steward
