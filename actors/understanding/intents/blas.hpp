// Row-major products through OpenBLAS. Whoever runs several threads of learning tells it to use one thread each.
#pragma once

#include <cstddef>

namespace steward::blas {

// c (n x k) = a (n x d) * b (d x k)
void product(const float* a, const float* b, float* c, std::size_t n, std::size_t d, std::size_t k);
// c (d x k) = transposed a (n x d) * b (n x k)
void product_of_transposed(const float* a, const float* b, float* c, std::size_t n, std::size_t d, std::size_t k);
// c (n x m) = a (n x d) * transposed b (m x d)
void product_with_transposed(const float* a, const float* b, float* c, std::size_t n, std::size_t d, std::size_t m);
// The same into the first m places of rows of `width`; the other places are not touched.
void product_into(const float* a, const float* b, float* c, std::size_t n, std::size_t d, std::size_t m,
                  std::size_t width);
// The inverse of the lower triangle L of a = L * transposed L, in place (zeros above); false: a is not positive.
bool invert_root(float* a, std::size_t d);
// The lower triangle of c (m x m) += that of transposed a (n x m) * a.
void add_square(const float* a, float* c, std::size_t n, std::size_t m);
// b (k rows of m) becomes the solutions x of a x = b, one a row; of a (m x m) the lower triangle is read, and
// overwritten. False: a is not positive.
bool solve_positive(float* a, float* b, std::size_t m, std::size_t k);
void threads(int count);

} // namespace steward::blas
