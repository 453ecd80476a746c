// A text is cut where a sentence ends or "and" stands, if what follows begins like a question or a request of its own,
// and what stands before it holds one. What leans on the words before ("how much is it?") stays with them.
#include "actors/conversation/wishes.hpp"

#include "actors/conversation/handover_policy.hpp"
#include "actors/folded_text.hpp"

#include <algorithm>
#include <optional>
#include <span>

namespace steward {
namespace {

constexpr std::size_t longest = 600; // bytes: who tells a story has one wish, whatever stands in it
constexpr std::size_t most = 3;
constexpr std::size_t shortest = 6;       // bytes of a wish
constexpr std::size_t leaning_bytes = 32; // a wish this short that says "it" means what stands before

// Folded. How a question or a request begins.
constexpr std::string_view beginnings[] = {
    "where",        "when",       "what",      "which",      "who",       "why",      "how",      "can i",
    "can you",      "can we",     "can my",    "could i",    "could you", "may i",    "do i",     "do you",
    "do we",        "does",       "did you",   "is there",   "are",       "is",       "will i",   "will you",
    "will my",      "will the",   "would you", "should i",   "have you",  "has my",   "i want",   "i need",
    "i would like", "i'd like",   "i have to", "please",     "tell me",   "send me",  "show me",  "cancel my",
    "change my",    "whats",      "what's",    "wheres",     "where's",   "hows",     "how's",    "dónde",
    "donde",        "cuándo",     "cuando",    "cuánto",     "cuanto",    "cuánta",   "cuántos",  "qué",
    "cuál",         "cual",       "cómo",      "como",       "puedo",     "podría",   "podéis",   "puedes",
    "tenéis",       "tienen",     "hay",       "hacéis",     "quiero",    "necesito", "quisiera", "por qué",
    "saber si",     "decirme si", "podeis",    "teneis",     "haceis",    "enviais",  "aceptais", "me podeis",
    "me podéis",    "me puedes",  "se puede",  "es posible", "está mi",   "enviáis",  "aceptáis"};
// A request in Chinese may carry its mark anywhere.
constexpr std::string_view marks_zh[] = {"吗",   "怎么", "多少",   "什么",     "哪",   "多久", "几天",
                                         "几点", "如何", "能不能", "可不可以", "可以", "能否", "我想",
                                         "我要", "请帮", "帮我",   "想问",     "呢"};
// Between two wishes.
constexpr std::string_view joints[] = {" and also ", ", and ",    " and ",       ", also ",     " also, ", " plus ",
                                       " & ",        "; ",        " y también ", " y tambien ", ", y ",    " y ",
                                       " además, ",  " ademas, ", " tambien ",   " también ",   "，另外",  "，还有",
                                       "，顺便",     "，以及",    "，",          "、",          "另外",    "还有，"};
// What may stand before a wish and is no part of it.
constexpr std::string_view lead_ins[] = {
    "and ",     "also ",      "also, ",           "then ", "plus ", "y ", "también ", "tambien ", "además ", "además, ",
    "另外",     "还有",       "顺便问一下",       "顺便",  "以及",  "，", ", ",       "¿",        "oh ",     "ok ",
    "second, ", "secondly, ", "second question: "};
constexpr std::string_view leaning[] = {"it", "that", "this", "them", "one", "lo", "eso", "它", "那个", "这个"};
// Of these alone an appeal is made, which asks for nothing of its own: "please help me", "what should I do?".
constexpr std::string_view appeal_words[] = {
    "please",  "kindly",  "help",     "helping", "me",        "us",        "can",     "could",    "would",    "will",
    "you",     "someone", "somebody", "anyone",  "anybody",   "tell",      "let",     "know",     "answer",   "reply",
    "respond", "advise",  "advice",   "asap",    "soon",      "quickly",   "fast",    "urgent",   "urgently", "now",
    "thanks",  "thank",   "with",     "this",    "that",      "is",        "it",      "possible", "ok",       "okay",
    "i",       "need",    "want",     "some",    "do",        "what",      "should",  "shall",    "how",      "be",
    "of",      "a",       "your",     "to",      "so",        "much",      "in",      "and",      "por",      "favor",
    "podéis",  "puedes",  "podría",   "podrías", "ayuda",     "ayudar",    "ayúdame", "ayudarme", "necesito", "quiero",
    "decir",   "decirme", "gracias",  "qué",     "puedo",     "hago",      "hacer",   "cómo",     "es",       "posible",
    "alguien", "urgente", "con",      "esto",    "responder", "contestar", "un",      "poco",     "de",       "se"};
constexpr std::string_view appeals_zh[] = {
    "可不可以帮我", "能不能帮我", "可以帮我", "能帮我", "我该怎么办", "该怎么办", "怎么办", "请帮忙", "帮帮我",
    "帮我看看",     "帮个忙",     "帮我",     "帮忙",   "请问",       "请回复",   "回复我", "谢谢",   "多谢",
    "急",           "一下",       "请",       "吗",     "呢",         "啊",       "了"};
constexpr std::string_view sentence_ends[] = {"?", "!", ". ", "？", "！", "。", "\n"};

bool chinese(std::string_view s) {
  return std::ranges::any_of(s, [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

std::string_view trimmed(std::string_view s) {
  auto blank = [](char c) { return std::string_view(" \t\r\n").find(c) != std::string_view::npos; };
  while (!s.empty() && blank(s.front())) s.remove_prefix(1);
  while (!s.empty() && blank(s.back())) s.remove_suffix(1);
  return s;
}

/// `folded` without what leads to its wish, in bytes left out.
std::size_t lead_of(std::string_view folded) {
  std::size_t out = 0;
  for (bool more = true; more;) {
    more = false;
    for (auto& l : lead_ins)
      if (folded.substr(out).starts_with(l)) out += l.size(), more = true;
  }
  return out;
}

bool is_appeal(std::string_view folded) {
  folded = folded.substr(0, folded.find_first_of("?!.\n"));
  if (chinese(folded)) {
    std::string rest(folded);
    for (auto a : appeals_zh)
      for (auto at = rest.find(a); at != rest.npos; at = rest.find(a)) rest.erase(at, a.size());
    return rest.find_first_not_of(" ，。！？、") == rest.npos;
  }
  for (std::size_t at = 0; at < folded.size();) {
    auto end = std::min(folded.find_first_of(" ,;:'", at), folded.size());
    auto word = folded.substr(at, end - at);
    if (!word.empty() && std::ranges::find(appeal_words, word) == std::end(appeal_words)) return false;
    at = end + 1;
  }
  return true;
}

bool begins_wish(std::string_view folded) {
  folded.remove_prefix(std::min(lead_of(folded), folded.size()));
  if (folded.size() < shortest || is_appeal(folded)) return false;
  if (chinese(folded))
    return std::ranges::any_of(marks_zh, [&](auto m) { return folded.find(m) != std::string_view::npos; });
  return std::ranges::any_of(beginnings, [&](auto b) {
    return folded.starts_with(b) && (folded.size() == b.size() || folded[b.size()] == ' ');
  });
}

/// Somewhere in it a question or a request begins: "hello, where is my parcel".
bool holds_wish(std::string_view folded) {
  if (begins_wish(folded)) return true;
  if (chinese(folded)) return false;
  for (std::size_t at = 0; at < folded.size(); ++at)
    if (std::string_view(",.:;!? ").find(folded[at]) != std::string_view::npos &&
        begins_wish(trimmed(folded.substr(at + 1))))
      return true;
  return false;
}

bool leans(std::string_view folded) {
  if (folded.size() > leaning_bytes) return false;
  return std::ranges::any_of(leaning, [&](auto w) { return contains_words(folded, w); });
}

struct cut {
  std::size_t end, next; // of what stands before; of what follows
};

/// The next place after `from` where it may be cut.
std::optional<cut> next_cut(std::string_view folded, std::size_t from) {
  std::optional<cut> best;
  auto take = [&](std::span<const std::string_view> all, bool keeps_mark) {
    for (auto& j : all) {
      auto at = folded.find(j, from);
      if (at == std::string_view::npos) continue;
      cut c{keeps_mark ? at + j.size() : at, at + j.size()};
      if (!best || at < best->end || (at == best->end && c.next > best->next)) best = c;
    }
  };
  take(sentence_ends, true);
  take(joints, false);
  return best;
}

} // namespace

std::vector<std::string> wishes_in(std::string_view text) {
  text = trimmed(text);
  if (text.size() > longest || text.size() < 2 * shortest) return {};
  auto folded = folded_text(text);
  // Folding keeps lengths for nearly all texts; where it does not, places of one are not places of the other.
  if (folded.size() != text.size()) text = folded;
  std::vector<std::string> out;
  std::size_t begin = 0;
  for (std::size_t from = 0; out.size() + 1 < most;) {
    auto c = next_cut(folded, from);
    if (!c || c->next >= folded.size()) break;
    from = c->next;
    auto left = trimmed(std::string_view(folded).substr(begin, c->end - begin));
    auto right = trimmed(std::string_view(folded).substr(c->next));
    // How far the wish goes that begins here; whether it leans is its own matter, not that of what follows.
    auto until = next_cut(right, 0);
    if (!holds_wish(left) || !begins_wish(right) || leans(until ? right.substr(0, until->end) : right)) continue;
    out.emplace_back(trimmed(text.substr(begin, c->end - begin)));
    begin = c->next + static_cast<std::size_t>(right.data() - (folded.data() + c->next));
    begin += lead_of(std::string_view(folded).substr(begin));
  }
  if (out.empty()) return {};
  out.emplace_back(trimmed(text.substr(begin)));
  return out;
}

} // namespace steward
