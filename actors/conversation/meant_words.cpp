#include "actors/conversation/meant_words.hpp"

#include "actors/folded_text.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr size_t most = 4;

std::string_view word_of(std::string_view meant) { return meant.substr(0, meant.rfind('/')); }

/// "apple" and "apples", "battery" and "batteries", "banco" and "bancos": one word, of which the newest meaning counts.
bool same_word(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a == b) return true;
  if (a.size() < 3) return false;
  auto ending = [&](std::string_view one, std::string_view several) {
    return a.ends_with(one) && b == std::string(a.substr(0, a.size() - one.size())) + std::string(several);
  };
  return ending("", "s") || ending("", "es") || ending("y", "ies");
}

} // namespace

std::vector<std::string> meant_in(const understood_message& u) {
  std::vector<std::string> out;
  for (auto& e : u.entities)
    if (e.kind == "sense" && !e.value.empty() && out.size() < most) out.push_back(folded_text(e.text) + "/" + e.value);
  return out;
}

void remember_meant(std::vector<std::string>& known, const std::vector<std::string>& fresh) {
  for (auto& f : fresh) {
    std::erase_if(known, [&](auto& k) { return same_word(word_of(k), word_of(f)); });
    known.push_back(f);
  }
  if (known.size() > most) known.erase(known.begin(), known.end() - most);
}

} // namespace steward
