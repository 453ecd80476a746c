// A feature's value is read from a candidate's title, else from its passage's heading, else from its text; the nearer
// to the title, the more it weighs. The feature that separates the first two best is asked for.
#include "actors/conversation/narrowing.hpp"

#include "actors/conversation/handover_policy.hpp"
#include "actors/conversation/narrowing_features.hpp"
#include "actors/conversation/narrowing_places.hpp"
#include "actors/folded_text.hpp"
#include "actors/tenant/tenant_config.hpp"

#include <algorithm>
#include <optional>

namespace steward {
namespace {

constexpr int in_title = 3, in_heading = 2, in_text = 1;
constexpr int least_evidence = in_title + in_text; // of both together: two chance words in texts separate nothing
constexpr double far_behind = 3;                   // log-odds: who is a twentieth as likely as the first is not offered
constexpr double sure_with_place = 0.5;            // confidence of the first, where the place speaks for it alone
constexpr std::string_view subject = "subject", place = "place";
constexpr per_language subject_question = {"Which of these is it about?", "您问的是哪一个？", "¿De qué se trata?"};
constexpr per_language place_question = {"Which country is it about?", "是哪个国家？", "¿De qué país se trata?"};

/// How many of the words stand in the text, and where the first does.
std::pair<int, std::size_t> times(const std::string& folded, std::string_view words) {
  std::pair<int, std::size_t> out{0, std::string::npos};
  for (std::size_t at = 0; at <= words.size();) {
    auto end = std::min(words.find('|', at), words.size());
    auto word = words.substr(at, end - at);
    if (!word.empty() && contains_words(folded, word))
      ++out.first, out.second = std::min(out.second, folded.find(word));
    at = end + 1;
  }
  return out;
}

/// The value that is shown most, of two alike the one that stands first; null where there is none, or where so many are
/// shown that the text is an overview.
const feature_value_row* shown(const feature_row& f, const std::string& folded, std::size_t language) {
  constexpr int overview = 3;
  const feature_value_row* best = nullptr;
  std::pair<int, std::size_t> most{0, 0};
  int values = 0;
  for (auto& v : f.values) {
    auto n = times(folded, v.words[language]);
    if (n.first == 0) continue;
    ++values;
    if (n.first > most.first || (n.first == most.first && n.second < most.second)) most = n, best = &v;
  }
  return values < overview ? best : nullptr;
}

struct reading {
  std::string value, label;
  int strength = 0; // 0: says nothing of it
};

struct reader {
  std::string_view code;
  std::size_t language;

  reading of(std::string_view feature, const feature_row* row, const candidate& c) const {
    for (auto [text, strength] : {std::pair<std::string_view, int>{c.title, in_title},
                                  {c.heading == c.title ? std::string_view() : std::string_view(c.heading), in_heading},
                                  {c.text, in_text}}) {
      auto folded = folded_text(text);
      if (feature == place) {
        auto found = places_in(folded, code);
        if (!found.empty() && (strength > in_text || found.size() <= 2))
          return {joined(found), joined(found), strength};
      } else if (auto* v = shown(*row, folded, language)) {
        return {std::string(v->name), std::string(v->label[language]), strength};
      }
    }
    return {};
  }

