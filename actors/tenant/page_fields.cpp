// tenant.yaml, key `page`: colour, avatar, suggested questions, the sites that may frame the page. Nothing of it may be
// markup, style or script: a colour is six hex digits, an avatar two characters, a site an origin.
#include "actors/tenant/spelling.hpp"
#include "actors/tenant/tenant_files.hpp"
#include "actors/tenant/yaml_fields.hpp"

#include <algorithm>
#include <cstring>

namespace steward {
namespace {

bool is_colour(const std::string& s) {
  return s.size() == 7 && s[0] == '#' &&
         std::all_of(s.begin() + 1, s.end(), [](unsigned char c) { return std::isxdigit(c); });
}

// What is no picture in words: markup, quotes, anything that could end a string elsewhere.
bool is_plain(const std::string& s) {
  return std::none_of(s.begin(), s.end(), [](unsigned char c) { return c < 32 || strchr("<>&\"'`{}\\;", c); });
}

bool is_origin(const std::string& s) {
  auto rest = s.starts_with("https://") ? s.substr(8) : s.starts_with("http://") ? s.substr(7) : std::string();
  if (rest.starts_with("*.")) rest.erase(0, 2);
  auto colon = std::min(rest.find(':'), rest.size());
  auto host = rest.substr(0, colon), port = rest.substr(std::min(colon + 1, rest.size()));
  auto name = [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '.'; };
  if (host.empty() || host.size() > 253 || !std::all_of(host.begin(), host.end(), name)) return false;
  if (colon == rest.size()) return true;
  return !port.empty() && port.size() <= 5 &&
         std::all_of(port.begin(), port.end(), [](unsigned char c) { return std::isdigit(c); });
}

} // namespace

void read_page(yaml_fields& y, const yaml_node& n, tenant_config& c) {
  auto text = [&](const yaml_node& v, const char* where, size_t most, auto good, const char* wanted, std::string& x) {
    std::string s;
    if (!y.text(v, where, most, s)) return false;
    if (!good(s))
      return y.complain(v.line, "'" + std::string(where) + "': '" + shortened(s, 40) + "' " + wanted), false;
    x = std::move(s);
    return true;
  };
  y.map(n, "page",
        {{"colour",
          [&](auto& v) {
            text(v, "page/colour", 200, is_colour, "is not a colour such as \"#2f5d50\" (in quotes)", c.page.colour);
          }},
         {"avatar",
          [&](auto& v) {
            text(
                v, "page/avatar", 200, [](auto& s) { return is_plain(s) && characters(s) <= 2 && !s.empty(); },
                "is not one or two characters, such as LT", c.page.avatar);
          }},
         {"questions",
          [&](auto& v) {
            y.map_of(v, "page/questions", [&](const std::string& key, uint32_t line, const yaml_node& value) {
              if (std::find(c.languages.begin(), c.languages.end(), key) == c.languages.end() && !c.languages.empty())
                return y.complain(line,
                                  "'page/questions': language '" + shortened(key, 20) + "' is not in 'languages'");
              std::vector<std::string> out;
              y.list(value, "page/questions/" + key, 6, [&](auto& item) {
                std::string s;
                if (y.text(item, "page/questions/" + key, 120, s)) out.push_back(std::move(s));
              });
              c.page.questions[key] = std::move(out);
            });
          }},
         {"identity", [&](auto& v) { read_identity(y, v, c); }},
         {"embed_on", [&](auto& v) {
            std::vector<std::string> out;
            y.list(v, "page/embed_on", 50, [&](auto& item) {
              std::string s;
              if (text(item, "page/embed_on", 300, is_origin,
                       "is not a site's origin such as https://shop.example, without a path", s))
                out.push_back(std::move(s));
            });
            c.page.embed_on = std::move(out);
          }}});
}

} // namespace steward
