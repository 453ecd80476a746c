// Files that people import: any bytes in any of the four formats, then passages, terms and tokens of what was read.
#include "actors/knowledge/article_reader.hpp"
#include "actors/knowledge/chunker.hpp"
#include "storage/text_index.hpp"
#include "tests/fuzz/must.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace steward;
  using fuzz::must;
  if (size == 0) return 0;
  const auto format = static_cast<article_format>(data[0] % 4); // the first byte chooses the format
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto read = parse_articles(bytes, format, "f", "f");
  for (const auto& a : read.articles) {
    must(!a.id.empty() && a.id.size() <= 200, "an id has 1 to 200 bytes");
    must(!a.title.empty() || !a.text.empty(), "an article says something");
    for (const auto& p : passages_of(a.text, {.longest = 200, .most = 50})) {
      must(p.text.size() <= 200, "a passage is as long as allowed at most");
      (void)terms_of(p.text, "en", 64);
    }
  }
  for (const auto& p : read.problems) must(p.starts_with("f:"), "a problem names its file");
  return 0;
}
