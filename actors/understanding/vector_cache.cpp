// A record is: two hashes of the text (16 bytes), seconds (float), a check sum of what follows (u32), the row. All of
// one size, so a tail that was cut is known by the file's length.
#include "actors/understanding/vector_cache.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <fstream>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace steward {
namespace {

using key = std::pair<std::uint64_t, std::uint64_t>;

std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed) {
  auto h = seed;
  for (const unsigned char c : bytes) {
    h = (h ^ c) * 0x9E3779B97F4A7C15ULL;
    h ^= h >> 29;
  }
  return h;
}

key key_of(std::string_view text) {
  return {hash_of(text, 0x243F6A8885A308D3ULL), hash_of(text, 0x13198A2E03707344ULL)};
}

std::string_view bytes_of(std::span<const float> row) {
  return {reinterpret_cast<const char*>(row.data()), row.size_bytes()};
}

constexpr std::size_t head = 24;

struct record_head {
  std::uint64_t a, b;
  float seconds;
  std::uint32_t check;
};
static_assert(sizeof(record_head) == head);

std::filesystem::path file_of(const std::filesystem::path& folder, std::string name) {
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0 && c != '-'; }, '_');
  return folder / (name + ".vectors");
}

} // namespace

result<cached_vectors> vectors_of(std::span<const std::string> texts, embedder& encoder,
                                  const std::filesystem::path& folder, std::size_t threads,
                                  const std::function<void(std::size_t, std::size_t)>& progress) {
  const auto d = encoder.dimension();
  cached_vectors out{{d, std::vector<float>(texts.size() * d)}, std::vector<float>(texts.size(), 0), 0};
  std::map<key, std::vector<std::size_t>> wanted;
  for (std::size_t t = 0; t < texts.size(); ++t) wanted[key_of(texts[t])].push_back(t);
  const auto size = head + d * sizeof(float);
  const auto file = folder.empty() ? std::filesystem::path() : file_of(folder, encoder.name());
  const auto put = [&](const std::vector<std::size_t>& at, std::span<const float> row, float seconds) {
    for (const auto t : at) {
      std::copy(row.begin(), row.end(), out.vectors.row(t).begin());
      out.seconds[t] = seconds;
    }
  };
  if (!file.empty()) {
    std::error_code none;
    const auto whole = std::filesystem::file_size(file, none);
    if (!none && whole % size != 0) std::filesystem::resize_file(file, whole - whole % size, none);
    std::ifstream in(file, std::ios::binary);
    std::vector<float> row(d);
    record_head h{};
    while (!wanted.empty() && in.read(reinterpret_cast<char*>(&h), head)) {
      const auto it = wanted.find({h.a, h.b});
      if (it == wanted.end()) {
        in.seekg(static_cast<std::streamoff>(size - head), std::ios::cur);
        continue;
      }
      if (!in.read(reinterpret_cast<char*>(row.data()), static_cast<std::streamsize>(d * sizeof(float)))) break;
      if (static_cast<std::uint32_t>(hash_of(bytes_of(row), 1)) != h.check) continue;
      put(it->second, row, h.seconds);
      wanted.erase(it);
    }
  }
  if (wanted.empty()) return out;

  // New ones, sorted by length so that batches fill their shapes.
  std::vector<const std::pair<const key, std::vector<std::size_t>>*> fresh;
  for (const auto& w : wanted) fresh.push_back(&w);
  std::sort(fresh.begin(), fresh.end(),
            [&](auto* a, auto* b) { return texts[a->second.front()].size() < texts[b->second.front()].size(); });
  out.made = fresh.size();
  std::error_code none;
  if (!folder.empty()) std::filesystem::create_directories(folder, none);
  std::ofstream log;
  if (!file.empty()) log.open(file, std::ios::binary | std::ios::app);
  std::atomic<std::size_t> next{0}, done{0};
  std::mutex mutex;
  failure trouble{errc::ok, ""};
  const auto work = [&] {
    for (constexpr std::size_t step = 64;;) {
      const auto begin = next.fetch_add(step);
      if (begin >= fresh.size()) return;
      const auto count = std::min(step, fresh.size() - begin);
      std::vector<std::string> part;
      for (std::size_t i = 0; i < count; ++i) part.push_back(texts[fresh[begin + i]->second.front()]);
      const auto start = std::chrono::steady_clock::now();
      const auto rows = encoder.embed(part);
      const std::chrono::duration<float> took = std::chrono::steady_clock::now() - start;
      const std::lock_guard guard(mutex);
      if (!rows) {
        trouble = rows.error();
        next = fresh.size();
        return;
      }
      std::string bytes;
      for (std::size_t i = 0; i < count; ++i) {
        const auto seconds = took.count() / static_cast<float>(count);
        put(fresh[begin + i]->second, rows->row(i), seconds);
        const auto row = bytes_of(rows->row(i));
        const record_head h{fresh[begin + i]->first.first, fresh[begin + i]->first.second, seconds,
                            static_cast<std::uint32_t>(hash_of(row, 1))};
        bytes.append(reinterpret_cast<const char*>(&h), head).append(row);
      }
      if (log) log.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush();
      done += count;
      if (progress) progress(done, fresh.size());
    }
  };
  std::vector<std::thread> crew;
  for (std::size_t i = 1; i < threads; ++i) crew.emplace_back(work);
  work();
  for (auto& t : crew) t.join();
  if (trouble.code != errc::ok) return trouble;
  return out;
}

} // namespace steward
