// steward-nlu evaluate: how well intents are understood, on texts that were not learnt from. 1. files; 2. the encoder
// that fits their language; 3. vectors of all texts; 4. rounds (a test set, folds, or shots with several seeds): learn,
// understand, judge; 5. speed on unseen texts; 6. print.
#include "actors/understanding/intents/examples.hpp"
#include "actors/understanding/intents/intent_evaluation.hpp"
#include "actors/understanding/intents/normal_text.hpp"
#include "actors/understanding/steward_nlu.hpp"
#include "actors/understanding/vector_cache.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <random>
#include <thread>
#include <unistd.h>
#include <unordered_map>

namespace steward {
namespace {

constexpr std::size_t most_intents = 2000; // learning takes time and memory for each

using clock_type = std::chrono::steady_clock;

double seconds_since(clock_type::time_point begin) {
  return std::chrono::duration<double>(clock_type::now() - begin).count();
}

struct evaluate_options {
  std::string train, test, out_of_scope, models, cache, language = "auto";
  std::size_t shots = 0, seeds = 3, folds = 5;
  std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  bool json = false, no_encoder = false, misses = false, names = false;
};

// A text with its truth; intents are numbered over all files together.
struct labelled {
  std::string text;
  std::uint32_t intent = 0;
};

struct bench_set {
  std::vector<std::string> names;
  std::vector<labelled> train, test;
  std::vector<std::string> known_strangers, strangers;
};

// Everything with vectors, which are found by text.
struct vector_shelf {
  std::unique_ptr<embedder> encoder;
  embeddings vectors;
  std::unordered_map<std::string, std::size_t> row;

  embeddings of(std::span<const std::string> texts) const {
    embeddings out{vectors.dimension, {}};
    if (!encoder) return out;
    for (const auto& t : texts) {
      const auto r = vectors.row(row.at(t));
      out.values.insert(out.values.end(), r.begin(), r.end());
    }
    return out;
  }
};

struct tally {
  std::vector<judged> all;
  std::vector<double> accuracy, macro_f1; // per round
  std::size_t strangers = 0, refused = 0;
  double learning_s = 0, words_learning_s = 0;
  std::size_t rounds = 0, learnt = 0, lexical_bytes = 0;
  double messages_per_s = 0, encoder_per_s = 0, lexical_per_s = 0;
  std::vector<float> weights, alone;
};

// Texts that the model has not seen go through the cascade in portions, as they would wait at a busy engine; nothing is
// taken from the cache. The encoder alone gets the same texts in the same portions right after.
void measure_speed(const intent_model& model, std::span<const labelled> unseen, embedder* encoder, tally& t) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < unseen.size() && texts.size() < 384; i += std::max<std::size_t>(1, unseen.size() / 384))
    texts.push_back(unseen[i].text);
  if (texts.empty()) return;
  const auto in_portions = [&](auto&& use) {
    const auto begin = clock_type::now();
    for (std::size_t i = 0; i < texts.size(); i += 64)
      use(std::span(texts).subspan(i, std::min<std::size_t>(64, texts.size() - i)));
    return static_cast<double>(texts.size()) / std::max(seconds_since(begin), 1e-9);
  };
  const auto encode = [&](std::span<const std::string> some) { return encoder->embed(some); };
  if (encoder != nullptr) {
    static_cast<void>(encode(std::span(texts).first(std::min<std::size_t>(64, texts.size())))); // shapes get ready
    t.encoder_per_s = in_portions([&](auto some) { static_cast<void>(encode(some)); });
  }
  t.messages_per_s = in_portions([&](auto some) { static_cast<void>(model.understand(some, encode)); });
  intent_model::scratch s;
  const auto begin = clock_type::now();
  std::size_t count = 0;
  while (seconds_since(begin) < 0.3)
    for (const auto& text : texts) static_cast<void>(model.first_look(text, s)), ++count;
  t.lexical_per_s = static_cast<double>(count) / seconds_since(begin);
}

