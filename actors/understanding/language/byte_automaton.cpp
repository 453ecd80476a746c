#include "actors/understanding/language/byte_automaton.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace steward {
namespace {

constexpr std::string_view magic = "STEWDFA1"; // do not change
constexpr std::size_t head = 32;               // do not change

template <class T>
T read(const std::byte* at) {
  T out;
  std::memcpy(&out, at, sizeof out);
  return out;
}

/// Of a half: its exponent and mantissa moved to a float's place are 2^112 too small, also where it is subnormal. The
/// model has neither infinities nor NaNs; of a damaged page they come out as large numbers.
float from_half(std::uint16_t h) {
  const auto small = std::bit_cast<float>(static_cast<std::uint32_t>(h & 0x7FFFU) << 13U);
  const auto sign = static_cast<std::uint32_t>(h & 0x8000U) << 16U;
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(small * 0x1p112F) | sign);
}

// Sanitizers do not bear functions that are chosen at load time.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define STEWARD_WIDE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define STEWARD_WIDE
#endif

/// As wide as the processor allows: this is most of what telling a language costs.
STEWARD_WIDE void add_row(float* sums, std::size_t n, const std::byte* row, float factor) {
  for (std::size_t c = 0; c < n; ++c) {
    std::uint16_t h;
    std::memcpy(&h, row + 2 * c, 2);
    sums[c] += factor * from_half(h);
  }
}

} // namespace

result<byte_automaton> byte_automaton::open(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return failure{errc::not_found, "no language model at " + file.string() + "; scripts/setup models fetches it"};
  struct stat info {};
  const bool known = ::fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0;
  const auto size = known ? static_cast<std::size_t>(info.st_size) : 0;
  void* map = known ? ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
  ::close(fd);
  if (map == MAP_FAILED) return failure{errc::corrupt, file.string() + " is empty or cannot be mapped"};
  std::shared_ptr<const void> kept(map, [size](const void* p) { ::munmap(const_cast<void*>(p), size); });
  auto out = create({static_cast<const std::byte*>(map), size}, file.string());
  if (out) out->map_ = std::move(kept);
  return out;
}

result<byte_automaton> byte_automaton::create(std::span<const std::byte> bytes, const std::string& name) {
  const failure damaged{errc::corrupt,
                        name + " is not a language model, or is cut; remove it and run scripts/setup models"};
  if (bytes.size() < head || std::memcmp(bytes.data(), magic.data(), magic.size()) != 0) return damaged;
  const auto* at = bytes.data();
  byte_automaton out;
  const std::size_t classes = read<std::uint32_t>(at + 8), names = read<std::uint32_t>(at + 24);
  out.features_ = read<std::uint32_t>(at + 12);
  out.rows_ = read<std::uint32_t>(at + 16);
  out.states_ = read<std::uint32_t>(at + 20);
  if (classes == 0 || classes > 4096 || names > 65536 || names % 4 != 0 || out.states_ == 0 || out.rows_ == 0)
    return damaged;
  const auto first = head + classes * 4 + names;
  const auto weights = first + out.states_ * 8UL + out.rows_ * 1024UL;
  if (bytes.size() != weights + out.features_ * classes * 2UL) return damaged;
  for (std::size_t c = 0; c < classes; ++c) {
    out.prior_.push_back(read<float>(at + head + 4 * c));
    if (!std::isfinite(out.prior_.back())) return damaged;
  }
  std::string_view list(reinterpret_cast<const char*>(at + head + 4 * classes), names);
  std::map<std::string, std::size_t, std::less<>> seen;
  for (std::size_t c = 0; c < classes; ++c) {
    const auto end = list.find('\n');
    if (end == std::string_view::npos) return damaged;
    out.classes_.emplace_back(list.substr(0, end));
    out.first_of_.push_back(seen.emplace(out.classes_.back(), c).first->second);
    list.remove_prefix(end + 1);
  }
  out.row_of_ = at + first;
  out.output_ = out.row_of_ + out.states_ * 4UL;
  out.next_ = out.output_ + out.states_ * 4UL;
  out.weights_ = at + weights;
  return out;
}

std::vector<float> byte_automaton::probabilities(std::string_view text) const {
  std::map<std::uint32_t, int> visits;
  std::uint32_t state = 0;
  for (const char c : text) {
    const auto row = std::min(read<std::uint32_t>(row_of_ + state * 4UL), rows_ - 1);
    state = std::min(read<std::uint32_t>(next_ + row * 1024UL + static_cast<unsigned char>(c) * 4UL), states_ - 1);
    const auto feature = read<std::int32_t>(output_ + state * 4UL);
    if (feature >= 0 && static_cast<std::uint32_t>(feature) < features_) ++visits[static_cast<std::uint32_t>(feature)];
  }
  if (visits.empty()) return {};
  auto sums = prior_;
  for (const auto& [feature, times] : visits) {
    const auto factor = std::log1p(static_cast<float>(times));
    const auto* row = weights_ + feature * classes_.size() * 2UL;
    add_row(sums.data(), sums.size(), row, factor);
  }
  const auto factor = 1 / std::sqrt(static_cast<float>(text.size()));
  const auto most = std::ranges::max(sums);
  float whole = 0;
  for (auto& s : sums) whole += s = std::exp((s - most) * factor);
  std::vector<float> out(sums.size());
  for (std::size_t c = 0; c < sums.size(); ++c) out[first_of_[c]] += sums[c] / whole;
  return out;
}

} // namespace steward
