// meanings.yaml: words that mean several things in the tenant's trade, and what settles which is meant. The demo
// tenant's file explains it to its writer.
#include "actors/folded_text.hpp"
#include "actors/tenant/spelling.hpp"
#include "actors/tenant/tenant_files.hpp"
#include "messages/subjects.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr size_t most_words = 200, most_meanings = 8, most_forms = 20, most_cues = 200, most_fields = 50;
constexpr size_t longest = 60; // characters of a form or cue
constexpr yaml_limits limits{8, 20000};
using by_language = std::map<std::string, std::vector<std::string>>;

// The fields of life whose words are built in (actors/understanding/entities/sense_words_*).
const std::vector<std::string>& built_in_fields() {
  static const std::vector<std::string> names{
      "electronics", "food",     "company",  "colour", "trading", "job",      "money", "power",     "nature",
      "animal",      "software", "medicine", "car",    "travel",  "shopping", "sport", "insurance", "telephone",
      "home",        "clothes",  "season",   "space",  "support", "tools",    "paper", "music",     "counter"};
  return names;
}

class meanings_reader {
public:
  meanings_reader(const std::string& file, tenant_config& c, std::vector<config_problem>& problems)
      : y_(file, problems)
      , c_(c) {}

  void read(const yaml_node& root) {
    const yaml_node *known_for = nullptr, *words = nullptr;
    y_.map(root, "",
           {{"fields", [&](auto& v) { fields(v); }},
            {"known_for", [&](auto& v) { known_for = &v; }},
            {"words", [&](auto& v) { words = &v; }}});
    // Behind `fields`, wherever it stands: what they name must be known.
    if (known_for) field_names("known_for", *known_for, c_.meanings.known_for);
    if (words)
      y_.map_of(*words, "words",
                [&](const std::string& name, uint32_t line, const yaml_node& n) { word(name, line, n); });
  }

private:
  void fields(const yaml_node& n) {
    y_.map_of(n, "fields", [&](const std::string& name, uint32_t line, const yaml_node& v) {
      if (!named(line, name, "a field")) return;
      if (c_.meanings.fields.size() == most_fields)
        return y_.complain(line, "more than " + std::to_string(most_fields) + " fields");
      texts("fields/" + name, v, most_cues, c_.meanings.fields[name]);
    });
  }

  void word(const std::string& name, uint32_t line, const yaml_node& n) {
    if (!named(line, name, "a word's entry")) return;
    if (c_.meanings.words.size() == most_words)
      return y_.complain(line, "more than " + std::to_string(most_words) + " words");
    tenant_word w;
    w.name = name;
    bool formed = false;
    y_.map(n, "words/" + name,
           {{"forms", [&](auto& v) { formed = true, texts("words/" + name + "/forms", v, most_forms, w.forms); }},
            {"meanings", [&](auto& v) {
               y_.map_of(v, "words/" + name + "/meanings",
                         [&](const std::string& what, uint32_t at, const yaml_node& m) { meaning(w, what, at, m); });
             }}});
    if (n.kind != yaml_node::type::map) return;
    if (!formed) w.forms[c_.languages.empty() ? "en" : c_.languages.front()] = {name};
    if (w.meanings.size() < 2)
      return y_.complain(line, "'" + name + "' has " + (w.meanings.empty() ? "no meaning" : "one meaning") +
                                   ": two at least are needed, or there is nothing to settle");
    for (auto& [language, forms] : w.forms)
      for (auto& f : forms)
        if (auto [before, fresh] = written_.try_emplace({language, folded_text(f)}, name, line); !fresh)
          y_.complain(line, "'" + shortened(f, 40) + "' is a form of '" + name + "' and of '" + before->second.first +
                                "' in line " + std::to_string(before->second.second) + ": put their meanings together");
    c_.meanings.words.push_back(std::move(w));
  }

  void meaning(tenant_word& w, const std::string& name, uint32_t line, const yaml_node& n) {
    auto where = "words/" + w.name + "/meanings/" + name;
    if (!named(line, name, "a meaning")) return;
    if (w.meanings.size() == most_meanings)
      return y_.complain(line, "'" + w.name + "' has more than " + std::to_string(most_meanings) + " meanings");
    tenant_meaning m;
    m.name = name;
    y_.map(n, where,
           {{"fields", [&](auto& v) { field_names(where + "/fields", v, m.fields); }},
            {"words", [&](auto& v) { texts(where + "/words", v, most_cues, m.words); }}});
    if (n.kind == yaml_node::type::map && m.fields.empty() && m.words.empty())
      y_.complain(line, "'" + name + "' has neither 'words' nor 'fields': nothing could ever speak for it");
    w.meanings.push_back(std::move(m));
  }

  void field_names(const std::string& where, const yaml_node& n, std::vector<std::string>& into) {
    y_.list(n, where, most_fields, [&](const yaml_node& item) {
      std::string field;
      if (!y_.text(item, where, 40, field)) return;
      auto known = built_in_fields();
      for (auto& [own, words] : c_.meanings.fields) known.push_back(own);
      if (std::find(known.begin(), known.end(), field) == known.end())
        return y_.complain(item.line, "'" + where + "': no field is called '" + shortened(field, 40) +
                                          "': give it words under 'fields'" + hint(field, known));
      into.push_back(std::move(field));
    });
  }

  // A list is in the default language; a map has a list for each of the tenant's languages.
  void texts(const std::string& where, const yaml_node& n, size_t most, by_language& into) {
    auto read = [&](const std::string& at, const yaml_node& list, std::vector<std::string>& out) {
      y_.list(list, at, most, [&](const yaml_node& item) {
        std::string s;
        if (!y_.text(item, at, longest, s)) return;
        if (s.find('|') != s.npos) return y_.complain(item.line, "'" + at + "': a word has no '|': write two items");
        out.push_back(std::move(s));
      });
    };
    if (n.kind != yaml_node::type::map) return read(where, n, into[c_.languages.empty() ? "en" : c_.languages.front()]);
    y_.map_of(n, where, [&](const std::string& language, uint32_t at, const yaml_node& list) {
      auto& all = c_.languages;
      if (!all.empty() && std::find(all.begin(), all.end(), language) == all.end())
        return y_.complain(at, "'" + where + "': language '" + shortened(language, 20) +
                                   "' is not in 'languages' of tenant.yaml");
      read(where + "/" + language, list, into[language]);
    });
    std::erase_if(into, [](auto& l) { return l.second.empty(); });
  }

  bool named(uint32_t line, const std::string& name, const char* what) {
    if (subjects::is_name(name)) return true;
    y_.complain(line,
                "'" + shortened(name, 40) + "' cannot be the name of " + what + ": 1 to 40 of a-z, 0-9, '-' and '_'");
    return false;
  }

  yaml_fields y_;
  tenant_config& c_;
  std::map<std::pair<std::string, std::string>, std::pair<std::string, uint32_t>> written_; // form -> word and line
};

} // namespace

void read_meanings(const std::string& file, const std::string& text, tenant_config& c,
                   std::vector<config_problem>& problems) {
  if (auto root = open_yaml(file, text, problems, limits)) meanings_reader(file, c, problems).read(*root);
}

} // namespace steward