// What the engine does first with new intents: words alone, on one thread.
result<double> seconds_for_words(lessons l, lessons strangers, std::uint64_t seed) {
  l.vectors = l.names = strangers.vectors = {};
  const auto begin = clock_type::now();
  const auto model = intent_model::learn(l, strangers, {.threads = 1, .seed = seed});
  if (!model) return model.error();
  return seconds_since(begin);
}

lessons lessons_of(std::span<const labelled> train, const bench_set& set, const vector_shelf& shelf,
                   std::vector<std::uint32_t>& number, bool names_alone) {
  lessons l;
  number.assign(set.names.size(), UINT32_MAX);
  std::vector<std::string> raw, names;
  std::vector<bool> there(set.names.size(), false);
  for (const auto& e : train) there[e.intent] = true;
  for (std::size_t k = 0; k < set.names.size(); ++k) {
    if (!there[k]) continue;
    number[k] = static_cast<std::uint32_t>(l.intents++);
    l.name_texts.push_back(words_of_name(set.names[k]));
  }
  for (const auto& e : train) {
    raw.push_back(e.text);
    l.texts.push_back(normal_text(e.text));
    l.intent.push_back(number[e.intent]);
  }
  l.vectors = shelf.of(raw);
  l.names = shelf.of(l.name_texts);
  if (names_alone) {
    l.texts = l.name_texts, l.vectors = l.names;
    l.intent.resize(l.intents), l.told.assign(l.intents, true);
    std::iota(l.intent.begin(), l.intent.end(), 0U);
  }
  return l;
}

status run_round(const evaluate_options& o, const bench_set& set, const vector_shelf& shelf,
                 std::span<const labelled> train, std::span<const labelled> test, std::uint64_t seed, bool last,
                 tally& t) {
  std::vector<std::uint32_t> number;
  const auto l = lessons_of(train, set, shelf, number, o.names);
  lessons strangers;
  for (const auto& s : set.known_strangers) strangers.texts.push_back(normal_text(s));
  strangers.vectors = shelf.of(set.known_strangers);
  const auto begin = clock_type::now();
  auto model = intent_model::learn(l, strangers, {.threads = o.threads, .seed = seed});
  if (!model) return model.error();
  t.learning_s += seconds_since(begin);
  t.learnt += train.size();
  ++t.rounds;
  const auto encode = [&](std::span<const std::string> some) -> result<embeddings> { return shelf.of(some); };
  std::vector<std::string> asked;
  for (const auto& e : test) asked.push_back(e.text);
  const auto heard = model->understand(asked, encode);
  if (!heard) return heard.error();
  std::vector<judged> here;
  std::vector<std::uint32_t> original(l.intents);
  for (std::size_t k = 0; k < number.size(); ++k)
    if (number[k] != UINT32_MAX) original[number[k]] = static_cast<std::uint32_t>(k);
  for (std::size_t i = 0; i < test.size(); ++i) {
    auto u = (*heard)[i];
    u.intent = original[u.intent], u.second = original[u.second];
    here.push_back({u, test[i].intent, model->stranger_threshold()});
    if (o.misses && u.intent != test[i].intent)
      std::fprintf(stderr, "missed: %s: %s, not %s (%.2f, %s)\n", test[i].text.c_str(),
                   set.names[test[i].intent].c_str(), set.names[u.intent].c_str(), static_cast<double>(u.confidence),
                   u.step == decided_by::words ? "words" : "encoder");
  }
  const auto score = score_of(here);
  t.accuracy.push_back(score.accuracy), t.macro_f1.push_back(score.macro_f1);
  t.all.insert(t.all.end(), here.begin(), here.end());
  const auto of_strangers = model->understand(set.strangers, encode);
  if (!of_strangers) return of_strangers.error();
  for (const auto& u : *of_strangers) t.refused += u.belongs < model->stranger_threshold();
  t.strangers += of_strangers->size();
  t.lexical_bytes = model->lexical_bytes();
  t.weights.assign(model->voice_weights().begin(), model->voice_weights().end());
  t.alone.assign(model->voice_accuracy().begin(), model->voice_accuracy().end());
  if (last) {
    measure_speed(*model, test, shelf.encoder.get(), t);
    const auto words = seconds_for_words(l, strangers, seed);
    if (!words) return words.error();
    t.words_learning_s = *words;
  }
  std::fprintf(stderr, "round %zu: %.2f %% right\n", t.rounds, 100 * score.accuracy);
  return success();
}

