#include "actors/understanding/intents/voices.hpp"

#include "actors/understanding/intents/evidence_policy.hpp"

#include <algorithm>
#include <cmath>

namespace steward {
namespace {

// With at most so many examples for each intent, its name is taken as one more.
constexpr std::size_t names_teach_below = 30;

bool names_teach(const lessons& l) {
  return l.texts.size() <= names_teach_below * l.intents && l.name_texts.size() == l.intents;
}

std::vector<std::uint32_t> intents_and_names(const lessons& l) {
  auto out = l.intent;
  for (std::uint32_t k = 0; k < l.intents; ++k) out.push_back(k);
  return out;
}

float energy(std::span<const float> z) {
  const auto most = *std::max_element(z.begin(), z.end());
  float sum = 0;
  for (const auto x : z) sum += std::exp(x - most);
  return most + std::log(sum);
}

} // namespace

embeddings rows_of(const embeddings& from, std::span<const std::size_t> which) {
  embeddings out{from.dimension, {}};
  if (from.rows() == 0) return out;
  out.values.resize(which.size() * from.dimension);
  for (std::size_t i = 0; i < which.size(); ++i)
    std::copy(from.row(which[i]).begin(), from.row(which[i]).end(), out.row(i).begin());
  return out;
}

lessons part_of(const lessons& l, std::span<const std::size_t> which) {
  lessons out{{}, {}, l.intents, rows_of(l.vectors, which), l.name_texts, l.names, {}};
  for (const auto i : which) {
    out.texts.push_back(l.texts[i]);
    if (!l.intent.empty()) out.intent.push_back(l.intent[i]);
    if (!l.told.empty()) out.told.push_back(l.told[i]);
  }
  return out;
}

voices voices::learn(const lessons& l) {
  voices out;
  out.learn_words(l), out.learn_vectors(l);
  return out;
}

void voices::learn_words(const lessons& l) {
  if (!names_teach(l)) {
    lexical_ = lexical_voice::learn(l.texts, l.intent, l.intents);
    return;
  }
  auto texts = l.texts;
  texts.insert(texts.end(), l.name_texts.begin(), l.name_texts.end());
  lexical_ = lexical_voice::learn(texts, intents_and_names(l), l.intents);
}

void voices::learn_vectors(const lessons& l) {
  has_encoder_ = l.vectors.rows() > 0;
  if (!has_encoder_) return;
  if (names_teach(l)) {
    auto vectors = l.vectors;
    vectors.values.insert(vectors.values.end(), l.names.values.begin(), l.names.values.end());
    kernel_ = kernel_voice::learn(vectors, intents_and_names(l), l.intents);
  } else {
    kernel_ = kernel_voice::learn(l.vectors, l.intent, l.intents);
  }
  neighbours_ = neighbour_voice::learn(l.vectors, l.vectors.dimension, l.intent, l.intents, l.names);
}

voices::lexical_answer voices::read_lexical(std::string_view normal, lexical_voice::scratch& s,
                                            std::span<float> out) const {
  lexical_answer answer;
  answer.coverage = lexical_.read(normal, s, out);
  answer.energy = energy(out);
  for (auto& x : out) x -= answer.energy;
  return answer;
}

said voices::read(std::span<const std::string> normal, const embeddings& vectors) const {
  said out;
  const auto n = normal.size(), k = intents();
  out.texts = n, out.intents = k;
  out.voices.emplace_back(n * k);
  lexical_voice::scratch s;
  for (std::size_t t = 0; t < n; ++t) {
    const auto answer = read_lexical(normal[t], s, std::span(out.voices[0]).subspan(t * k, k));
    out.coverage.push_back(answer.coverage);
    out.lexical_energy.push_back(answer.energy);
  }
  out.kernel_energy.assign(n, 0), out.nearest.assign(n, 0);
  if (!has_encoder_) return out;
  auto smooth = kernel_.read(vectors);
  auto near = neighbours_.read(vectors);
  for (std::size_t t = 0; t < n; ++t) {
    out.kernel_energy[t] = energy(smooth.row(t));
    log_softmax(smooth.row(t)), log_softmax(near.scores.row(t)), log_softmax(near.names.row(t));
  }
  out.nearest = std::move(near.nearest);
  for (auto* rows : {&smooth, &near.scores, &near.names}) out.voices.push_back(std::move(rows->values));
  return out;
}

} // namespace steward
