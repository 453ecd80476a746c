#include "actors/understanding/intents/cross_validation.hpp"

#include <algorithm>
#include <numeric>
#include <random>

namespace steward {
namespace {

constexpr std::size_t never = static_cast<std::size_t>(-1);

// Fold of each text, or `never` to be held out.
std::vector<std::size_t> deal(std::span<const std::uint32_t> intent, std::size_t folds) {
  std::vector<std::size_t> order(intent.size()), out(intent.size(), never);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::mt19937_64 random(1);
  std::shuffle(order.begin(), order.end(), random);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return intent[a] < intent[b]; });
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto same = [&](std::size_t j) { return j < order.size() && intent[order[j]] == intent[order[i]]; };
    if (same(i + 1) || (i > 0 && same(i - 1))) out[order[i]] = i % folds;
  }
  return out;
}

} // namespace

result<std::vector<tested_text>> cross_validated(const lessons& l, std::span<const std::string> raw,
                                                 const lessons& strangers, std::span<const std::string> raw_strangers,
                                                 std::size_t folds, std::size_t threads) {
  std::vector<tested_text> out;
  auto fold_of = deal(l.intent, folds);
  for (std::size_t i = 0; i < fold_of.size(); ++i)
    if (!l.is_example(i)) fold_of[i] = never;
  for (std::size_t f = 0; f < folds; ++f) {
    std::vector<std::size_t> learnt, asked, known, foreign;
    for (std::size_t i = 0; i < l.texts.size(); ++i) (fold_of[i] == f ? asked : learnt).push_back(i);
    for (std::size_t i = 0; i < strangers.texts.size(); ++i) (i % folds == f ? foreign : known).push_back(i);
    const auto model = intent_model::learn(part_of(l, learnt), part_of(strangers, known), {.threads = threads});
    if (!model) return model.error();
    const auto judge = [&](const lessons& from, std::span<const std::string> texts,
                           std::span<const std::size_t> which) -> status {
      std::vector<std::string> some;
      for (const auto i : which) some.push_back(texts[i]);
      const auto encode = [&](std::span<const std::string> open) -> result<embeddings> {
        std::vector<std::size_t> rows;
        std::size_t at = 0; // `open` is a part of `some`, in its order
        for (const auto& text : open) {
          while (some[at] != text) ++at;
          rows.push_back(which[at++]);
        }
        return rows_of(from.vectors, rows);
      };
      const auto heard = model->understand(some, encode);
      if (!heard) return heard.error();
      for (std::size_t i = 0; i < which.size(); ++i) {
        const auto& u = (*heard)[i];
        const auto truth = from.intent.empty() ? static_cast<std::uint32_t>(l.intents) : from.intent[which[i]];
        out.push_back({some[i], truth, u.intent, u.confidence, u.belongs < model->stranger_threshold()});
      }
      return success();
    };
    if (auto ok = judge(l, raw, asked); !ok) return ok.error();
    if (auto ok = judge(strangers, raw_strangers, foreign); !ok) return ok.error();
  }
  return out;
}

} // namespace steward
