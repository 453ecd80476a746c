#include "actors/understanding/wordpiece.hpp"

#include <nlohmann/json.hpp>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace steward {
namespace {

bool is_blank(UChar32 c) { return c == '\t' || c == '\n' || c == '\r' || u_isUWhiteSpace(c); }

// "Other" of Unicode: control, format, surrogate, private use, unassigned.
bool is_other(UChar32 c) {
  return (U_GET_GC_MASK(c) & (U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CS_MASK | U_GC_CO_MASK | U_GC_CN_MASK)) != 0;
}

bool is_punctuation(UChar32 c) {
  if (c < 128) return (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) || (c >= 123 && c <= 126);
  return (U_GET_GC_MASK(c) & U_GC_P_MASK) != 0;
}

// The blocks that BERT sets apart; kana and hangul are words there.
bool is_ideograph(UChar32 c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x2A6DF) ||
         (c >= 0x2A700 && c <= 0x2B73F) || (c >= 0x2B740 && c <= 0x2B81F) || (c >= 0x2B920 && c <= 0x2CEAF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

void append(std::string& out, UChar32 c) {
  char bytes[U8_MAX_LENGTH];
  std::int32_t n = 0;
  U8_APPEND_UNSAFE(bytes, n, c);
  out.append(bytes, static_cast<std::size_t>(n));
}

const icu::Normalizer2* nfd() {
  static const icu::Normalizer2* instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    const auto* n = icu::Normalizer2::getNFDInstance(status);
    return U_SUCCESS(status) ? n : nullptr;
  }();
  return instance;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Only what can reach the limit is worth normalising: no token is longer than this many bytes on average.
constexpr std::size_t bytes_per_token = 64;

} // namespace

result<wordpiece> wordpiece::load(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return failure{errc::not_found, "cannot read tokenizer " + file.string()};
  std::string json((std::istreambuf_iterator<char>(in)), {});
  auto made = parse(json);
  if (!made) return failure{made.error().code, file.string() + ": " + made.error().message};
  return made;
}

result<wordpiece> wordpiece::parse(std::string_view json) {
  const auto bad = [](std::string why) { return failure{errc::unsupported, "not a BERT WordPiece tokenizer: " + why}; };
  const auto doc = nlohmann::json::parse(json, nullptr, false);
  if (!doc.is_object()) return bad("no JSON object");
  const auto model = doc.value("model", nlohmann::json::object());
  if (!model.is_object() || model.value("type", nlohmann::json("WordPiece")) != "WordPiece")
    return bad("model.type is not WordPiece");
  const auto vocab = model.find("vocab");
  if (vocab == model.end() || !vocab->is_object() || vocab->empty()) return bad("model.vocab is missing");

  const auto text_of = [&](const char* key, const char* fallback) {
    const auto it = model.find(key);
    return it != model.end() && it->is_string() ? it->get<std::string>() : std::string(fallback);
  };
  const auto prefix = text_of("continuing_subword_prefix", "##");
  const auto unknown = text_of("unk_token", "[UNK]");

  wordpiece out;
  if (const auto it = model.find("max_input_chars_per_word"); it != model.end() && it->is_number_unsigned())
    out.max_word_chars_ = it->get<std::size_t>();
  std::int64_t highest = -1;
  for (const auto& [piece, id] : vocab->items()) {
    if (!id.is_number_unsigned() || id.get<std::uint64_t>() > 10'000'000) return bad("id of '" + piece + "'");
    const auto n = id.get<std::int32_t>();
    highest = std::max<std::int64_t>(highest, n);
    out.longest_ = std::max(out.longest_, piece.size());
    out.starts_.emplace(piece, n);
    if (!prefix.empty() && piece.size() > prefix.size() && piece.starts_with(prefix))
      out.continues_.emplace(piece.substr(prefix.size()), n);
  }
  out.size_ = static_cast<std::size_t>(highest) + 1;
  for (const auto& [name, slot] : {std::pair{std::string("[CLS]"), &out.cls_},
                                   {std::string("[SEP]"), &out.sep_},
                                   {std::string("[PAD]"), &out.pad_},
                                   {unknown, &out.unknown_}}) {
    const auto it = out.starts_.find(name);
    if (it == out.starts_.end()) return bad("no " + name + " in the vocabulary");
    *slot = it->second;
  }

  const auto rules = doc.value("normalizer", nlohmann::json());
  if (rules.is_object()) {
    const auto flag = [&](const char* key, bool fallback) {
      const auto it = rules.find(key);
      return it != rules.end() && it->is_boolean() ? it->get<bool>() : fallback;
    };
    if (rules.value("type", nlohmann::json("BertNormalizer")) != "BertNormalizer") return bad("normalizer.type");
    out.clean_ = flag("clean_text", true);
    out.apart_ = flag("handle_chinese_chars", true);
    out.lower_ = flag("lowercase", true);
    out.strip_ = flag("strip_accents", out.lower_); // null means: as lowercase says
  }
  return out;
}

void wordpiece::add_word(std::string_view word, std::vector<std::int32_t>& ids) const {
  std::size_t chars = 0;
  for (const char c : word) chars += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  if (chars > max_word_chars_) {
    ids.push_back(unknown_);
    return;
  }
  const auto before = ids.size();
  for (std::size_t begin = 0; begin < word.size();) {
    const auto& pieces = begin == 0 ? starts_ : continues_;
    auto length = std::min(word.size() - begin, longest_);
    auto found = pieces.end();
    for (; length > 0; --length) {
      const auto end = begin + length;
      if (end < word.size() && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) continue; // inside a character
      found = pieces.find(word.substr(begin, length));
      if (found != pieces.end()) break;
    }
    if (length == 0) {
      ids.resize(before);
      ids.push_back(unknown_);
      return;
    }
    ids.push_back(found->second);
    begin += length;
  }
}

std::vector<std::int32_t> wordpiece::encode(std::string_view text, std::size_t max_tokens) const {
  max_tokens = std::max<std::size_t>(max_tokens, 2);
  if (text.size() / bytes_per_token > max_tokens) text = text.substr(0, max_tokens * bytes_per_token);

  std::string decomposed;
  if (strip_ && !is_ascii(text) && nfd() != nullptr) {
    const auto source =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    UErrorCode status = U_ZERO_ERROR;
    const auto target = nfd()->normalize(source, status);
    if (U_SUCCESS(status)) {
      target.toUTF8String(decomposed);
      text = decomposed;
    }
  }

  std::vector<std::int32_t> ids{cls_};
  std::string word;
  const auto flush = [&] {
    if (!word.empty()) add_word(word, ids);
    word.clear();
  };
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < length && ids.size() < max_tokens;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, length, c);
    if (c < 0 || (clean_ && (c == 0 || c == 0xFFFD))) continue;
    if (is_blank(c)) {
      flush();
      continue;
    }
    if (c >= 128) {
      if (clean_ && is_other(c)) continue;
      if (strip_ && u_charType(c) == U_NON_SPACING_MARK) continue;
    } else if (clean_ && (c < 32 || c == 127)) {
      continue;
    }
    if (is_punctuation(c) || (apart_ && is_ideograph(c))) {
      flush();
      append(word, c);
      flush();
      continue;
    }
    append(word, lower_ ? (c < 128 ? (c >= 'A' && c <= 'Z' ? c + 32 : c) : u_tolower(c)) : c);
  }
  flush();
  if (ids.size() > max_tokens - 1) ids.resize(max_tokens - 1);
  ids.push_back(sep_);
  return ids;
}

} // namespace steward
