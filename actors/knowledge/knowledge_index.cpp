// Rows of the vector index: for each article its title, its other questions, the article as a whole, and its passages
// with the title in front. A passage that is all the article has is not embedded twice.
#include "actors/knowledge/knowledge_index.hpp"

#include "actors/knowledge/answer_parts.hpp"
#include "actors/knowledge/candidates.hpp"

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
  std::shared_ptr<knowledge_index> out(new knowledge_index(*this));
  out->policy_ = policy;
  return out;
}

// What a labelled question that is repeated word for word is worth, whatever the curves say.
constexpr double repeats_are_right = 0.95;

// Questions that read the same are one: case, order of blanks and endings make no other question.
static std::string reading_of(std::span<const std::string> terms, std::string_view text) {
  std::string out;
  for (const auto& term : terms) out += term + " ";
  return out.empty() ? std::string(text) : out;
}

static outcome_features features_of(const candidates& sorted, float ceiling) {
  outcome_features f;
  if (sorted.rows.empty()) return f;
  const auto& first = sorted.rows.front();
  double sum = 0;
  for (const auto& c : sorted.rows) sum += std::exp(c.score - first.score);
  f.best = 1 / sum;
  f.second = sorted.rows.size() > 1 ? std::exp(sorted.rows[1].score - first.score) / sum : 0;
  f.cosine = first.cosine;
  f.coverage = ceiling > 0 ? std::min(1.0, static_cast<double>(first.seen.lexical / ceiling)) : 0;
  f.refused = refused_less(sorted.refused, f.cosine);
  return f;
}

