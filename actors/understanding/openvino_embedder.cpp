// One compiled model with open shapes, run with few distinct shapes: what OpenVINO prepares for a shape it keeps, so
// that a shape seen before costs what a model compiled for it alone would, without the 240 MB that each of those takes.
// As many streams as workers, one thread each, sharing the weights. Infer requests are kept in a pool: a worker takes
// one, runs, gives it back; only taking and giving back hold a lock.
#include "actors/understanding/openvino_embedder.hpp"

#include "actors/understanding/wordpiece.hpp"

#include <openvino/openvino.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <mutex>
#include <numeric>
#include <thread>

namespace steward {
namespace {

constexpr std::array<std::size_t, 16> lengths{8, 12, 16, 20, 24, 28, 32, 40, 48, 64, 96, 128, 192, 256, 384, 512};

// Beyond about 128 tokens a pass, a larger batch gains nothing more (measured, see README).
std::size_t largest_batch(std::size_t length) { return std::max<std::size_t>(1, 128 / length); }

// What a pass costs besides its tokens: shorter texts join it while their padding costs less than a pass of their own.
constexpr std::size_t pass_in_tokens = 12;

std::size_t bucket(std::size_t tokens) {
  for (const auto l : lengths)
    if (l >= tokens) return l;
  return tokens;
}

void fix_shape(ov::Model& model, std::size_t batch, std::size_t length) {
  std::map<ov::Output<ov::Node>, ov::PartialShape> shapes;
  for (const auto& input : model.inputs())
    shapes[input] = ov::PartialShape{static_cast<std::int64_t>(batch), static_cast<std::int64_t>(length)};
  model.reshape(shapes);
}

class encoder final : public embedder {
public:
  encoder(wordpiece pieces, std::filesystem::path file, const encoder_options& options)
      : pieces_(std::move(pieces))
      , file_(std::move(file))
      , options_(options) {
    if (!options_.cache.empty()) core_.set_property(ov::cache_dir(options_.cache.string()));
    const auto model = core_.read_model(file_.string());
    const auto shape = model->output(0).get_partial_shape();
    if (shape.rank().is_dynamic() || shape.rank().get_length() != 3 || shape[2].is_dynamic())
      throw std::runtime_error("its first output is not [texts, tokens, values]");
    width_ = static_cast<std::size_t>(shape[2].get_length());
    dimension_ = options_.pool == pooling::first ? width_ : 3 * width_;
    for (const auto& input : model->inputs()) {
      const auto& name = input.get_any_name();
      const auto role = name.find("input_ids") != std::string::npos ? role_of::ids
                        : name.find("mask") != std::string::npos    ? role_of::mask
                                                                    : role_of::zeros;
      inputs_.push_back({name, input.get_element_type(), role});
    }
    const auto workers = static_cast<std::int32_t>(std::max<std::size_t>(options_.workers, 1));
    compiled_ = core_.compile_model(model, "CPU", ov::inference_num_threads(workers),
                                    ov::num_streams(ov::streams::Num(workers)), ov::hint::enable_cpu_pinning(false));
    name_ = file_.parent_path().filename().string() + (options_.pool == pooling::first ? "/cls/" : "/cls+mean+max/") +
            std::to_string(dimension_);
    if (file_.extension() == ".xml") name_ += "/int8"; // other vectors: they are not mixed with those
  }

  std::size_t dimension() const override { return dimension_; }
  const std::string& name() const override { return name_; }

