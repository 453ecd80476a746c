// What every decoder of structs owes: it neither crashes nor hangs, and what it took, it writes in a form that it reads
// back as the same.
#pragma once
#include "messages/codec.hpp"
#include "tests/fuzz/must.hpp"

namespace steward::fuzz {

template <class T>
void round_trip(std::string_view payload) {
  auto x = decode<T>(payload);
  if (!x) return;
  auto written = encode(*x);
  auto again = decode<T>(written, {.bytes = 64 << 20});
  must(again.ok(), "what was written can be read");
  must(encode(*again) == written, "and is the same");
  json_of(written);
}

using decoder = void (*)(std::string_view);

} // namespace steward::fuzz
