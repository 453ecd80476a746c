#include "storage/vector_index.hpp"

#include <faiss/IndexFlat.h>
#include <faiss/IndexIVFFlat.h>
#include <faiss/utils/Heap.h>
#include <faiss/utils/distances.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <string>

// A global of faiss: from how many queries on it multiplies matrices instead of going row by row. With BLAS a single
// query over 10,000 rows takes 1 ms; Debian's build without it (no AVX2) several times that.
namespace faiss {
FAISS_API extern int distance_compute_blas_threshold;
}

namespace steward {

struct vector_index::large {
  explicit large(std::size_t dimension, std::size_t lists)
      : centres(static_cast<std::int64_t>(dimension))
      , inverted(&centres, dimension, lists, faiss::METRIC_INNER_PRODUCT) {}
  faiss::IndexFlatIP centres;
  faiss::IndexIVFFlat inverted;
};

namespace {
// Callers bring their own threads; one that started more of them for each query would only get in the others' way.
void one_thread_each() {
  thread_local const bool set = [] {
    omp_set_num_threads(1);
    return true;
  }();
  static_cast<void>(set);
}
const bool blas_from_one_query = [] {
  faiss::distance_compute_blas_threshold = 1;
  return true;
}();
} // namespace

vector_index::vector_index() = default;
vector_index::vector_index(vector_index&&) noexcept = default;
vector_index& vector_index::operator=(vector_index&&) noexcept = default;
vector_index::~vector_index() = default;

bool vector_index::exact() const { return large_ == nullptr; }

result<vector_index> vector_index::build(std::size_t dimension, std::vector<float> values, options how) {
  if (dimension == 0 ? !values.empty() : values.size() % dimension != 0)
    return failure{errc::bad_request, "a vector index of " + std::to_string(dimension) +
                                          " dimensions cannot be made of " + std::to_string(values.size()) + " values"};
  one_thread_each();
  vector_index out;
  out.dimension_ = dimension;
  out.values_ = std::move(values);
  if (out.rows() <= how.exact_up_to) return out;
  try {
    const auto lists = static_cast<std::size_t>(4 * std::sqrt(static_cast<double>(out.rows())));
    auto large = std::make_unique<vector_index::large>(dimension, lists);
    large->inverted.nprobe = how.lists_looked_into;
    large->inverted.cp.seed = 1; // the same rows give the same index
    large->inverted.cp.niter = 8;
    large->inverted.cp.min_points_per_centroid = 1; // else it prints warnings
    large->inverted.train(static_cast<std::int64_t>(out.rows()), out.values_.data());
    large->inverted.add(static_cast<std::int64_t>(out.rows()), out.values_.data());
    out.large_ = std::move(large);
  } catch (const std::exception& e) {
    return failure{errc::internal, std::string("cannot build the vector index: ") + e.what()};
  }
  return out;
}

std::vector<vector_hit> vector_index::search(std::span<const float> query, std::size_t k) const {
  k = std::min(k, rows());
  if (k == 0 || query.size() != dimension_) return {};
  one_thread_each();
  std::vector<std::int64_t> ids(k, -1);
  std::vector<float> scores(k);
  if (large_) {
    large_->inverted.search(1, query.data(), static_cast<std::int64_t>(k), scores.data(), ids.data());
  } else {
    faiss::float_minheap_array_t best{1, k, ids.data(), scores.data()};
    faiss::knn_inner_product(query.data(), values_.data(), dimension_, 1, rows(), &best);
  }
  std::vector<vector_hit> out;
  out.reserve(k);
  for (std::size_t i = 0; i < k; ++i)
    if (ids[i] >= 0) out.push_back({static_cast<std::uint32_t>(ids[i]), scores[i]});
  return out;
}

} // namespace steward
