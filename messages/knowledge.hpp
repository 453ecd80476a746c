// Articles as they stand in stream KB, and what a look-up answered as it stands in a turn record.
#pragma once
#include "messages/chat.hpp"
#include "messages/understanding.hpp"

namespace steward {

/// One version of an article on `kb.<tenant>.<article>`.
struct article {
  std::string id; // 1 to 200 bytes
  std::string title;
  std::string text;                   // Markdown
  std::string language;               // ISO 639-1
  std::string source;                 // file or URL
  std::vector<std::string> questions; // other ways to ask for it
  bool removed = false;
  template <class F>
  void fields(F& f) {
    f.required("id", id), f("title", title), f("text", text), f("language", language), f("source", source),
        f("questions", questions), f("removed", removed);
  }
};

struct candidate {
  std::string article;
  std::string title;
  uint32_t passage = 0; // ordinal in the article
  std::string heading;
  std::string text; // of the first candidate always, of the others only while they may be chosen
  std::string source;
  double score = 0;
  bool empty() const { return article.empty(); }
  template <class F>
  void fields(F& f) {
    f.required("article", article), f("title", title), f("passage", passage), f("heading", heading), f("text", text),
        f("source", source), f("score", score);
  }
};

enum class verdict : uint8_t { unknown = 0, choose = 1, answer = 2 };
std::string_view to_string(verdict);
bool from_string(std::string_view, verdict&);

/// What was found for one of several wishes in a message.
struct knowledge_part {
  std::string text; // the wish, as it stands in the message
  verdict outcome = verdict::unknown;
  double confidence = 0;
  std::vector<candidate> candidates;
  template <class F>
  void fields(F& f) {
    f.required("text", text), f("outcome", outcome), f("confidence", confidence), f("candidates", candidates);
  }
};

struct knowledge_result {
  verdict outcome = verdict::unknown;
  double confidence = 0;             // calibrated, 0..1
  std::vector<candidate> candidates; // best first, at most 3
  std::string language;
  std::string step;     // what settled it: cache, lexical, encoder, lexical_only (no encoder there), pick,
                        // no_articles, none (only understood, not looked up)
  uint64_t version = 0; // of the knowledge: KB sequence folded
  understood_message understood;
  std::vector<knowledge_part> parts; // of a message with several wishes, at most 3; what stands above is of the whole
  candidate meant; // what the tenant's likeliest intent answers with; empty: it answers with no article
  template <class F>
  void fields(F& f) {
    f("outcome", outcome), f("confidence", confidence), f("candidates", candidates), f("language", language),
        f("step", step), f("version", version), f("understood", understood), f("meant", meant), f("parts", parts);
  }
};

} // namespace steward