  result<embeddings> embed(std::span<const std::string> texts) override {
    std::vector<std::vector<std::int32_t>> ids;
    ids.reserve(texts.size());
    for (const auto& text : texts) ids.push_back(pieces_.encode(text, options_.max_tokens));
    embeddings out{dimension_, std::vector<float>(texts.size() * dimension_)};
    try {
      run(ids, [&](std::size_t text, const float* states) {
        const auto row = out.row(text);
        std::copy_n(states, width_, row.begin()); // the first token is [CLS]
        normalise(row.first(width_));
        if (options_.pool == pooling::first) return;
        const auto mean = row.subspan(width_, width_), most = row.subspan(2 * width_, width_);
        std::copy_n(states, width_, most.begin());
        for (std::size_t t = 0; t < ids[text].size(); ++t)
          for (std::size_t i = 0; i < width_; ++i) {
            const auto x = states[t * width_ + i];
            mean[i] += x;
            most[i] = std::max(most[i], x);
          }
        normalise(mean), normalise(most);
      });
    } catch (const std::exception& e) {
      return failure{errc::unavailable, "the encoder " + name_ + " failed: " + e.what()};
    }
    return out;
  }

private:
  enum class role_of { ids, mask, zeros };
  struct input_of {
    std::string name;
    ov::element::Type type;
    role_of role;
  };

  // Calls use(text, hidden states) once for each text.
  template <class Use>
  void run(const std::vector<std::vector<std::int32_t>>& ids, Use use) {
    std::vector<std::size_t> order(ids.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return ids[a].size() < ids[b].size(); });
    auto request = take();
    for (std::size_t begin = 0; begin < order.size();) {
      auto length = bucket(ids[order[begin]].size());
      auto end = begin + 1;
      while (end < order.size()) {
        const auto longer = bucket(ids[order[end]].size());
        if (end - begin >= largest_batch(longer) || (end - begin) * (longer - length) > pass_in_tokens) break;
        length = longer, ++end;
      }
      pass(request, ids, std::span(order).subspan(begin, end - begin), length, use);
      begin = end;
    }
    give(std::move(request));
  }

  template <class Use>
  void pass(ov::InferRequest& request, const std::vector<std::vector<std::int32_t>>& ids,
            std::span<const std::size_t> texts, std::size_t length, Use use) {
    for (const auto& input : inputs_) {
      ov::Tensor tensor(input.type, {texts.size(), length});
      const auto fill = [&](auto* data) {
        std::fill_n(data, texts.size() * length, input.role == role_of::ids ? pieces_.pad() : 0);
        if (input.role == role_of::zeros) return;
        for (std::size_t r = 0; r < texts.size(); ++r) {
          const auto& row = ids[texts[r]];
          for (std::size_t t = 0; t < row.size(); ++t) data[r * length + t] = input.role == role_of::ids ? row[t] : 1;
        }
      };
      if (input.type == ov::element::i64)
        fill(tensor.data<std::int64_t>());
      else
        fill(tensor.data<std::int32_t>());
      request.set_tensor(input.name, tensor);
    }
    request.infer();
    const auto output = request.get_output_tensor(0);
    const auto* states = output.data<const float>();
    for (std::size_t r = 0; r < texts.size(); ++r) use(texts[r], states + r * length * width_);
  }

  ov::InferRequest take() {
    {
      const std::lock_guard guard(mutex_);
      if (!idle_.empty()) {
        auto request = std::move(idle_.back());
        idle_.pop_back();
        return request;
      }
    }
    return compiled_.create_infer_request();
  }
  void give(ov::InferRequest request) {
    const std::lock_guard guard(mutex_);
    idle_.push_back(std::move(request));
  }

  wordpiece pieces_;
  std::filesystem::path file_;
  encoder_options options_;
  ov::Core core_;
  ov::CompiledModel compiled_;
  std::vector<input_of> inputs_;
  std::size_t width_ = 0, dimension_ = 0; // of a token's state; of a row
  std::string name_;
  std::mutex mutex_;
  std::vector<ov::InferRequest> idle_;
};

bool multiplies_eight_bits() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512vnni") || __builtin_cpu_supports("avxvnni");
#else
  return false;
#endif
}

/// In eight-bit numbers where set-up made it so (scripts/quantise.py) and it is faster, which is not on every processor
/// that may find the folder.
std::filesystem::path file_of(const std::filesystem::path& folder) {
  std::error_code none;
  const auto small = folder / "model.int8.xml";
  return multiplies_eight_bits() && std::filesystem::exists(small, none) ? small : folder / "model.onnx";
}

