// intents.yaml: what customers may mean, by examples. A map of names; the demo tenant's file explains it to its writer.
#include "actors/folded_text.hpp"
#include "actors/tenant/spelling.hpp"
#include "actors/tenant/tenant_files.hpp"
#include "messages/subjects.hpp"

#include <algorithm>
#include <unordered_map>

namespace steward {
namespace {

constexpr size_t most_intents = 500, most_examples = 20000, most_of_one = 2000; // in one language
constexpr size_t few = 5; // examples, in a language: fewer are told
constexpr yaml_limits limits{8, 3 * most_examples};
// What every tenant understands anyway (actors/understanding/built_in_intents).
constexpr std::string_view built_in[] = {"person", "yes",  "no",     "thanks",    "hello",
                                         "bye",    "stop", "repeat", "complaint", "forget_me"};

class intents_reader {
public:
  intents_reader(const std::string& file, tenant_config& c, std::vector<config_problem>& problems)
      : y_(file, problems)
      , c_(c) {}

  void read(const yaml_node& root) {
    y_.map_of(root, "", [&](const std::string& name, uint32_t line, const yaml_node& n) { intent(name, line, n); });
    if (root.kind == yaml_node::type::map && c_.intents.size() < 2)
      y_.complain(1, c_.intents.empty() ? "no intent in the file: at least two are needed, or no file at all"
                                        : "only one intent: at least two are needed to tell one from the other");
  }

private:
  void intent(const std::string& name, uint32_t line, const yaml_node& n) {
    if (name == none_of_these) return examples(name, line, n, c_.no_intent);
    if (!subjects::is_name(name))
      return y_.complain(line,
                         "'" + shortened(name, 40) + "' cannot be an intent's name: 1 to 40 of a-z, 0-9, '-' and '_'");
    if (std::find(std::begin(built_in), std::end(built_in), name) != std::end(built_in))
      return y_.complain(line, "'" + name + "' is built in and understood without examples: choose another name");
    if (c_.intents.size() == most_intents)
      return y_.complain(line, "more than " + std::to_string(most_intents) + " intents");
    tenant_intent i;
    i.name = name;
    bool told = false;
    uint32_t article = 0, queue = 0;
    y_.map(n, name,
           {{"description", [&](auto& v) { y_.text(v, name + "/description", 500, i.description); }},
            {"examples", [&](auto& v) { told = true, examples(name, v.line, v, i.examples); }},
            {"article", [&](auto& v) { article = v.line, articles(name, v, i.article); }},
            {"person", [&](auto& v) { i.person = yes(name + "/person", v); }},
            {"queue", [&](auto& v) {
               queue = v.line;
               if (y_.text(v, name + "/queue", 40, i.queue)) known_queue(name, v.line, i.queue);
             }}});
    if (n.kind == yaml_node::type::map && !told) {
      if (i.description.empty())
        y_.complain(line, "'" + name +
                              "' has neither 'examples' nor a 'description': write a few messages that mean it, as "
                              "customers would, or at least say what it is");
      else
        y_.warn(line, "'" + name +
                          "' has no 'examples': in the first language it is guessed from its description, in the "
                          "others from the labelled questions of its article; a few messages that mean it do "
                          "much better");
    }
    if (article && i.person)
      y_.complain(article, "'" + name + "': either 'article' answers it or 'person: true' hands it over, not both");
    if (queue && !i.person) y_.complain(queue, "'" + name + "': 'queue' stands beside 'person: true' only");
    c_.intents.push_back(std::move(i));
  }

