#include "actors/conversation/vague_wish.hpp"

#include "actors/conversation/handover_policy.hpp"
#include "actors/folded_text.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr std::size_t longest = 80; // bytes: who writes more says what it is about

// Folded, parted by "|".
struct wish_row {
  std::string_view said;   // the wish
  std::string_view unless; // which of these stands beside it, says the side
  std::string_view sides[2];
};
constexpr wish_row rows[] = {
    {"too expensive|so expensive|very expensive|too dear|too pricey|overpriced|costs too much|cost too much|too much "
     "money",
     "delivery|deliver|shipping|ship|postage|return|returns|exchange|repair|customs|duty|membership|than|cheaper|"
     "elsewhere",
     {"How much does delivery cost?", "I found it cheaper somewhere else, do you match the price?"}},
    {"太贵|好贵|这么贵|有点贵|贵了",
     "运费|邮费|快递费|配送|退货|换货|维修|关税|会员|别家|其他店|比",
     {"运费多少？", "别家更便宜，可以比价或者打折吗？"}},
    {"demasiado caro|demasiado cara|muy caro|muy cara|carísimo|carísima|tan caro|tan cara|sale caro|es caro|es cara",
     "envío|envíos|portes|devolución|devolver|cambio|reparación|aduana|club|otra tienda|más barato|que en",
     {"¿Cuánto cuesta el envío?", "Lo he visto más barato en otra tienda, ¿igualáis el precio?"}}};

bool holds_one(std::string_view folded, std::string_view all) {
  for (std::size_t at = 0; at < all.size();) {
    const auto end = std::min(all.find('|', at), all.size());
    if (contains_words(folded, all.substr(at, end - at))) return true;
    at = end + 1;
  }
  return false;
}

} // namespace

std::vector<std::string> sides_of(std::string_view text) {
  if (text.size() > longest) return {};
  const auto folded = folded_text(text);
  for (auto& r : rows)
    if (holds_one(folded, r.said) && !holds_one(folded, r.unless)) return {std::begin(r.sides), std::end(r.sides)};
  return {};
}

void weigh_sides(knowledge_result& found, std::string_view text) {
  const auto sides = sides_of(text);
  if (sides.empty() || !std::ranges::equal(sides, found.parts, {}, {}, &knowledge_part::text)) return;
  std::vector<candidate> all;
  double confidence = 1;
  for (auto& p : found.parts)
    if (p.outcome != verdict::unknown && !p.candidates.empty() &&
        std::ranges::find(all, p.candidates.front().article, &candidate::article) == all.end())
      all.push_back(p.candidates.front()), all.back().score = 0, confidence = std::min(confidence, p.confidence);
  found.parts.clear();
  if (all.size() < 2 || found.outcome == verdict::answer) return;
  found.outcome = verdict::choose, found.confidence = confidence, found.candidates = std::move(all);
}

} // namespace steward
