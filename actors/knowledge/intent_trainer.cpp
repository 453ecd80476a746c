#include "actors/knowledge/intent_trainer.hpp"

#include "actors/log.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace steward {
namespace {

constexpr size_t kept_models = 16;
constexpr size_t quick_texts = 100; // new ones, which the encoder reads in a second or two: no words alone before
constexpr int niceness = 10;
constexpr size_t most_told = 50; // texts about an intent without examples

using clock_type = std::chrono::steady_clock;
double seconds_since(clock_type::time_point t) { return std::chrono::duration<double>(clock_type::now() - t).count(); }

std::string words_of(std::string name) {
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '_' || c == '-'; }, ' ');
  return name;
}

const std::vector<std::string>* examples_of(const tenant_intent& i, const std::string& language) {
  auto mine = i.examples.find(language);
  return mine == i.examples.end() || mine->second.empty() ? nullptr : &mine->second;
}

/// What is known of an intent that has no example in any language: its description, which is in the tenant's first
/// language, and the labelled questions that its article answers.
std::vector<std::string> told_of(const tenant_config& t, const tenant_intent& i, const std::string& language) {
  std::vector<std::string> out;
  if (!i.examples.empty()) return out;
  if (!t.languages.empty() && language == t.languages.front() && !i.description.empty())
    out = {words_of(i.name), i.description};
  auto article = i.article.find(language);
  if (article == i.article.end()) return out;
  for (auto& q : t.questions) {
    if (out.size() == most_told) break;
    if (q.language == language && std::find(q.expected.begin(), q.expected.end(), article->second) != q.expected.end())
      out.push_back(q.question);
  }
  return out;
}

/// With one intent alone nothing could be told apart.
bool is_taught(const tenant_config& t, const std::string& language) {
  return std::count_if(t.intents.begin(), t.intents.end(),
                       [&](auto& i) { return examples_of(i, language) || !told_of(t, i, language).empty(); }) >= 2;
}

} // namespace

std::shared_ptr<const served_intents> served_by(const tenant_config& t, const std::string& language,
                                                std::shared_ptr<const intent_reader> reader,
                                                std::shared_ptr<embedder> encoder) {
  auto out = std::make_shared<served_intents>();
  out->reader = std::move(reader), out->encoder = std::move(encoder);
  for (auto& i : t.intents)
    if (auto a = i.article.find(language); a != i.article.end()) out->article[i.name] = a->second;
  return out;
}

intent_lessons lessons_of(const tenant_config& t, const std::string& language) {
  intent_lessons out;
  for (auto& i : t.intents) {
    auto mine = examples_of(i, language);
    auto told = mine ? std::vector<std::string>() : told_of(t, i, language);
    if (!mine && told.empty()) continue;
    out.names.push_back(i.name), out.described.push_back(!mine);
    for (auto& text : mine ? *mine : told) {
      out.texts.push_back(text);
      out.intent.push_back(static_cast<uint32_t>(out.names.size() - 1));
    }
  }
  if (std::find(out.described.begin(), out.described.end(), true) == out.described.end()) out.described.clear();
  if (auto none = t.no_intent.find(language); none != t.no_intent.end()) out.strangers = none->second;
  for (auto& q : t.questions)
    if (q.language == language && q.expected.empty()) out.strangers.push_back(q.question);
  return out;
}

intent_trainer::intent_trainer(std::shared_ptr<encoder_shelf> shelf, learnt_function learnt)
    : shelf_(std::move(shelf))
    , learnt_(std::move(learnt))
    , thread_([this] { run(); }) {}

intent_trainer::~intent_trainer() {
  shelf_->stop();
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void intent_trainer::train(tenant_ptr t) {
  std::lock_guard lock(mutex_);
  if (!waiting_.contains(t->id)) order_.push_back(t->id);
  for (auto& language : t->languages) {
    if (!is_taught(*t, language)) continue;
    auto& s = status_[{t->id, language}];
    s.language = language, s.stage = "waiting", s.done = s.all = 0, s.left_s = 0;
  }
  waiting_[t->id] = std::move(t);
  wake_.notify_all();
}

void intent_trainer::forget(const tenant_id& t) {
  std::lock_guard lock(mutex_);
  if (!waiting_.contains(t)) order_.push_back(t);
  waiting_[t] = nullptr;
  std::erase_if(status_, [&](auto& s) { return s.first.first == t; });
  wake_.notify_all();
}

std::vector<intent_status> intent_trainer::progress(const tenant_id& t) const {
  std::vector<intent_status> out;
  std::lock_guard lock(mutex_);
  for (auto& [key, s] : status_)
    if (key.first == t) out.push_back(s);
  return out;
}

void intent_trainer::run() {
  // Linux has priorities per thread: customers' questions go first.
  setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), niceness);
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [&] { return stopping_ || !order_.empty(); });
    if (stopping_) return;
    auto id = std::move(order_.front());
    order_.pop_front();
    auto t = std::move(waiting_.extract(id).mapped());
    lock.unlock();
    if (t)
      work(t);
    else
      std::erase_if(served_, [&](auto& s) { return s.first.first == id; });
    lock.lock();
  }
}

