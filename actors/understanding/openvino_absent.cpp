// Built instead of openvino_embedder.cpp where CMake finds no OpenVINO: the engine then answers from words alone.
#include "actors/understanding/openvino_embedder.hpp"

namespace steward {
namespace {
failure absent() {
  return {errc::unavailable, "this build has no sentence encoder: OpenVINO was not found when it was configured; run "
                             "scripts/setup and build again"};
}
} // namespace

result<std::unique_ptr<embedder>> make_openvino_embedder(const std::filesystem::path&, const encoder_options&) {
  return absent();
}

result<embeddings> token_states(const std::filesystem::path&, std::span<const std::int32_t>, std::size_t,
                                const std::function<void(std::size_t, std::size_t)>&) {
  return absent();
}

} // namespace steward
