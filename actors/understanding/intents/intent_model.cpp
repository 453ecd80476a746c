// Learning: 1. a plan of what is held out; 2. voices on everything, on all but a fold of the texts (for each fold), and
// on a part of the intents (the others then play strangers), on as many threads as there are; 3. from what those voices
// say of texts that they have not seen: the voices' weights, how sure a winner is, what tells strangers, and how sure
// the cheap step must be to stand alone.
#include "actors/understanding/intents/intent_model.hpp"

#include "actors/understanding/intents/held_out.hpp"
#include "actors/understanding/intents/near_copies.hpp"
#include "actors/understanding/intents/normal_text.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <numeric>
#include <random>
#include <thread>

namespace steward {
namespace {

constexpr std::size_t least_to_settle = 1000; // texts; below, what the cheap step costs cannot be measured
constexpr float texts_to_trust = 300;         // below, words alone are believed in proportion
constexpr float kept = 0.95F;                 // of the texts that belong here
constexpr std::size_t least_fresh = 100;      // texts; below, near copies help to draw the line, too
constexpr float strangers_to_settle = 0.12F;  // share of strangers that the cheap step may take for ours
constexpr std::size_t least_sure = 30;        // texts; below, nothing is known of what words never reach
constexpr std::size_t enough_held_out = 3000; // texts: more folds would only cost time

struct top_two {
  std::uint32_t first = 0, second = 0;
};

top_two best(std::span<const float> scores) {
  top_two out{0, scores.size() > 1 ? 1U : 0U};
  if (scores.size() > 1 && scores[1] > scores[0]) std::swap(out.first, out.second);
  for (std::uint32_t k = 2; k < scores.size(); ++k)
    if (scores[k] > scores[out.first])
      out.second = out.first, out.first = k;
    else if (scores[k] > scores[out.second])
      out.second = k;
  return out;
}

// What the confidence is made of: how far the winner is from everything else, and from the second.
std::array<float, 2> features_of_sureness(std::span<const float> p, top_two t) {
  return {log_odds_of(std::exp(p[t.first])), std::min(p[t.first] - p[t.second], 12.0F)};
}

float second_share(std::span<const float> p, top_two t) {
  const auto rest = 1 - std::exp(p[t.first]);
  return rest > 1e-6F ? std::min(1.0F, std::exp(p[t.second]) / rest) : 0.0F;
}

// From which value on a text is kept: the rank that keeps the share in the mean, whatever the values (conformal).
// Unseen texts resemble the learnt ones less than examples resemble each other, so near copies do not count where
// enough others are left.
float kept_from(std::vector<float> belongs, const std::vector<bool>& copied) {
  if (static_cast<std::size_t>(std::count(copied.begin(), copied.end(), false)) >= least_fresh) {
    std::size_t left = 0;
    for (std::size_t t = 0; t < copied.size(); ++t)
      if (!copied[t]) belongs[left++] = belongs[t];
    belongs.resize(left);
  }
  if (belongs.empty()) return 0;
  std::sort(belongs.begin(), belongs.end());
  const auto rank = static_cast<std::size_t>((1 - kept) * static_cast<float>(belongs.size() + 1));
  return belongs[rank == 0 ? 0 : rank - 1];
}

// Below it words put one in `times` of those, in order, of which all voices are sure, and right.
float one_in(std::size_t times, std::span<const float> words_of_sure) {
  return words_of_sure.size() < least_sure ? 0 : words_of_sure[words_of_sure.size() / times];
}

} // namespace

understood intent_model::judge_lexical(std::span<float> scores, const voices::lexical_answer& a) const {
  for (auto& x : scores) x *= lexical_weight_;
  log_softmax(scores);
  const auto t = best(scores);
  const auto sure = features_of_sureness(scores, t);
  const std::array<float, 4> belongs{sure[0], sure[1], a.coverage, a.energy};
  const auto odds = lexical_sure_.log_odds(sure);
  return {t.first,
          probability(odds > 0 ? caution_ * odds : odds),
          lexical_belongs_.log_odds(belongs),
          decided_by::words,
          t.second,
          second_share(scores, t)};
}

understood intent_model::judge(const said& s, const ballots& b, std::size_t t, std::vector<float>& scores) const {
  scores.resize(s.intents);
  weighted(b, weights_, t, scores);
  const auto two = best(scores);
  const auto sure = features_of_sureness(scores, two);
  const std::array<float, 6> belongs{sure[0],
                                     s.coverage[t],
                                     s.lexical_energy[t],
                                     s.kernel_energy[t],
                                     s.nearest[t],
                                     s.voices[0][t * s.intents + two.first]};
  return {two.first,  probability(sure_.log_odds(sure)), belongs_.log_odds(belongs), decided_by::encoder,
          two.second, second_share(scores, two)};
}

result<intent_model> intent_model::learn(const lessons& l, const lessons& strangers, const learn_options& options) {
  const auto n = l.texts.size();
  std::vector<std::size_t> count(l.intents, 0);
  for (const auto k : l.intent) ++count[k];
  if (l.intents < 2) return failure{errc::bad_request, "at least two intents are needed"};
  for (std::size_t k = 0; k < l.intents; ++k)
    if (count[k] == 0) return failure{errc::bad_request, "intent number " + std::to_string(k) + " has no example"};

  const std::size_t folds = n < 1500 ? 8 : n < 6000 ? 5 : 4;
  auto fold_of = deal(l, folds, options.seed);
  for (std::size_t i = 0; i < n; ++i)
    if (!l.is_example(i)) fold_of[i] = folds; // in none, so it is always learnt
  const bool evidence = std::any_of(fold_of.begin(), fold_of.end(), [&](auto f) { return f < folds; });
  const auto used = evidence ? std::min(folds, (enough_held_out * folds + n) / std::max<std::size_t>(n, 1)) : 0;
  const std::size_t stranger_rounds = l.intents < 3 || !evidence ? 0 : n < 6000 ? 2 : 1;
  intent_model out;
  auto held = learn_held_out(l, fold_of, used, stranger_rounds, options, out.voices_);

  if (!evidence) return out.take_for_granted(), out;
  said known;
  if (!strangers.texts.empty()) known = out.voices_.read(strangers.texts, strangers.vectors);
  out.fit(l, held.folds, near_copies(l.texts, l.intent, fold_of), held.strange, known, options.accuracy_to_lose);
  return out;
}

// Nothing but names and descriptions: the nearest of them is meant. The numbers are those of Banking77 and CLINC150,
// learnt from their names alone, with each other's texts as strangers.
void intent_model::take_for_granted() {
  share_ = voices_.has_encoder() ? 1 : 0;
  caution_ = 0; // words alone are never sure
  sure_ = {{0, 0}, {1, 1}, {0.54F, 1.06F}, 0.13F};
  belongs_ = {{0, 0, 0, 0, 0, 0}, {1, 1, 1, 1, 1, 1}, {0, 0, 0, 0, 11.4F, 0}, -5.4F};
  threshold_ = -1.8F;
  weights_ = voices_.has_encoder() ? std::vector<float>{0, 0, 0.5F, 0} : std::vector<float>{1};
  alone_.assign(weights_.size(), 0);
}

void intent_model::fit(const lessons& l, std::vector<held_out>& folds, const std::vector<bool>& copies,
                       std::vector<held_out>& strange, const said& known_strangers, double accuracy_to_lose) {
  // One ballot over all folds.
  const auto k = l.intents;
  ballots all{0, k, {}};
  said s;
  s.intents = k;
  std::vector<std::uint32_t> truth;
  std::vector<bool> copied;
  const auto add = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  for (auto& h : folds) {
    all.voices.resize(h.s.voices.size());
    for (std::size_t v = 0; v < h.s.voices.size(); ++v) add(all.voices[v], h.s.voices[v]);
    add(s.coverage, h.s.coverage), add(s.lexical_energy, h.s.lexical_energy);
    add(s.kernel_energy, h.s.kernel_energy), add(s.nearest, h.s.nearest), add(truth, h.truth);
    for (const auto i : h.which) copied.push_back(copies[i]);
    h.s = {};
  }
  const auto n = truth.size();
  all.texts = s.texts = n;
  caution_ = std::min(1.0F, static_cast<float>(n) / texts_to_trust);
  s.voices.resize(1);
  s.voices[0] = all.voices[0];
  alone_ = accuracy_alone(all, truth);
  weights_ = fit_leaning(all, truth, alone_);
  {
    ballots words{n, k, {all.voices[0]}};
    lexical_weight_ = fit_weights(words, truth).front();
  }

  // What tells strangers: first, since the gate looks at it too.
  std::vector<float> lexical_features, features;
  std::vector<std::uint8_t> ours;
  std::vector<float> scores;
  const auto show = [&](const said& x, const ballots& b, std::size_t t, bool belongs) {
    scores.assign(x.voices[0].begin() + static_cast<std::ptrdiff_t>(t * x.intents),
                  x.voices[0].begin() + static_cast<std::ptrdiff_t>((t + 1) * x.intents));
    for (auto& z : scores) z *= lexical_weight_;
    log_softmax(scores);
    const auto alone = features_of_sureness(scores, best(scores));
    add(lexical_features, std::array{alone[0], alone[1], x.coverage[t], x.lexical_energy[t]});
    weighted(b, weights_, t, scores);
    const auto two = best(scores);
    add(features, std::array{features_of_sureness(scores, two)[0], x.coverage[t], x.lexical_energy[t],
                             x.kernel_energy[t], x.nearest[t], x.voices[0][t * x.intents + two.first]});
    ours.push_back(belongs ? 1 : 0);
  };
  for (auto& h : strange) {
    const ballots b{h.s.texts, h.s.intents, h.s.voices};
    for (std::size_t t = 0; t < h.s.texts; ++t) show(h.s, b, t, h.truth[t] < h.s.intents);
  }
  if (known_strangers.texts > 0) {
    // Real strangers count as much as all those that intents play, whose number is larger.
    const ballots b{known_strangers.texts, k, known_strangers.voices};
    const auto times = std::max<std::size_t>(1, ours.size() / 2 / known_strangers.texts);
    for (std::size_t i = 0; i < times; ++i)
      for (std::size_t t = 0; t < known_strangers.texts; ++t) show(known_strangers, b, t, false);
  }
  lexical_belongs_ = fit_logistic(lexical_features, 4, ours, true);
  belongs_ = fit_logistic(features, 6, ours, true);

  // How sure: of the words alone and of all voices.
  std::vector<float> lexical_sure, sure;
  std::vector<std::uint8_t> lexical_right(n), right(n);
  std::vector<bool> counts(n);
  for (std::size_t t = 0; t < n; ++t) {
    counts[t] = truth[t] < k;
    scores.resize(k);
    const auto look = [&](const std::vector<float>* weights, std::vector<float>& into, std::uint8_t& hit) {
      if (weights == nullptr) {
        for (std::size_t i = 0; i < k; ++i) scores[i] = lexical_weight_ * all.voices[0][t * k + i];
        log_softmax(scores);
      } else {
        weighted(all, *weights, t, scores);
      }
      const auto two = best(scores);
      add(into, features_of_sureness(scores, two));
      hit = two.first == truth[t] ? 1 : 0;
    };
    look(nullptr, lexical_sure, lexical_right[t]);
    look(&weights_, sure, right[t]);
  }
  const auto fit_sure = [&](const std::vector<float>& from, const std::vector<std::uint8_t>& hit, auto want) {
    std::vector<float> f;
    std::vector<std::uint8_t> y;
    for (std::size_t t = 0; t < n; ++t)
      if (counts[t] && want(t)) add(f, std::span(from).subspan(2 * t, 2)), y.push_back(hit[t]);
    return fit_logistic(f, 2, y, false);
  };
  const auto everything = [](std::size_t) { return true; };
  lexical_sure_ = fit_sure(lexical_sure, lexical_right, everything);
  sure_ = fit_sure(sure, right, everything);

  // How sure the words must be to stand alone.
  std::vector<understood> cheap(n), full(n);
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t t = 0; t < n; ++t) {
    scores.assign(all.voices[0].begin() + static_cast<std::ptrdiff_t>(t * k),
                  all.voices[0].begin() + static_cast<std::ptrdiff_t>((t + 1) * k));
    cheap[t] = judge_lexical(scores, {s.coverage[t], s.lexical_energy[t]});
    full[t] = judge(s, all, t, scores);
  }
  std::vector<float> words_of_sure;
  for (std::size_t t = 0; t < n; ++t)
    if (right[t] != 0 && sureness(full[t]) >= 0.5F) words_of_sure.push_back(sureness(cheap[t]));
  std::sort(words_of_sure.begin(), words_of_sure.end());
  hopeless_below_ = one_in(40, words_of_sure), unlikely_below_ = one_in(10, words_of_sure);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return sureness(cheap[a]) > sureness(cheap[b]); });
  // What strangers reach, so that few of them are settled by words.
  std::vector<float> of_strangers;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    if (ours[i] != 0) continue;
    const auto f = std::span(lexical_features).subspan(4 * i, 4);
    of_strangers.push_back(probability(lexical_sure_.log_odds(f.first(2))) * probability(lexical_belongs_.log_odds(f)));
  }
  float least = 0;
  if (!of_strangers.empty()) {
    std::sort(of_strangers.begin(), of_strangers.end());
    const auto at = static_cast<std::size_t>((1 - strangers_to_settle) * static_cast<float>(of_strangers.size()));
    least = of_strangers[std::min(at, of_strangers.size() - 1)];
  }
  share_ = voices_.has_encoder() ? 1 : 0;
  std::size_t settled = 0;
  if (voices_.has_encoder() && n >= least_to_settle) {
    double lost = 0, differ = 0;
    const auto budget = accuracy_to_lose * static_cast<double>(n);
    for (std::size_t i = 0; i < n && sureness(cheap[order[i]]) >= least; ++i) {
      lost += static_cast<double>(right[order[i]]) - static_cast<double>(lexical_right[order[i]]);
      differ += right[order[i]] != lexical_right[order[i]];
      // One standard error more: among few texts luck alone makes words look as good as the encoder.
      if (lost + std::sqrt(differ) <= budget) settled = i + 1;
    }
    if (settled > 0) settled_from_ = sureness(cheap[order[settled - 1]]);
    share_ = 1 - static_cast<double>(settled) / static_cast<double>(n);
  }
  if (!voices_.has_encoder()) settled = n;
  // Each step's confidence is fitted on the texts that it decides.
  std::vector<bool> by_words(n, false);
  for (std::size_t i = 0; i < settled; ++i) by_words[order[i]] = true;
  std::vector<float> belongs;
  for (std::size_t t = 0; t < n; ++t) belongs.push_back(by_words[t] ? cheap[t].belongs : full[t].belongs);
  if (n - settled >= 100) sure_ = fit_sure(sure, right, [&](std::size_t t) { return !by_words[t]; });
  threshold_ = kept_from(std::move(belongs), copied);
}

