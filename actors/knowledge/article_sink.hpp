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
std::string_view trimmed(std::string_view s);
std::string lower_ascii(std::string_view s);
bool valid_utf8(std::string_view s);

} // namespace steward
