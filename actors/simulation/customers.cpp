#include "actors/simulation/customers.hpp"

#include "actors/folded_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace steward {
namespace {

constexpr std::size_t longest_line = 1U << 16;
constexpr std::size_t most_written = 10'000;
constexpr std::size_t mind_changers = 8; // one of so many

std::uint64_t mixed(std::uint64_t seed, std::uint64_t n) {
  return seed * 0x9E3779B97F4A7C15ULL + n * 0xD1B54A32D192ED03ULL + 1;
}

// The tenant's own first phrase for it, or the default language's.
std::string person_phrase(const tenant_config& t, const std::string& language) {
  for (auto& l : {language, t.languages.empty() ? std::string() : t.languages.front()})
    if (auto at = t.ask_for_person.find(l); at != t.ask_for_person.end() && !at->second.empty())
      return at->second.front();
  return {};
}

customer_script script_of(std::string name, std::string language, goal g, const tenant_config& t,
                          std::mt19937_64& dice) {
  customer_script s;
  s.name = std::move(name), s.language = std::move(language);
  s.person = person_phrase(t, s.language);
  s.patience = static_cast<std::uint32_t>(2 + drawn(dice, 3));
  s.picks_by_number = drawn(dice, 2) == 0;
  s.goals.push_back(std::move(g));
  return s;
}

goal goal_of(const tenant_question& q) {
  return {q.expected.empty() ? wanted::nothing : wanted::article, q.expected, {}, {}};
}

// The same wish in `first`, then in other manners.
std::vector<std::string> said(const std::string& text, const std::string& language, manner first,
                              std::mt19937_64& dice) {
  std::vector<std::string> out{worded(text, language, first, dice)};
  for (auto m : {manner::reworded, manner::impatient})
    if (auto again = worded(text, language, m, dice); std::ranges::find(out, again) == out.end())
      out.push_back(std::move(again));
  return out;
}

manner drawn_manner(std::mt19937_64& dice) { return all_manners[drawn(dice, std::size(all_manners))]; }

std::vector<std::string> strings(const nlohmann::json& line, const char* key) {
  std::vector<std::string> out;
  auto at = line.find(key);
  if (at == line.end() || !at->is_array()) return out;
  for (auto& s : *at)
    if (s.is_string() && !s.get_ref<const std::string&>().empty()) out.push_back(s.get<std::string>());
  return out;
}

} // namespace

std::size_t fold_of(std::string_view question) {
  std::uint64_t h = 14695981039346656037ULL;
  for (auto c : folded_text(question))
    if (static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0)
      h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return (h ^ (h >> 29)) % simulated_folds;
}

std::vector<visitor> labelled_customers(const tenant_config& t, std::uint64_t seed) {
  std::vector<visitor> out;
  std::array<std::vector<std::size_t>, simulated_folds> by_fold;
  for (std::size_t i = 0; i < t.questions.size(); ++i) by_fold[fold_of(t.questions[i].question)].push_back(i);
  for (std::size_t i = 0; i < t.questions.size(); ++i) {
    auto& q = t.questions[i];
    auto language = q.language.empty() && !t.languages.empty() ? t.languages.front() : q.language;
    std::mt19937_64 dice(mixed(seed, i));
    auto m = drawn_manner(dice);
    auto g = goal_of(q);
    g.says = said(q.question, language, m, dice);
    visitor v;
    v.kind = "labelled", v.fold = fold_of(q.question);
    v.script = script_of("labelled " + std::to_string(i + 1) + " (" + std::string(to_string(m)) + ")", language,
                         std::move(g), t, dice);
    auto& same = by_fold[v.fold];
    if (drawn(dice, mind_changers) == 0) {
      auto& other = t.questions[same[drawn(dice, same.size())]];
      if (other.language == q.language && &other != &q) {
        auto then = goal_of(other);
        then.says = said(other.question, language, manner::plain, dice);
        v.script.goals.push_back(std::move(then));
        v.script.change = change_of_mind(language, dice);
        v.script.name += ", changes his mind";
      }
    }
    out.push_back(std::move(v));
  }
  return out;
}

