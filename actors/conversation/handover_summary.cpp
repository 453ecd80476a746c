#include "actors/conversation/handover_summary.hpp"

#include "actors/conversation/mood_policy.hpp"

#include <algorithm>
#include <cctype>

namespace steward {
namespace {

// Characters in the summary; together with the labels below 600.
constexpr size_t wish_chars = 150, last_chars = 100, title_chars = 40, fact_chars = 40;
constexpr size_t titles_kept = 2, facts_kept = 8, facts_all = 160;

bool goes_on(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

size_t chars(std::string_view s) {
  return static_cast<size_t>(std::count_if(s.begin(), s.end(), [](char c) { return !goes_on(c); }));
}

/// At most `most` characters, on one line.
std::string cut(std::string_view s, size_t most) {
  std::string out;
  size_t n = 0;
  for (size_t i = 0; i < s.size(); ++i) {
    if (!goes_on(s[i]) && ++n > most) break;
    out += static_cast<unsigned char>(s[i]) < 32 ? ' ' : s[i];
  }
  if (out.size() == s.size()) return out;
  while (!out.empty() && goes_on(out.back())) out.pop_back();
  if (!out.empty()) out.pop_back();
  return out + "…";
}

bool ascii_word(char c) { return c > 32 && c < 127; }
bool has_digit(std::string_view s) {
  return std::any_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view trimmed(std::string_view s) {
  auto edge = [](char c) { return std::string_view(".,;:!?()[]{}\"'<>").find(c) != std::string_view::npos; };
  while (!s.empty() && edge(s.front())) s.remove_prefix(1);
  while (!s.empty() && edge(s.back())) s.remove_suffix(1);
  return s;
}

/// A number of so few digits says nothing without the words beside it.
bool needs_company(std::string_view s) {
  return s.size() <= 5 && s.find('@') == s.npos &&
         std::none_of(s.begin(), s.end(), [](char c) { return std::isalpha(static_cast<unsigned char>(c)); });
}

/// Runs of visible ASCII (a fact is never Chinese, the words around it may be), and euro or pound signs with them.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (size_t i = 0; i < text.size();) {
    auto begin = i;
    auto sign = [&](size_t at) {
      if (static_cast<unsigned char>(text[at]) < 0x80) return size_t{0};
      for (std::string_view s : {"€", "£", "¥", "é", "ñ", "á", "í", "ó", "ú", "ü", "ä", "ö"})
        if (text.substr(at, s.size()) == s) return s.size();
      return size_t{0};
    };
    while (i < text.size() && (ascii_word(text[i]) || sign(i))) i += std::max<size_t>(1, sign(i));
    if (i > begin) out.push_back(text.substr(begin, i - begin));
    if (i == begin) {
      if (static_cast<unsigned char>(text[i]) >= 0x80 && (out.empty() || !out.back().empty())) out.emplace_back();
      ++i;
    }
  }
  return out;
}

/// More than "hello" and "are you there?".
bool substantial(std::string_view s) {
  auto blanks = std::count(s.begin(), s.end(), ' ');
  return blanks >= 3 || has_digit(s) || (s.size() >= 18 && blanks == 0);
}

} // namespace

std::vector<std::string> facts_in(std::string_view text) {
  std::vector<std::string> out;
  if (!has_digit(text) && text.find('@') == text.npos) return out; // most messages
  auto words = words_of(text);
  for (size_t i = 0; i < words.size(); ++i) {
    auto w = trimmed(words[i]);
    auto mail = w.find('@') != w.npos && w.find('.', w.find('@')) != w.npos;
    if (!has_digit(w) && !mail) continue;
    std::string fact(w);
    if (needs_company(w)) {
      if (i > 0 && !trimmed(words[i - 1]).empty() && !has_digit(words[i - 1]))
        fact = std::string(trimmed(words[i - 1])) + " " + fact;
      if (i + 1 < words.size() && words[i].back() == w.back() && !trimmed(words[i + 1]).empty())
        fact += " " + std::string(trimmed(words[i + 1]));
    }
    if (chars(fact) > fact_chars) fact = cut(fact, fact_chars);
    if (std::find(out.begin(), out.end(), fact) == out.end()) out.push_back(std::move(fact));
  }
  return out;
}

void tell_story(conversation_story& s, std::string_view text, int mood) {
  if (text.empty()) return;
  s.mood = std::min(s.mood, mood);
  if (s.wish.empty() || (!substantial(s.wish) && substantial(text)))
    s.wish = cut(text, wish_chars);
  else if (substantial(text))
    s.last = cut(text, last_chars);
  for (auto& f : facts_in(text)) {
    if (std::find(s.facts.begin(), s.facts.end(), f) != s.facts.end()) continue;
    if (s.facts.size() >= facts_kept) s.facts.erase(s.facts.begin() + 1); // the first is the one it is about
    s.facts.push_back(std::move(f));
  }
}

void tell_tried(conversation_story& s, const std::string& title) {
  auto t = cut(title, title_chars);
  if (t.empty() || std::find(s.tried.begin(), s.tried.end(), t) != s.tried.end()) return;
  if (s.tried.size() >= titles_kept) s.tried.erase(s.tried.begin());
  s.tried.push_back(std::move(t));
}

namespace {
/// The codes of handover_policy as people say them; what it does not know (a colleague's own word) as it stands.
std::string_view spoken(std::string_view reason) {
  static constexpr std::pair<std::string_view, std::string_view> words[] = {
      {"asked_for_person", "asked for a person"},
      {"forget_me", "wants to be forgotten"},
      {"threat", "threatens to leave or go public"},
      {"mood", "is upset"},
      {"mood_worse", "gets more upset"},
      {"asked_back", "asked back often enough"},
      {"unknown", "no answer found"},
      {"rule", "a rule of the shop"},
      {"dead_letter", "a failure on our side"},
      {"moved", "the customer signed in"}};
  for (auto& [code, text] : words)
    if (code == reason) return text;
  return reason.substr(0, 30);
}
} // namespace

std::string handover_summary(const conversation_story& s, std::string_view reason, int64_t waited_ms) {
  std::string facts;
  for (auto& f : s.facts)
    if (chars(facts) + chars(f) + 2 <= facts_all) facts += (facts.empty() ? "" : ", ") + f;
  std::string tried;
  for (auto& t : s.tried) tried += (tried.empty() ? "" : ", ") + t;
  auto out = "Wish: " + (s.wish.empty() ? std::string("not said yet") : s.wish);
  if (!s.last.empty()) out += "\nLast: " + s.last;
  if (!facts.empty()) out += "\nFacts: " + facts;
  out += "\nTried: " + (tried.empty() ? std::string("nothing fitted") : tried);
  out += "\nMood: " + std::string(to_string(static_cast<temper>(s.mood)));
  out += "\nWhy: ";
  out += spoken(reason);
  auto s_waited = std::max<int64_t>(0, waited_ms) / 1000;
  out += "\nWaited: " + (s_waited < 120 ? std::to_string(s_waited) + " s" : std::to_string(s_waited / 60) + " min");
  return out;
}

} // namespace steward
