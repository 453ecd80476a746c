// A conversation as the page reads it (JSON with document trees), as plain HTML and as a text file.
#include "actors/http/page.hpp"
#include "messages/document.hpp"

#include <ctime>
#include <nlohmann/json.hpp>

namespace steward {
namespace {

using json = nlohmann::ordered_json;

std::string dumped(const json& j) { return j.dump(-1, ' ', false, json::error_handler_t::replace); }

std::string item_json(const feed_item& i) {
  json j{{"seq", i.seq}, {"time_ms", i.time_ms}, {"by", to_string(i.by)}, {"id", i.id}};
  if (!i.kind.empty()) j["kind"] = i.kind;
  if (!i.in_reply_to.empty()) j["in_reply_to"] = i.in_reply_to;
  if (!i.name.empty()) j["name"] = i.name;
  if (!i.choices.empty()) j["choices"] = i.choices;
  for (auto& c : i.citations) {
    json one{{"title", c.title.empty() ? c.article : c.title}};
    if (!c.passage.empty() && c.passage != c.title) one["passage"] = c.passage;
    if (is_safe_link(c.source)) one["href"] = c.source;
    j["citations"].push_back(std::move(one));
  }
  // What a customer wrote is his text, not Markdown.
  if (i.by == speaker::customer) return j["text"] = i.text, dumped(j);
  auto out = dumped(j);
  out.pop_back();
  return out + ",\"blocks\":" + json_of(document_of(i.text)) + "}";
}

std::string clock(int64_t ms) {
  time_t s = ms / 1000;
  tm t{};
  gmtime_r(&s, &t);
  char out[32];
  strftime(out, sizeof out, "%Y-%m-%d %H:%M UTC", &t);
  return out;
}

std::string speaker_name(const page_facts& f, const std::string& language, const feed_item& i) {
  if (i.by == speaker::customer) return std::string(page_word(language, "you"));
  if (i.by == speaker::person) return i.name.empty() ? std::string(page_word(language, "person_name")) : i.name;
  return f.name;
}

} // namespace

std::string page_json(const feed_page& p, staffing s) {
  std::string out = "{\"mode\":" + dumped(json(p.mode));
  if (!p.name.empty()) out += ",\"name\":" + dumped(json(p.name));
  if (p.place) out += ",\"place\":" + std::to_string(p.place);
  if (p.to_s) out += ",\"from_s\":" + std::to_string(p.from_s) + ",\"to_s\":" + std::to_string(p.to_s);
  if (s == staffing::out_of_hours) out += ",\"out_of_hours\":true";
  out += ",\"items\":[";
  for (size_t i = 0; i < p.items.size(); ++i) (out += i ? "," : "") += item_json(p.items[i]);
  return out + "],\"next\":" + std::to_string(p.next) + "}";
}

std::string page_event_of(const feed_item& i) {
  return "id: " + std::to_string(i.seq) + "\ndata: " + item_json(i) + "\n\n";
}

std::string plain_html(const page_facts& f, const std::string& language, const std::vector<feed_item>& items) {
  std::string out = "<!doctype html><html lang=\"" + html_escaped(language) + "\" dir=\"" +
                    std::string(page_direction(language)) +
                    "\"><head><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"5\"><meta "
                    "name=\"color-scheme\" content=\"light dark\"><title>" +
                    html_escaped(page_word(language, "log")) + "</title><link rel=\"stylesheet\" href=\"/assets/" +
                    assets_version() + "/chat.css\"><link rel=\"stylesheet\" href=\"/t/" + html_escaped(f.tenant) +
                    "/theme.css\"></head><body class=\"plain\"><ol id=\"log\">";
  for (auto& i : items) {
    bool customer = i.by == speaker::customer;
    out += std::string("<li class=\"") + (customer ? "mine" : "theirs") + "\"><div class=\"bubble\" dir=\"auto\">" +
           (customer ? "<p>" + html_escaped(i.text) + "</p>" : html_of(document_of(i.text))) + "</div></li>";
  }
  return out + "</ol></body></html>";
}

std::string transcript_text(const page_facts& f, const std::string& language, const std::vector<feed_item>& items) {
  std::string out = f.name + "\n";
  for (auto& i : items) {
    out += "\n" + clock(i.time_ms) + "  " + speaker_name(f, language, i) + "\n" +
           (i.by == speaker::customer ? i.text : text_of(document_of(i.text))) + "\n";
    for (auto& c : i.choices) out += "- " + c + "\n";
    for (auto& c : i.citations) out += "[" + (c.title.empty() ? c.article : c.title) + "]\n";
  }
  return out;
}

} // namespace steward