// At most `shots` examples of each intent; the others go to `rest`.
std::vector<labelled> few(std::span<const labelled> from, std::size_t shots, std::uint64_t seed,
                          std::vector<labelled>& rest) {
  std::vector<labelled> mixed(from.begin(), from.end()), out;
  std::mt19937_64 random(seed);
  std::shuffle(mixed.begin(), mixed.end(), random);
  std::unordered_map<std::uint32_t, std::size_t> count;
  for (auto& e : mixed) (count[e.intent]++ < shots ? out : rest).push_back(std::move(e));
  return out;
}

status run_rounds(const evaluate_options& o, const bench_set& set, const vector_shelf& shelf, tally& t) {
  if (o.shots > 0) {
    for (std::size_t s = 1; s <= o.seeds; ++s) {
      std::vector<labelled> rest;
      const auto train = few(set.train, o.shots, s, rest);
      if (auto ok = run_round(o, set, shelf, train, o.test.empty() ? rest : set.test, s, s == o.seeds, t); !ok)
        return ok;
    }
    return success();
  }
  if (!o.test.empty()) return run_round(o, set, shelf, set.train, set.test, 1, true, t);
  std::vector<std::size_t> order(set.train.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::mt19937_64 random(1);
  std::shuffle(order.begin(), order.end(), random);
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return set.train[a].intent < set.train[b].intent; });
  for (std::size_t f = 0; f < o.folds; ++f) {
    std::vector<labelled> train, test;
    for (std::size_t i = 0; i < order.size(); ++i) {
      const auto intent = set.train[order[i]].intent;
      const auto is = [&](std::size_t k) { return k < order.size() && set.train[order[k]].intent == intent; };
      // The only example of its intent is never held out: nothing could find it.
      const bool alone = !is(i + 1) && (i == 0 || !is(i - 1));
      (i % o.folds == f && !alone ? test : train).push_back(set.train[order[i]]);
    }
    if (auto ok = run_round(o, set, shelf, train, test, f + 1, f + 1 == o.folds, t); !ok) return ok;
  }
  return success();
}

void print(const evaluate_options& o, const bench_set& set, const tally& t) {
  const auto s = score_of(t.all);
  const auto mean = [](const std::vector<double>& v) {
    return v.empty() ? 0.0 : std::accumulate(v.begin(), v.end(), 0.0) / static_cast<double>(v.size());
  };
  const auto round = [](double x, double by = 1e6) { return std::round(x * by) / by; };
  const auto rounds = static_cast<double>(std::max<std::size_t>(t.rounds, 1));
  // One pass over what was learnt, at the encoder's speed of this run, on all threads.
  const auto embedding_s =
      t.encoder_per_s > 0 ? static_cast<double>(t.learnt) / rounds / (t.encoder_per_s * static_cast<double>(o.threads))
                          : 0;
  // Over folds one score of all texts; over seeds the mean of the rounds' scores.
  const bool by_round = o.shots > 0;
  nlohmann::ordered_json out{{"accuracy", round(by_round ? mean(t.accuracy) : s.accuracy)},
                             {"macro_f1", round(by_round ? mean(t.macro_f1) : s.macro_f1)},
                             {"calibration_error", round(s.calibration_error)},
                             {"calibration_by_chance", round(s.calibration_by_chance)}};
  if (t.all.empty()) // strangers alone were judged
    for (const char* key : {"accuracy", "macro_f1", "calibration_error", "calibration_by_chance"}) out[key] = nullptr;
  if (t.strangers > 0)
    out["out_of_scope_recall"] = round(static_cast<double>(t.refused) / static_cast<double>(t.strangers));
  else
    out["out_of_scope_recall"] = nullptr;
  out["in_scope_kept"] = nullptr;
  if (!t.all.empty()) out["in_scope_kept"] = round(s.in_scope_kept);
  out["encoder_share"] = round(s.encoder_share);
  out["training_s"] = round(t.learning_s / rounds + embedding_s, 1e3);
  out["embedding_s"] = round(embedding_s, 1e3);
  out["learnt_texts"] = std::llround(static_cast<double>(t.learnt) / rounds);
  out["words_training_s"] = round(t.words_learning_s, 1e3);
  out["messages_per_s"] = round(t.messages_per_s, 10);
  out["encoder_messages_per_s"] = round(t.encoder_per_s, 10);
  out["lexical_messages_per_s"] = round(t.lexical_per_s, 1);
  out["lexical_bytes"] = t.lexical_bytes;
  out["intents"] = set.names.size();
  out["texts"] = t.all.size();
  out["rounds"] = t.rounds;
  out["voice_weights"] = t.weights;
  out["voice_accuracy"] = t.alone;
  if (o.json) {
    std::printf("%s\n", out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace).c_str());
    return;
  }
  for (const auto& [key, value] : out.items()) std::printf("%-24s %s\n", key.c_str(), value.dump().c_str());
}

