// Learns tenants' intents on a thread of its own, at low priority. Where a language has none yet, or other intents than
// before, words alone come first, in seconds; the whole model follows when the encoder has read what is new. Until then
// the former one answers, and with it, at once, the few examples that were added to it. The newest order of a tenant
// replaces one that waits, so a folder that is changed ten times a second is learnt as fast as learning goes, and no
// faster. Models that were replaced are kept for a while: an older version of the tenant comes back at once.
#pragma once
#include "actors/intent_reader.hpp"
#include "actors/knowledge/encoder_shelf.hpp"
#include "messages/ops.hpp"

#include <condition_variable>
#include <deque>
#include <thread>

namespace steward {

/// What answers in one language of one tenant.
struct served_intents {
  std::shared_ptr<const intent_reader> reader;
  std::shared_ptr<embedder> encoder;          // null: words alone
  std::map<std::string, std::string> article; // by intent: the one that answers it in this language
};

struct learnt_intents {
  tenant_id tenant;
  std::string language;
  std::shared_ptr<const served_intents> intents; // null: the tenant has none in this language
};

/// The tenant's examples in one language. An intent without any in whatever language is known by its description and
/// the labelled questions that its article answers; one without either is left out. Labelled questions that nothing
/// answers are strangers, too. Pure.
intent_lessons lessons_of(const tenant_config&, const std::string& language);

/// What `reader` answers with in this language. Pure.
std::shared_ptr<const served_intents> served_by(const tenant_config&, const std::string& language,
                                                std::shared_ptr<const intent_reader> reader,
                                                std::shared_ptr<embedder> encoder);

class intent_trainer {
public:
  using learnt_function = std::function<void(std::shared_ptr<learnt_intents>)>;
  /// `learnt` is called on the trainer's thread.
  intent_trainer(std::shared_ptr<encoder_shelf>, learnt_function learnt);
  ~intent_trainer(); // ends with the batch or the model that is being worked on
  void train(tenant_ptr);
  /// The tenant is gone.
  void forget(const tenant_id&);
  /// A row per language that has intents.
  std::vector<intent_status> progress(const tenant_id&) const;

private:
  using language_of = std::pair<tenant_id, std::string>;
  struct lesson_plan {
    tenant_ptr tenant;
    std::string language;
    intent_lessons lessons;
    std::shared_ptr<embedder> encoder;
    std::string version;
  };
  void run();
  void work(const tenant_ptr&);
  void learn(lesson_plan&);
  enum class part { words, overlay, whole };
  void overlay(const lesson_plan&);
  void serve(const lesson_plan&, std::shared_ptr<const intent_reader>, std::shared_ptr<embedder>, part);
  void keep(std::shared_ptr<const intent_reader>);
  std::shared_ptr<const intent_reader> kept(const std::string& version) const;
  void show(const lesson_plan&, const std::function<void(intent_status&)>& change);

  std::shared_ptr<encoder_shelf> shelf_;
  learnt_function learnt_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::deque<tenant_id> order_;
  std::map<tenant_id, tenant_ptr> waiting_;
  std::map<language_of, intent_status> status_;
  // Of the thread alone.
  struct served_model {
    std::vector<std::string> names;             // of its intents
    std::shared_ptr<const intent_reader> whole; // null: words alone so far
  };
  std::map<language_of, served_model> served_;
  std::deque<std::shared_ptr<const intent_reader>> kept_; // newest first
  double learning_s_per_text_ = 0.004;                    // as measured last
  std::thread thread_;
};

} // namespace steward