result<std::unique_ptr<encoder>> open(const std::filesystem::path& folder, const encoder_options& options) {
  const auto model = file_of(folder);
  std::error_code none;
  if (!std::filesystem::exists(model, none))
    return failure{errc::unavailable, "no embedding model at " + model.string() + "; scripts/setup fetches it"};
  auto pieces = wordpiece::load(folder / "tokenizer.json");
  if (!pieces) return pieces.error();
  try {
    return std::make_unique<encoder>(std::move(*pieces), model, options);
  } catch (const std::exception& e) {
    return failure{errc::unsupported, model.string() + " cannot be used: " + e.what()};
  }
}

} // namespace

result<std::unique_ptr<embedder>> make_openvino_embedder(const std::filesystem::path& folder,
                                                         const encoder_options& options) {
  auto made = open(folder, options);
  if (!made) return made.error();
  return std::unique_ptr<embedder>(std::move(*made));
}

result<embeddings> token_states(const std::filesystem::path& folder, std::span<const std::int32_t> ids,
                                std::size_t threads, const std::function<void(std::size_t, std::size_t)>& progress) {
  constexpr std::size_t chunk = 64, length = 3;
  auto pieces = wordpiece::load(folder / "tokenizer.json");
  if (!pieces) return pieces.error();
  const auto cls = pieces->cls(), sep = pieces->sep();
  try {
    ov::Core core;
    const auto file = folder / "model.onnx";
    auto model = core.read_model(file.string());
    fix_shape(*model, chunk, length);
    const auto workers = static_cast<std::int32_t>(std::max<std::size_t>(threads, 1));
    auto net = core.compile_model(model, "CPU", ov::inference_num_threads(workers),
                                  ov::num_streams(ov::streams::Num(workers)), ov::hint::enable_cpu_pinning(false));
    const auto width = net.output(0).get_shape().at(2);
    embeddings out{width, std::vector<float>(ids.size() * width)};
    std::atomic<std::size_t> next{0}, done{0};
    std::mutex speak;
    std::string trouble;
    const auto work = [&] {
      try {
        auto request = net.create_infer_request();
        for (std::size_t begin = next.fetch_add(chunk); begin < ids.size(); begin = next.fetch_add(chunk)) {
          const auto count = std::min(chunk, ids.size() - begin);
          for (const auto& input : model->inputs()) {
            auto tensor = request.get_tensor(input.get_any_name());
            const bool is_ids = input.get_any_name().find("input_ids") != std::string::npos;
            const bool is_mask = input.get_any_name().find("mask") != std::string::npos;
            for (std::size_t r = 0; r < chunk; ++r) {
              const std::int64_t row[length] = {cls, ids[begin + std::min(r, count - 1)], sep};
              for (std::size_t t = 0; t < length; ++t) {
                const auto value = is_ids ? row[t] : is_mask ? 1 : 0;
                if (input.get_element_type() == ov::element::i64)
                  tensor.data<std::int64_t>()[r * length + t] = value;
                else
                  tensor.data<std::int32_t>()[r * length + t] = static_cast<std::int32_t>(value);
              }
            }
          }
          request.infer();
          const auto output = request.get_output_tensor(0);
          const auto* states = output.data<const float>();
          for (std::size_t r = 0; r < count; ++r)
            std::copy_n(states + (r * length + 1) * width, width, out.row(begin + r).begin());
          const auto so_far = done.fetch_add(count) + count;
          const std::lock_guard guard(speak);
          if (progress) progress(so_far, ids.size());
        }
      } catch (const std::exception& e) {
        const std::lock_guard guard(speak);
        trouble = e.what();
      }
    };
    std::vector<std::thread> crew;
    for (std::size_t i = 1; i < std::max<std::size_t>(threads, 1); ++i) crew.emplace_back(work);
    work();
    for (auto& t : crew) t.join();
    if (!trouble.empty()) return failure{errc::unavailable, "the encoder failed: " + trouble};
    return out;
  } catch (const std::exception& e) {
    return failure{errc::unavailable, "cannot run the model in " + folder.string() + ": " + e.what()};
  }
}

} // namespace steward
