// Makes the table that make_static_embedder of actors/embedder.hpp reads.
#pragma once

#include "actors/embedder.hpp"

namespace steward {

// Distils the encoder in `folder` into `folder/static.bin`; returns the file's size. `progress` as in token_states.
result<std::size_t> distil_folder(const std::filesystem::path& folder, std::size_t threads,
                                  const std::function<void(std::size_t, std::size_t)>& progress);

} // namespace steward
