// tenant.yaml key by key. The demo tenant's file (scripts/demo/tenant/tenant.yaml) explains each to its writer.
#include "actors/folded_text.hpp"
#include "actors/tenant/duty_fields.hpp"
#include "actors/tenant/spelling.hpp"
#include "actors/tenant/tenant_files.hpp"
#include "actors/tenant/yaml_fields.hpp"
#include "messages/subjects.hpp"

#include <algorithm>
#include <memory>
#include <unicode/ucal.h>
#include <unicode/uenum.h>

namespace steward {
namespace {

using node = yaml_node;

constexpr std::string_view iso_639_1 =
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv "
    "ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne "
    "ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st "
    "su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

bool is_language(std::string_view s) {
  return s.size() == 2 && s.find(' ') == s.npos && iso_639_1.find(s) != s.npos && iso_639_1.find(s) % 3 == 0;
}

// Names only: the offsets come from the system's own, newer tables.
const std::vector<std::string>& time_zones() {
  static const auto names = [] {
    std::vector<std::string> out;
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<UEnumeration, decltype(&uenum_close)> all(ucal_openTimeZones(&error), &uenum_close);
    int32_t n = 0;
    while (const char* name = U_SUCCESS(error) ? uenum_next(all.get(), &n, &error) : nullptr) out.emplace_back(name, n);
    return out;
  }();
  return names;
}

class settings_reader {
public:
  settings_reader(const std::string& file, tenant_config& c, std::vector<config_problem>& problems)
      : y_(file, problems)
      , c_(c) {}

  void read(const node& root) {
    // Languages first: what follows is checked against them, wherever they stand in the file.
    if (root.kind == node::type::map)
      for (auto& m : root.members)
        if (m.key == "languages") {
          languages(m.value);
          break;
        }
    bool named = false, spoke = false;
    y_.map(root, "",
           {{"name", [&](auto& n) { named = true, y_.text(n, "name", 200, c_.name); }},
            {"languages", [&](auto&) { spoke = true; }},
            {"time_zone", [&](auto& n) { time_zone(n); }},
            {"retention_days", [&](auto& n) { y_.integer(n, "retention_days", 1, 36500, c_.retention_days); }},
            {"channels", [&](auto& n) { channels(n); }},
            {"mask", [&](auto& n) { masks(n); }},
            {"knowledge", [&](auto& n) { knowledge(n); }},
            {"limits", [&](auto& n) { limits(n); }},
            {"page", [&](auto& n) { read_page(y_, n, c_); }},
            {"words", [&](auto& n) { words(n); }},
            {"hours", [&](auto& n) { read_hours(y_, n, c_.hours); }},
            {"queues", [&](auto& n) { duty_.queues(n); }},
            {"handover", [&](auto& n) { duty_.handover(n); }},
            {"texts", [&](auto& n) { duty_.texts(n); }},
            {"ask_for_person", [&](auto& n) { ask_for_person(n); }}});
    if (root.kind == node::type::map && !named)
      y_.complain(1, "'name' is missing: what customers see as the sender, as in 'name: Larch & Tarn'");
    if (root.kind == node::type::map && !spoke)
      y_.complain(1, "'languages' is missing: the languages you answer in, default first, as in 'languages: [en, es]'");
    fill_words();
    duty_.check();
  }

private:
  void languages(const node& n) {
    std::vector<std::string> out;
    y_.list(n, "languages", 50, [&](auto& item) {
      std::string s;
      if (!y_.text(item, "languages", 40, s)) return;
      if (!is_language(s)) {
        auto two = s.substr(0, 2);
        std::transform(two.begin(), two.end(), two.begin(), [](unsigned char ch) { return std::tolower(ch); });
        return y_.complain(item.line,
                           "languages: '" + shortened(s, 20) + "' is not a two-letter code of ISO 639-1" +
                               (is_language(two) ? "; did you mean '" + two + "'?" : "; such as en, zh, es"));
      }
      if (std::find(out.begin(), out.end(), s) != out.end())
        return y_.complain(item.line, "languages: '" + s + "' stands twice");
      out.push_back(s);
    });
    if (n.kind == node::type::list && n.items.empty()) y_.complain(n.line, "languages: at least one is needed");
    c_.languages = std::move(out);
  }

  // Is `key` one of the tenant's languages? With a broken list of languages nothing can be said about it.
  bool language_key(const std::string& where, const std::string& key, uint32_t line) {
    if (c_.languages.empty() || std::find(c_.languages.begin(), c_.languages.end(), key) != c_.languages.end())
      return true;
    std::string all;
    for (auto& l : c_.languages) (all += all.empty() ? "" : ", ") += l;
    y_.complain(line, "'" + where + "': language '" + shortened(key, 20) + "' is not in 'languages' (" + all + ")");
    return false;
  }

