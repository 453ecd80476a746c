#include "actors/intent_reader.hpp"

#include "actors/understanding/intents/examples.hpp"
#include "actors/understanding/intents/intent_model.hpp"
#include "actors/understanding/intents/normal_text.hpp"

#include <cstdio>
#include <unordered_map>

namespace steward {
namespace {

// Raise it when learning changes: the same examples then make another model, and turn records say so.
constexpr std::string_view learner = "3";

constexpr std::size_t most_added = 64; // examples in an overlay: with more it is quicker to learn than to stay right

// Examples word by word, by normal text; strangers under `foreign`.
using heart = std::unordered_map<std::string, std::uint32_t>;
constexpr std::uint32_t foreign = UINT32_MAX;
constexpr double by_heart = 0.99;

heart learnt_by_heart(const intent_lessons& l) {
  heart out;
  for (const auto& s : l.strangers) out[normal_text(s)] = foreign;
  for (std::size_t i = 0; i < l.texts.size(); ++i) out[normal_text(l.texts[i])] = l.intent[i];
  return out;
}

class reader final : public intent_reader {
public:
  reader(intent_model m, std::vector<std::string> names, std::vector<bool> described, std::string version,
         std::string encoder, heart examples)
      : model_(std::move(m))
      , names_(std::move(names))
      , described_(std::move(described))
      , version_(std::move(version))
      , encoder_(std::move(encoder))
      , examples_(std::move(examples)) {}

  intent_reading first_look(std::string_view text) const override {
    if (const auto known = examples_.find(normal_text(text)); known != examples_.end()) {
      intent_reading out;
      out.step = "example", out.outside = known->second == foreign;
      out.ranked.push_back({out.outside ? names_.front() : names_[known->second], out.outside ? 0 : by_heart});
      return out;
    }
    static thread_local intent_model::scratch s;
    const auto u = model_.first_look(text, s);
    auto out = told(u);
    out.settled = encoder_.empty() || model_.settles(u) || (described_.empty() && model_.is_hopeless(u));
    out.unlikely = described_.empty() && model_.is_unlikely(u);
    return out;
  }

  intent_reading second_look(std::string_view text, std::span<const float> vector) const override {
    return told(model_.second_look(text, vector));
  }

  const std::string& version() const override { return version_; }
  const std::string& encoder() const override { return encoder_; }

  // Places in `l` of the examples that are new, or stand under another intent now.
  std::vector<std::size_t> added(const intent_lessons& l) const override {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < l.texts.size(); ++i) {
      const auto known = examples_.find(normal_text(l.texts[i]));
      if (known == examples_.end() || known->second != l.intent[i]) out.push_back(i);
    }
    return out;
  }

  result<std::shared_ptr<const intent_reader>> with(const intent_lessons& l, const embeddings& vectors) const override {
    const auto places = added(l);
    if (l.names != names_ || l.described != described_ || places.size() > most_added)
      return failure{errc::unsupported, "other intents, or too many new examples: it must be learnt"};
    if (!encoder_.empty() && vectors.rows() != places.size())
      return failure{errc::internal, "vectors do not fit the examples"};
    std::vector<std::uint32_t> intents;
    for (const auto i : places) intents.push_back(l.intent[i]);
    return std::shared_ptr<const intent_reader>(std::make_shared<reader>(
        encoder_.empty() ? model_ : model_.with_neighbours(vectors, intents), names_, described_,
        version_ + "~" + intent_version(l, encoder_).substr(8), encoder_, learnt_by_heart(l)));
  }

private:
  intent_reading told(const understood& u) const {
    intent_reading out;
    const double belongs = probability(u.belongs);
    out.ranked.push_back({names_[u.intent], belongs * u.confidence});
    if (u.second != u.intent) out.ranked.push_back({names_[u.second], belongs * (1 - u.confidence) * u.second_share});
    out.outside = u.belongs < model_.stranger_threshold();
    out.step = u.step == decided_by::words                            ? "words"
               : u.intent < described_.size() && described_[u.intent] ? "description"
                                                                      : "encoder";
    return out;
  }

  intent_model model_;
  std::vector<std::string> names_;
  std::vector<bool> described_;
  std::string version_, encoder_;
  heart examples_;
};

} // namespace

std::vector<std::string> texts_to_embed(const intent_lessons& l) {
  auto out = l.texts;
  for (const auto& name : l.names) out.push_back(words_of_name(name));
  out.insert(out.end(), l.strangers.begin(), l.strangers.end());
  return out;
}

std::string intent_version(const intent_lessons& l, const std::string& encoder) {
  std::uint64_t h = 14695981039346656037ULL; // FNV-1a, as of many strings with their ends
  const auto add = [&](std::string_view s) {
    for (const unsigned char c : s) h = (h ^ c) * 1099511628211ULL;
    h = (h ^ 0xFFU) * 1099511628211ULL; // stands in no UTF-8
  };
  add(learner), add(encoder);
  for (std::size_t i = 0; i < l.texts.size(); ++i) add(l.names[l.intent[i]]), add(l.texts[i]);
  for (const auto& s : l.strangers) add("\n"), add(s);
  for (std::size_t k = 0; k < l.described.size(); ++k)
    if (l.described[k]) add("\t"), add(l.names[k]);
  char hex[32];
  std::snprintf(hex, sizeof hex, "intents-%010llx", static_cast<unsigned long long>(h >> 24U));
  return hex;
}

result<std::shared_ptr<const intent_reader>> learn_intents(const intent_lessons& from, const embeddings& vectors,
                                                           const std::string& encoder, std::size_t threads) {
  const auto n = from.texts.size(), k = from.names.size();
  if (vectors.rows() > 0 && vectors.rows() != n + k + from.strangers.size())
    return failure{errc::internal, "vectors do not fit the examples"};
  const auto part = [&](std::size_t begin, std::size_t end) {
    std::vector<std::size_t> rows;
    for (auto i = begin; i < end; ++i) rows.push_back(i);
    return rows_of(vectors, rows);
  };
  lessons l, strangers;
  l.intents = k, l.intent = from.intent;
  if (!from.described.empty())
    for (const auto i : from.intent) l.told.push_back(from.described[i]);
  for (const auto& t : from.texts) l.texts.push_back(normal_text(t));
  for (const auto& name : from.names) l.name_texts.push_back(words_of_name(name));
  for (const auto& s : from.strangers) strangers.texts.push_back(normal_text(s));
  l.vectors = part(0, n), l.names = part(n, n + k), strangers.vectors = part(n + k, n + k + from.strangers.size());
  auto model = intent_model::learn(l, strangers, {.threads = threads});
  if (!model) return model.error();
  const auto by = vectors.rows() > 0 ? encoder : std::string();
  return std::shared_ptr<const intent_reader>(std::make_shared<reader>(
      *std::move(model), from.names, from.described, intent_version(from, by), by, learnt_by_heart(from)));
}

} // namespace steward