// Files to one numbering.
status read_set(const evaluate_options& o, bench_set& set) {
  const auto read = [&](const std::string& name, intents_are needed, std::vector<example>& into) -> status {
    auto file = read_examples_of(name, needed);
    if (!file) return file.error();
    for (std::size_t i = 0; i < file->problems.size() && i < 20; ++i)
      std::fprintf(stderr, "%s\n", file->problems[i].c_str());
    if (file->problems.size() > 20)
      std::fprintf(stderr, "%s: %zu problems in all\n", name.c_str(), file->problems.size());
    into = std::move(file->examples);
    if (into.empty()) return failure{errc::bad_request, "no example in " + name};
    return success();
  };
  std::vector<example> train, test, strangers;
  if (auto ok = read(o.train, intents_are::required, train); !ok) return ok;
  if (!o.test.empty())
    if (auto ok = read(o.test, intents_are::required, test); !ok) return ok;
  if (!o.out_of_scope.empty())
    if (auto ok = read(o.out_of_scope, intents_are::ignored, strangers); !ok) return ok;
  auto all = train;
  all.insert(all.end(), test.begin(), test.end());
  const auto together = numbered(all);
  set.names = together.names;
  if (set.names.size() > most_intents)
    return failure{errc::too_large,
                   std::to_string(set.names.size()) + " intents in " + std::to_string(all.size()) + " texts, at most " +
                       std::to_string(most_intents) +
                       ": do the names of intents stand under \"intent\", and the texts under \"text\"?"};
  std::unordered_map<std::string, std::uint32_t> number;
  for (std::uint32_t k = 0; k < set.names.size(); ++k) number[set.names[k]] = k;
  for (auto& e : train)
    if (names_strangers(e.intent))
      set.known_strangers.push_back(std::move(e.text));
    else
      set.train.push_back({std::move(e.text), number[e.intent]});
  for (auto& e : test)
    if (names_strangers(e.intent))
      set.strangers.push_back(std::move(e.text));
    else
      set.test.push_back({std::move(e.text), number[e.intent]});
  for (auto& e : strangers) set.strangers.push_back(std::move(e.text));
  return success();
}