understood intent_model::first_look(std::string_view text, scratch& s) const {
  s.scores.resize(voices_.intents());
  const auto a = voices_.read_lexical(normal_text(text), s.voice, s.scores);
  return judge_lexical(s.scores, a);
}

understood intent_model::second_look(std::string_view text, std::span<const float> vector) const {
  const std::string normal[] = {normal_text(text)};
  const auto heard = voices_.read(normal, {vector.size(), {vector.begin(), vector.end()}});
  const ballots b{heard.texts, heard.intents, heard.voices};
  std::vector<float> scores;
  return judge(heard, b, 0, scores);
}

result<std::vector<understood>> intent_model::understand(std::span<const std::string> texts,
                                                         const encode_function& encode) const {
  std::vector<understood> out;
  std::vector<std::size_t> open;
  scratch s;
  for (std::size_t t = 0; t < texts.size(); ++t) {
    out.push_back(first_look(texts[t], s));
    if (!settles(out.back())) open.push_back(t);
  }
  if (open.empty()) return out;
  std::vector<std::string> asked, normal;
  for (const auto t : open) asked.push_back(texts[t]), normal.push_back(normal_text(texts[t]));
  const auto vectors = encode(asked);
  if (!vectors) return vectors.error();
  const auto heard = voices_.read(normal, *vectors);
  const ballots b{heard.texts, heard.intents, heard.voices};
  std::vector<float> scores;
  for (std::size_t i = 0; i < open.size(); ++i) out[open[i]] = judge(heard, b, i, scores);
  return out;
}

} // namespace steward
