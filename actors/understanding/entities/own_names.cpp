#include "actors/understanding/entities/own_names.hpp"

#include "actors/understanding/entities/catalogue.hpp"

#include <unicode/regex.h>
#include <unicode/uchar.h>

#include <algorithm>

namespace steward::entities {
namespace {

constexpr std::int32_t most_steps = 200;       // of ICU's clock, some thousand operations each: a pattern gives up then
constexpr std::int32_t most_stack = 256 << 10; // bytes of its memory

std::unique_ptr<icu::RegexPattern> compiled(const std::string& pattern) {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<icu::RegexPattern> out(
      icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(pattern), UREGEX_CASE_INSENSITIVE, error));
  return U_SUCCESS(error) ? std::move(out) : nullptr;
}

bool alone(const source_text& text, std::uint32_t begin, std::uint32_t end) {
  const auto touches = [](char32_t c) { return c < 0x2E80 && u_isalnum(static_cast<UChar32>(c)); }; // Han has no blanks
  return !(begin > 0 && touches(text.at(begin - 1)) && touches(text.at(begin))) &&
         !(end > begin && touches(text.at(end)) && touches(text.at(end - 1)));
}

} // namespace

struct own_names::kind_of_own {
  std::string kind;
  std::vector<std::string> values; // of the catalogue's names, in their order
  catalogue names;
  std::vector<std::unique_ptr<icu::RegexPattern>> patterns;
};

own_names::own_names(const std::vector<own_entity>& all) {
  for (const auto& e : all) {
    std::vector<std::string> values, words;
    for (const auto& [value, forms] : e.values)
      for (const auto& f : forms) values.push_back(value), words.push_back(f);
    auto k = std::make_unique<kind_of_own>(kind_of_own{e.kind, std::move(values), catalogue(words), {}});
    for (const auto& p : e.patterns)
      if (auto one = compiled(p)) k->patterns.push_back(std::move(one));
    kinds_.push_back(std::move(k));
  }
}

own_names::~own_names() = default;

std::vector<own_span> own_names::read(const source_text& text, std::size_t most) const {
  std::vector<own_span> out;
  icu::UnicodeString whole; // made when the first pattern wants it
  for (const auto& k : kinds_) {
    std::size_t count = 0;
    for (const auto& p : k->names.read(text))
      if (count < most) out.push_back({k->kind, k->values[p.product], p.begin, p.end}), ++count;
    for (const auto& pattern : k->patterns) {
      if (whole.isEmpty()) whole = icu::UnicodeString::fromUTF8(text.written(0, text.code_points()));
      UErrorCode error = U_ZERO_ERROR;
      const std::unique_ptr<icu::RegexMatcher> m(pattern->matcher(whole, error));
      if (U_FAILURE(error)) continue;
      m->setTimeLimit(most_steps, error);
      m->setStackLimit(most_stack, error);
      while (count < most && m->find(error) && U_SUCCESS(error)) {
        const auto begin = static_cast<std::uint32_t>(whole.countChar32(0, m->start(error)));
        const auto end =
            begin + static_cast<std::uint32_t>(whole.countChar32(m->start(error), m->end(error) - m->start(error)));
        if (end == begin || !alone(text, begin, end)) continue;
        out.push_back({k->kind, text.written(begin, end), begin, end}), ++count;
      }
    }
  }
  return out;
}

} // namespace steward::entities
