// Where all readers put what they read: checks every article, counts, and keeps the problems in one shape.
#pragma once

#include "actors/knowledge/article_reader.hpp"

#include <string>
#include <string_view>
#include <unordered_set>

namespace steward {

class article_sink {
public:
  explicit article_sink(const reader_limits& limits)
      : limits_(limits) {}

  void problem(const std::string& file, std::size_t line, std::string_view message);
  // Takes the article unless something is wrong with it, which becomes a problem at that place.
  void take(article a, const std::string& file, std::size_t line);
  bool full() const { return full_; }
  /// Of articles and problems so far.
  std::size_t count() const { return out_.articles.size() + out_.problems.size() + untold_; }
  const reader_limits& limits() const { return limits_; }
  reading finish();

private:
  reader_limits limits_;
  reading out_;
  std::size_t untold_ = 0;
  bool full_ = false;
  std::unordered_set<std::string> seen_;
};

void read_markdown(std::string_view bytes, const std::string& name, const std::string& id, article_sink& sink);
void read_html(std::string_view bytes, const std::string& name, const std::string& id, article_sink& sink);
void read_json_lines(std::string_view bytes, const std::string& name, const std::string& id, article_sink& sink);
void read_csv(std::string_view bytes, const std::string& name, const std::string& id, article_sink& sink);

// Small things that the readers share.
/// The question is the title where there is no other, and one of the article's own where there is.
article asked(article, std::string question);
std::string_view trimmed(std::string_view s);
std::string lower_ascii(std::string_view s);
std::size_t first_not_utf8(std::string_view s); // npos: all of it is
inline bool valid_utf8(std::string_view s) { return first_not_utf8(s) == std::string_view::npos; }
inline constexpr std::string_view not_utf8 = "not UTF-8: save the file as UTF-8 (Excel calls it 'CSV UTF-8')";

} // namespace steward
