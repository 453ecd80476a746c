#include "actors/conversation/picked_choice.hpp"

#include "actors/conversation/handover_policy.hpp"
#include "actors/folded_text.hpp"

#include <algorithm>
#include <optional>

namespace steward {
namespace {

constexpr std::size_t longest_pick = 60; // bytes: who writes more says something of his own
constexpr std::size_t short_words = 4, short_bytes = 36;

// Folded; parted by "|", one list for each place in what was offered; the last two: the last place, and another one.
constexpr int last_place = -2, another = -3;
struct place_words {
  int place;
  std::string_view spaced, chinese;
};
constexpr place_words places[] = {
    {0, "first|1st|1a|1o|primera|primero|former", "第一个|第一种|第一项|第一条|第一|第1个|1号|前者|1"},
    {1, "second|2nd|2a|2o|segunda|segundo", "第二个|第二种|第二项|第二条|第二|第2个|2号|2"},
    {2, "third|3rd|3a|3o|tercera|tercero", "第三个|第三种|第三项|第三条|第三|第3个|3号|3"},
    {last_place, "last|latter|última|último|ultima|ultimo", "最后一个|最后那个|后者"},
    {another, "other|otra|otro", "另一个|另外一个|另外那个|另外的"}};
// A number may be an amount, "one" anything: they are places behind these, or without anything that wants or counts.
constexpr std::string_view numbers_spaced[] = {"1|one|uno", "2", "3"};
constexpr std::string_view before_number = "number|nr|option|choice|answer|opción|opcion|número|numero|el|la";
constexpr std::string_view beside_number =
    "no|nope|yes|yeah|ok|okay|please|thanks|thank|you|sorry|actually|rather|i|meant|"
    "mean|pick|choose|well|hm|um|oh|number|nr|option|choice|answer|sí|si|por|"
    "favor|gracias|perdón|mejor|quería|decir|digo|opción|opcion|número|numero|el|la";
// With one of these a number right after an answer is another choice.
constexpr std::string_view corrections = "no|nope|sorry|actually|rather|meant|mean|perdón|mejor|decir|digo";
constexpr std::string_view corrections_zh[] = {"不", "而是", "还是", "应该", "说"};
// What may stand around such a word and tells nothing.
constexpr std::string_view around_it = "no|nope|yes|yeah|ok|okay|i|i'm|i'd|it's|that's|meant|mean|want|wanted|would|"
                                       "like|it|its|is|was|that|this|the|a|an|option|"
                                       "number|choice|answer|nr|please|thanks|thank|you|me|actually|rather|take|pick|"
                                       "choose|with|for|of|them|those|these|sorry|"
                                       "well|hm|um|oh|one|ones|guess|think|sí|si|la|el|lo|es|opción|opcion|número|"
                                       "numero|por|favor|quiero|quería|decir|digo|"
                                       "gracias|perdón|mejor|ese|esa|uno|una";
constexpr std::string_view around_it_zh[] = {"不好意思", "不是", "而是", "应该", "还是", "就是", "选择", "那个", "这个",
                                             "我要",     "我选", "我说", "我想", "我问", "请",   "选",   "要",   "是",
                                             "的",       "吧",   "不",   "对",   "，",   "。",   "、",   "！",   " ",
                                             ",",        "我",   "说",   "想",   "就",   "呢",   "了",   "啊"};

// Questions that say nothing of what they are about, and how one begins that goes on.
constexpr int longest_follow_up = 6; // words
constexpr std::string_view bare_questions =
    "how much|how much is it|how much is that|how long|how long does it take|how long does that "
    "take|how|when|where|why|why "
    "not|since when|until when|how many|多少钱|多少|多久|要多久|需要多久|为什么|什么时候|怎么弄|在哪里|cuánto|cuánto "
    "cuesta|cuánto es|cuánto tarda|cuándo|dónde|por qué|cómo";
constexpr std::string_view follow_up_leads[] = {"and ", "what about ", "how about ", "and what about ", "y ", "e ",
                                                "那",   "那么",        "还有"};

bool one_of(std::string_view text, std::string_view all) {
  for (std::size_t at = 0; at <= all.size();) {
    auto end = std::min(all.find('|', at), all.size());
    if (all.substr(at, end - at) == text) return true;
    at = end + 1;
  }
  return false;
}

/// The place that a short text points at and says nothing beside: 0, 1, 2, last_place, another.
struct pointer {
  int place;
  bool bare = false;      // a number alone: "2"
  bool corrected = false; // "no, 2"
};

std::vector<std::string_view> words_of(std::string_view t) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < t.size();) {
    auto end = std::min(t.find_first_of(" ,.;:!?", at), t.size());
    if (end > at) out.push_back(t.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

bool is_number(std::string_view word) {
  return std::ranges::any_of(numbers_spaced, [&](auto n) { return one_of(word, n); });
}

/// The place that the only number is: named as one, or among words that neither want nor count.
std::optional<pointer> place_by_number(const std::vector<std::string_view>& words) {
  std::optional<pointer> out;
  auto courteous = true;
  for (std::size_t i = 0; i < words.size(); ++i) {
    auto number = std::ranges::find_if(numbers_spaced, [&](auto n) { return one_of(words[i], n); });
    courteous = courteous && (number != std::end(numbers_spaced) || one_of(words[i], beside_number));
    if (number == std::end(numbers_spaced)) continue;
    auto named = i > 0 && one_of(words[i - 1], before_number);
    auto digit = words[i].size() == 1;
    if (!named && !digit && words.size() > 1) continue; // "this one": tells nothing
    if (out) return std::nullopt;
    out = pointer{static_cast<int>(number - std::begin(numbers_spaced)), !named};
  }
  return out && (!out->bare || courteous) ? out : std::nullopt;
}

/// Of words parted by blanks; nothing where one of them says something of its own.
std::optional<pointer> place_in_words(std::string_view t) {
  auto words = words_of(t);
  auto out = place_by_number(words);
  const bool numbered = out.has_value();
  bool corrected = false;
  for (auto word : words) {
    corrected = corrected || one_of(word, corrections);
    auto place = std::ranges::find_if(places, [&](auto& p) { return one_of(word, p.spaced); });
    if (place != std::end(places)) {
      if (out && out->place != place->place) return std::nullopt;
      out = pointer{place->place};
    } else if (!one_of(word, around_it) && !(numbered && is_number(word))) {
      return std::nullopt;
    }
  }
  if (out) out->corrected = corrected;
  return out;
}

std::optional<pointer> place_in_chinese(std::string t) {
  auto without = [&](std::string_view word) {
    auto at = t.find(word);
    if (at == t.npos) return false;
    t.erase(at, word.size());
    return true;
  };
  std::optional<pointer> out;
  const auto corrected =
      std::ranges::any_of(corrections_zh, [&](auto word) { return t.find(word) != std::string::npos; });
  for (auto& p : places) // the longer ones of a list come first
    for (std::size_t at = 0; !out && at < p.chinese.size();) {
      auto end = std::min(p.chinese.find('|', at), p.chinese.size());
      auto word = p.chinese.substr(at, end - at);
      if (without(word)) out = pointer{p.place, word.size() == 1, corrected};
      at = end + 1;
    }
  for (auto w : around_it_zh)
    while (without(w)) {
    }
  return t.empty() ? out : std::nullopt;
}

std::optional<pointer> pointed_at(const std::string& folded) {
  if (folded.empty() || folded.size() > longest_pick) return std::nullopt;
  auto chinese = std::ranges::any_of(folded, [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
  return chinese ? place_in_chinese(folded) : place_in_words(folded);
}

/// The number in a list of so many; nothing: -1.
int number_of(const std::optional<pointer>& at, std::size_t count) {
  if (!at || count == 0) return -1;
  if (at->place == last_place) return static_cast<int>(count) - 1;
  return at->place >= 0 && static_cast<std::size_t>(at->place) < count ? at->place : -1;
}

} // namespace

std::string folded_sentence(std::string_view s) {
  auto out = folded_text(s);
  while (!out.empty() && std::string_view(".!?").find(out.back()) != std::string_view::npos) out.pop_back();
  for (std::string_view mark : {"。", "！", "？"})
    if (out.ends_with(mark)) out.resize(out.size() - mark.size());
  return out;
}

int picked_choice(std::string_view text, const std::vector<offered_choice>& offered) {
  if (offered.empty()) return -1;
  auto t = folded_sentence(text);
  if (t.size() == 1 && t[0] >= '1' && static_cast<std::size_t>(t[0] - '0') <= offered.size()) return t[0] - '1';
  for (std::size_t i = 0; i < offered.size(); ++i)
    if (folded_sentence(offered[i].title) == t) return static_cast<int>(i);
  if (auto i = number_of(pointed_at(t), offered.size()); i >= 0) return i;
  if (t.size() < 3 || t.size() > longest_pick) return -1;
  // "by card please" holds one label; "card" stands in one.
  int only = -1;
  for (std::size_t i = 0; i < offered.size(); ++i) {
    auto label = folded_sentence(offered[i].title);
    if (!contains_words(t, label) && !contains_words(label, t)) continue;
    if (only >= 0) return -1;
    only = static_cast<int>(i);
  }
  return only;
}

int picked_after_all(std::string_view text, const std::vector<offered_choice>& former, std::string_view answered) {
  auto at = former.empty() ? std::nullopt : pointed_at(folded_sentence(text));
  if (at && at->bare && !at->corrected) return -1; // "2" may be how many
  if (at && at->place == another && former.size() == 2) {
    if (former[0].pick == answered) return 1;
    if (former[1].pick == answered) return 0;
  }
  return number_of(at, former.size());
}

bool goes_on(std::string_view text) {
  if (text.size() > short_bytes) return false;
  std::size_t words = 0;
  for (std::size_t at = 0; at < text.size();) {
    auto end = std::min(text.find(' ', at), text.size());
    words += end > at ? 1 : 0;
    at = end + 1;
  }
  return words > 0 && words <= short_words;
}

bool follows_up(std::string_view text) {
  if (text.size() > longest_pick) return false;
  auto t = folded_sentence(text);
  if (t.starts_with("¿")) t.erase(0, std::string_view("¿").size());
  if (one_of(t, bare_questions)) return true;
  if (std::ranges::count(t, ' ') >= longest_follow_up) return false;
  return std::ranges::any_of(follow_up_leads, [&](auto lead) { return t.starts_with(lead) && t.size() > lead.size(); });
}

} // namespace steward
