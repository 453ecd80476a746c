#include "actors/knowledge/index_builder.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace steward {
namespace {

constexpr float share_of_nearness = 0.5F;
constexpr std::size_t texts_per_call = 32;
constexpr std::size_t whole_tokens_about = 512;

// About how many tokens: a word piece has some five bytes of Latin writing, a Chinese character three bytes.
std::size_t tokens_about(std::string_view text) {
  std::size_t wide = 0;
  for (const char c : text) wide += static_cast<unsigned char>(c) >= 0xE3;
  return 2 + wide + (text.size() - std::min(text.size(), 3 * wide)) / 5;
}

// At most about `tokens` of the text, cut between characters.
std::string_view head_of(std::string_view text, std::size_t tokens) {
  auto bytes = text.size();
  while (bytes > 16 && tokens_about(text.substr(0, bytes)) > tokens) bytes = bytes * 4 / 5;
  while (bytes > 0 && bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

struct wanted {
  std::string text;
  row_source what;
  bool guessed = false; // no budget for it: the guess stands in for the encoder
};

struct plan {
  std::vector<wanted> rows;         // what the index holds
  std::vector<std::string> lessons; // more texts whose vectors only teach the guess
};

// Most useful first: titles, wholes, passages, sentences; what does not fit into the budget is not embedded.
plan planned(const knowledge_parts& p, std::size_t budget) {
  plan out;
  const auto articles = p.articles.size();
  std::size_t spent = 0;
  for (std::uint32_t i = 0; i < articles; ++i) {
    const auto title = [&](const std::string& text) {
      if (text.empty()) return;
      out.rows.push_back({std::string(head_of(text, 128)), {i, 0, row_kind::title}});
      spent += tokens_about(out.rows.back().text);
    };
    title(p.articles[i].title);
    for (const auto& q : p.articles[i].questions) title(q);
  }
  const auto left = [&] { return budget == 0 ? std::size_t(-1) : budget > spent ? budget - spent : 0; };
  const auto spend = [&](std::vector<wanted>& more, std::size_t floor) {
    // If all of them are too much, each gets a shorter head; below `floor` tokens it is not worth the encoder's time.
    std::size_t need = 0;
    for (const auto& w : more) need += tokens_about(w.text);
    if (need > left()) {
      const auto each = more.empty() ? 0 : left() / more.size();
      if (each < floor) {
        for (auto& w : more) {
          w.guessed = true;
          out.rows.push_back(std::move(w));
        }
        return;
      }
      for (auto& w : more) w.text = head_of(w.text, each);
    }
    for (auto& w : more) {
      spent += tokens_about(w.text);
      out.rows.push_back(std::move(w));
    }
  };
  std::vector<wanted> wholes, passages;
  for (std::uint32_t i = 0; i < articles; ++i) {
    const auto& title = p.articles[i].title;
    std::string whole = title;
    for (const auto& part : p.passages[i]) {
      if (!part.heading.empty()) whole += "\n" + part.heading;
      whole += "\n" + part.text;
      if (whole.size() > 8 * whole_tokens_about) break;
    }
    if (!p.passages[i].empty())
      wholes.push_back({std::string(head_of(whole, whole_tokens_about)), {i, 0, row_kind::whole}});
    if (p.passages[i].size() > 1)
      for (const auto& part : p.passages[i])
        passages.push_back({title + ". " + (part.heading.empty() ? "" : part.heading + ": ") + part.text,
                            {i, part.ordinal, row_kind::passage}});
  }
  spend(wholes, 32);
  spend(passages, 48);
  constexpr std::size_t most_lessons = 1'500;
  std::vector<std::string_view> sentences;
  for (const auto& article : p.passages)
    for (const auto& part : article)
      for (const auto s : sentences_of(part.text))
        if (s.size() >= 16) sentences.push_back(s);
  const auto step = std::max<std::size_t>(1, sentences.size() / most_lessons);
  for (std::size_t i = 0; i < sentences.size() && out.lessons.size() < most_lessons; i += step) {
    const auto tokens = tokens_about(sentences[i]);
    if (tokens > 96) continue;
    if (tokens > left()) break;
    spent += tokens;
    out.lessons.emplace_back(sentences[i]);
  }
  std::stable_sort(out.rows.begin(), out.rows.end(),
                   [](const wanted& a, const wanted& b) { return a.what.article < b.what.article; });
  return out;
}

// Vectors of all texts, each distinct text once, from the cache where it has them, on several threads.
result<embeddings> embed_all(const std::vector<std::string>& texts, const index_sources& sources) {
  auto& encoder = *sources.encoder;
  const auto width = encoder.dimension();
  embeddings out{width, std::vector<float>(texts.size() * width)};
  std::unordered_map<std::string_view, std::size_t> first;
  std::vector<std::size_t> missing, copy_of(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    copy_of[i] = first.emplace(texts[i], i).first->second;
    if (copy_of[i] != i) continue;
    if (!sources.cache.get || !sources.cache.get(encoder.name(), text_hash(texts[i]), out.row(i))) missing.push_back(i);
  }
  // Long ones first, so that no thread is left with a long one at the end; neighbours in length share a batch.
  std::sort(missing.begin(), missing.end(), [&](auto a, auto b) { return texts[a].size() > texts[b].size(); });
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::size_t done = 0;
  std::optional<failure> trouble;
  const auto work = [&] {
    for (;;) {
      const auto begin = next.fetch_add(texts_per_call);
      if (begin >= missing.size()) return;
      const auto count = std::min(texts_per_call, missing.size() - begin);
      std::vector<std::string> part;
      for (std::size_t k = 0; k < count; ++k) part.push_back(texts[missing[begin + k]]);
      auto rows = encoder.embed(part);
      const std::lock_guard guard(mutex);
      if (!rows || rows->dimension != width) {
        if (!trouble) trouble = rows ? failure{errc::corrupt, "the encoder changed its dimension"} : rows.error();
        next = missing.size();
        return;
      }
      for (std::size_t k = 0; k < count; ++k) {
        const auto row = rows->row(k);
        std::copy(row.begin(), row.end(), out.row(missing[begin + k]).begin());
        if (sources.cache.put) sources.cache.put(encoder.name(), text_hash(part[k]), row);
      }
      done += count;
      if (sources.progress) sources.progress(done, missing.size());
    }
  };
  std::vector<std::thread> crew;
  for (std::size_t i = 1; i < std::min(sources.threads, missing.size() / texts_per_call + 1); ++i)
    crew.emplace_back(work);
  work();
  for (auto& t : crew) t.join();
  if (trouble) return *trouble;
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (copy_of[i] != i) std::copy_n(out.row(copy_of[i]).begin(), width, out.row(i).begin());
  return out;
}

void measure_nearness(knowledge_parts& p) {
  const auto width = p.vectors.dimension();
  std::vector<float> mean(width);
  std::size_t titles = 0;
  for (std::size_t r = 0; r < p.rows.size(); ++r) {
    if (p.rows[r].kind != row_kind::title) continue;
    ++titles;
    for (std::size_t d = 0; d < width; ++d) mean[d] += p.vectors.row(r)[d];
  }
  for (auto& v : mean) v *= share_of_nearness / static_cast<float>(std::max<std::size_t>(titles, 1));
  for (std::size_t r = 0; r < p.rows.size(); ++r) p.nearness.push_back(dot(mean, p.vectors.row(r)));
  p.near_to = std::move(mean);
}

} // namespace

result<knowledge_parts> build_parts(std::string language, std::vector<article> articles, const index_sources& sources) {
  knowledge_parts p;
  p.words = text_index(language);
  p.language = std::move(language);
  std::erase_if(articles, [](const article& a) { return a.removed; });
  p.articles = std::move(articles);
  std::vector<std::string> documents;
  for (const auto& a : p.articles) {
    p.passages.push_back(passages_of(a.text));
    auto text = a.title;
    for (const auto& q : a.questions) text += "\n" + q;
    p.terms.emplace_back();
    for (const auto& part : p.passages.back()) {
      text += "\n" + part.heading + "\n" + part.text;
      auto& hashed = p.terms.back().emplace_back();
      for (const auto& term : terms_of(part.heading + "\n" + part.text, p.language)) hashed.push_back(text_hash(term));
      std::ranges::sort(hashed);
    }
    p.words.add(text);
    documents.push_back(std::move(text));
  }
  p.words.finish();

  auto todo = planned(p, sources.token_budget);
  p.ranges.resize(p.articles.size());
  std::vector<std::string> texts;   // for the encoder, if there is one: rows first, then lessons
  std::vector<std::string> guesses; // rows for the guess
  std::vector<bool> is_guess;
  const bool can_guess = sources.table != nullptr;
  for (auto& w : todo.rows) {
    const bool guessed = w.guessed || !sources.encoder;
    if (guessed && !can_guess) continue;
    auto& range = p.ranges[w.what.article];
    const auto at = static_cast<std::uint32_t>(p.rows.size());
    if (range.second == 0) range.first = at;
    range.second = at + 1;
    p.rows.push_back(w.what);
    is_guess.push_back(guessed);
    (guessed ? guesses : texts).push_back(std::move(w.text));
  }
  std::move(todo.lessons.begin(), todo.lessons.end(), std::back_inserter(texts));

  embeddings rows;
  if (sources.encoder) {
    auto made = embed_all(texts, sources);
    if (!made) return made.error();
    rows = std::move(*made);
    p.encoder = sources.encoder->name();
    if (can_guess) {
      const auto step = texts.size() / vector_guess::most_texts + 1;
      p.lessons.rows.dimension = rows.dimension;
      for (std::size_t i = 0; i < texts.size(); i += step) {
        p.lessons.texts.push_back(texts[i]);
        const auto row = rows.row(i);
        p.lessons.rows.values.insert(p.lessons.rows.values.end(), row.begin(), row.end());
      }
    }
  }
  if (can_guess) p.guess = vector_guess::fit(sources.table, documents, p.lessons);
  const auto width = p.guess ? p.guess->dimension() : rows.dimension;
  std::vector<float> values;
  values.reserve(p.rows.size() * width);
  std::size_t from_encoder = 0, from_guess = 0;
  for (const bool guessed : is_guess) {
    if (guessed) {
      const auto row = (*p.guess)(guesses[from_guess++]);
      values.insert(values.end(), row.begin(), row.end());
    } else {
      const auto row = rows.row(from_encoder++);
      values.insert(values.end(), row.begin(), row.end());
    }
  }
  auto vectors = vector_index::build(width, std::move(values));
  if (!vectors) return vectors.error();
  p.vectors = std::move(*vectors);
  measure_nearness(p);
  return p;
}

} // namespace steward
