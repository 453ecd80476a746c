#include "actors/conversation/picked_choice.hpp"

#include "actors/conversation/handover_policy.hpp"
#include "actors/folded_text.hpp"

#include <algorithm>
#include <array>

namespace steward {
namespace {

constexpr std::size_t longest_pick = 60; // bytes: who writes more says something of his own
constexpr std::size_t short_words = 4, short_bytes = 36;

// Folded; parted by "|", one list for each place in what was offered.
constexpr std::array<std::string_view, 3> places = {"first|the first one|first one|number one|number 1|option "
                                                    "1|第一个|第一|第一种|1号|la primera|el primero|primera|primero",
                                                    "second|the second one|second one|number two|number 2|option "
                                                    "2|第二个|第二|第二种|2号|la segunda|el segundo|segunda|segundo",
                                                    "third|the third one|third one|number three|number 3|option "
                                                    "3|第三个|第三|第三种|3号|la tercera|el tercero|tercera|tercero"};

bool one_of(std::string_view text, std::string_view all) {
  for (std::size_t at = 0; at <= all.size();) {
    auto end = std::min(all.find('|', at), all.size());
    if (all.substr(at, end - at) == text) return true;
    at = end + 1;
  }
  return false;
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
  for (std::size_t i = 0; i < offered.size() && i < places.size(); ++i)
    if (one_of(t, places[i])) return static_cast<int>(i);
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

} // namespace steward