  void time_zone(const node& n) {
    std::string s;
    if (!y_.text(n, "time_zone", 100, s)) return;
    auto& all = time_zones();
    if (!all.empty() && std::find(all.begin(), all.end(), s) == all.end()) {
      auto near = nearest(s, all);
      return y_.complain(
          n.line, "'time_zone': no time zone is called '" + shortened(s, 40) + "'" +
                      (near.empty() ? "; write an IANA name such as Europe/Berlin" : "; did you mean '" + near + "'?"));
    }
    c_.time_zone = s;
  }

  void channels(const node& n) {
    std::set<channel_id> out;
    y_.map_of(n, "channels", [&](const std::string& key, uint32_t line, const node& value) {
      if (!subjects::is_name(key))
        return y_.complain(line, "'channels': '" + shortened(key, 40) +
                                     "' cannot be a channel's name: 1 to 40 of a-z, 0-9, '-' and '_'");
      if (value.kind != node::type::nothing) y_.map(value, "channels/" + key, {});
      out.insert(channel_id{key});
    });
    if (n.kind == node::type::map && n.members.empty()) y_.complain(n.line, "'channels': at least one is needed");
    if (out.size() > 100) return y_.complain(n.line, "'channels': more than 100");
    if (!out.empty()) c_.channels = std::move(out);
  }

  void masks(const node& n) {
    static const std::vector<std::pair<std::string, mask_rule>> rules = {
        {"card", mask_rule::card}, {"national_id", mask_rule::national_id}, {"password", mask_rule::password}};
    std::vector<mask_rule> out;
    y_.list(n, "mask", 20, [&](auto& item) {
      std::string s;
      if (!y_.text(item, "mask", 100, s)) return;
      for (auto& [name, rule] : rules)
        if (name == s) {
          if (std::find(out.begin(), out.end(), rule) == out.end()) out.push_back(rule);
          return;
        }
      y_.complain(item.line, "'mask': no rule is called '" + shortened(s, 40) + "'" +
                                 hint(s, {"card", "national_id", "password"}));
    });
    if (n.kind == node::type::list) c_.mask = std::move(out);
  }

  void knowledge(const node& n) {
    y_.map(n, "knowledge",
           {{"answer_at", [&](auto& v) { y_.number(v, "knowledge/answer_at", 0, 1, c_.answer_at); }},
            {"choose_at", [&](auto& v) { y_.number(v, "knowledge/choose_at", 0, 1, c_.choose_at); }},
            {"models", [&](auto& v) {
               y_.map_of(v, "knowledge/models", [&](const std::string& key, uint32_t line, const node& value) {
                 std::string model;
                 if (!language_key("knowledge/models", key, line)) return;
                 if (!y_.text(value, "knowledge/models/" + key, 500, model)) return;
                 auto url = model.starts_with("endpoint:") ? model.substr(9) : "http://";
                 if (!url.starts_with("http://") && !url.starts_with("https://"))
                   return y_.complain(value.line, "'knowledge/models/" + key +
                                                      "': after 'endpoint:' comes an address that begins with http:// "
                                                      "or https://");
                 c_.models[key] = model;
               });
             }}});
    if (c_.choose_at > c_.answer_at)
      y_.complain(n.line, "'knowledge': 'choose_at' must not be above 'answer_at': a guess that is sure enough to be "
                          "answered is never asked about");
  }

  void limits(const node& n) {
    auto whole = [&](const char* key, int64_t high, uint32_t& x) {
      return [this, key, high, &x](const node& v) {
        int64_t got = x;
        if (y_.integer(v, std::string("limits/") + key, 1, high, got)) x = static_cast<uint32_t>(got);
      };
    };
    y_.map(n, "limits",
           {{"messages_per_minute", whole("messages_per_minute", 100000, c_.messages_per_minute)},
            {"messages_per_second", whole("messages_per_second", 1000000, c_.messages_per_second)},
            {"text_chars", whole("text_chars", 4000, c_.text_chars)}});
  }

