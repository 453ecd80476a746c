#include "actors/understanding/mood/mood_lexicon.hpp"

#include "actors/understanding/mood/mood_text.hpp"

namespace steward {
namespace {

// Words are framed by spaces, so that "sue you" is not found in "pursue you"; Chinese is set close.
std::string joined(const std::vector<std::string>& tokens, mood_lexicon::matching how) {
  std::string out = how == mood_lexicon::matching::words ? " " : "";
  for (const auto& t : tokens) {
    out += t;
    if (how == mood_lexicon::matching::words) out += ' ';
  }
  return out;
}

bool is_feeling(std::string_view kind) {
  return kind == "anger" || kind == "disappointment" || kind == "anxiety" || kind == "gratitude";
}

template <std::size_t n>
bool ends_with_any(std::string_view s, const std::string_view (&ends)[n]) {
  for (auto end : ends)
    if (s.ends_with(end)) return true;
  return false;
}

template <std::size_t n>
std::string_view without_ends(std::string_view s, const std::string_view (&ends)[n], int most) {
  for (int words = 0; words < most; ++words)
    for (auto end : ends)
      if (s.ends_with(end)) {
        s.remove_suffix(end.size());
        break;
      }
  return s;
}

// "没有一次不让我失望", "怎么能不失望", "never not": what stands before the "not" takes the "not" back. Marks do not
// stand in the tokens, so "不错，没让我失望" has another "不" before it that is about something else: only some words
// may stand between.
bool turned_round_zh(std::string_view before) {
  static constexpr std::string_view asks[] = {"能不能", "会不会", "要不要", "是不是"};
  static constexpr std::string_view no_question[] = {"功能", "性能", "智能", "可能", "总能",
                                                     "才能", "望能", "都能", "也能", "不能"};
  static constexpr std::string_view between[] = {"可能", "能", "会", "得", "可", "该", "应",   "是",   "要",  "有",
                                                 "一",   "次", "回", "个", "件", "家", "天",   "人",   "让",  "叫",
                                                 "令",   "使", "我", "你", "们", "里", "顾客", "客户", "大家"};
  static constexpr std::string_view signs[] = {"不",   "没", "无", "莫", "非", "未", "很难",
                                               "怎么", "怎", "谁", "哪", "何", "岂", "难道"};
  if (ends_with_any(before, asks)) return false;
  if (before.ends_with("能") && !ends_with_any(before, no_question)) return true; // "能不失望吗"
  before = without_ends(before, between, 8);
  return ends_with_any(before, signs) && !before.ends_with("任何");
}

bool turned_round(std::string_view before) {
  std::size_t at = before.size(); // where the last words begin
  for (int words = 0; words < 4 && at != std::string_view::npos && at > 0; ++words) at = before.rfind(' ', at - 1);
  const auto last = at == std::string_view::npos ? before : before.substr(at);
  for (std::string_view question : {"how can ", "how could ", "how would ", "who can ", "who could ", "who would "})
    if (last.find(question) != std::string_view::npos) return true;
  const auto space = before.rfind(' ');
  return negates(space == std::string_view::npos ? before : before.substr(space + 1));
}

// "not angry", "别担心", "没让我失望": what stands before the phrase takes it back.
enum class denial { none, once, twice };

denial denied(std::string_view before) {
  static constexpr std::string_view between[] = {"让", "叫",   "令",   "使",   "我", "人", "你",
                                                 "们", "大家", "觉得", "感到", "会", "太", "什么"};
  if (before.ends_with(' ')) before.remove_suffix(1);
  const auto chinese = without_ends(before, between, 4);
  for (const std::string_view sign : {"没有", "不", "没"})
    if (chinese.ends_with(sign))
      return turned_round_zh(chinese.substr(0, chinese.size() - sign.size())) ? denial::twice : denial::once;
  if (chinese.ends_with("别") || chinese.ends_with("无")) return denial::once;
  const auto space = before.rfind(' ');
  if (!negates(space == std::string_view::npos ? before : before.substr(space + 1))) return denial::none;
  return space != std::string_view::npos && turned_round(before.substr(0, space)) ? denial::twice : denial::once;
}

} // namespace

result<mood_lexicon> mood_lexicon::create(std::string_view lines, matching how, const std::string& name) {
  mood_lexicon out;
  out.how_ = how;
  for (int number = 1; !lines.empty(); ++number) {
    const auto end = std::min(lines.find('\n'), lines.size());
    const auto line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (line.empty() || line.front() == '#') continue;
    const auto tab = line.find('\t');
    const auto words = tab == std::string_view::npos ? std::string() : joined(mood_tokens(line.substr(tab + 1)), how);
    if (words.find_first_not_of(' ') == std::string::npos)
      return failure{errc::bad_request, name + ":" + std::to_string(number) + ": not a kind, a tab and a phrase"};
    out.phrases_.push_back({std::string(line.substr(0, tab)), words});
  }
  return out;
}

std::map<std::string, int, std::less<>> mood_lexicon::hits(const std::vector<std::string>& tokens) const {
  const auto text = joined(tokens, how_);
  std::map<std::string, int, std::less<>> out;
  for (const auto& p : phrases_)
    for (auto at = text.find(p.words); at != std::string::npos; at = text.find(p.words, at + 1)) {
      const auto how = is_feeling(p.kind) ? denied(std::string_view(text).substr(0, at)) : denial::none;
      if (how != denial::once) {
        ++out[p.kind];
        if (how == denial::twice && p.kind == "disappointment") ++out["not spared"];
        break;
      }
      if (p.kind == "disappointment") ++out["spared"];
    }
  return out;
}

} // namespace steward
