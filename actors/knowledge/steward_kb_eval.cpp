// steward-kb-eval: 1. options; 2. questions and articles; 3. encoders and a budget for them; 4. an index per language;
// 5. what each way of looking finds; 6. fit and score out of fold; 7. print.
#include "actors/knowledge/article_reader.hpp"
#include "actors/knowledge/eval_input.hpp"
#include "actors/knowledge/evaluation.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <unistd.h>

namespace {

using namespace steward;
using clock_type = std::chrono::steady_clock;

constexpr const char* usage = R"(Usage: steward-kb-eval QUESTIONS.jsonl --articles PATH... [options]

How well does retrieval find the right article? Prints recall at 1 and 5 and the mean reciprocal rank of
  lexical  words alone (BM25)
  dense    the sentence encoder alone
  fused    both, with fitted weights
  gated    what the engine really does: words and a guessed vector answer where their margin is safe, the
           encoder is asked otherwise; "encoder" is the share of questions that asked it
Questions teach the index, and weights and gate are fitted, as in the engine, but always on other folds than the
question's own: it is asked by a customer whom the labels have never heard of. Questions with an empty "expected" tell how
often one that nothing answers is answered nevertheless. Needs no running engine.

  QUESTIONS.jsonl    lines of {"question": "...", "expected": ["id", ...], "language": "en"}; any of the ids is
                     right, the language may be left out
  --articles PATH    lines of {"id", "title", "text", "language"} ("question" and "answer" are taken for title and
                     text), or Markdown, HTML, CSV, or a folder of these; may be given again
  --json             one object: lexical, dense, fused, gated, each with recall_at_1, recall_at_5, mrr; encoder_share
  --models DIR       where bge-small-en-v15 and bge-small-zh-v15 lie (default: $STEWARD_CACHE/models, else
                     ~/.cache/steward/models)
  --seconds N        about how long the encoder may work on articles and questions (default 90); long texts are cut to fit
  --no-encoder       words and static table only
  --untaught         labelled questions fit weights and gate but do not teach the index, as if there were none like them
  --misses           also list on standard error each question that fused answers wrongly, and what was fitted
  --help             this text

Lines that cannot be used are told as file:line: message. Exit code: 0, 1 when the encoder failed, 2 for wrong use or files
with nothing to evaluate in them; with --json, why is told as {"error": {"code", "message"}} too.

Example: steward-kb-eval bench/faq_questions.jsonl --articles ../shared/data/faq/logingov/kb.en.jsonl
)";

struct settings {
  std::string questions;
  std::vector<std::string> articles;
  std::filesystem::path models;
  double seconds = 90;
  bool json = false, encoder = true, misses = false, untaught = false;
  decision_limits limits{0.6, 0.25}; // as a tenant has them who sets none
};

// 0: go on; otherwise the exit code plus one.
int read_options(int argc, char** argv, settings& s) {
  const auto wrong = [](const std::string& what) {
    std::fprintf(stderr, "steward-kb-eval: %s\nTry steward-kb-eval --help\n", what.c_str());
    return 3;
  };
  if (const char* cache = std::getenv("STEWARD_CACHE"))
    s.models = std::filesystem::path(cache) / "models";
  else if (const char* home = std::getenv("HOME"))
    s.models = std::filesystem::path(home) / ".cache/steward/models";
  for (int i = 1; i < argc; ++i) {
    std::string arg = argv[i];
    std::string inline_value;
    bool has_inline = false;
    if (const auto eq = arg.find('='); arg.starts_with("--") && eq != std::string::npos)
      inline_value = arg.substr(eq + 1), arg.resize(eq), has_inline = true;
    const auto value = [&](std::string& into) {
      if (has_inline)
        into = inline_value;
      else if (i + 1 < argc)
        into = argv[++i];
      else
        return false;
      return true;
    };
    std::string v;
    if (arg == "--help" || arg == "-h") return std::fputs(usage, stdout), 1;
    if (arg == "--json")
      s.json = true;
    else if (arg == "--no-encoder")
      s.encoder = false;
    else if (arg == "--misses")
      s.misses = true;
    else if (arg == "--untaught")
      s.untaught = true;
    else if (arg == "--articles") {
      if (!value(v)) return wrong("--articles needs a file or folder");
      s.articles.push_back(v);
    } else if (arg == "--models") {
      if (!value(v)) return wrong("--models needs a folder");
      s.models = v;
    } else if (arg == "--seconds") {
      if (!value(v)) return wrong("--seconds needs a number");
      char* end = nullptr;
      s.seconds = std::strtod(v.c_str(), &end);
      if (end == v.c_str() || *end != '\0' || !(s.seconds > 0 && s.seconds < 1e6))
        return wrong("--seconds needs a positive number, not '" + v + "'");
    } else if (arg.starts_with('-') && arg.size() > 1)
      return wrong("unknown option " + arg);
    else if (s.questions.empty())
      s.questions = arg;
    else
      return wrong("more than one question file: " + arg);
  }
  if (s.questions.empty()) return wrong("no question file");
  if (s.articles.empty()) return wrong("no --articles");
  return 0;
}