static candidates ranked(const knowledge_parts& p, const taught_questions* taught, const looked& first,
                         std::span<const float> vector, const fusion_weights& weights) {
  auto out = gather(p, taught, first.lexical, vector);
  for (auto& c : out.rows) c.score = weights.score(c.seen);
  std::sort(out.rows.begin(), out.rows.end(), [](const auto& a, const auto& b) {
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
    out.hits.push_back(
        {sorted[i].article, sorted[i].passage, sorted[i].score, sorted[i].seen.lexical, 0, 0, sorted[i].asked, {}});
  return out;
}

// What all the question's telling words are worth beside a passage's cosine.
constexpr double share_of_words = 0.3;

// How well each passage of an article fits: by vector, and by the share of the question's telling words that it has.
static std::vector<double> fitting(const knowledge_parts& p, std::uint32_t article, std::span<const std::string> terms,
                                   std::span<const float> vector) {
  std::vector<double> out(p.passages[article].size(), 0);
  if (out.size() < 2) return out;
  if (!vector.empty() && vector.size() == p.vectors.dimension())
    for (auto row = p.ranges[article].first; row < p.ranges[article].second; ++row)
      if (p.rows[row].kind == row_kind::passage && p.rows[row].passage < out.size())
        out[p.rows[row].passage] = dot(vector, p.vectors.row(row)) - p.nearness[row];
  double all = 0;
  std::vector<double> words(out.size(), 0);
  // What stands right under the title speaks of what the title names.
  const auto lead = p.passages[article].front().heading.empty() ? terms_of(p.articles[article].title, p.language, 64)
                                                                : std::vector<std::string>();
  for (const auto& term : terms) {
    const auto weight = static_cast<double>(p.words.ceiling({&term, 1}));
    all += weight;
    for (std::size_t k = 0; k < out.size(); ++k)
      if (std::ranges::binary_search(p.terms[article][k], text_hash(term)) ||
          (k == 0 && std::ranges::find(lead, term) != lead.end()))
        words[k] += weight;
  }
  if (all > 0)
    for (std::size_t k = 0; k < out.size(); ++k) out[k] += share_of_words * words[k] / all;
  return out;
}

// The lead joins where the question names what the title names, and no passage that is said speaks of it: "do you ship
// to Switzerland?" was answered with "We do not ship to any other country".
static void add_lead(const knowledge_parts& p, std::uint32_t article, std::span<const std::string> terms,
                     std::vector<std::uint32_t>& said) {
  if (said.empty() || said.front() == 0 || !p.passages[article].front().heading.empty()) return;
  const auto title = terms_of(p.articles[article].title, p.language, 64);
  bool named = false;
  for (const auto& term : terms) {
    if (std::ranges::find(title, term) == title.end()) continue;
    named = true;
    for (const auto k : said)
      if (std::ranges::binary_search(p.terms[article][k], text_hash(term))) return;
  }
  if (named) said.insert(said.begin(), 0);
}

static void choose_passages(const knowledge_parts& p, found& f, std::span<const std::string> terms,
                            std::span<const float> vector) {
  if (f.hits.empty()) return;
  auto& h = f.hits.front();
  const auto& all = p.passages[h.article];
  if (all.empty()) return;
  const auto score = fitting(p, h.article, terms, vector);
  h.passage = static_cast<std::uint32_t>(std::ranges::max_element(score) - score.begin());
  h.said = answer_parts(all, score);
  add_lead(p, h.article, terms, h.said);
}

// The words of a question: the part of a first look that no labelled question changes.
static looked read(const knowledge_parts& p, std::string_view text, std::vector<std::string>& terms) {
  looked out;
  out.query = text.substr(0, 4096);
  terms = terms_of(out.query, p.language, 256);
  out.ceiling = p.words.ceiling(terms);
  for (const auto& h : p.words.search(terms, 200)) out.lexical.emplace_back(h.document, h.score);
  return out;
}

looked knowledge_index::first_look(std::string_view text, std::size_t most) const {
  const auto& p = *parts_;
  std::vector<std::string> terms;
  auto out = read(p, text, terms);
  const auto* taught = speaking();
  const auto& guess = taught != nullptr ? taught->guess : p.guess;
  if (guess) out.guess = (*guess)(out.query);
  auto sorted = ranked(p, speaking(), out, out.guess, policy_.guessed);
  const auto f = features_of(sorted, out.ceiling);
  out.certainty = certainty_of(f);
  auto confidence = policy_.guessed_confidence(f);
  out.settled = !has_encoder() || p.articles.empty() || out.certainty >= policy_.gate.settled_from;
  if (taught != nullptr && taught->trusts_repeats)
    if (const auto same = taught->repeated.find(terms); same != repeated_questions::npos) {
      const bool labelled = same < taught->questions.size();
      std::vector<std::uint32_t> right;
      if (labelled)
        right = taught->questions[same].articles;
      else
        right = {taught->own[same - taught->questions.size()]};
      const bool unanswerable = labelled && taught->questions[same].unanswerable();
      auto it = std::find_if(sorted.rows.begin(), sorted.rows.end(),
                             [&](const auto& c) { return std::ranges::find(right, c.article) != right.end(); });
      if (it == sorted.rows.end() && !right.empty()) { // neither words nor guess know it
        sorted.rows.push_back({right.front(), {}, 0, 0, 0, 0});
        it = sorted.rows.end() - 1;
      }
      if (unanswerable || it != sorted.rows.end()) {
        out.repeats = labelled ? taught->questions[same].text : p.articles[right.front()].title;
        out.settled = true, out.certainty = 1;
        confidence = unanswerable ? 1 - repeats_are_right : std::max(confidence, repeats_are_right);
        if (it != sorted.rows.end()) {
          it->score = std::max(it->score, sorted.rows.front().score);
          std::rotate(sorted.rows.begin(), it, it + 1);
        }
      }
    }
  out.found = answer_of(sorted.rows, most, confidence, policy_.limits);
  choose_passages(p, out.found, terms, out.guess);
  for (auto& h : out.found.hits)
    for (const auto& c : sorted.rows)
      if (c.article == h.article) h.guessed = c.cosine;
  return out;
}

found knowledge_index::second_look(const looked& first, std::span<const float> vector, std::size_t most) const {
  const auto& p = *parts_;
  const auto sorted = ranked(p, speaking(), first, vector, policy_.encoded);
  auto out =
      answer_of(sorted.rows, most, policy_.encoded_confidence(features_of(sorted, first.ceiling)), policy_.limits);
  choose_passages(p, out, terms_of(first.query, p.language, 256), vector);
  for (auto& h : out.hits) {
    for (const auto& c : sorted.rows)
      if (c.article == h.article) h.dense = c.cosine;
    if (first.guess.size() == p.vectors.dimension())
      for (auto row = p.ranges[h.article].first; row < p.ranges[h.article].second; ++row)
        h.guessed = std::max(h.guessed, static_cast<double>(dot(first.guess, p.vectors.row(row))));
  }
  return out;
}

std::shared_ptr<const knowledge_index> knowledge_index::taught(std::span<const asked> questions,
                                                               const embeddings& vectors, teaching how) const {
  const auto& p = *parts_;
  auto t = std::make_shared<taught_questions>();
  t->speaks = how == teaching::full;
  std::unordered_map<std::string, std::size_t> by_reading;
  guess_lessons lessons;
  lessons.rows.dimension = vectors.dimension;
  std::unordered_map<std::string_view, std::uint32_t> by_id;
  for (std::uint32_t a = 0; a < p.articles.size(); ++a) by_id.emplace(p.articles[a].id, a);
  for (std::size_t i = 0; i < questions.size(); ++i) {
    taught_question q;
    q.text = questions[i].question.substr(0, 4096);
    q.expected = questions[i].expected;
    for (const auto& id : q.expected)
      if (const auto it = by_id.find(id); it != by_id.end()) q.articles.push_back(it->second);
    q.terms = terms_of(q.text, p.language, 256);
    const auto [it, fresh] = by_reading.emplace(reading_of(q.terms, q.text), t->questions.size());
    if (!fresh) {
      auto& first = t->questions[it->second];
      first.expected.insert(first.expected.end(), q.expected.begin(), q.expected.end());
      first.articles.insert(first.articles.end(), q.articles.begin(), q.articles.end());
      continue;
    }
    lessons.texts.push_back(q.text);
    if (vectors.rows() > i) {
      const auto row = vectors.row(i);
      lessons.rows.values.insert(lessons.rows.values.end(), row.begin(), row.end());
    }
    t->questions.push_back(std::move(q));
  }
  for (const auto& q : t->questions) {
    t->repeated.add(q.terms);
    t->any_unanswerable = t->any_unanswerable || q.unanswerable();
  }
  for (std::uint32_t a = 0; a < p.articles.size(); ++a) {
    const auto add = [&](const std::string& text) {
      t->repeated.add(terms_of(text, p.language, 256));
      t->own.push_back(a);
    };
    add(p.articles[a].title);
    for (const auto& text : p.articles[a].questions) add(text);
  }
  t->repeated.finish(t->questions.size());
  if (p.guess && t->speaks) {
    t->guess = p.guess->taught(p.lessons, lessons, t->unseen);
  } else if (p.guess) {
    t->guess = p.guess;
    t->unseen.dimension = p.guess->dimension();
    for (const auto& q : t->questions) std::ranges::copy((*p.guess)(q.text), std::back_inserter(t->unseen.values));
  }
  // Without an encoder questions are compared with the guess of each other.
  auto rows = lessons.rows.rows() == t->questions.size() ? std::move(lessons.rows) : t->unseen;
  if (rows.dimension != p.vectors.dimension()) rows = {};
  auto index = vector_index::build(rows.dimension, std::move(rows.values));
  if (index) t->vectors = std::move(*index);
  for (std::size_t r = 0; r < t->vectors.rows(); ++r) t->nearness.push_back(dot(p.near_to, t->vectors.row(r)));
  // Where questions that repeat each other are labelled apart, a repetition proves nothing.
  double repeats = 0, right = 0;
  for (std::size_t i = 0; i < t->questions.size(); ++i) {
    const auto& q = t->questions[i];
    const auto same = t->repeated.find(q.terms, i);
    if (same >= t->questions.size()) continue; // none, or an article's own
    const auto& other = t->questions[same];
    ++repeats;
    right += std::find_first_of(q.expected.begin(), q.expected.end(), other.expected.begin(), other.expected.end()) !=
                         q.expected.end() ||
                     (q.unanswerable() && other.unanswerable())
                 ? 1
                 : 0;
  }
  t->trusts_repeats = (right + 4.5) / (repeats + 5) >= 0.9;
  std::shared_ptr<knowledge_index> out(new knowledge_index(*this));
  out->taught_ = std::move(t);
  return out;
}

std::shared_ptr<const knowledge_index> taught_and_fitted(const knowledge_index& index, std::span<const asked> questions,
                                                         const embeddings& vectors, bool encoder,
                                                         const decision_limits& limits) {
  auto policy = encoder ? default_policy() : words_only_policy();
  const auto out = index.taught(questions, vectors);
  const auto evidence = out->evidence_of_taught();
  if (!evidence.empty() && (encoder || evidence.size() >= fit_options{}.fewest)) policy = fit_policy(evidence);
  policy.limits = limits;
  return out->with(policy);
}

const taught_questions* knowledge_index::speaking() const {
  return taught_ != nullptr && taught_->speaks ? taught_.get() : nullptr;
}

std::vector<labelled_question> knowledge_index::evidence_of_taught() const {
  std::vector<labelled_question> all;
  if (taught_ == nullptr) return all;
  const auto& p = *parts_;
  const auto& t = *taught_;
  for (std::size_t i = 0; i < t.questions.size(); ++i) {
    const auto& q = t.questions[i];
    std::vector<std::string> terms;
    const auto first = read(p, q.text, terms);
    labelled_question out;
    out.ceiling = first.ceiling;
    out.answerable = !q.unanswerable();
    std::unordered_map<std::uint32_t, std::size_t> at;
    const auto slot = [&](std::uint32_t article) -> labelled_candidate& {
      const auto [it, fresh] = at.emplace(article, out.candidates.size());
      if (fresh) {
        out.candidates.emplace_back();
        out.candidates.back().right = std::find(q.articles.begin(), q.articles.end(), article) != q.articles.end();
      }
      return out.candidates[it->second];
    };
    const auto guess = t.unseen.rows() > i ? std::span<const float>(t.unseen.row(i)) : std::span<const float>();
    const auto vector = has_encoder() && t.vectors.rows() > i ? t.vectors.row(i) : guess;
    const auto by_guess = gather(p, speaking(), first.lexical, guess, nearness::taken_off, i);
    const auto by_vector = gather(p, speaking(), first.lexical, vector, nearness::taken_off, i);
    out.refused_guessed = by_guess.refused, out.refused_encoded = by_vector.refused;
    for (const auto& c : by_guess.rows) {
      auto& s = slot(c.article);
      s.guessed = c.seen, s.cosine_guessed = c.cosine, s.in_guessed = true;
    }
    for (const auto& c : by_vector.rows) {
      auto& s = slot(c.article);
      s.encoded = c.seen, s.cosine_encoded = c.cosine, s.in_encoded = true;
    }
    all.push_back(std::move(out));
  }
  return all;
}

std::vector<std::uint32_t> knowledge_index::by_words(const looked& first, std::size_t most) const {
  std::vector<std::uint32_t> out;
  for (std::size_t i = 0; i < std::min(most, first.lexical.size()); ++i) out.push_back(first.lexical[i].first);
  return out;
}

// What the encoder finds with nothing tuned: similarity to title, to the whole and to the best passage, summed.
std::vector<std::uint32_t> knowledge_index::by_vector(std::span<const float> vector, std::size_t most) const {
  const auto& p = *parts_;
  auto sorted = gather(p, nullptr, {}, vector, nearness::kept).rows;
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

std::vector<std::string> knowledge_index::words_shared(std::string_view question, std::uint32_t article,
                                                       std::size_t most) const {
  const auto& words = parts_->words;
  std::vector<std::pair<float, std::string>> shared;
  const auto take = [&](std::string shown, std::span<const std::string> terms) {
    const auto held = std::ranges::any_of(terms, [&](const auto& t) { return words.holds(t, article); });
    const auto same = std::ranges::any_of(shared, [&](const auto& s) { return s.second == shown; });
    if (held && !same) shared.emplace_back(-words.ceiling(terms), std::move(shown));
  };
  for (std::size_t at = 0; at < question.size();) {
    const auto end = std::min(question.find_first_of(" \t\n\r", at), question.size());
    const auto terms = terms_of(question.substr(at, end - at), parts_->language, 256);
    if (terms.size() == 1) {
      constexpr std::string_view around = ".,;:!?\"'()";
      auto word = question.substr(at, end - at);
      word.remove_prefix(std::min(word.find_first_not_of(around), word.size()));
      word = word.substr(0, word.find_last_not_of(around) + 1);
      take(std::string(word), terms);
    } else { // a writing without blanks, or several words in one
      for (const auto& term : terms) take(term, {&term, 1});
    }
    at = end + 1;
  }
  std::ranges::stable_sort(shared, {}, [](const auto& s) { return s.first; });
  std::vector<std::string> out;
  for (auto& [weight, word] : shared)
    if (out.size() < most) out.push_back(std::move(word));
  return out;
}

hit knowledge_index::picked_answer(std::uint32_t article, std::uint32_t passage, std::string_view question) const {
  const auto& all = parts_->passages[article];
  hit out;
  out.article = article, out.score = 1;
  out.passage = std::min(passage, static_cast<std::uint32_t>(std::max<std::size_t>(1, all.size()) - 1));
  if (question.empty() || all.size() < 2) return out;
  const auto first = first_look(question);
  const auto terms = terms_of(first.query, parts_->language, 256);
  auto score = fitting(*parts_, article, terms, first.guess);
  score[out.passage] = std::max(score[out.passage], *std::ranges::max_element(score));
  out.said = answer_parts(all, score);
  add_lead(*parts_, article, terms, out.said);
  return out;
}

candidate knowledge_index::candidate_of(const hit& h, bool with_text) const {
  const auto& a = parts_->articles[h.article];
  const auto& all = parts_->passages[h.article];
  candidate out;
  out.article = a.id, out.title = a.title, out.source = a.source, out.score = h.score;
  if (h.passage < all.size()) {
    out.passage = all[h.passage].ordinal, out.heading = all[h.passage].heading;
    if (with_text) out.text = h.said.empty() ? all[h.passage].answer() : answer_text(all, h.said);
  }
  return out;
}

} // namespace steward
