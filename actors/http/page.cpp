// The page's HTML: clients/web/page.html with its {{marks}} filled. Every value is escaped where it is put in.
#include "actors/http/page.hpp"
#include "actors/http/http_target.hpp"
#include "messages/document.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace steward {

extern const char* const web_page_html;
extern const char* const web_words_json;

namespace {

using json = nlohmann::ordered_json;

const json& words() {
  static const auto all = json::parse(web_words_json);
  return all;
}

const json& words_of(const std::string& language) {
  return words().contains(language) ? words()[language] : words()["en"];
}

std::string dumped(const json& j) { return j.dump(-1, ' ', false, json::error_handler_t::replace); }

// JSON inside <script type="application/json">: nothing in it may end the element.
std::string for_script(const json& j) {
  std::string out;
  for (char c : dumped(j))
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  return out;
}

void replace(std::string& s, const std::string& from, const std::string& to) {
  for (size_t at = 0; (at = s.find(from, at)) != s.npos; at += to.size()) s.replace(at, from.size(), to);
}

std::string filled(const json& word, const page_facts& f) {
  auto s = word.get<std::string>();
  replace(s, "{name}", f.name);
  replace(s, "{days}", std::to_string(f.retention_days));
  return s;
}

std::string first_character(const std::string& s) {
  size_t n = 1;
  while (n < s.size() && (static_cast<unsigned char>(s[n]) & 0xC0) == 0x80) ++n;
  return s.substr(0, n);
}

template <class T>
const T* spoken(const std::map<std::string, T>& all, const std::string& language,
                const std::vector<std::string>& tenants) {
  if (auto at = all.find(language); at != all.end()) return &at->second;
  if (!tenants.empty())
    if (auto at = all.find(tenants.front()); at != all.end()) return &at->second;
  return nullptr;
}

double luminance(const std::string& colour) {
  auto part = [&](size_t at) {
    auto x = std::stoi(colour.substr(at, 2), nullptr, 16) / 255.0;
    return x <= 0.03928 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

} // namespace

std::string_view page_word(const std::string& language, const std::string& key) {
  auto& w = words_of(language);
  return w.contains(key) ? std::string_view(w[key].get_ref<const std::string&>()) : std::string_view();
}

std::string_view page_direction(const std::string& language) {
  for (auto l : {"ar", "fa", "he", "ur"})
    if (language == l) return "rtl";
  return "ltr";
}

std::string page_language(std::string_view accept, const std::vector<std::string>& tenants) {
  std::string best;
  double best_q = 0;
  while (!accept.empty()) {
    auto comma = std::min(accept.find(','), accept.size());
    auto one = accept.substr(0, comma);
    accept.remove_prefix(std::min(comma + 1, accept.size()));
    while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
    double q = 1;
    if (auto at = one.find("q="); at != one.npos) q = std::atof(std::string(one.substr(at + 2, 6)).c_str());
    std::string two;
    for (char c : one.substr(0, 2)) two += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (q > best_q && words().contains(two)) best = two, best_q = q;
  }
  if (!best.empty()) return best;
  return !tenants.empty() && words().contains(tenants.front()) ? tenants.front() : "en";
}

std::string page_html(const page_facts& f, const page_request& q) {
  auto& w = words_of(q.language);
  std::string questions;
  if (auto all = spoken(f.questions, q.language, f.languages))
    for (auto& one : *all)
      questions += "<li><button dir=\"auto\" form=\"say\" name=\"question\" formnovalidate value=\"" +
                   html_escaped(one) + "\">" + html_escaped(one) + "</button></li>";
  auto greeting = spoken(f.greeting, q.language, f.languages);
  json facts{{"tenant", f.tenant},         {"name", f.name},       {"visitor", q.visitor_tag}, {"language", q.language},
             {"signed", q.signed_until_s}, {"chars", f.text_chars}};
  for (auto& [key, value] : w.items()) facts["words"][key] = filled(value, f);
  std::map<std::string, std::string> marks = {
      {"language", html_escaped(q.language)},
      {"dir", std::string(page_direction(q.language))},
      {"tenant", html_escaped(f.tenant)},
      {"name", html_escaped(f.name)},
      {"avatar", html_escaped(f.avatar.empty() ? first_character(f.name) : f.avatar)},
      {"version", assets_version()},
      {"theme", html_escaped(f.colour.substr(std::min<size_t>(1, f.colour.size())))},
      {"greeting", html_of(document_of(greeting ? *greeting : ""))},
      {"questions", questions},
      {"id", html_escaped(q.message_id)},
      {"visitor", html_escaped(q.visitor_tag)},
      {"note", q.note.empty() ? "" : html_escaped(page_word(q.language, q.note))},
      {"unsigned", q.signed_until_s ? "" : "hidden"},
      {"facts", for_script(facts)},
  };
  std::string_view in = web_page_html;
  std::string out;
  for (;;) {
    auto open = in.find("{{");
    out += in.substr(0, open);
    if (open == in.npos) return out;
    auto close = in.find("}}", open);
    std::string mark(in.substr(open + 2, close - open - 2));
    if (mark.starts_with("w."))
      out += w.contains(mark.substr(2)) ? html_escaped(filled(w[mark.substr(2)], f)) : "??" + mark;
    else
      out += marks[mark];
    in.remove_prefix(close + 2);
  }
}

std::string theme_css(const page_facts& f) {
  // A dark colour is lifted in the dark theme only where it is a line or a mark, by the sheet; words on it are black or
  // white, whichever is read better.
  bool light = luminance(f.colour) > 0.179;
  auto on = light ? "#000" : "#fff";
  // The launcher on other sites reads it too, under names that no site has by chance.
  return ":root{--accent:" + f.colour + ";--on-accent:" + on + "}\n:host{--steward-accent:" + f.colour +
         ";--steward-on-accent:" + on + "}\n";
}

std::string page_policy(const page_facts& f) {
  std::string who = "'self'";
  for (auto& o : f.embed_on) who += " " + o;
  return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src "
         "'self'; "
         "form-action 'self'; base-uri 'none'; frame-ancestors " +
         who;
}

result<std::map<std::string, std::string>> form_fields(std::string_view body) {
  std::map<std::string, std::string> out;
  while (!body.empty()) {
    auto end = std::min(body.find('&'), body.size());
    auto pair = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    auto equals = std::min(pair.find('='), pair.size());
    auto name = percent_decoded(pair.substr(0, equals), percent::query);
    auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())), percent::query);
    if (!name) return name.error();
    if (!value) return value.error();
    out[*name] = *value;
  }
  return out;
}

} // namespace steward
