#include "actors/knowledge/evaluation.hpp"

#include "storage/text_index.hpp"

#include <algorithm>
#include <map>

namespace steward {
namespace {

constexpr std::size_t deepest = 100;
constexpr std::size_t most_offered = 3; // as the engine does

bool right(const knowledge_index& index, const asked& q, std::uint32_t article) {
  return std::ranges::find(q.expected, index.articles()[article].id) != q.expected.end();
}

void count(score_line& line, const knowledge_index& index, const asked& q, std::span<const std::uint32_t> order) {
  const auto it = std::ranges::find_if(order, [&](auto article) { return right(index, q, article); });
  if (it == order.end()) return;
  const auto rank = static_cast<std::size_t>(it - order.begin()) + 1;
  line.recall_at_1 += rank == 1 ? 1 : 0;
  line.recall_at_5 += rank <= 5 ? 1 : 0;
  line.mrr += 1.0 / static_cast<double>(rank);
}

std::vector<std::uint32_t> order_of(const found& f) {
  std::vector<std::uint32_t> out;
  for (const auto& h : f.hits) out.push_back(h.article);
  return out;
}

void count(outcome_line& line, const knowledge_index& index, const asked& q, const found& f) {
  line.answered += f.outcome == verdict::answer ? 1 : 0;
  line.chosen += f.outcome == verdict::choose ? 1 : 0;
  line.unknown += f.outcome == verdict::unknown ? 1 : 0;
  line.answered_right += f.outcome == verdict::answer && right(index, q, f.hits.front().article) ? 1 : 0;
  if (f.outcome != verdict::choose) return;
  const auto offered = std::min<std::size_t>(f.hits.size(), most_offered);
  line.chosen_right += std::any_of(f.hits.begin(), f.hits.begin() + static_cast<std::ptrdiff_t>(offered),
                                   [&](const auto& h) { return right(index, q, h.article); })
                           ? 1
                           : 0;
}

// The fold of each question: a stride, since questions about one article tend to stand together; questions that read
// the same follow their first.
std::vector<std::size_t> folds_of(const knowledge_index& index, std::span<const asked> questions, std::size_t folds) {
  std::map<std::vector<std::string>, std::size_t> known;
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < questions.size(); ++i)
    out.push_back(known.emplace(terms_of(questions[i].question, index.language(), 256), i % folds).first->second);
  return out;
}

template <class F>
void over_lines(evaluation& e, F f) {
  for (auto* line : {&e.lexical, &e.dense, &e.fused, &e.gated})
    for (auto* value : {&line->recall_at_1, &line->recall_at_5, &line->mrr}) f(*value, e.questions);
  f(e.encoder_share, e.questions);
  f(e.answer_holds, e.with_text), f(e.answer_length, e.with_text);
  for (auto* value : {&e.answerable.answered, &e.answerable.chosen, &e.answerable.unknown, &e.answerable.answered_right,
                      &e.answerable.chosen_right})
    f(*value, e.questions);
  for (auto* value :
       {&e.unanswerable.answered, &e.unanswerable.chosen, &e.unanswerable.unknown, &e.unanswerable.answered_right})
    f(*value, e.without_answer);
}

void scale(evaluation& e, bool to_shares) {
  over_lines(e, [&](double& value, std::size_t all) {
    const auto n = static_cast<double>(std::max<std::size_t>(all, 1));
    value = to_shares ? value / n : value * n;
  });
}

} // namespace

evaluation evaluate(const knowledge_index& index, std::span<const asked> questions, const embeddings& vectors,
                    const decision_limits& limits, teaching how, std::size_t folds) {
  evaluation out;
  out.encoder_share = 0;
  folds = std::max<std::size_t>(2, std::min(folds, questions.size()));
  const auto fold_of = folds_of(index, questions, folds);
  const bool encoded = index.has_encoder() && vectors.rows() == questions.size();
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<asked> others;
    embeddings rows{vectors.dimension, {}};
    for (std::size_t i = 0; i < questions.size(); ++i) {
      if (fold_of[i] == fold) continue;
      others.push_back(questions[i]);
      if (encoded) std::ranges::copy(vectors.row(i), std::back_inserter(rows.values));
    }
    const auto taught = index.taught(others, rows, how);
    auto policy = fit_policy(taught->evidence_of_taught());
    policy.limits = limits;
    const auto asking = taught->with(policy);
    for (std::size_t i = 0; i < questions.size(); ++i) {
      if (fold_of[i] != fold) continue;
      const auto& q = questions[i];
      const auto look = asking->first_look(q.question, deepest);
      const auto vector = encoded ? std::span<const float>(vectors.row(i)) : std::span<const float>(look.guess);
      const auto second = encoded ? asking->second_look(look, vector, deepest) : look.found;
      const auto& gated = look.settled || !encoded ? look.found : second;
      if (q.expected.empty()) {
        ++out.without_answer;
        count(out.unanswerable, *asking, q, gated);
        continue;
      }
      ++out.questions;
      const auto fused = order_of(second);
      count(out.lexical, *asking, q, asking->by_words(look, deepest));
      count(out.dense, *asking, q, asking->by_vector(vector, deepest));
      count(out.fused, *asking, q, fused);
      count(out.gated, *asking, q, order_of(gated));
      count(out.answerable, *asking, q, gated);
      if (!q.holds.empty() && !gated.hits.empty() && right(*asking, q, gated.hits.front().article)) {
        const auto text = asking->candidate_of(gated.hits.front(), true).text;
        ++out.with_text;
        out.answer_length += static_cast<double>(text.size());
        out.answer_holds +=
            std::ranges::any_of(q.holds, [&](const auto& x) { return text.find(x) != text.npos; }) ? 1 : 0;
      }
      out.encoder_share += look.settled || !encoded ? 0 : 1;
      if (fused.empty() || !right(*asking, q, fused.front())) out.missed.push_back(i);
    }
  }
  std::ranges::sort(out.missed);
  scale(out, true);
  return out;
}

evaluation merged(const evaluation& a, const evaluation& b) {
  auto one = a, two = b;
  scale(one, false), scale(two, false);
  std::vector<double> values;
  over_lines(two, [&](double& value, std::size_t) { values.push_back(value); });
  auto next = values.begin();
  over_lines(one, [&](double& value, std::size_t) { value += *next++; });
  one.questions += two.questions, one.without_answer += two.without_answer;
  one.with_text += two.with_text;
  one.missed.clear();
  scale(one, true);
  return one;
}

} // namespace steward
