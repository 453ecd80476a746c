// Texts to unit vectors: where the rooms that make vectors and those that use them meet. Whoever asks cares neither
// for the model nor for where it runs.
#pragma once

#include "messages/result.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

// Rows of `dimension` floats, one for each text, in the order of the texts.
struct embeddings {
  std::size_t dimension = 0;
  std::vector<float> values;

  std::size_t rows() const { return dimension == 0 ? 0 : values.size() / dimension; }
  std::span<const float> row(std::size_t i) const { return {values.data() + i * dimension, dimension}; }
  std::span<float> row(std::size_t i) { return {values.data() + i * dimension, dimension}; }
};

class embedder {
public:
  virtual ~embedder() = default;

  // One row of length 1 for each text; a text without a known token (an empty one, say) may give zeros. Blocks for as
  // long as the model takes, so never call it on an actor's scheduler thread. Safe from several threads at once.
  virtual result<embeddings> embed(std::span<const std::string> texts) = 0;

  virtual std::size_t dimension() const = 0;

  // Names model and version; vectors under different names must never be compared, nor share a cache.
  virtual const std::string& name() const = 0;
};

// A vector per vocabulary entry; a text is a weighted mean of its tokens' rows. Immutable, so free for all threads.
class token_embedder : public embedder {
public:
  // Ids of the text's tokens in order, without markers at the ends; at most `most`.
  virtual std::vector<std::int32_t> tokens(std::string_view text, std::size_t most = 512) const = 0;
  // Empty for an id outside the vocabulary. Not normalised.
  virtual std::span<const float> row(std::int32_t token) const = 0;
  virtual std::size_t vocabulary() const = 0;
};

// What becomes a text's row: the state of its first token, as the model was trained for; or that, the mean and the
// greatest value over all tokens one after the other, each of length 1 (three times as wide; more to learn from).
enum class pooling { first, first_mean_most };

struct encoder_options {
  std::size_t workers = 1;      // threads that will call embed() at once; each gets one core of its own
  std::size_t max_tokens = 512; // longer texts are cut
  std::filesystem::path cache;  // compiled models are kept here; empty: not kept
  pooling pool = pooling::first;
};

// A BERT-like encoder run in process. `folder` holds `model.onnx` and `tokenizer.json`. errc::unavailable when this
// build has no OpenVINO or the model is missing (the sentence says which, and what to do), errc::unsupported when the
// files are not such a model.
result<std::unique_ptr<embedder>> make_openvino_embedder(const std::filesystem::path& folder,
                                                         const encoder_options& options = {});

// The table `static.bin` that steward-distill made beside an encoder. errc::not_found when it was not made yet,
// errc::unsupported or errc::corrupt when the files do not fit together.
result<std::unique_ptr<token_embedder>> make_static_embedder(const std::filesystem::path& folder);

struct endpoint_options {
  std::string url;   // whole address, for instance http://127.0.0.1:8080/v1/embeddings
  std::string model; // as the server calls it
  std::string key;   // sent as a bearer token unless empty; never logged
  std::chrono::milliseconds timeout{10'000};
  std::size_t dimension = 0; // 0: learnt from one call when made
  std::size_t batch = 64;    // texts in one request at most
};

// Any server that speaks the shape of OpenAI's /v1/embeddings. errc::timeout, errc::unavailable (cannot be reached,
// or answers 429 or 5xx), errc::bad_request (refuses), errc::corrupt (answers something else).
result<std::unique_ptr<embedder>> make_endpoint_embedder(endpoint_options options);

// Scales to length 1; zeros stay zeros.
void normalise(std::span<float> row);
float dot(std::span<const float> a, std::span<const float> b);

} // namespace steward