void intent_trainer::work(const tenant_ptr& t) {
  std::set<std::string> taught;
  for (auto& language : t->languages) {
    if (shelf_->stopping()) return;
    if (!is_taught(*t, language)) continue;
    lesson_plan p{t, language, lessons_of(*t, language), nullptr, {}};
    taught.insert(language);
    learn(p);
  }
  std::vector<std::string> gone;
  for (auto& [key, s] : served_)
    if (key.first == t->id && !taught.contains(key.second)) gone.push_back(key.second);
  for (auto& language : gone) {
    served_.erase({t->id, language});
    learnt_(std::make_shared<learnt_intents>(learnt_intents{t->id, language, nullptr}));
  }
  std::lock_guard lock(mutex_);
  std::erase_if(status_, [&](auto& s) { return s.first.first == t->id && !taught.contains(s.first.second); });
}

void intent_trainer::learn(lesson_plan& p) {
  auto began = clock_type::now();
  p.encoder = shelf_->encoder_for(*p.tenant, p.language);
  p.version = intent_version(p.lessons, p.encoder ? p.encoder->name() : "");
  show(p, [&](auto& s) {
    s.stage = p.encoder ? "embedding" : "learning", s.done = s.all = 0;
    s.intents = p.lessons.names.size(), s.texts = p.lessons.texts.size();
    s.left_s = learning_s_per_text_ * static_cast<double>(s.texts);
  });
  if (auto known = kept(p.version)) return serve(p, known, p.encoder, part::whole);
  auto failed = [&](const failure& why) {
    log::error("intents cannot be learnt, and what was learnt before stays",
               {{"tenant", p.tenant->id.value}, {"language", p.language}, {"why", why.message}});
    show(p, [&](auto& s) { s.stage = "failed", s.left_s = 0; });
  };
  auto texts = texts_to_embed(p.lessons);
  auto before = served_.find({p.tenant->id, p.language});
  auto same_intents = before != served_.end() && before->second.names == p.lessons.names;
  if (p.encoder && !same_intents && shelf_->unknown(*p.encoder, texts) > quick_texts) {
    auto words = learn_intents(p.lessons, {}, {});
    if (!words) return failed(words.error());
    serve(p, *words, nullptr, part::words);
  }
  if (same_intents) overlay(p);
  embeddings vectors;
  if (p.encoder) {
    auto started = clock_type::now();
    auto got = shelf_->encode_cached(*p.encoder, texts, [&](size_t done, size_t all) {
      show(p, [&](auto& s) {
        s.stage = "embedding", s.done = done, s.all = all;
        s.left_s = learning_s_per_text_ * static_cast<double>(s.texts) +
                   (done ? seconds_since(started) / static_cast<double>(done) : 0.01) * static_cast<double>(all - done);
      });
    });
    if (shelf_->stopping()) return;
    if (got)
      vectors = std::move(*got);
    else {
      log::error("encoder fails, and intents are learnt from words alone", {{"why", got.error().message}});
      p.encoder = nullptr;
    }
  }
  show(p, [&](auto& s) { s.stage = "learning"; });
  auto started = clock_type::now();
  auto whole = learn_intents(p.lessons, vectors, p.encoder ? p.encoder->name() : "");
  if (!whole) return failed(whole.error());
  learning_s_per_text_ = seconds_since(started) / static_cast<double>(p.lessons.texts.size());
  keep(*whole);
  log::info("trainer has learnt intents", {{"tenant", p.tenant->id.value},
                                           {"language", p.language},
                                           {"intents", uint64_t{p.lessons.names.size()}},
                                           {"texts", uint64_t{p.lessons.texts.size()}},
                                           {"model", (*whole)->version()},
                                           {"ms", static_cast<int64_t>(1000 * seconds_since(began))}});
  serve(p, *whole, p.encoder, part::whole);
}

/// A few new examples join what answers now, within a second; what is learnt with them follows.
void intent_trainer::overlay(const lesson_plan& p) {
  auto& base = served_[{p.tenant->id, p.language}].whole;
  if (!base || base->encoder() != (p.encoder ? p.encoder->name() : "")) return;
  std::vector<std::string> texts;
  for (auto i : base->added(p.lessons)) texts.push_back(p.lessons.texts[i]);
  if (texts.size() > quick_texts) return;
  embeddings vectors;
  if (p.encoder) {
    auto got = shelf_->encode_cached(*p.encoder, texts);
    if (!got) return;
    vectors = std::move(*got);
  }
  if (auto with = base->with(p.lessons, vectors)) serve(p, *with, p.encoder, part::overlay);
}

void intent_trainer::serve(const lesson_plan& p, std::shared_ptr<const intent_reader> reader,
                           std::shared_ptr<embedder> encoder, part what) {
  auto& mine = served_[{p.tenant->id, p.language}];
  mine.names = p.lessons.names;
  if (what == part::whole) mine.whole = reader;
  auto s = served_by(*p.tenant, p.language, std::move(reader), std::move(encoder));
  auto model = s->reader->version();
  learnt_(std::make_shared<learnt_intents>(learnt_intents{p.tenant->id, p.language, std::move(s)}));
  show(p, [&](auto& x) {
    x.model = model;
    if (what == part::whole) x.stage = "live", x.left_s = 0, x.version = p.tenant->version;
  });
}

void intent_trainer::keep(std::shared_ptr<const intent_reader> r) {
  kept_.push_front(std::move(r));
  if (kept_.size() > kept_models) kept_.pop_back();
}

std::shared_ptr<const intent_reader> intent_trainer::kept(const std::string& version) const {
  for (auto& k : kept_)
    if (k->version() == version) return k;
  return nullptr;
}

void intent_trainer::show(const lesson_plan& p, const std::function<void(intent_status&)>& change) {
  std::lock_guard lock(mutex_);
  auto& s = status_[{p.tenant->id, p.language}];
  s.language = p.language;
  change(s);
}

} // namespace steward
