// Subjects from outside: parsed without a crash, and a peer has one spelling that leads back to it.
#include "messages/subjects.hpp"
#include "tests/fuzz/must.hpp"

#include <cstddef>
#include <cstdint>

using namespace steward;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  if (auto s = subjects::parse_say(text)) {
    auto again = subjects::parse_say(subjects::say(s->tenant, s->channel, s->peer));
    fuzz::must(again.ok() && again->peer == s->peer && again->tenant == s->tenant && again->channel == s->channel,
               "our spelling of a subject means the same");
  }
  if (auto e = subjects::parse_event(text)) {
    auto again = subjects::parse_event(subjects::event(e->tenant, e->type));
    fuzz::must(again.ok() && again->type == e->type, "our spelling of an event's subject means the same");
  }
  (void)subjects::unescape(text);
  auto token = subjects::escape(text);
  fuzz::must(token.find_first_of(". *>\t\r\n") == std::string::npos, "an escaped peer is one token");
  auto back = subjects::unescape(token);
  fuzz::must(back.ok() == (size >= 1 && size <= 200), "peers of 1 to 200 bytes come back");
  if (back) fuzz::must(*back == text, "as they were");
  return 0;
}
