// BERT WordPiece as a Hugging Face `tokenizer.json` describes it: clean, set CJK characters apart, strip accents and
// lower the case where the file says so, split at blanks and punctuation, then the longest known piece first.
//
// Pure and immutable after construction: any number of threads may encode at once. Markers such as `[SEP]` inside a
// text are ordinary characters here, so that no customer's text can forge a special token.
#pragma once

#include "messages/result.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace steward {

class wordpiece {
public:
  // Reads `tokenizer.json`; errc::not_found when there is none, errc::unsupported when it is not a BERT WordPiece.
  static result<wordpiece> load(const std::filesystem::path& file);
  static result<wordpiece> parse(std::string_view json);

  // Ids with [CLS] in front and [SEP] at the end, at most `max_tokens` of them in all (at least 2). Text after the
  // limit is not even looked at. Never fails: invalid UTF-8 is dropped, unknown words become [UNK].
  std::vector<std::int32_t> encode(std::string_view text, std::size_t max_tokens = 512) const;

  std::size_t size() const { return size_; }
  std::int32_t cls() const { return cls_; }
  std::int32_t sep() const { return sep_; }
  std::int32_t pad() const { return pad_; }
  std::int32_t unknown() const { return unknown_; }

private:
  struct hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  using table = std::unordered_map<std::string, std::int32_t, hash, std::equal_to<>>;

  void add_word(std::string_view word, std::vector<std::int32_t>& ids) const;

  table starts_;    // pieces that begin a word
  table continues_; // pieces that go on within a word, without their prefix
  std::size_t size_ = 0;
  std::size_t longest_ = 0;          // bytes of the longest piece
  std::size_t max_word_chars_ = 100; // longer words become [UNK]
  std::int32_t cls_ = 0, sep_ = 0, pad_ = 0, unknown_ = 0;
  bool clean_ = true, apart_ = true, lower_ = true, strip_ = true;
};

} // namespace steward
