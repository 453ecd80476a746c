// An article's Markdown into passages, each of which can stand as an answer: what a heading covers is one passage, a
// long one is split at sentence ends, and what announces something ("You can return:") keeps what it announces.
#pragma once

#include "messages/knowledge.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

struct passage {
  std::uint32_t ordinal = 0; // counts from 0 within the article
  std::string heading;       // "" before the first heading
  std::string text;          // plain, without markup, a line per block; "- " before items, " | " between cells
  std::string announced;     // what a text that ends with a colon, or a heading without one, has below it: said with it
                             // in an answer, but looked up where it stands itself

  std::string answer() const; // never empty
};

struct chunk_limits {
  std::size_t longest = 900;     // bytes; a sentence that is longer still is cut at a blank
  std::size_t with_list = 1'600; // bytes, for a list or table and the sentence before it
  std::size_t most = 400;        // passages of one article; what is left over joins no passage
};

// Pure. Never empty for an article with text; an article without any gives no passage. Invalid UTF-8 stays as it is.
std::vector<passage> passages_of(std::string_view markdown, const chunk_limits& limits = {});

// Markdown as plain text: no markup, links keep their words, one line per block.
std::string plain_text(std::string_view markdown);

// The sentences of a plain text, without blanks around them; Latin and Chinese ends both count.
std::vector<std::string_view> sentences_of(std::string_view text);

} // namespace steward
