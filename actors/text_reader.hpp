// What is understood of a message besides what it asks for: language, mood, entities. Where the rooms that read texts
// and those that use it meet.
#pragma once
#include "actors/tenant/tenant_config.hpp"
#include "messages/result.hpp"
#include "messages/understanding.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

/// A tenant's words with several meanings and its own entities, ready to be looked for. Immutable, so free for all
/// threads.
class own_meanings;
/// Milliseconds; null where the tenant has none.
std::shared_ptr<const own_meanings> make_own_meanings(const tenant_config&);

struct text_context {
  std::string before;                     // the conversation's language so far; empty: it begins
  std::vector<std::string> languages;     // that the tenant answers in, the default first
  int64_t local_ms = 0;                   // what a clock on the tenant's wall says; times are counted from the minute
  const own_meanings* meanings = nullptr; // the tenant's; null: the built-in ones alone
  std::vector<std::string> profile;       // what settles a word where the message does not: fields, "apple/brand"
};

class text_reader {
public:
  virtual ~text_reader() = default;

  /// Language and entities; microseconds to a few milliseconds. `served`: the tenant's language to search in.
  virtual understood_message begin(std::string_view text, const text_context&, std::string& served) const = 0;
  /// The mood, into what begin() gave. `encoder` names the encoder of `vector`, which is the text's or empty, and of
  /// `encode`, which makes it and is asked only where words are nearly sure that the customer is upset. Both empty:
  /// words alone.
  virtual void feel(understood_message&, std::string_view text, const std::string& encoder,
                    std::span<const float> vector, const std::function<std::vector<float>()>& encode) const = 0;
};

/// Immutable, so free for all threads. `models`: the folder that scripts/setup fills; what is missing there is done
/// without, what is damaged is told in `note`.
result<std::shared_ptr<const text_reader>> make_text_reader(const std::filesystem::path& models, std::string& note);

/// Does what is read hang on the minute that is now ("tomorrow", "an hour ago")?
bool depends_on_time(const understood_message&);

} // namespace steward
