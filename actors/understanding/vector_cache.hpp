// Vectors of texts seen before, in a file per encoder, so that an edit embeds only what is new.
#pragma once

#include "actors/embedder.hpp"

#include <filesystem>

namespace steward {

struct cached_vectors {
  embeddings vectors;         // a row per text
  std::vector<float> seconds; // what each row cost when it was made
  std::size_t made = 0;       // how many were not in the file
};

// Rows for `texts` by `encoder`, those in `folder` read and the others made (by `threads` threads) and added. An empty
// folder: nothing is kept. A file cut in half is read as far as it is whole; one that cannot be written is done
// without. Fails only when the encoder does.
result<cached_vectors> vectors_of(std::span<const std::string> texts, embedder& encoder,
                                  const std::filesystem::path& folder, std::size_t threads,
                                  const std::function<void(std::size_t done, std::size_t all)>& progress = {});

} // namespace steward
