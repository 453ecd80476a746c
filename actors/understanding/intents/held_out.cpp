#include "actors/understanding/intents/held_out.hpp"

#include "actors/understanding/intents/blas.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <numeric>
#include <random>
#include <thread>

namespace steward {
namespace {

constexpr std::size_t most_strangers = 1500;

std::vector<std::string> texts_of(const lessons& l, std::span<const std::size_t> which) {
  std::vector<std::string> out;
  for (const auto i : which) out.push_back(l.texts[i]);
  return out;
}

/// All but a fold, which judges what the voices make of the rest.
lessons without_fold(const lessons& l, const std::vector<std::size_t>& fold_of, std::size_t fold, held_out& h) {
  std::vector<std::size_t> learnt;
  for (std::size_t i = 0; i < fold_of.size(); ++i) (fold_of[i] == fold ? h.which : learnt).push_back(i);
  std::vector<bool> known(l.intents, false);
  for (const auto i : learnt) known[l.intent[i]] = true;
  // An intent whose only example is held out cannot be found: no evidence for anything.
  for (const auto i : h.which)
    h.truth.push_back(known[l.intent[i]] ? l.intent[i] : static_cast<std::uint32_t>(l.intents));
  return part_of(l, learnt);
}

/// All but a fold and a quarter of the intents, whose examples play strangers.
lessons without_strangers(const lessons& l, const std::vector<std::size_t>& fold_of, std::size_t round,
                          std::uint64_t seed, held_out& h) {
  std::vector<std::uint32_t> order(l.intents), number(l.intents, 0);
  std::iota(order.begin(), order.end(), 0U);
  std::mt19937_64 random(seed + 17);
  std::shuffle(order.begin(), order.end(), random);
  const auto out_count = std::max<std::size_t>(1, l.intents / 4);
  std::vector<bool> outside(l.intents, false);
  for (std::size_t i = 0; i < out_count; ++i) outside[order[(round * out_count + i) % l.intents]] = true;
  std::vector<std::size_t> names;
  for (std::size_t k = 0; k < l.intents; ++k)
    if (!outside[k]) number[k] = static_cast<std::uint32_t>(names.size()), names.push_back(k);
  std::vector<std::size_t> learnt, far;
  for (std::size_t i = 0; i < fold_of.size(); ++i) {
    if (outside[l.intent[i]]) {
      if (l.is_example(i)) far.push_back(i);
    } else if (fold_of[i] == round)
      h.which.push_back(i);
    else
      learnt.push_back(i);
  }
  if (h.which.size() > most_strangers) {
    std::shuffle(h.which.begin(), h.which.end(), random);
    h.which.resize(most_strangers);
  }
  std::shuffle(far.begin(), far.end(), random);
  if (far.size() > most_strangers) far.resize(most_strangers);
  auto part = part_of(l, learnt);
  part.intents = names.size();
  for (auto& k : part.intent) k = number[k];
  part.names = rows_of(l.names, names);
  part.name_texts.clear();
  if (l.name_texts.size() == l.intents)
    for (const auto k : names) part.name_texts.push_back(l.name_texts[k]);
  for (const auto i : h.which) h.truth.push_back(number[l.intent[i]]);
  for (const auto i : far) h.which.push_back(i), h.truth.push_back(static_cast<std::uint32_t>(part.intents));
  return part;
}

void run_all(const std::vector<std::function<void()>>& jobs, std::size_t threads) {
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (auto j = next++; j < jobs.size(); j = next++) jobs[j]();
  };
  std::vector<std::thread> crew;
  for (std::size_t i = 1; i < std::min(threads, jobs.size()); ++i) crew.emplace_back(work);
  work();
  for (auto& t : crew) t.join();
}

} // namespace

std::vector<std::size_t> deal(const lessons& l, std::size_t folds, std::uint64_t seed) {
  std::vector<std::size_t> order(l.texts.size()), out(order.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::mt19937_64 random(seed);
  std::shuffle(order.begin(), order.end(), random);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return l.intent[a] < l.intent[b]; });
  for (std::size_t i = 0; i < order.size(); ++i) out[order[i]] = i % folds;
  return out;
}

evidence_of_voices learn_held_out(const lessons& l, const std::vector<std::size_t>& fold_of, std::size_t folds,
                                  std::size_t stranger_rounds, const learn_options& options, voices& whole) {
  evidence_of_voices out{std::vector<held_out>(folds), std::vector<held_out>(stranger_rounds)};
  std::vector<lessons> parts;
  for (std::size_t f = 0; f < folds; ++f) parts.push_back(without_fold(l, fold_of, f, out.folds[f]));
  for (std::size_t round = 0; round < stranger_rounds; ++round)
    parts.push_back(without_strangers(l, fold_of, round, options.seed, out.strange[round]));
  std::vector<voices> some(parts.size());
  // The longest first, so that no thread is left waiting for another's last.
  std::vector<std::function<void()>> jobs{[&] { whole.learn_vectors(l); }};
  for (std::size_t i = 0; i < parts.size(); ++i) jobs.emplace_back([&, i] { some[i].learn_vectors(parts[i]); });
  jobs.emplace_back([&] { whole.learn_words(l); });
  for (std::size_t i = 0; i < parts.size(); ++i) jobs.emplace_back([&, i] { some[i].learn_words(parts[i]); });
  blas::threads(1);
  run_all(jobs, options.threads);
  jobs.clear();
  for (std::size_t i = 0; i < parts.size(); ++i)
    jobs.emplace_back([&, i] {
      auto& h = i < folds ? out.folds[i] : out.strange[i - folds];
      h.s = some[i].read(texts_of(l, h.which), rows_of(l.vectors, h.which));
    });
  run_all(jobs, options.threads);
  return out;
}

} // namespace steward