std::vector<visitor> intent_customers(const tenant_config& t, std::uint64_t seed) {
  std::vector<visitor> out;
  for (auto& i : t.intents)
    for (auto& language : t.languages) {
      auto mine = i.examples.find(language);
      auto article = i.article.find(language);
      if (mine == i.examples.end() || mine->second.empty() || (!i.person && article == i.article.end())) continue;
      std::mt19937_64 dice(mixed(seed, 3'000'000 + out.size()));
      auto& example = mine->second[drawn(dice, mine->second.size())];
      auto m = drawn_manner(dice);
      goal g{wanted::person, {}, {}, said(example, language, m, dice)};
      if (!i.person) g.what = wanted::article, g.articles = {article->second};
      visitor v;
      v.kind = "intent", v.fold = fold_of(example);
      v.script = script_of("intent " + i.name + " " + language + " (" + std::string(to_string(m)) + ")", language,
                           std::move(g), t, dice);
      out.push_back(std::move(v));
    }
  return out;
}

tenant_config without_fold(const tenant_config& t, std::size_t fold) {
  auto out = t;
  auto left_out = [fold](const std::string& text) { return fold_of(text) == fold; };
  std::erase_if(out.questions, [&](auto& q) { return left_out(q.question); });
  for (auto& i : out.intents)
    for (auto& [language, texts] : i.examples) std::erase_if(texts, left_out);
  for (auto& [language, texts] : out.no_intent) std::erase_if(texts, left_out);
  return out;
}

std::vector<visitor> built_in_customers(const tenant_config& t, std::uint64_t seed) {
  std::vector<visitor> out;
  for (auto& language : t.languages) {
    auto phrases = t.ask_for_person.find(language);
    if (phrases == t.ask_for_person.end()) continue;
    for (std::size_t i = 0; i < phrases->second.size(); ++i) {
      std::mt19937_64 dice(mixed(seed, 1'000'000 + out.size()));
      auto m = i % 2 == 0 ? manner::polite : manner::impatient;
      goal g{wanted::person, {}, {}, {worded(phrases->second[i], language, m, dice), phrases->second[i]}};
      visitor v;
      v.kind = "person";
      v.script = script_of("person " + language + " " + std::to_string(i + 1), language, std::move(g), t, dice);
      out.push_back(std::move(v));
    }
  }
  return out;
}

written_reading written_customers(std::string_view bytes, const std::string& name, const tenant_config& t,
                                  std::uint64_t seed) {
  written_reading out;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::size_t number = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    auto end = std::min(bytes.find('\n', at), bytes.size());
    auto line = bytes.substr(at, end - at);
    at = end + 1, ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto problem = [&](const std::string& what) {
      out.problems.push_back(name + ":" + std::to_string(number) + ": " + what);
    };
    if (line.size() > longest_line || std::ranges::count(line, '[') > 100 || std::ranges::count(line, '{') > 100) {
      problem("the line is too long");
      continue;
    }
    if (out.visitors.size() >= most_written) {
      problem("more than " + std::to_string(most_written / 2) + " customers; the rest is not read");
      break;
    }
    auto doc = nlohmann::json::parse(line, nullptr, false);
    if (!doc.is_object()) {
      problem("not a JSON object");
      continue;
    }
    auto says = strings(doc, "says");
    if (says.empty()) {
      problem("no 'says': a list of what the customer writes, one after the other");
      continue;
    }
    auto person = doc.value("person", nlohmann::json()) == true;
    if (!person && (!doc.contains("expected") || !doc["expected"].is_array())) {
      problem("no 'expected': a list of article ids, empty where nothing answers it");
      continue;
    }
    auto language = doc.contains("language") && doc["language"].is_string() ? doc["language"].get<std::string>()
                    : t.languages.empty()                                   ? std::string("en")
                                                                            : t.languages.front();
    goal g{wanted::article, strings(doc, "expected"), strings(doc, "holds"), says};
    if (g.articles.empty()) g.what = person ? wanted::person : wanted::nothing;
    std::mt19937_64 dice(mixed(seed, 2'000'000 + number));
    for (auto m : {manner::plain, all_manners[1 + drawn(dice, std::size(all_manners) - 1)]}) {
      auto mine = g;
      for (auto& s : mine.says) s = worded(s, language, m, dice);
      visitor v;
      v.kind = "written";
      v.script = script_of("written " + std::to_string(number) + " (" + std::string(to_string(m)) + ")", language,
                           std::move(mine), t, dice);
      out.visitors.push_back(std::move(v));
    }
  }
  return out;
}

} // namespace steward
