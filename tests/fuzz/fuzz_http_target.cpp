// Targets of HTTP requests.
#include "actors/http/http_target.hpp"
#include "messages/subjects.hpp"
#include "tests/fuzz/must.hpp"

#include <cstddef>
#include <cstdint>

using namespace steward;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto t = parse_target({reinterpret_cast<const char*>(data), size});
  if (!t) return 0;
  for (auto name : {"from", "wait", "limit"})
    if (auto n = number_of(*t, name, 1, 100)) fuzz::must(*n <= 100, "numbers stay below their bound");
  if (t->route == http_route::feed || t->route == http_route::messages)
    fuzz::must(subjects::is_name(t->tenant.value) && !t->peer.empty() && t->peer.value.size() <= 200,
               "what was taken names a conversation");
  return 0;
}
