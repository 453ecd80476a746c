// One compiled model per (length, batch), each with one stream and one thread per worker; the weights are shared
// between a model's streams, so workers cost little memory. Infer requests are kept in a pool per compiled model: a
// worker takes one, runs, gives it back; only taking and giving back hold a lock.
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

constexpr std::array<std::size_t, 13> lengths{8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512};

// Beyond about 128 tokens a pass, a larger batch gains nothing more (measured, see README); below, a text alone costs
// half as much again. A batch of eight is worth filling from seven texts on, one of four from three on.
std::size_t batch_for(std::size_t waiting, std::size_t length) {
  const std::size_t largest = length <= 16 ? 8 : length <= 32 ? 4 : length <= 64 ? 2 : 1;
  if (largest >= 8 && waiting >= 7) return 8;
  if (largest >= 4 && waiting >= 3) return 4;
  if (largest == 2 && waiting >= 2) return 2;
  return 1;
}

std::size_t bucket(std::size_t tokens, std::size_t longest) {
  for (const auto l : lengths)
    if (l >= tokens) return std::min(l, std::max(longest, tokens));
  return tokens;
}

void fix_shape(ov::Model& model, std::size_t batch, std::size_t length) {
  std::map<ov::Output<ov::Node>, ov::PartialShape> shapes;
  for (const auto& input : model.inputs())
    shapes[input] = ov::PartialShape{static_cast<std::int64_t>(batch), static_cast<std::int64_t>(length)};
  model.reshape(shapes);
}

class compiled {
public:
  compiled(ov::CompiledModel model)
      : model_(std::move(model)) {}

  ov::InferRequest take() {
    {
      const std::lock_guard guard(mutex_);
      if (!idle_.empty()) {
        auto request = std::move(idle_.back());
        idle_.pop_back();
        return request;
      }
    }
    return model_.create_infer_request();
  }
  void give(ov::InferRequest request) {
    const std::lock_guard guard(mutex_);
    idle_.push_back(std::move(request));
  }

private:
  ov::CompiledModel model_;
  std::mutex mutex_;
  std::vector<ov::InferRequest> idle_;
};

class encoder final : public embedder {
public:
  encoder(wordpiece pieces, std::filesystem::path file, const encoder_options& options)
      : pieces_(std::move(pieces))
      , file_(std::move(file))
      , options_(options) {
    if (!options_.cache.empty()) core_.set_property(ov::cache_dir(options_.cache.string()));
    model_ = core_.read_model(file_.string());
    const auto shape = model_->output(0).get_partial_shape();
    if (shape.rank().is_dynamic() || shape.rank().get_length() != 3 || shape[2].is_dynamic())
      throw std::runtime_error("its first output is not [texts, tokens, values]");
    dimension_ = static_cast<std::size_t>(shape[2].get_length());
    name_ = file_.parent_path().filename().string() + "/cls/" + std::to_string(dimension_);
  }

  std::size_t dimension() const override { return dimension_; }
  const std::string& name() const override { return name_; }

  result<embeddings> embed(std::span<const std::string> texts) override {
    std::vector<std::vector<std::int32_t>> ids;
    ids.reserve(texts.size());
    for (const auto& text : texts) ids.push_back(pieces_.encode(text, options_.max_tokens));
    embeddings out{dimension_, std::vector<float>(texts.size() * dimension_)};
    try {
      run(ids, [&](std::size_t text, const float* states, std::size_t) {
        const auto row = out.row(text);
        std::copy_n(states, dimension_, row.begin()); // the first token is [CLS]
        normalise(row);
      });
    } catch (const std::exception& e) {
      return failure{errc::unavailable, "the encoder " + name_ + " failed: " + e.what()};
    }
    return out;
  }

  // Calls use(text, hidden states, length) once for each text.
  template <class Use>
  void run(const std::vector<std::vector<std::int32_t>>& ids, Use use) {
    std::vector<std::size_t> order(ids.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return ids[a].size() < ids[b].size(); });
    for (std::size_t begin = 0; begin < order.size();) {
      const auto length = bucket(ids[order[begin]].size(), options_.max_tokens);
      std::size_t same = begin;
      while (same < order.size() && ids[order[same]].size() <= length) ++same;
      while (begin < same) {
        const auto batch = batch_for(same - begin, length);
        const auto count = std::min(batch, same - begin);
        pass(ids, std::span(order).subspan(begin, count), batch, length, use);
        begin += count;
      }
    }
  }

private:
  template <class Use>
  void pass(const std::vector<std::vector<std::int32_t>>& ids, std::span<const std::size_t> texts, std::size_t batch,
            std::size_t length, Use use) {
    auto& model = compiled_for(batch, length);
    auto request = model.take();
    for (const auto& input : model_->inputs()) {
      auto tensor = request.get_tensor(input.get_any_name());
      const auto fill = [&](auto* data) {
        const auto& name = input.get_any_name();
        const bool is_ids = name.find("input_ids") != std::string::npos;
        const bool is_mask = name.find("mask") != std::string::npos;
        std::fill_n(data, batch * length, is_ids ? pieces_.pad() : 0);
        for (std::size_t r = 0; r < batch; ++r) {
          const auto* row = r < texts.size() ? &ids[texts[r]] : nullptr;
          const auto n = row != nullptr ? row->size() : 1; // a row without any token would divide by zero
          for (std::size_t t = 0; t < n; ++t) {
            if (is_mask) data[r * length + t] = 1;
            if (is_ids && row != nullptr) data[r * length + t] = (*row)[t];
          }
        }
      };
      if (input.get_element_type() == ov::element::i64)
        fill(tensor.data<std::int64_t>());
      else
        fill(tensor.data<std::int32_t>());
    }
    request.infer();
    const auto output = request.get_output_tensor(0);
    const auto* states = output.data<const float>();
    for (std::size_t r = 0; r < texts.size(); ++r) use(texts[r], states + r * length * dimension_, length);
    model.give(std::move(request));
  }

  compiled& compiled_for(std::size_t batch, std::size_t length) {
    const std::lock_guard guard(mutex_);
    auto& slot = compiled_[{batch, length}];
    if (!slot) {
      auto shaped = model_->clone();
      fix_shape(*shaped, batch, length);
      const auto workers = static_cast<std::int32_t>(std::max<std::size_t>(options_.workers, 1));
      slot = std::make_unique<compiled>(core_.compile_model(shaped, "CPU", ov::inference_num_threads(workers),
                                                            ov::num_streams(ov::streams::Num(workers)),
                                                            ov::hint::enable_cpu_pinning(false)));
    }
    return *slot;
  }

  wordpiece pieces_;
  std::filesystem::path file_;
  encoder_options options_;
  ov::Core core_;
  std::shared_ptr<ov::Model> model_;
  std::size_t dimension_ = 0;
  std::string name_;
  std::mutex mutex_;
  std::map<std::pair<std::size_t, std::size_t>, std::unique_ptr<compiled>> compiled_;
};

result<std::unique_ptr<encoder>> open(const std::filesystem::path& folder, const encoder_options& options) {
  const auto model = folder / "model.onnx";
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