  void words(const node& n) {
    y_.map_of(n, "words", [&](const std::string& language, uint32_t line, const node& value) {
      if (!language_key("words", language, line)) return;
      tenant_words w;
      auto where = "words/" + language;
      auto take = [&](const char* key, std::string& x) {
        return [this, where, key, &x](const node& v) { y_.text(v, where + "/" + key, 2000, x); };
      };
      y_.map(value, where,
             {{"unknown", take("unknown", w.unknown)},
              {"offer_person", take("offer_person", w.offer_person)},
              {"choose", take("choose", w.choose)},
              {"waiting", take("waiting", w.waiting)},
              {"closed", take("closed", w.closed)},
              {"trouble", take("trouble", w.trouble)},
              {"greeting", take("greeting", w.greeting)},
              {"person_joined", take("person_joined", w.person_joined)},
              {"comfort", take("comfort", w.comfort)},
              {"reassure", take("reassure", w.reassure)},
              {"blocked", take("blocked", w.blocked)},
              {"place", take("place", w.place)},
              {"wait", take("wait", w.wait)},
              {"out_of_hours", take("out_of_hours", w.out_of_hours)},
              {"narrow", [&](const node& v) { narrow(v, where + "/narrow", w); }}});
      c_.words[language] = std::move(w);
      words_line_[language] = line;
    });
  }

  // The questions back of actors/conversation/narrowing_features.cpp, by what they ask for.
  void narrow(const node& n, const std::string& where, tenant_words& w) {
    static constexpr std::string_view known[] = {"place", "payment", "condition", "stage", "person",
                                                 "way",   "speed",   "action",    "aspect"};
    y_.map_of(n, where, [&](const std::string& feature, uint32_t line, const node& value) {
      if (std::find(std::begin(known), std::end(known), feature) == std::end(known))
        return y_.complain(line, "'" + where + "': '" + feature + "' is none of place, payment, condition, stage, " +
                                     "person, way, speed, action, aspect");
      y_.text(value, where + "/" + feature, 300, w.narrow[feature]);
    });
  }

  void ask_for_person(const node& n) {
    y_.map_of(n, "ask_for_person", [&](const std::string& language, uint32_t line, const node& value) {
      if (!language_key("ask_for_person", language, line)) return;
      std::vector<std::string> out;
      y_.list(value, "ask_for_person/" + language, 500, [&](auto& item) {
        std::string s;
        if (y_.text(item, "ask_for_person/" + language, 200, s)) out.push_back(std::move(s));
      });
      c_.ask_for_person[language] = std::move(out);
    });
  }

  // What the tenant left out comes from the built-in words; where there are none, the tenant must say it.
  void fill_words() {
    static constexpr std::pair<const char*, std::string tenant_words::*> all[] = {
        {"unknown", &tenant_words::unknown},   {"offer_person", &tenant_words::offer_person},
        {"choose", &tenant_words::choose},     {"waiting", &tenant_words::waiting},
        {"closed", &tenant_words::closed},     {"trouble", &tenant_words::trouble},
        {"greeting", &tenant_words::greeting}, {"person_joined", &tenant_words::person_joined}};
    for (auto& language : c_.languages) {
      auto built_in = default_words(language);
      auto& w = c_.words[language];
      w.language = language;
      std::string missing;
      for (auto& [name, member] : all)
        if ((w.*member).empty()) {
          if (built_in)
            w.*member = built_in->*member;
          else
            (missing += missing.empty() ? "" : ", ") += name;
        }
      if (!missing.empty())
        y_.complain(words_line_.count(language) ? words_line_[language] : 1,
                    "'words/" + language + "': nothing is built in for this language, so these are needed: " + missing);
      if (built_in && w.comfort.empty()) w.comfort = built_in->comfort;
      if (built_in && w.reassure.empty()) w.reassure = built_in->reassure;
      if (built_in && w.place.empty()) w.place = built_in->place;
      if (built_in && w.wait.empty()) w.wait = built_in->wait;
      if (built_in && w.blocked.empty()) w.blocked = built_in->blocked;
      if (built_in && w.out_of_hours.empty()) w.out_of_hours = built_in->out_of_hours;
      if (auto phrases = default_ask_for_person(language); phrases && !c_.ask_for_person.count(language))
        c_.ask_for_person[language] = *phrases;
    }
    for (auto& [language, phrases] : c_.ask_for_person)
      for (auto& p : phrases)
        if (auto folded = folded_text(p); !folded.empty()) c_.person_phrases.push_back(std::move(folded));
  }

  yaml_fields y_;
  tenant_config& c_;
  duty_fields duty_{y_, c_};
  std::map<std::string, uint32_t> words_line_;
};

} // namespace

void read_settings(const std::string& file, const std::string& text, tenant_config& c,
                   std::vector<config_problem>& problems) {
  if (auto root = open_yaml(file, text, problems)) settings_reader(file, c, problems).read(*root);
}

} // namespace steward