  // A list is in the default language; a map has a list for each of the tenant's languages.
  void examples(const std::string& name, uint32_t line, const yaml_node& n,
                std::map<std::string, std::vector<std::string>>& into) {
    auto where = name == none_of_these ? name : name + "/examples";
    if (n.kind == yaml_node::type::map)
      y_.map_of(n, where, [&](const std::string& language, uint32_t at, const yaml_node& list) {
        if (known_language(where, at, language)) texts(name, where + "/" + language, list, into[language]);
      });
    else
      texts(name, where, n, into[c_.languages.empty() ? "en" : c_.languages.front()]);
    std::erase_if(into, [](auto& l) { return l.second.empty(); });
    if (name == none_of_these) return;
    if (into.empty() && (n.kind == yaml_node::type::map || n.kind == yaml_node::type::list))
      return y_.complain(line, "'" + name + "' has no example: write a few messages that mean it, as customers would");
    for (auto& language : c_.languages) {
      auto mine = into.find(language);
      if (mine == into.end())
        y_.warn(line, "'" + name + "' has no example in '" + language + "': it is not understood there");
      else if (mine->second.size() < few)
        y_.warn(line, "'" + name + "' has " + std::to_string(mine->second.size()) + " examples in '" + language +
                          "': from about " + std::to_string(few) + " on it is understood well");
    }
  }

  void texts(const std::string& name, const std::string& where, const yaml_node& n, std::vector<std::string>& into) {
    y_.list(n, where, most_of_one, [&](const yaml_node& item) {
      std::string s;
      if (!y_.text(item, where, 500, s)) return;
      if (++count_ > most_examples) {
        if (count_ == most_examples + 1)
          y_.complain(item.line, "more than " + std::to_string(most_examples) + " examples in all");
        return;
      }
      auto [before, fresh] = seen_.try_emplace(folded_text(s), name, item.line);
      auto& [first, at] = before->second;
      if (fresh) return into.push_back(std::move(s));
      if (first != name)
        return y_.complain(item.line, "'" + shortened(s) + "' is an example of '" + name + "' here and of '" + first +
                                          "' in line " + std::to_string(at) + ": which of the two does it mean?");
      y_.warn(item.line, "'" + shortened(s) + "' stands in line " + std::to_string(at) + " already");
    });
  }

  void articles(const std::string& name, const yaml_node& n, std::map<std::string, std::string>& into) {
    auto where = name + "/article";
    if (n.kind != yaml_node::type::map) { // the same in every language; what is wrong with it is told once
      std::string id;
      if (y_.text(n, where, 200, id))
        for (auto& language : c_.languages) into[language] = id;
      return;
    }
    y_.map_of(n, where, [&](const std::string& language, uint32_t at, const yaml_node& v) {
      std::string id;
      if (known_language(where, at, language) && y_.text(v, where, 200, id)) into[language] = id;
    });
  }

  bool yes(const std::string& where, const yaml_node& n) {
    if (n.kind == yaml_node::type::scalar && !n.quoted && (n.text == "true" || n.text == "false"))
      return n.text == "true";
    y_.complain(n.line, "'" + where + "': expected true or false");
    return false;
  }

  void known_queue(const std::string& name, uint32_t line, const std::string& queue) {
    if (c_.queues.empty() ? queue != c_.first_queue : !c_.queues.contains(queue))
      y_.complain(line,
                  "'" + name + "/queue': no queue is called '" + shortened(queue, 40) + "' in 'queues' of tenant.yaml");
  }

  bool known_language(const std::string& where, uint32_t line, const std::string& language) {
    auto& all = c_.languages;
    if (all.empty() || std::find(all.begin(), all.end(), language) != all.end()) return true;
    y_.complain(line,
                "'" + where + "': language '" + shortened(language, 20) + "' is not in 'languages' of tenant.yaml");
    return false;
  }

  yaml_fields y_;
  tenant_config& c_;
  size_t count_ = 0;
  std::unordered_map<std::string, std::pair<std::string, uint32_t>> seen_; // folded text -> intent and line
};

} // namespace

void read_intents(const std::string& file, const std::string& text, tenant_config& c,
                  std::vector<config_problem>& problems) {
  if (auto root = open_yaml(file, text, problems, limits)) intents_reader(file, c, problems).read(*root);
}

} // namespace steward
