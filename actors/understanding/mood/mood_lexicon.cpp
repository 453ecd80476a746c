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

// "not angry", "别担心", "没让我失望": what stands before the phrase takes it back.
bool negated(std::string_view before) {
  if (before.ends_with(' ')) before.remove_suffix(1);
  for (int words = 0; words < 4; ++words)
    for (const std::string_view between :
         {"让", "叫", "令", "使", "我", "人", "你", "们", "大家", "觉得", "感到", "会", "太", "什么"})
      if (before.ends_with(between)) {
        before.remove_suffix(between.size());
        break;
      }
  for (const char* sign : {"不", "没", "别", "无", "没有"})
    if (before.ends_with(sign)) return true;
  const auto space = before.rfind(' ');
  return negates(space == std::string_view::npos ? before : before.substr(space + 1));
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
    for (auto at = text.find(p.words); at != std::string::npos; at = text.find(p.words, at + 1))
      if (!is_feeling(p.kind) || !negated(std::string_view(text).substr(0, at))) {
        ++out[p.kind];
        break;
      } else if (p.kind == "disappointment") {
        ++out["spared"];
      }
  return out;
}

} // namespace steward