// Says why there are no figures; what it returns is the exit code.
int give_up(const settings& s, int code, const failure& why) {
  std::fprintf(stderr, "steward-kb-eval: %s\n", why.message.c_str());
  const nlohmann::ordered_json error{{"code", std::string(to_string(why.code))}, {"message", why.message}};
  if (s.json)
    std::printf("%s\n", nlohmann::ordered_json{{"error", error}}
                            .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
                            .c_str());
  return code;
}

void tell(const std::vector<std::string>& problems) {
  for (const auto& p : problems) std::fprintf(stderr, "%s\n", p.c_str());
}

struct meter {
  std::string what;
  bool terminal = ::isatty(2) == 1;
  std::mutex mutex;
  clock_type::time_point last{};
  void operator()(std::size_t done, std::size_t all) {
    const std::lock_guard guard(mutex);
    const auto now = clock_type::now();
    const auto pause = terminal ? std::chrono::milliseconds(200) : std::chrono::milliseconds(10'000);
    if (done < all && now - last < pause) return;
    last = now;
    std::fprintf(stderr, terminal ? "\r%s: %zu of %zu%s" : "%s: %zu of %zu%s", what.c_str(), done, all,
                 done >= all || !terminal ? "\n" : "");
  }
};

// Tokens a second of all cores together, measured on a short run; the first call compiles and is not counted.
double speed_of(embedder& encoder, std::size_t threads) {
  const std::vector<std::string> sample(32, "where is my order and when does it arrive please"); // about 12 tokens
  std::atomic<bool> bad{false};
  if (!encoder.embed(sample)) return 0;
  const auto begin = clock_type::now();
  std::vector<std::thread> crew;
  for (std::size_t i = 0; i < threads; ++i)
    crew.emplace_back([&] {
      if (!encoder.embed(sample)) bad = true;
    });
  for (auto& t : crew) t.join();
  const std::chrono::duration<double> took = clock_type::now() - begin;
  return bad ? 0 : 12.0 * 32 * static_cast<double>(threads) / std::max(took.count(), 1e-4);
}

result<embeddings> embed_questions(embedder& encoder, const std::vector<std::string>& texts, std::size_t threads) {
  embeddings out{encoder.dimension(), std::vector<float>(texts.size() * encoder.dimension())};
  std::vector<std::size_t> order(texts.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return texts[a].size() < texts[b].size(); });
  std::atomic<std::size_t> next{0}, done{0};
  std::mutex mutex;
  failure trouble{errc::ok, ""};
  meter progress{"questions embedded"};
  const auto work = [&] {
    for (constexpr std::size_t step = 32;;) {
      const auto begin = next.fetch_add(step);
      if (begin >= order.size()) return;
      const auto count = std::min(step, order.size() - begin);
      std::vector<std::string> part;
      for (std::size_t k = 0; k < count; ++k) part.push_back(texts[order[begin + k]].substr(0, 2048));
      const auto rows = encoder.embed(part);
      if (!rows) {
        const std::lock_guard guard(mutex);
        trouble = rows.error();
        next = order.size();
        return;
      }
      for (std::size_t k = 0; k < count; ++k)
        std::copy(rows->row(k).begin(), rows->row(k).end(), out.row(order[begin + k]).begin());
      progress(done.fetch_add(count) + count, order.size());
    }
  };
  std::vector<std::thread> crew;
  for (std::size_t i = 1; i < threads; ++i) crew.emplace_back(work);
  work();
  for (auto& t : crew) t.join();
  if (trouble.code != errc::ok) return trouble;
  return out;
}

