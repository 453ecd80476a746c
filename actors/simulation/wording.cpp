#include "actors/simulation/wording.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

namespace steward {
namespace {

using words = std::vector<std::string_view>;

// Which words stand for each other, per language; whole words only where words are parted by blanks.
struct exchange {
  std::string_view a, b;
};
constexpr exchange english[] = {
    {"parcel", "package"},        {"package", "parcel"},     {"shop", "store"},
    {"purchase", "order"},        {"bought", "purchased"},   {"buy", "purchase"},
    {"send back", "return"},      {"give back", "return"},   {"can i", "am I able to"},
    {"can you", "could you"},     {"do you", "do you guys"}, {"how do i", "what do I have to do to"},
    {"how can i", "how would I"}, {"how much", "what sum"},  {"where is", "where's"},
    {"want", "would like"},       {"need", "would need"},    {"get", "receive"},
    {"card", "credit card"},      {"bill", "invoice"},       {"till slip", "receipt"},
    {"cost", "set me back"},      {"allowed", "permitted"},  {"fix", "repair"},
    {"broken", "defective"},      {"account", "login"},      {"money", "cash"},
    {"quickly", "fast"},          {"possible", "doable"}};
constexpr exchange spanish[] = {
    {"paquete", "envío"},   {"tienda", "local"},       {"cuánto", "qué"},     {"puedo", "podría"},
    {"quiero", "querría"},  {"pedido", "compra"},      {"dinero", "importe"}, {"dónde está", "por dónde anda"},
    {"me lo", "eso me lo"}, {"cuándo", "en qué fecha"}};
constexpr exchange chinese[] = {{"怎么", "如何"},   {"什么时候", "几时"}, {"能", "可以"},   {"多久", "多长时间"},
                                {"退货", "退东西"}, {"快递", "包裹"},     {"东西", "商品"}, {"钱", "款"},
                                {"哪款", "哪一款"}, {"没", "还没"},       {"给我", "帮我"}};

struct manner_words {
  std::string_view language;
  words hello, please, hurry_before, hurry_after, change;
  std::span<const exchange> exchanges;
};
const manner_words known[] = {
    {"en",
     {"Hi, ", "Hello there, ", "Good morning! ", "Hi team, quick question: ", "Excuse me, "},
     {" Thanks!", ", please", " Thank you in advance.", ""},
     {"hello?? ", "come on, ", "again: ", "third time I ask: ", ""},
     {"???", "!!", " asap", " ??? I am waiting", "!!!"},
     {"Actually, forget that. ", "Never mind. ", "Oh wait, something else: ", "Changed my mind, different question: "},
     english},
    {"es",
     {"Hola, ", "Buenos días, ", "Hola, una pregunta: ", "Perdona, "},
     {" Gracias.", ", por favor", " Muchas gracias de antemano.", ""},
     {"hola?? ", "venga, ", "otra vez: ", ""},
     {"???", "!!", " que es urgente", "!!!"},
     {"Mejor otra cosa: ", "Déjalo. ", "Espera, otra pregunta: "},
     spanish},
    {"zh",
     {"你好，", "您好，", "请问一下，", "打扰了，"},
     {"，谢谢", "，麻烦了", "，多谢", ""},
     {"在吗？？", "快点，", "再问一遍：", ""},
     {"？？？", "！！", "，急", "！！！"},
     {"算了，换个问题：", "不问这个了，", "等等，另外一件事："},
     chinese},
};

const manner_words* of(std::string_view language) {
  auto it = std::ranges::find(known, language, &manner_words::language);
  return it == std::end(known) ? nullptr : it;
}

template <class T>
const T& one_of(const std::vector<T>& all, std::mt19937_64& dice) {
  return all[drawn(dice, all.size())];
}

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Rows of a keyboard: a finger that slips hits what stands beside.
char neighbour(char c, std::mt19937_64& dice) {
  for (std::string_view row : {"qwertyuiop", "asdfghjkl", "zxcvbnm"})
    if (auto at = row.find(lower(c)); at != std::string_view::npos)
      return row[at == 0 ? 1 : at + 1 == row.size() || drawn(dice, 2) == 0 ? at - 1 : at + 1];
  return c;
}

// A slip every thirty letters, at least one, inside words of four letters and more, never in their first.
std::string slipped(std::string s, std::mt19937_64& dice) {
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < s.size();) {
    auto end = at;
    while (end < s.size() && letter(s[end])) ++end;
    if (end - at >= 4)
      for (auto i = at + 1; i + 1 < end; ++i) places.push_back(i);
    at = end + 1;
  }
  for (auto left = places.empty() ? 0 : 1 + places.size() / 30; left > 0; --left) {
    auto i = one_of(places, dice);
    if (i + 1 >= s.size() || !letter(s[i]) || !letter(s[i + 1])) continue;
    switch (drawn(dice, 4)) {
    case 0: std::swap(s[i], s[i + 1]); break;
    case 1: s.erase(i, 1); break;
    case 2: s.insert(i, 1, s[i]); break;
    default: s[i] = neighbour(s[i], dice);
    }
  }
  return s;
}

// Spanish is often written without its accents.
std::string unaccented(std::string s) {
  constexpr exchange bare[] = {{"á", "a"}, {"é", "e"}, {"í", "i"}, {"ó", "o"}, {"ú", "u"}, {"¿", ""}, {"¡", ""}};
  for (auto& [from, to] : bare)
    for (auto at = s.find(from); at != std::string::npos; at = s.find(from, at + to.size()))
      s.replace(at, from.size(), to);
  return s;
}

std::string without_end(std::string s) {
  while (!s.empty() && std::string_view(".?! ").find(s.back()) != std::string_view::npos) s.pop_back();
  for (std::string_view mark : {"？", "。", "！"})
    if (s.ends_with(mark)) s.resize(s.size() - mark.size());
  return s;
}

std::string lowered(std::string s) {
  std::ranges::transform(s, s.begin(), lower);
  return s;
}

// At most two exchanges, of words that were there from the beginning, each at its first place.
std::string exchanged(std::string s, std::span<const exchange> all, bool by_words) {
  const auto first = lowered(s);
  int left = 2;
  for (auto& [from, to] : all) {
    if (left == 0) break;
    auto folded = lowered(s);
    auto at = folded.find(from);
    if (at == std::string::npos || first.find(from) == std::string::npos) continue;
    auto inside = [&](std::size_t i) { return i < folded.size() && letter(folded[i]); };
    if (by_words && ((at > 0 && inside(at - 1)) || inside(at + from.size()))) continue;
    s.replace(at, from.size(), to);
    --left;
  }
  return s;
}

} // namespace

