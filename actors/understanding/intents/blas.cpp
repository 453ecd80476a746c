#include "actors/understanding/intents/blas.hpp"

// Columns are contiguous there, rows here: every matrix is read as its transposed.
extern "C" {
void sgemm_(const char* ta, const char* tb, const int* m, const int* n, const int* k, const float* alpha,
            const float* a, const int* lda, const float* b, const int* ldb, const float* beta, float* c,
            const int* ldc);
void spotrf_(const char* uplo, const int* n, float* a, const int* lda, int* info);
void spotrs_(const char* uplo, const int* n, const int* nrhs, const float* a, const int* lda, float* b, const int* ldb,
             int* info);
void ssyrk_(const char* uplo, const char* trans, const int* n, const int* k, const float* alpha, const float* a,
            const int* lda, const float* beta, float* c, const int* ldc);
void strtri_(const char* uplo, const char* diag, const int* n, float* a, const int* lda, int* info);
void openblas_set_num_threads(int count);
}

namespace steward::blas {
namespace {

void run(char ta, char tb, std::size_t m, std::size_t n, std::size_t k, const float* a, std::size_t lda, const float* b,
         std::size_t ldb, float* c, std::size_t ldc = 0) {
  if (m == 0 || n == 0) return;
  const int mi = static_cast<int>(m), ni = static_cast<int>(n), ki = static_cast<int>(k);
  const int la = static_cast<int>(lda), lb = static_cast<int>(ldb), lc = static_cast<int>(ldc == 0 ? m : ldc);
  const float one = 1, zero = 0;
  sgemm_(&ta, &tb, &mi, &ni, &ki, &one, a, &la, b, &lb, &zero, c, &lc);
}

} // namespace

void product(const float* a, const float* b, float* c, std::size_t n, std::size_t d, std::size_t k) {
  run('N', 'N', k, n, d, b, k, a, d, c);
}

void product_of_transposed(const float* a, const float* b, float* c, std::size_t n, std::size_t d, std::size_t k) {
  run('N', 'T', k, d, n, b, k, a, d, c);
}

void product_with_transposed(const float* a, const float* b, float* c, std::size_t n, std::size_t d, std::size_t m) {
  run('T', 'N', m, n, d, b, d, a, d, c);
}

void product_into(const float* a, const float* b, float* c, std::size_t n, std::size_t d, std::size_t m,
                  std::size_t width) {
  run('T', 'N', m, n, d, b, d, a, d, c, width);
}

bool invert_root(float* a, std::size_t d) {
  const int n = static_cast<int>(d);
  int info = 0;
  const char upper = 'U', plain = 'N'; // the upper triangle of columns is the lower one of rows
  spotrf_(&upper, &n, a, &n, &info);
  if (info != 0) return false;
  strtri_(&upper, &plain, &n, a, &n, &info);
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t k = i + 1; k < d; ++k) a[i * d + k] = 0;
  return info == 0;
}

void add_square(const float* a, float* c, std::size_t n, std::size_t m) {
  const int mi = static_cast<int>(m), ni = static_cast<int>(n);
  const float one = 1;
  const char upper = 'U', plain = 'N'; // the upper triangle of columns is the lower one of rows
  ssyrk_(&upper, &plain, &mi, &ni, &one, a, &mi, &one, c, &mi);
}

bool solve_positive(float* a, float* b, std::size_t m, std::size_t k) {
  if (m == 0) return true;
  const int mi = static_cast<int>(m), ki = static_cast<int>(k);
  int info = 0;
  const char upper = 'U';
  spotrf_(&upper, &mi, a, &mi, &info);
  if (info != 0) return false;
  spotrs_(&upper, &mi, &ki, a, &mi, b, &mi, &info);
  return info == 0;
}

void threads(int count) { openblas_set_num_threads(count); }

} // namespace steward::blas
