// What a fuzzer insists on.
#pragma once
#include <cstdio>
#include <cstdlib>

namespace steward::fuzz {

inline void must(bool x, const char* what) {
  if (x) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

} // namespace steward::fuzz
