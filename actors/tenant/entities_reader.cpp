// entities.yaml: what the tenant wants to find in messages. The demo tenant's file explains it to its writer.
#include "actors/folded_text.hpp"
#include "actors/tenant/spelling.hpp"
#include "actors/tenant/tenant_files.hpp"
#include "messages/subjects.hpp"

#include <algorithm>
#include <memory>
#include <unicode/regex.h>

namespace steward {
namespace {

constexpr size_t most_entities = 50, most_values = 5000, most_words = 50, most_patterns = 20;
constexpr size_t longest = 60, longest_pattern = 200; // characters
constexpr yaml_limits limits{6, 100000};

// What is read of every message (actors/understanding/entities).
constexpr std::string_view built_in[] = {"number",  "ordinal",  "percentage", "currency", "dimension",
                                         "age",     "datetime", "phone",      "email",    "url",
                                         "boolean", "ip",       "hashtag",    "mention",  "sense"};

/// Why it cannot be used; empty: it can.
std::string pattern_problem(const std::string& pattern) {
  UErrorCode error = U_ZERO_ERROR;
  UParseError at{};
  const std::unique_ptr<icu::RegexPattern> p(
      icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(pattern), UREGEX_CASE_INSENSITIVE, at, error));
  if (U_FAILURE(error))
    return "is no regular expression: " + std::string(u_errorName(error)).substr(2) + " at character " +
           std::to_string(at.offset);
  // Some backtrack without end even over nothing, (a?|b?){60}x for one: they are given up as in a message.
  constexpr int32_t most_steps = 200, most_stack = 1 << 20;
  for (const auto* text : {"", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "00000000000000000000"}) {
    const icu::UnicodeString some(text);
    const std::unique_ptr<icu::RegexMatcher> m(p->matcher(some, error));
    if (U_SUCCESS(error)) m->setTimeLimit(most_steps, error), m->setStackLimit(most_stack, error);
    if (U_SUCCESS(error) && some.isEmpty() && m->matches(error))
      return "fits nothing at all, too: it would be found everywhere";
    while (U_SUCCESS(error) && m->find(error)) {
    }
    if (U_FAILURE(error)) return "takes too long: repeat fewer things inside things that repeat";
  }
  return {};
}

class entities_reader {
public:
  entities_reader(const std::string& file, tenant_config& c, std::vector<config_problem>& problems)
      : y_(file, problems)
      , c_(c) {}

  void read(const yaml_node& root) {
    y_.map_of(root, "", [&](const std::string& name, uint32_t line, const yaml_node& n) { entity(name, line, n); });
  }

private:
  void entity(const std::string& name, uint32_t line, const yaml_node& n) {
    if (!subjects::is_name(name))
      return y_.complain(line, "'" + shortened(name, 40) +
                                   "' cannot be the name of an entity: 1 to 40 of a-z, 0-9, '-' and '_'");
    if (std::ranges::find(built_in, name) != std::end(built_in))
      return y_.complain(line,
                         "'" + name + "' is read of every message: give yours another name, such as 'my_" + name + "'");
    if (c_.entities.size() == most_entities)
      return y_.complain(line, "more than " + std::to_string(most_entities) + " entities");
    tenant_entity e;
    e.name = name;
    written_.clear();
    y_.map(n, name, {{"values", [&](auto& v) { values(e, v); }}, {"patterns", [&](auto& v) { patterns(e, v); }}});
    if (n.kind == yaml_node::type::map && e.values.empty() && e.patterns.empty())
      y_.complain(line, "'" + name + "' has neither 'values' nor 'patterns': nothing could ever be found");
    c_.entities.push_back(std::move(e));
  }

  // A list: each is its own word, in every language.
  void values(tenant_entity& e, const yaml_node& n) {
    const auto where = e.name + "/values";
    if (n.kind != yaml_node::type::map)
      return y_.list(n, where, most_values, [&](const yaml_node& item) {
        std::string value;
        if (y_.text(item, where, longest, value)) word(e, value, {}, value, item.line);
      });
    y_.map_of(n, where, [&](const std::string& value, uint32_t line, const yaml_node& v) {
      if (e.values.size() == most_values)
        return y_.complain(line, "more than " + std::to_string(most_values) + " values");
      if (value.empty() || value.size() > 4 * longest)
        return y_.complain(line, "'" + where + "': a value has 1 to 60 characters");
      if (v.kind != yaml_node::type::map) return words(e, value, {}, where + "/" + value, v);
      y_.map_of(v, where + "/" + value, [&](const std::string& language, uint32_t at, const yaml_node& list) {
        auto& all = c_.languages;
        if (!all.empty() && std::find(all.begin(), all.end(), language) == all.end())
          return y_.complain(at, "'" + where + "/" + value + "': language '" + shortened(language, 20) +
                                     "' is not in 'languages' of tenant.yaml");
        words(e, value, language, where + "/" + value + "/" + language, list);
      });
    });
  }

  void words(tenant_entity& e, const std::string& value, const std::string& language, const std::string& where,
             const yaml_node& n) {
    y_.list(n, where, most_words, [&](const yaml_node& item) {
      std::string s;
      if (y_.text(item, where, longest, s)) word(e, value, language, s, item.line);
    });
  }

  // Of two values with one word only one could be found: in the same language, or where one word is of every language.
  void word(tenant_entity& e, const std::string& value, const std::string& language, const std::string& s,
            uint32_t line) {
    const auto folded = folded_text(s);
    if (folded.size() < 2)
      return y_.complain(line, "'" + shortened(s, 20) + "' is too short: a word has two letters at least");
    auto& before = written_[folded];
    for (const auto& [other, first] : before)
      if (first.first != value && (other == language || other.empty() || language.empty()))
        return y_.complain(line, "'" + shortened(s, 40) + "' is a word for '" + shortened(value, 40) + "' and for '" +
                                     shortened(first.first, 40) + "' in line " + std::to_string(first.second));
    before.try_emplace(language, value, line);
    e.values[value][language].push_back(s);
  }

  void patterns(tenant_entity& e, const yaml_node& n) {
    const auto where = e.name + "/patterns";
    y_.list(n, where, most_patterns, [&](const yaml_node& item) {
      std::string pattern;
      if (!y_.text(item, where, longest_pattern, pattern)) return;
      if (const auto why = pattern_problem(pattern); !why.empty())
        return y_.complain(item.line, "'" + where + "': '" + shortened(pattern, 40) + "' " + why);
      e.patterns.push_back(std::move(pattern));
    });
  }

  yaml_fields y_;
  tenant_config& c_;
  // Of each word, by language: the value that it is for, and the line.
  std::map<std::string, std::map<std::string, std::pair<std::string, uint32_t>>> written_;
};

} // namespace

void read_entities_file(const std::string& file, const std::string& text, tenant_config& c,
                        std::vector<config_problem>& problems) {
  if (auto root = open_yaml(file, text, problems, limits)) entities_reader(file, c, problems).read(*root);
}

} // namespace steward