  static std::string joined(const std::vector<std::string>& all) {
    std::string out;
    for (auto& x : all) out += (out.empty() ? "" : ", ") + x;
    return out;
  }
};

struct offer {
  std::string_view feature, question;
  std::vector<reading> readings;
  int weight = 0;
};

/// How well a feature separates them; nothing where it does not part the first two.
std::optional<offer> offer_of(std::string_view name, const feature_row* row, std::string_view question,
                              const std::vector<candidate>& all, const std::string& said, const reader& r) {
  offer o{name, question, {}, 0};
  for (auto& c : all) o.readings.push_back(r.of(name, row, c));
  auto &a = o.readings[0], &b = o.readings[1];
  if (a.strength == 0 || b.strength == 0 || a.value == b.value) return std::nullopt;
  o.weight = a.strength + b.strength;
  if (o.weight < least_evidence) return std::nullopt;
  // What the customer said already is not asked for.
  if (row ? shown(*row, said, r.language) != nullptr : !places_in(said, r.code).empty()) return std::nullopt;
  return o;
}

std::string without_end(std::string s) {
  while (!s.empty() && std::string_view("?!. ").find(s.back()) != std::string_view::npos) s.pop_back();
  return s;
}

/// Titles without the words that all begin or end with: "Find your boot size" and "Find your clothing size" are about
/// "boot" and "clothing". Only where words are parted by blanks.
std::vector<std::string> told_apart(const std::vector<std::string>& titles) {
  std::vector<std::vector<std::string>> words;
  for (auto& t : titles) {
    words.emplace_back();
    for (std::size_t at = 0; at < t.size();) {
      auto end = std::min(t.find(' ', at), t.size());
      if (end > at) words.back().push_back(t.substr(at, end - at));
      at = end + 1;
    }
  }
  auto shortest = std::ranges::min(words, {}, &std::vector<std::string>::size).size();
  auto same = [&](std::size_t i, bool from_end) {
    return std::ranges::all_of(words, [&](auto& w) {
      auto& mine = from_end ? w[w.size() - 1 - i] : w[i];
      auto& first = from_end ? words[0][words[0].size() - 1 - i] : words[0][i];
      return folded_text(mine) == folded_text(first);
    });
  };
  std::size_t front = 0, back = 0;
  while (front < shortest && same(front, false)) ++front;
  while (front + back < shortest && same(back, true)) ++back;
  if (front + back >= shortest) return titles;
  std::vector<std::string> out;
  for (auto& w : words) {
    std::string s;
    for (auto i = front; i + back < w.size(); ++i) s += (s.empty() ? "" : " ") + w[i];
    out.push_back(std::move(s));
  }
  return out;
}

std::string own_title(const candidate& c) { return without_end(c.title.empty() ? c.heading : c.title); }

narrowing by_subject(const std::vector<candidate>& all, const tenant_words& words, std::size_t language) {
  narrowing out;
  out.feature = subject;
  out.question =
      language < narrowing_languages && words.choose.empty() ? std::string(subject_question[language]) : words.choose;
  std::vector<std::string> titles;
  for (auto& c : all) titles.push_back(own_title(c));
  if (std::ranges::count(titles, titles.front()) > 1) // one article's passages, or two of one name
    for (std::size_t i = 0; i < all.size(); ++i)
      if (!all[i].heading.empty()) titles[i] = without_end(all[i].heading);
  auto labels = told_apart(titles);
  for (std::size_t i = 0; i < all.size(); ++i) out.choices.push_back({labels[i], i});
  return out;
}

} // namespace

std::string feature_value(std::string_view feature, std::string_view text, std::string_view language) {
  auto at = narrowing_language(language);
  auto folded = folded_text(text);
  if (feature == place) return reader::joined(places_in(folded, language));
  if (at == narrowing_languages) return {};
  for (auto& f : narrowing_features())
    if (f.name == feature)
      if (auto* v = shown(f, folded, at)) return std::string(v->name);
  return {};
}

narrowing narrowed(const std::vector<candidate>& candidates, std::string_view message, const tenant_words& words) {
  std::vector<candidate> all;
  for (auto& c : candidates)
    if (all.size() < 2 || c.score >= candidates.front().score - far_behind) all.push_back(c);
  if (all.size() < 2) return {};
  auto language = narrowing_language(words.language);
  if (language == narrowing_languages) return by_subject(all, words, language);
  reader r{words.language, language};
  auto said = folded_text(message);
  auto best = offer_of(place, nullptr, place_question[language], all, said, r);
  for (auto& f : narrowing_features())
    if (auto o = offer_of(f.name, &f, f.question[language], all, said, r); o && (!best || o->weight > best->weight))
      best = std::move(o);
  if (!best) return by_subject(all, words, language);
  narrowing out;
  out.feature = best->feature;
  auto own = words.narrow.find(out.feature);
  out.question = own == words.narrow.end() ? std::string(best->question) : own->second;
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto& x = best->readings[i];
    auto taken = std::ranges::any_of(out.choices, [&](auto& c) { return c.label == x.label; });
    out.choices.push_back({x.strength == 0 || taken ? own_title(all[i]) : x.label, i});
  }
  return out;
}

void settle_by_place(knowledge_result& found, std::string_view message, const tenant_words& words) {
  auto& all = found.candidates;
  if (found.outcome != verdict::choose || found.confidence < sure_with_place || all.size() < 2) return;
  auto said = places_in(folded_text(message), words.language);
  if (said.size() != 1) return;
  auto in_title = [&](const candidate& c) { return places_in(folded_text(c.title), words.language); };
  auto has = [&](const candidate& c) { return std::ranges::count(in_title(c), said.front()) > 0; };
  if (std::ranges::count_if(all, has) != 1 || !has(all[0]) || in_title(all[1]).empty()) return;
  // "Express delivery within Germany" says more than the place, and the customer did not.
  for (auto& f : narrowing_features())
    if (auto value = feature_value(f.name, all[0].title, words.language);
        !value.empty() && value != feature_value(f.name, message, words.language))
      return;
  if (narrowed(all, message, words).feature == subject) found.outcome = verdict::answer;
}

} // namespace steward