result<vector_shelf> fill_shelf(const evaluate_options& o, const bench_set& set) {
  vector_shelf shelf;
  if (o.no_encoder) return shelf;
  double cjk = 0;
  for (const auto& e : set.train) cjk += cjk_share(e.text);
  const bool chinese = o.language == "auto" ? cjk > 0.3 * static_cast<double>(set.train.size()) : o.language == "zh";
  const auto models = o.models.empty() ? cache_folder() / "models" : std::filesystem::path(o.models);
  auto encoder = make_openvino_embedder(models / (chinese ? "bge-small-zh-v15" : "bge-small-en-v15"),
                                        {.workers = o.threads, .max_tokens = 128, .pool = pooling::first});
  if (!encoder) {
    std::fprintf(stderr, "steward-nlu: %s; words alone decide\n", encoder.error().message.c_str());
    return shelf;
  }
  std::vector<std::string> texts;
  const auto add = [&](const std::string& text) {
    if (shelf.row.emplace(text, texts.size()).second) texts.push_back(text);
  };
  for (const auto* part : {&set.train, &set.test})
    for (const auto& e : *part) add(e.text);
  for (const auto* part : {&set.known_strangers, &set.strangers})
    for (const auto& t : *part) add(t);
  for (const auto& n : set.names) add(words_of_name(n));
  const auto cache = o.cache == "none" ? std::filesystem::path()
                     : o.cache.empty() ? cache_folder() / "vectors"
                                       : std::filesystem::path(o.cache);
  const bool terminal = ::isatty(2) == 1;
  auto vectors = vectors_of(texts, **encoder, cache, o.threads, [&](std::size_t done, std::size_t all) {
    if (terminal) std::fprintf(stderr, "\r%zu of %zu texts embedded%s", done, all, done == all ? "\n" : "");
  });
  if (!vectors) return vectors.error();
  shelf.encoder = std::move(*encoder);
  shelf.vectors = std::move(vectors->vectors);
  return shelf;
}

int evaluate(const evaluate_options& o) {
  bench_set set;
  if (const auto ok = read_set(o, set); !ok) return nlu_failed(ok.error(), o.json, 2);
  const auto shelf = fill_shelf(o, set);
  if (!shelf) return nlu_failed(shelf.error(), o.json, 1);
  tally t;
  if (const auto ok = run_rounds(o, set, *shelf, t); !ok) return nlu_failed(ok.error(), o.json, 1);
  if (t.all.empty() && t.strangers == 0)
    return nlu_failed({errc::bad_request, o.shots > 0
                                              ? "no text is left to judge: give --test, or fewer --shots than examples"
                                              : "no text is left to judge: give --test, or more examples"},
                      o.json, 1);
  print(o, set, t);
  return 0;
}

} // namespace

void add_nlu_evaluate(CLI::App& app, int& exit_code) {
  auto o = std::make_shared<evaluate_options>();
  auto* sub = app.add_subcommand("evaluate", "How well intents are understood, on texts that were not learnt from");
  sub->add_option("--train", o->train, "Lines of {\"text\", \"intent\"}; the intent \"oos\" marks what means none")
      ->required();
  sub->add_option("--test", o->test, "Lines of the same kind; without it the training texts are judged in folds");
  sub->add_option("--out-of-scope", o->out_of_scope, "Lines of {\"text\"} that mean none of the intents");
  sub->add_option("--shots", o->shots, "Learn from so many examples of each intent only")->check(CLI::Range(1, 100000));
  sub->add_option("--seeds", o->seeds, "So many choices of these, averaged (3)")->check(CLI::Range(1, 1000));
  sub->add_option("--folds", o->folds, "Without --test (5)")->check(CLI::Range(2, 100));
  sub->add_option("--language", o->language, "en or zh chooses the encoder; by default the script does")
      ->check(CLI::IsMember({"auto", "en", "zh"}));
  sub->add_option("--models", o->models, "Where the encoders lie ($STEWARD_CACHE/models)");
  sub->add_option("--cache", o->cache, "Folder of vectors seen before ($STEWARD_CACHE/vectors); none: keep nothing");
  sub->add_option("--threads", o->threads, "For learning and embedding")->check(CLI::Range(1, 256));
  sub->add_flag("--no-encoder", o->no_encoder, "Words alone");
  sub->add_flag("--names", o->names, "Learn from the intents' names alone, as before there are examples");
  sub->add_flag("--misses", o->misses, "Each text that is misunderstood, on standard error");
  sub->add_flag("--json", o->json, "One JSON object");
  sub->footer(
      "Examples:\n  steward-nlu evaluate --train train.jsonl --test test.jsonl --out-of-scope other.jsonl --json\n"
      "  steward-nlu evaluate --train train.jsonl --shots 10 --seeds 3 --json");
  sub->callback([o, &exit_code] { exit_code = evaluate(*o); });
}

} // namespace steward
