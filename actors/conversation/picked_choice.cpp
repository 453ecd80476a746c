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
    {0, "1|first|1st|1a|1o|primera|primero|former", "第一个|第一种|第一项|第一条|第一|第1个|1号|前者|1"},
    {1, "2|second|2nd|2a|2o|segunda|segundo", "第二个|第二种|第二项|第二条|第二|第2个|2号|2"},
    {2, "3|third|3rd|3a|3o|tercera|tercero", "第三个|第三种|第三项|第三条|第三|第3个|3号|3"},
    {last_place, "last|latter|última|último|ultima|ultimo", "最后一个|最后那个|后者"},
    {another, "other|otra|otro", "另一个|另外一个|另外那个|另外的"}};
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

/// Of words parted by blanks; nothing where one of them says something of its own.
std::optional<int> place_in_words(std::string_view t) {
  std::optional<int> out;
  bool one = false, the = false;
  for (std::size_t at = 0; at < t.size();) {
    auto end = std::min(t.find_first_of(" ,.;:!?", at), t.size());
    auto word = t.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    auto place = std::ranges::find_if(places, [&](auto& p) { return one_of(word, p.spaced); });
    if (place != std::end(places)) {
      if (out && *out != place->place) return std::nullopt;
      out = place->place;
    } else if (!one_of(word, around_it)) {
      return std::nullopt;
    }
    one = one || word == "one" || word == "uno", the = the || word == "the";
  }
  if (!out && one && !the) return 0; // "number one", but not "the one"
  return out;
}

std::optional<int> place_in_chinese(std::string t) {
  auto without = [&](std::string_view word) {
    auto at = t.find(word);
    if (at == t.npos) return false;
    t.erase(at, word.size());
    return true;
  };
  std::optional<int> out;
  for (auto& p : places) // the longer ones of a list come first
    for (std::size_t at = 0; !out && at < p.chinese.size();) {
      auto end = std::min(p.chinese.find('|', at), p.chinese.size());
      if (without(p.chinese.substr(at, end - at))) out = p.place;
      at = end + 1;
    }
  for (auto w : around_it_zh)
    while (without(w)) {
    }
  return t.empty() ? out : std::nullopt;
}

/// The place that a short text points at and says nothing beside: 0, 1, 2, last_place, another.
std::optional<int> pointed_at(const std::string& folded) {
  if (folded.empty() || folded.size() > longest_pick) return std::nullopt;
  auto chinese = std::ranges::any_of(folded, [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
  return chinese ? place_in_chinese(folded) : place_in_words(folded);
}

/// The number in a list of so many; nothing: -1.
int number_of(std::optional<int> place, std::size_t count) {
  if (place == last_place && count > 0) return static_cast<int>(count) - 1;
  return place && *place >= 0 && static_cast<std::size_t>(*place) < count ? *place : -1;
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
  auto place = former.empty() ? std::nullopt : pointed_at(folded_sentence(text));
  if (place == another && former.size() == 2) {
    if (former[0].pick == answered) return 1;
    if (former[1].pick == answered) return 0;
  }
  return number_of(place, former.size());
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