void print(const evaluation& e, bool json) {
  const std::pair<const char*, const score_line*> lines[] = {
      {"lexical", &e.lexical}, {"dense", &e.dense}, {"fused", &e.fused}, {"gated", &e.gated}};
  if (json) {
    nlohmann::ordered_json out;
    const auto round = [](double v) { return std::round(v * 1e6) / 1e6; };
    for (const auto& [name, l] : lines)
      out[name] = {
          {"recall_at_1", round(l->recall_at_1)}, {"recall_at_5", round(l->recall_at_5)}, {"mrr", round(l->mrr)}};
    out["encoder_share"] = round(e.encoder_share);
    out["questions"] = e.questions;
    const auto outcome = [&](const char* name, const outcome_line& l, std::size_t count) {
      out[name] = {{"questions", count},
                   {"answered", round(l.answered)},
                   {"answered_right", round(l.answered_right)},
                   {"asked_which", round(l.chosen)},
                   {"asked_which_right", round(l.chosen_right)},
                   {"unknown", round(l.unknown)}};
    };
    outcome("answerable", e.answerable, e.questions);
    if (e.without_answer > 0) outcome("unanswerable", e.unanswerable, e.without_answer);
    if (e.with_text > 0)
      out["answers"] = {{"questions", e.with_text},
                        {"holds", round(e.answer_holds)},
                        {"bytes", static_cast<std::size_t>(e.answer_length)}};
    std::printf("%s\n", out.dump().c_str());
    return;
  }
  std::printf("%zu questions\n%-9s %8s %8s %8s\n", e.questions, "", "recall@1", "recall@5", "mrr");
  for (const auto& [name, l] : lines)
    std::printf("%-9s %7.1f%% %7.1f%% %8.3f\n", name, 100 * l->recall_at_1, 100 * l->recall_at_5, l->mrr);
  std::printf("encoder asked for %.1f%% of the questions\n", 100 * e.encoder_share);
  const auto& a = e.answerable;
  std::printf("of these %.1f%% are answered (%.1f%% of the answers are right), %.1f%% are asked what they mean (%.1f%% "
              "of these find it among what is offered), %.1f%% hear that it is not known\n",
              100 * a.answered, 100 * a.answered_right / std::max(a.answered, 1e-9), 100 * a.chosen,
              100 * a.chosen_right / std::max(a.chosen, 1e-9), 100 * a.unknown);
  if (e.with_text > 0)
    std::printf("of %zu answers from the right article %.1f%% hold what is asked for, in %.0f bytes each\n",
                e.with_text, 100 * e.answer_holds, e.answer_length);
  const auto& u = e.unanswerable;
  if (e.without_answer > 0)
    std::printf(
        "of %zu questions that nothing answers %.1f%% are answered, %.1f%% are asked what they mean, %.1f%% hear "
        "that it is not known\n",
        e.without_answer, 100 * u.answered, 100 * u.chosen, 100 * u.unknown);
}

// What fused answers wrongly, out of fold, and what is fitted on all questions.
void tell_misses(const knowledge_index& index, std::span<const asked> questions, const embeddings& vectors,
                 const evaluation& e) {
  for (const auto i : e.missed) std::fprintf(stderr, "missed: %s\n", questions[i].question.c_str());
  const auto policy = fit_policy(index.taught(questions, vectors)->evidence_of_taught());
  const auto tell_all = [](const char* what, std::span<const double> v) {
    std::fprintf(stderr, "%s", what);
    for (const auto x : v) std::fprintf(stderr, " %.2f", x);
    std::fprintf(stderr, "\n");
  };
  tell_all("weights of the second look (title, whole, passage, words, labelled questions):", policy.encoded.of);
  tell_all("weights of the first look:", policy.guessed.of);
  tell_all("confidence of the second look (constant, margin, cosine, coverage, refused):",
           policy.encoded_confidence.of);
  tell_all("confidence of the first look:", policy.guessed_confidence.of);
  std::fprintf(stderr, "gate: settled from %.4f\n", policy.gate.settled_from);
}

} // namespace

