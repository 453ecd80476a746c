// What the sentence encoder alone reaches: one pass per text, texts as in the unseen load, two threads in batches of
// what the engine's pool takes at once. Nothing of the engine, nothing of NATS.
//
//   bench_encoder_alone --models DIR --texts FILE (one a line) [--seconds 8] [--workers 2] [--cache DIR]
#include "actors/embedder.hpp"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

using namespace steward;
using steady = std::chrono::steady_clock;

int main(int argc, char** argv) {
  std::string models, texts_file, cache;
  double seconds = 8;
  size_t workers = 2;
  constexpr size_t batch = 16;
  for (int i = 1; i + 1 < argc; i += 2) {
    std::string n = argv[i], v = argv[i + 1];
    if (n == "--models") models = v;
    if (n == "--texts") texts_file = v;
    if (n == "--cache") cache = v;
    if (n == "--seconds") seconds = std::stod(v);
    if (n == "--workers") workers = std::stoull(v);
  }
  std::vector<std::string> texts;
  std::ifstream in(texts_file);
  for (std::string line; std::getline(in, line);) texts.push_back(line);
  auto e = make_openvino_embedder(models + "/bge-small-en-v15", {.workers = workers, .cache = cache});
  if (!e || texts.size() < batch) {
    std::fprintf(stderr, "bench_encoder_alone: %s\n", e ? "too few texts" : e.error().message.c_str());
    return 1;
  }
  std::atomic<size_t> next{0}, done{0};
  std::atomic<bool> measuring{false}, stop{false};
  std::vector<std::thread> threads;
  for (size_t w = 0; w < workers; ++w)
    threads.emplace_back([&] {
      while (!stop) {
        auto at = next.fetch_add(batch) % (texts.size() - batch + 1);
        auto r = (*e)->embed(std::span(texts).subspan(at, batch));
        if (!r) std::abort();
        if (measuring && !stop) done += batch;
      }
    });
  std::this_thread::sleep_for(std::chrono::seconds(3)); // each shape compiles when it is first met
  measuring = true;
  auto from = steady::now();
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  auto n = done.load();
  auto took = std::chrono::duration<double>(steady::now() - from).count();
  stop = true;
  for (auto& t : threads) t.join();
  std::printf("{\"texts_s\":%.1f,\"ms_per_text_and_core\":%.2f,\"workers\":%zu}\n", static_cast<double>(n) / took,
              took * 1000 * static_cast<double>(workers) / static_cast<double>(n), workers);
}
