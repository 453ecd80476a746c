// A tenant's files: the first byte tells where tenant.yaml ends and the second file begins, and by its remainder of
// four which that is. Problems are sentences with
// lines that exist; a folder without problems has what every tenant needs.
#include "actors/tenant/tenant_config.hpp"
#include "tests/fuzz/must.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

using namespace steward;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  auto cut = text.size() * (255 - data[0]) / 255; // 0: all of it is tenant.yaml
  std::map<std::string, bytes> files{{"tenant.yaml", {text.substr(0, cut)}}};
  if (cut < text.size())
    files[(const char*[]){"intents.yaml", "questions.jsonl", "meanings.yaml", "entities.yaml"}[data[0] % 4]] = {
        text.substr(cut)};
  auto r = read_tenant(tenant_id{"demo"}, files);
  for (auto& p : r.problems) {
    fuzz::must(!p.message.empty(), "a problem has a message");
    if (auto f = files.find(p.file); f != files.end())
      fuzz::must(p.line <= 2 + std::count(f->second.data.begin(), f->second.data.end(), '\n') +
                               std::count(f->second.data.begin(), f->second.data.end(), '\r'),
                 "its line is in the file");
  }
  (void)to_string(r.problems);
  if (r.problems.empty()) {
    fuzz::must(!r.config.languages.empty() && !r.config.name.empty() && !r.config.channels.empty(),
               "a valid tenant is whole");
    for (auto& l : r.config.languages)
      fuzz::must(!r.config.words_for(l).unknown.empty(), "and has words for each of its languages");
  }
  return 0;
}
