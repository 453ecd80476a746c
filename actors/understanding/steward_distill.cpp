// steward-distill MODELDIR: makes `static.bin` beside an encoder's `model.onnx`.
#include "actors/understanding/static_embedder.hpp"

#include <algorithm>
#include <cstdio>
#include <string>
#include <thread>
#include <unistd.h>

namespace {
constexpr const char* usage =
    "Usage: steward-distill [--force] MODELDIR...\n"
    "\n"
    "Distils a sentence encoder into a table of token vectors, MODELDIR/static.bin, with which the engine answers\n"
    "most questions without running the encoder. MODELDIR holds model.onnx and tokenizer.json. Takes about half a\n"
    "minute on two cores, once; a table that is newer than its model is kept unless --force is given.\n"
    "\n"
    "Example: steward-distill ~/.cache/steward/models/bge-small-en-v15\n";
}

int main(int argc, char** argv) {
  namespace fs = std::filesystem;
  bool force = false;
  std::vector<fs::path> folders;
  for (int i = 1; i < argc; ++i) {
    const std::string arg = argv[i];
    if (arg == "--help" || arg == "-h") return std::fputs(usage, stdout), 0;
    if (arg == "--force")
      force = true;
    else if (arg.starts_with('-'))
      return std::fprintf(stderr, "unknown option %s\n%s", argv[i], usage), 2;
    else
      folders.emplace_back(arg);
  }
  if (folders.empty()) return std::fputs(usage, stderr), 2;
  for (const auto& folder : folders) {
    std::error_code none;
    const auto table = folder / "static.bin", model = folder / "model.onnx";
    if (!force && fs::exists(table, none) && fs::last_write_time(table, none) >= fs::last_write_time(model, none)) {
      std::fprintf(stderr, "%s is up to date\n", table.c_str());
      continue;
    }
    int shown = -1;
    const bool terminal = ::isatty(2) == 1;
    const auto made = steward::distil_folder(
        folder, std::max(1U, std::thread::hardware_concurrency()), [&](std::size_t done, std::size_t all) {
          const int percent = static_cast<int>(100 * done / std::max<std::size_t>(all, 1));
          if (percent == shown || (!terminal && percent % 25 != 0)) return;
          shown = percent;
          std::fprintf(stderr, terminal ? "\r%s %3d %%" : "%s %3d %%\n", folder.c_str(), percent);
        });
    if (terminal) std::fputc('\n', stderr);
    if (!made) return std::fprintf(stderr, "steward-distill: %s\n", made.error().message.c_str()), 1;
    std::fprintf(stderr, "%s: %zu bytes\n", table.c_str(), *made);
  }
  return 0;
}
