#include "actors/understanding/entities/own_names.hpp"

#include "actors/understanding/entities/catalogue.hpp"

#include <unicode/regex.h>
#include <unicode/uchar.h>

#include <algorithm>

namespace steward::entities {
namespace {

// Of ICU's clock, ten thousand operations each (a quarter of a millisecond): a pattern gives up after so many, and when
// all of a message have used up theirs, each of those that are left after its first. So those that never take one
// are read whatever the others do.
constexpr std::size_t most_steps = 50, most_steps_of_all = 200;
constexpr std::int32_t most_stack = 256 << 10; // bytes of its memory

std::unique_ptr<icu::RegexPattern> compiled(const std::string& pattern) {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<icu::RegexPattern> out(
      icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(pattern), UREGEX_CASE_INSENSITIVE, error));
  return U_SUCCESS(error) ? std::move(out) : nullptr;
}

struct steps {
  std::size_t taken = 0, allowed = 0;
};

UBool may_go_on(const void* count, std::int32_t) {
  auto& s = *static_cast<steps*>(const_cast<void*>(count)); // ICU's context is const
  return ++s.taken < s.allowed;
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

std::vector<own_span> own_names::read(const source_text& text, std::size_t most, own_cost* cost) const {
  std::vector<own_span> out;
  own_cost used;
  icu::UnicodeString whole; // made when the first pattern wants it
  for (const auto& k : kinds_) {
    std::size_t count = 0;
    for (const auto& p : k->names.read(text, &used.compared))
      if (count < most) out.push_back({k->kind, k->values[p.product], p.begin, p.end}), ++count;
    for (const auto& pattern : k->patterns) {
      if (whole.isEmpty()) whole = icu::UnicodeString::fromUTF8(text.written(0, text.code_points()));
      UErrorCode error = U_ZERO_ERROR;
      const std::unique_ptr<icu::RegexMatcher> m(pattern->matcher(whole, error));
      if (U_FAILURE(error)) continue;
      steps its{0, std::clamp(most_steps_of_all - std::min(used.steps, most_steps_of_all), std::size_t{1}, most_steps)};
      m->setStackLimit(most_stack, error);
      m->setMatchCallback(may_go_on, &its, error);
      std::int32_t units = 0; // of UTF-16, counted so far, and the code points in them
      std::uint32_t points = 0;
      const auto place = [&](std::int32_t unit) {
        points += static_cast<std::uint32_t>(whole.countChar32(units, unit - units));
        units = unit;
        return points;
      };
      while (count < most && m->find(error) && U_SUCCESS(error)) {
        const auto begin = place(m->start(error)), end = place(m->end(error));
        if (end == begin || !alone(text, begin, end)) continue;
        out.push_back({k->kind, text.written(begin, end), begin, end}), ++count;
      }
      used.steps += its.taken;
    }
  }
  if (cost != nullptr) *cost = used;
  return out;
}

} // namespace steward::entities
