#include "messages/parts.hpp"
#include "messages/codec_impl.hpp"

#include <zstd.h>

STEWARD_CODEC(steward::part)

namespace steward {
namespace {
constexpr size_t most_open = 64, most_parts = 1000, most_bytes = 64 << 20;
}

std::vector<part> to_parts(const std::string& document, std::string_view whole, size_t limit) {
  std::string packed(ZSTD_compressBound(whole.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), whole.data(), whole.size(), 3));
  std::vector<part> out;
  for (size_t at = 0; at < packed.size(); at += limit) {
    part p;
    p.document = document, p.index = static_cast<uint32_t>(out.size()), p.codec = "zstd",
    p.data.data = packed.substr(at, limit);
    out.push_back(std::move(p));
  }
  for (auto& p : out) p.count = static_cast<uint32_t>(out.size());
  return out;
}

result<std::optional<std::string>> part_joiner::add(part p) {
  if (p.codec != "zstd") return {errc::unsupported, "a document in codec '" + p.codec.substr(0, 20) + "'"};
  if (p.count == 0 || p.count > most_parts || p.index >= p.count)
    return {errc::bad_request, "part " + std::to_string(p.index) + " of " + std::to_string(p.count)};
  auto& d = open_[p.document];
  if (p.index == 0) d = {};
  if (d.parts.size() != p.index) {
    open_.erase(p.document);
    return {errc::corrupt, "part " + std::to_string(p.index) + " of '" + p.document + "' without those before it"};
  }
  d.size += p.data.data.size();
  if (d.size > most_bytes) return open_.erase(p.document), failure{errc::too_large, "a document of more than 64 MB"};
  d.parts.push_back(std::move(p.data));
  if (d.parts.size() < p.count) {
    if (open_.size() > most_open) open_.erase(open_.begin());
    return std::optional<std::string>{};
  }
  std::string packed;
  for (auto& x : d.parts) packed += x.data;
  open_.erase(p.document);
  auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > most_bytes)
    return {errc::corrupt, "a document that cannot be unpacked"};
  std::string whole(size, '\0');
  if (ZSTD_isError(ZSTD_decompress(whole.data(), whole.size(), packed.data(), packed.size())))
    return {errc::corrupt, "a document that cannot be unpacked"};
  return std::optional{std::move(whole)};
}

} // namespace steward
