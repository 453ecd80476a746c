// Rows of the vector index: for each article its title, its other questions, the article as a whole, and its passages
// with the title in front. A passage that is all the article has is not embedded twice.
//
// A candidate's similarity is taken less half of what its row is near to on average (the mean over all titles): rows
// that are near to everything, an overview say, would otherwise come first everywhere.
#include "actors/knowledge/knowledge_index.hpp"

#include "actors/knowledge/index_builder.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace steward {

std::uint64_t text_hash(std::string_view text) {
  std::uint64_t h = 14695981039346656037ULL;
  for (const unsigned char c : text) h = (h ^ c) * 1099511628211ULL;
  return h;
}

result<std::shared_ptr<const knowledge_index>> knowledge_index::build(std::string language,
                                                                      std::vector<article> articles,
                                                                      const index_sources& sources,
                                                                      const retrieval_policy& policy) {
  auto built = build_parts(std::move(language), std::move(articles), sources);
  if (!built) return built.error();
  std::shared_ptr<knowledge_index> out(new knowledge_index);
  out->parts_ = std::make_shared<const knowledge_parts>(std::move(*built));
  out->policy_ = policy;
  return std::shared_ptr<const knowledge_index>(std::move(out));
}

std::shared_ptr<const knowledge_index> knowledge_index::with(const retrieval_policy& policy) const {
  std::shared_ptr<knowledge_index> out(new knowledge_index);
  out->parts_ = parts_;
  out->policy_ = policy;
  return out;
}

namespace {

constexpr std::size_t rows_looked_at = 160, articles_by_words = 40;

enum class nearness { taken_off, kept };

struct candidate_row {
  std::uint32_t article = 0;
  evidence seen;
  std::uint32_t passage = 0;
  float cosine = 0; // best raw similarity
  double score = 0;
};

} // namespace

// Evidence of every article that words or vector name, unsorted.
static std::vector<candidate_row> gather(const knowledge_parts& p, const looked& first, std::span<const float> vector,
                                         nearness near = nearness::taken_off) {
  std::vector<candidate_row> out;
  std::unordered_map<std::uint32_t, std::size_t> at;
  const auto add = [&](std::uint32_t article) -> candidate_row& {
    const auto [it, fresh] = at.emplace(article, out.size());
    if (fresh) out.push_back({article, {}, 0, 0, 0});
    return out[it->second];
  };
  std::size_t words = 0;
  for (const auto& [article, score] : first.lexical) {
    if (words++ >= articles_by_words) break;
    add(article);
  }
  for (const auto& h : p.vectors.search(vector, rows_looked_at)) add(p.rows[h.row].article);
  std::unordered_map<std::uint32_t, float> lexical(first.lexical.begin(), first.lexical.end());
  for (auto& c : out) {
    if (const auto it = lexical.find(c.article); it != lexical.end()) c.seen.lexical = it->second;
    if (vector.size() != p.vectors.dimension() || vector.empty()) continue;
    const auto& range = p.ranges[c.article];
    float title = -1, whole = -1, passage = -1;
    for (auto row = range.first; row < range.second; ++row) {
      const auto raw = dot(vector, p.vectors.row(row));
      const auto value = near == nearness::taken_off ? raw - p.nearness[row] : raw;
      c.cosine = std::max(c.cosine, raw);
      switch (p.rows[row].kind) {
      case row_kind::title: title = std::max(title, value); break;
      case row_kind::whole: whole = std::max(whole, value); break;
      case row_kind::passage:
        if (value > passage) passage = value, c.passage = p.rows[row].passage;
        break;
      }
    }
    if (whole == -1) whole = std::max(title, passage);
    if (passage == -1) passage = whole;
    c.seen.title = title, c.seen.whole = whole, c.seen.passage = passage;
  }
  return out;
}

static outcome_features features_of(const std::vector<candidate_row>& sorted, float ceiling) {
  outcome_features f;
  if (sorted.empty()) return f;
  double sum = 0;
  for (const auto& c : sorted) sum += std::exp(c.score - sorted.front().score);
  f.best = 1 / sum;
  f.second = sorted.size() > 1 ? std::exp(sorted[1].score - sorted.front().score) / sum : 0;
  f.cosine = sorted.front().cosine;
  f.coverage = ceiling > 0 ? std::min(1.0, static_cast<double>(sorted.front().seen.lexical / ceiling)) : 0;
  return f;
}

static std::vector<candidate_row> ranked(const knowledge_parts& p, const looked& first, std::span<const float> vector,
                                         const fusion_weights& weights) {
  auto out = gather(p, first, vector);
  for (auto& c : out) c.score = weights.score(c.seen);
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return a.score != b.score ? a.score > b.score : a.article < b.article;
  });
  return out;
}

static found answer_of(const std::vector<candidate_row>& sorted, std::size_t most, double confidence,
                       const decision_limits& limits) {
  found out;
  out.confidence = sorted.empty() ? 0 : confidence;
  out.outcome = sorted.empty() ? verdict::unknown : decide(out.confidence, limits);
  for (std::size_t i = 0; i < std::min(most, sorted.size()); ++i)
    out.hits.push_back({sorted[i].article, sorted[i].passage, sorted[i].score, sorted[i].seen.lexical, 0, 0});
  return out;
}

