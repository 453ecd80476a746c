#include "actors/understanding/static_table.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace steward {
namespace {

constexpr std::string_view magic = "STEWTAB1"; // do not change
constexpr std::size_t header_bytes = 64;       // do not change

std::size_t padded(std::size_t n) { return (n + 63) / 64 * 64; }

} // namespace

void distil(embeddings& rows, std::span<const std::int32_t> silent) {
  const auto n = rows.rows(), width = rows.dimension;
  if (n == 0) return;
  std::vector<double> mean(width);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t d = 0; d < width; ++d) mean[d] += rows.row(i)[d];
  for (auto& m : mean) m /= static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t d = 0; d < width; ++d) rows.row(i)[d] -= static_cast<float>(mean[d]);
  }
  for (const auto id : silent)
    if (id >= 0 && static_cast<std::size_t>(id) < n) std::ranges::fill(rows.row(static_cast<std::size_t>(id)), 0.0F);
}

result<std::size_t> write_static_table(const std::filesystem::path& file, std::string_view name,
                                       const embeddings& rows) {
  auto part = file;
  part += ".part";
  std::string head(header_bytes + padded(name.size()), '\0');
  const auto count = static_cast<std::uint32_t>(rows.rows()), width = static_cast<std::uint32_t>(rows.dimension);
  const std::uint64_t name_bytes = name.size();
  std::memcpy(head.data(), magic.data(), magic.size());
  std::memcpy(head.data() + 8, &count, 4);
  std::memcpy(head.data() + 12, &width, 4);
  std::memcpy(head.data() + 16, &name_bytes, 8);
  std::memcpy(head.data() + header_bytes, name.data(), name.size());

  const auto fail = [&](const char* what) {
    const auto why = std::string(what) + " " + part.string() + ": " + std::strerror(errno);
    ::unlink(part.c_str());
    return failure{errc::unavailable, why};
  };
  const int fd = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return fail("cannot create");
  const auto put = [&](const char* data, std::size_t left) {
    while (left > 0) {
      const auto n = ::write(fd, data, left);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return false;
      data += n;
      left -= static_cast<std::size_t>(n);
    }
    return true;
  };
  const bool written = put(head.data(), head.size()) &&
                       put(reinterpret_cast<const char*>(rows.values.data()), rows.values.size() * sizeof(float)) &&
                       ::fsync(fd) == 0;
  const int saved = errno;
  ::close(fd);
  errno = saved;
  if (!written) return fail("cannot write");
  if (::rename(part.c_str(), file.c_str()) != 0) return fail("cannot rename");
  return head.size() + rows.values.size() * sizeof(float);
}

result<static_table> static_table::open(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return failure{errc::not_found, "no static table at " + file.string() + "; steward-distill makes it"};
  struct stat info {};
  const bool known = ::fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
  const auto bytes = known ? static_cast<std::size_t>(info.st_size) : 0;
  void* map = bytes >= header_bytes ? ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
  ::close(fd);
  const failure damaged{errc::corrupt,
                        file.string() + " is not a static table, or is damaged; make it anew with steward-distill"};
  if (map == MAP_FAILED) return damaged;
  static_table out;
  out.map_ = map;
  out.bytes_ = bytes;
  const auto* data = static_cast<const char*>(map);
  std::uint32_t count = 0, width = 0;
  std::uint64_t name_bytes = 0;
  std::memcpy(&count, data + 8, 4);
  std::memcpy(&width, data + 12, 4);
  std::memcpy(&name_bytes, data + 16, 8);
  if (std::string_view(data, magic.size()) != magic || width == 0 || width > 16384 || name_bytes > 4096) return damaged;
  const auto first = header_bytes + padded(name_bytes);
  if (bytes != first + std::size_t{count} * width * sizeof(float)) return damaged;
  out.name_.assign(data + header_bytes, name_bytes);
  out.first_ = reinterpret_cast<const float*>(data + first);
  out.rows_ = count;
  out.dimension_ = width;
  return out;
}

static_table::static_table(static_table&& other) noexcept { *this = std::move(other); }

static_table& static_table::operator=(static_table&& other) noexcept {
  std::swap(map_, other.map_);
  std::swap(bytes_, other.bytes_);
  std::swap(first_, other.first_);
  std::swap(rows_, other.rows_);
  std::swap(dimension_, other.dimension_);
  std::swap(name_, other.name_);
  return *this;
}

static_table::~static_table() {
  if (map_ != nullptr) ::munmap(map_, bytes_);
}

std::span<const float> static_table::row(std::int32_t id) const {
  if (id < 0 || static_cast<std::size_t>(id) >= rows_) return {};
  return {first_ + static_cast<std::size_t>(id) * dimension_, dimension_};
}

} // namespace steward
