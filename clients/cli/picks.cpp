#include "clients/cli/picks.hpp"

#include "clients/cli/json_text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <tuple>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace steward::cli {
namespace {

constexpr std::size_t longest_text = 4000; // characters that a question in questions.jsonl may have: never more bytes
constexpr uint64_t most_weight = 20;       // what everybody picks must not drown the rest

// How a customer says that the answer was not the one. Folded; what goes on with it says so, too.
constexpr std::array<std::string_view, 12> denials = {"no",       "nope",       "wrong",       "not that",
                                                      "not what", "that's not", "that is not", "the other",
                                                      "eso no",   "incorrecto", "otra",        "👎"};
constexpr std::array<std::string_view, 4> chinese_denials = {"不", "错", "没有", "没用"};

bool is_kind(const feed_item& i, reply_kind k) { return i.by != speaker::customer && i.kind == to_string(k); }

bool says_no(const std::string& text) {
  auto begins = [&](std::string_view word) {
    if (!text.starts_with(word)) return false;
    return text.size() == word.size() || std::string_view(" ,;:.!").find(text[word.size()]) != std::string_view::npos;
  };
  return std::ranges::any_of(denials, begins) ||
         std::ranges::any_of(chinese_denials, [&](auto word) { return text.starts_with(word); });
}

/// Does the text name one of the choices, but of another article than this?
bool picks_another(const std::string& text, const feed_item& ask, const std::string& article) {
  for (std::size_t i = 0; i < ask.choices.size(); ++i)
    if (ask.citations[i].article != article &&
        (text == std::to_string(i + 1) || text == normal_question(ask.choices[i])))
      return true;
  return false;
}

/// What came after the pick's answer, up to the next answer.
std::string doubt_of(std::span<const feed_item> after, const feed_item& ask, const std::string& article) {
  auto first = true;
  for (auto& i : after) {
    if (i.by == speaker::person || is_kind(i, reply_kind::handover)) return "person";
    if (is_kind(i, reply_kind::answer)) {
      auto other = i.confidence >= 1 && !i.citations.empty() && i.citations.front().article != article;
      auto choices = std::span(ask.citations).first(ask.choices.size());
      if (other && std::ranges::find(choices, i.citations.front().article, &citation::article) != choices.end())
        return "another pick";
      break;
    }
    if (i.by != speaker::customer || !std::exchange(first, false)) continue;
    auto text = normal_question(i.text);
    if (says_no(text)) return "no";
    if (picks_another(text, ask, article)) return "another pick";
  }
  return {};
}

/// Of several wishes in a message the others were answered; the one that is asked about stands in quotes on a line of
/// its own, as the customer wrote it.
std::string open_wish(const feed_item& ask, const std::string& message) {
  constexpr std::string_view begin = "\n“", end = "”\n";
  auto to = ask.text.rfind(end);
  auto from = to == std::string::npos ? to : ask.text.rfind(begin, to);
  if (from == std::string::npos) return {};
  from += begin.size();
  auto wish = ask.text.substr(from, to - from);
  return message.find(wish) == std::string::npos ? std::string() : wish;
}

/// What was asked about; none where it alone does not say what was wanted.
std::optional<std::string> asked_about(std::span<const feed_item> items, std::size_t ask) {
  auto& a = items[ask];
  if (!is_kind(a, reply_kind::choice) || a.choices.empty() || a.citations.size() < a.choices.size())
    return std::nullopt;
  const feed_item* said = nullptr;
  auto goes_on = false; // it came after a question back, which it may only have completed
  for (auto& i : items.first(ask)) {
    if (i.by == speaker::customer && i.id == a.in_reply_to) said = &i;
    if (!said && i.by != speaker::customer) goes_on = is_kind(i, reply_kind::choice);
  }
  if (!said || goes_on || said->text.size() > longest_text) return std::nullopt;
  auto text = a.citations.size() == a.choices.size() ? said->text : open_wish(a, said->text); // more: of the answers
  return normal_question(text).empty() ? std::nullopt : std::optional(std::move(text));
}

/// The place of what the customer said next, if the engine took it for a pick: it knows numbers, labels and words of
/// them, and only for a pick it is wholly sure.
std::size_t pick_answer(std::span<const feed_item> items, std::size_t ask) {
  auto next = std::find_if(items.begin() + static_cast<std::ptrdiff_t>(ask) + 1, items.end(),
                           [](auto& i) { return i.by == speaker::customer; });
  if (next == items.end() || next->id.empty()) return items.size();
  auto answer = std::find_if(next, items.end(), [&](auto& i) {
    return is_kind(i, reply_kind::answer) && i.by == speaker::ai && i.in_reply_to == next->id;
  });
  if (answer == items.end() || answer->confidence < 1 || answer->citations.empty()) return items.size();
  auto choices = std::span(items[ask].citations).first(items[ask].choices.size());
  auto offered = std::ranges::any_of(choices, [&](auto& c) { return c.article == answer->citations.front().article; });
  return offered ? static_cast<std::size_t>(answer - items.begin()) : items.size();
}

/// Who picked an article, and how they wrote it.
struct votes {
  std::set<std::string> customers;
  std::map<std::string, uint64_t> spellings;
  std::string title;
};

using question = std::pair<std::string, std::string>; // language, normal text

pick_row row_of(const std::string& language, const std::string& article, const votes& v) {
  pick_row r;
  r.language = language, r.article = article, r.title = v.title;
  r.customers = v.customers.size(), r.weight = std::min(r.customers, most_weight);
  r.text = std::ranges::max_element(v.spellings, {}, [](auto& x) { return x.second; })->first;
  return r;
}

} // namespace