int main(int argc, char** argv) {
  settings s;
  if (const int stop = read_options(argc, argv, s); stop != 0) return stop - 1;
  const auto begin = clock_type::now();

  auto asking = read_questions(s.questions);
  tell(asking.problems);
  std::vector<article> articles;
  std::vector<std::string> article_problems;
  for (const auto& path : s.articles) {
    auto read = read_articles(path);
    tell(read.problems);
    std::move(read.problems.begin(), read.problems.end(), std::back_inserter(article_problems));
    std::move(read.articles.begin(), read.articles.end(), std::back_inserter(articles));
  }
  auto groups = by_language(std::move(articles));
  std::map<std::string, std::set<std::string>> ids;
  std::size_t article_count = 0;
  for (const auto& [language, list] : groups)
    for (const auto& a : list) ids[language].insert(a.id), ++article_count;

  std::map<std::string, std::vector<asked>> questions;
  std::size_t unknown = 0, question_count = 0;
  for (auto& q : asking.questions) {
    if (q.expected.empty()) {
      auto language = groups.count(q.language) != 0 ? q.language : script_language(q.question);
      if (groups.count(language) == 0 && !groups.empty()) language = groups.begin()->first;
      questions[language].push_back(std::move(q));
      continue;
    }
    const auto knows = [&](const std::string& language) {
      const auto it = ids.find(language);
      return it != ids.end() && std::any_of(q.expected.begin(), q.expected.end(),
                                            [&](const auto& id) { return it->second.count(id) != 0; });
    };
    std::string language = knows(q.language)                    ? q.language
                           : knows(script_language(q.question)) ? script_language(q.question)
                                                                : "";
    for (auto it = ids.begin(); language.empty() && it != ids.end(); ++it)
      if (knows(it->first)) language = it->first;
    if (language.empty() && ++unknown <= 5)
      std::fprintf(stderr, "%s: no article '%s', which \"%s\" expects; it counts as missed\n", s.questions.c_str(),
                   q.expected.front().c_str(), q.question.substr(0, 60).c_str());
    if (language.empty() && !groups.empty())
      language = groups.count(script_language(q.question)) != 0 ? script_language(q.question) : groups.begin()->first;
    if (!language.empty()) questions[language].push_back(std::move(q)), ++question_count;
  }
  if (unknown > 5)
    std::fprintf(stderr, "%s: %zu questions in all expect articles that are not there\n", s.questions.c_str(), unknown);
  if (question_count == 0 || article_count == 0) {
    const auto& problems = article_count == 0 ? article_problems : asking.problems;
    return give_up(s, 2,
                   {errc::bad_request, std::string(article_count == 0 ? "no articles" : "no questions") +
                                           (problems.empty() ? "" : ": " + problems.front())});
  }

  const auto threads = std::max<std::size_t>(1, std::thread::hardware_concurrency());
  std::optional<evaluation> result;
  for (auto& [language, list] : groups) {
    const auto& group = questions[language];
    if (group.empty()) continue;
    std::fprintf(stderr, "%s: %zu articles, %zu questions\n", language.c_str(), list.size(), group.size());
    const auto model = s.models / (language == "zh" ? "bge-small-zh-v15" : "bge-small-en-v15");
    index_sources sources;
    sources.threads = threads;
    if (auto table = make_static_embedder(model))
      sources.table = std::move(*table);
    else
      std::fprintf(stderr, "steward-kb-eval: %s\n", table.error().message.c_str());
    std::vector<std::string> texts;
    for (const auto& q : group) texts.push_back(q.question);
    if (s.encoder) {
      auto encoder = make_openvino_embedder(model, {.workers = threads});
      if (encoder) {
        sources.encoder = std::move(*encoder);
        const auto speed = speed_of(*sources.encoder, threads);
        double asked_tokens = 0;
        for (const auto& t : texts) asked_tokens += 4 + static_cast<double>(t.size()) / (language == "zh" ? 3.0 : 4.5);
        const auto share = static_cast<double>(list.size()) / static_cast<double>(article_count);
        // Real texts do not fill their shapes as well as the sample does.
        const auto budget = std::max(0.2 * s.seconds * speed * share, 0.75 * s.seconds * speed * share - asked_tokens);
        sources.token_budget = std::max<std::size_t>(static_cast<std::size_t>(budget), 16 * list.size());
      } else {
        std::fprintf(stderr, "steward-kb-eval: %s\n", encoder.error().message.c_str());
      }
    }
    meter progress{"article texts embedded"};
    sources.progress = [&](std::size_t done, std::size_t all) { progress(done, all); };
    const auto index = knowledge_index::build(language, std::move(list), sources);
    if (!index) return give_up(s, 1, index.error());
    embeddings vectors;
    if (sources.encoder) {
      auto rows = embed_questions(*sources.encoder, texts, threads);
      if (!rows) return give_up(s, 1, rows.error());
      vectors = std::move(*rows);
    }
    const auto here = evaluate(**index, group, vectors, s.limits, s.untaught ? teaching::weights_only : teaching::full);
    result = result ? merged(*result, here) : here;
    if (s.misses) tell_misses(**index, group, vectors, here);
  }
  print(*result, s.json);
  const std::chrono::duration<double> took = clock_type::now() - begin;
  std::fprintf(stderr, "took %.1f s\n", took.count());
  return 0;
}