std::string_view to_string(manner m) {
  constexpr std::array<std::string_view, 5> names{"plain", "typos", "polite", "impatient", "reworded"};
  return names[static_cast<std::size_t>(m)];
}

std::size_t drawn(std::mt19937_64& dice, std::size_t n) { return static_cast<std::size_t>(dice() % n); }

std::string worded(std::string_view text, std::string_view language, manner m, std::mt19937_64& dice) {
  std::string s(text);
  auto* w = of(language);
  switch (m) {
  case manner::plain: return s;
  case manner::typos: return slipped(language == "es" ? unaccented(lowered(s)) : lowered(s), dice);
  case manner::polite:
    if (!w) return s;
    return std::string(one_of(w->hello, dice)) + without_end(s) + std::string(one_of(w->please, dice));
  case manner::impatient:
    if (!w) return without_end(s) + "!!";
    return std::string(one_of(w->hurry_before, dice)) + lowered(without_end(s)) +
           std::string(one_of(w->hurry_after, dice));
  case manner::reworded: return w ? exchanged(s, w->exchanges, language != "zh") : lowered(without_end(s));
  }
  return s;
}

std::string change_of_mind(std::string_view language, std::mt19937_64& dice) {
  auto* w = of(language);
  return w ? std::string(one_of(w->change, dice)) : std::string();
}

} // namespace steward