std::string normal_question(std::string_view s) {
  auto u = icu::UnicodeString::fromUTF8(icu::StringPiece(s.data(), static_cast<int32_t>(s.size())));
  u.foldCase();
  icu::UnicodeString out;
  for (int32_t i = 0; i < u.length(); i = u.moveIndex32(i, 1)) {
    auto c = u.char32At(i);
    if (!u_isUWhiteSpace(c))
      out.append(c);
    else if (!out.isEmpty() && out[out.length() - 1] != u' ')
      out.append(u' ');
  }
  constexpr std::u16string_view ends = u" .!?…。！？";
  while (!out.isEmpty() && ends.find(out[out.length() - 1]) != std::u16string_view::npos)
    out.truncate(out.length() - 1);
  std::string text;
  return out.toUTF8String(text);
}

std::vector<pick> picks_in(std::span<const feed_item> items) {
  std::vector<pick> out;
  for (std::size_t ask = 0; ask < items.size(); ++ask) {
    auto said = asked_about(items, ask);
    if (!said) continue;
    auto at = pick_answer(items, ask);
    if (at == items.size()) continue;
    auto& got = items[at].citations.front();
    pick p{*said, got.article, got.title, items[at].id, {}, {}, {}};
    p.doubt = doubt_of(items.subspan(at + 1), items[ask], p.article);
    // Who asks the same again and picks anew means the last one.
    for (auto& before : out)
      if (normal_question(before.text) == normal_question(p.text) && before.article != p.article)
        before.doubt = "another pick";
    out.push_back(std::move(p));
  }
  return out;
}

std::set<std::string> rated_wrong(std::span<const feed_item> timeline) {
  std::set<std::string> out;
  for (auto& i : timeline) {
    if (i.kind != "answer_rated") continue;
    auto j = nlohmann::json::parse(i.text, nullptr, false);
    if (!j.is_object()) continue;
    auto reply = j.find("reply"), right = j.find("right");
    if (reply != j.end() && reply->is_string() && right != j.end() && right->is_boolean() && !right->get<bool>())
      out.insert(reply->get<std::string>());
  }
  return out;
}

std::string customer_of(const std::string& state) {
  auto j = nlohmann::json::parse(state, nullptr, false);
  if (!j.is_object()) return {};
  auto c = j.find("customer");
  return c != j.end() && c->is_string() ? c->get<std::string>() : std::string();
}

std::vector<pick_row> pick_rows(const std::vector<pick>& picks, uint64_t at_least) {
  std::map<question, std::map<std::string, votes>> all;
  for (auto& p : picks) {
    if (!p.doubt.empty()) continue;
    auto& v = all[{p.language, normal_question(p.text)}][p.article];
    if (v.customers.insert(p.customer).second) ++v.spellings[p.text];
    v.title = p.title;
  }
  std::vector<std::vector<pick_row>> texts;
  for (auto& [asked, articles] : all) {
    std::vector<pick_row> rows;
    for (auto& [article, v] : articles) rows.push_back(row_of(asked.first, article, v));
    std::ranges::stable_sort(rows, std::ranges::greater{}, &pick_row::customers);
    if (rows.front().customers < at_least) continue;
    for (auto& r : rows) r.conflict = rows.size() > 1;
    texts.push_back(std::move(rows));
  }
  std::ranges::stable_sort(texts, std::ranges::greater{}, [](auto& rows) { return rows.front().customers; });
  std::vector<pick_row> out;
  for (auto& rows : texts) std::ranges::move(rows, std::back_inserter(out));
  return out;
}

std::string question_line(const pick_row& r) {
  json_object line;
  line("question", r.text)("expected", std::vector{r.article});
  if (!r.language.empty() && r.language != "und") line("language", r.language);
  return line.text();
}

} // namespace steward::cli