looked knowledge_index::first_look(std::string_view text, std::size_t most) const {
  const auto& p = *parts_;
  looked out;
  out.query = text.substr(0, 4096);
  const auto terms = terms_of(out.query, p.language, 256);
  out.ceiling = p.words.ceiling(terms);
  for (const auto& h : p.words.search(terms, 200)) out.lexical.emplace_back(h.document, h.score);
  if (p.guess) out.guess = (*p.guess)(out.query);
  const auto sorted = ranked(p, out, out.guess, policy_.guessed);
  const auto f = features_of(sorted, out.ceiling);
  out.certainty = certainty_of(f);
  out.settled = !has_encoder() || p.articles.empty() || out.certainty >= policy_.gate.settled_from;
  out.found = answer_of(sorted, most, policy_.guessed_confidence(f), policy_.limits);
  for (auto& h : out.found.hits)
    for (const auto& c : sorted)
      if (c.article == h.article) h.guessed = c.cosine;
  return out;
}

found knowledge_index::second_look(const looked& first, std::span<const float> vector, std::size_t most) const {
  const auto& p = *parts_;
  const auto sorted = ranked(p, first, vector, policy_.encoded);
  auto out = answer_of(sorted, most, policy_.encoded_confidence(features_of(sorted, first.ceiling)), policy_.limits);
  for (auto& h : out.hits) {
    for (const auto& c : sorted)
      if (c.article == h.article) h.dense = c.cosine;
    if (first.guess.size() == p.vectors.dimension())
      for (auto row = p.ranges[h.article].first; row < p.ranges[h.article].second; ++row)
        h.guessed = std::max(h.guessed, static_cast<double>(dot(first.guess, p.vectors.row(row))));
  }
  return out;
}

labelled_question knowledge_index::evidence_of(const looked& first, std::span<const float> vector,
                                               std::span<const std::string> right,
                                               std::vector<std::uint32_t>* candidates) const {
  const auto& p = *parts_;
  labelled_question out;
  out.ceiling = first.ceiling;
  std::unordered_map<std::uint32_t, std::size_t> at;
  const auto slot = [&](std::uint32_t article) -> labelled_candidate& {
    const auto [it, fresh] = at.emplace(article, out.candidates.size());
    if (fresh) {
      out.candidates.emplace_back();
      const auto& id = p.articles[article].id;
      out.candidates.back().right = std::find(right.begin(), right.end(), id) != right.end();
      if (candidates != nullptr) candidates->push_back(article);
    }
    return out.candidates[it->second];
  };
  for (const auto& c : gather(p, first, first.guess)) {
    auto& s = slot(c.article);
    s.guessed = c.seen, s.cosine_guessed = c.cosine, s.in_guessed = true;
  }
  for (const auto& c : gather(p, first, vector)) {
    auto& s = slot(c.article);
    s.encoded = c.seen, s.cosine_encoded = c.cosine, s.in_encoded = true;
  }
  return out;
}

std::vector<std::uint32_t> knowledge_index::by_words(const looked& first, std::size_t most) const {
  std::vector<std::uint32_t> out;
  for (std::size_t i = 0; i < std::min(most, first.lexical.size()); ++i) out.push_back(first.lexical[i].first);
  return out;
}

// What the encoder finds with nothing tuned: similarity to title, to the whole and to the best passage, summed.
std::vector<std::uint32_t> knowledge_index::by_vector(std::span<const float> vector, std::size_t most) const {
  const auto& p = *parts_;
  auto sorted = gather(p, looked(), vector, nearness::kept);
  for (auto& c : sorted) c.score = c.seen.title + c.seen.whole + c.seen.passage;
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
  std::vector<std::uint32_t> out;
  for (const auto& c : sorted) {
    if (out.size() >= most) break;
    out.push_back(c.article);
  }
  return out;
}

bool knowledge_index::has_encoder() const { return !parts_->encoder.empty(); }
const std::string& knowledge_index::encoder_name() const { return parts_->encoder; }
const std::string& knowledge_index::language() const { return parts_->language; }
const std::vector<article>& knowledge_index::articles() const { return parts_->articles; }
const std::vector<passage>& knowledge_index::passages(std::uint32_t article) const { return parts_->passages[article]; }
const retrieval_policy& knowledge_index::policy() const { return policy_; }

candidate knowledge_index::candidate_of(const hit& h, bool with_text) const {
  const auto& a = parts_->articles[h.article];
  const auto& all = parts_->passages[h.article];
  candidate out;
  out.article = a.id, out.title = a.title, out.source = a.source, out.score = h.score;
  if (h.passage < all.size()) {
    out.passage = all[h.passage].ordinal, out.heading = all[h.passage].heading;
    if (with_text) out.text = all[h.passage].text;
  }
  return out;
}

} // namespace steward
