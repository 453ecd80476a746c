#include "clients/seat_view/palette.hpp"

#include <algorithm>
#include <ctime>

namespace steward::seat_ui {
namespace {

std::string folded(std::string_view s) {
  std::string out(s);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool holds_words(const std::string& text, const std::string& words) {
  for (size_t at = 0; at < words.size();) {
    auto end = std::min(words.find(' ', at), words.size());
    if (end > at && text.find(words.substr(at, end - at)) == text.npos) return false;
    at = end + 1;
  }
  return true;
}

palette list(choice what, std::string title, std::vector<palette::item> items) {
  palette p;
  p.what = what, p.title = std::move(title), p.items = std::move(items);
  return p;
}

constexpr int64_t minute = 60'000, hour = 60 * minute;

/// Until nine in the morning, `days` from now, by this machine's clock.
int64_t until_nine(int64_t now_ms, int days) {
  auto t = static_cast<std::time_t>(now_ms / 1000);
  std::tm parts{};
  localtime_r(&t, &parts);
  parts.tm_mday += days, parts.tm_hour = 9, parts.tm_min = 0, parts.tm_sec = 0, parts.tm_isdst = -1;
  return static_cast<int64_t>(std::mktime(&parts)) * 1000 - now_ms;
}

} // namespace

std::vector<const palette::item*> palette::shown() const {
  std::vector<const item*> out;
  auto words = folded(filter.text());
  for (auto& i : items)
    if (reading || what == choice::search || holds_words(folded(i.label + " " + i.detail), words)) out.push_back(&i);
  return out;
}

void palette::move(int by) {
  auto last = static_cast<int>(shown().size()) - 1;
  at = static_cast<size_t>(std::clamp(static_cast<int>(at) + by, 0, std::max(0, last)));
}

bool palette::chosen(item& out) const {
  auto all = shown();
  if (at < all.size()) return out = *all[at], true;
  if (free.empty() || filter.blank()) return false;
  out = {filter.text(), {}, filter.text(), 0};
  return true;
}

palette codes() {
  auto p = list(choice::code, "End it: what became of it?",
                {{"solved", "", "solved", 0},
                 {"answered", "nothing left to do", "answered", 0},
                 {"follow-up", "somebody will write again", "follow-up", 0},
                 {"no-reply", "the customer is gone", "no-reply", 0},
                 {"wrong-place", "not ours to solve", "wrong-place", 0},
                 {"spam", "", "spam", 0}});
  p.free = "a word of your own";
  return p;
}

palette snoozes(int64_t now_ms) {
  return list(choice::snooze, "Put it aside: it comes back then, or when the customer writes",
              {{"15 minutes", "", "", 15 * minute},
               {"1 hour", "", "", hour},
               {"4 hours", "", "", 4 * hour},
               {"tomorrow at 9", "", "", until_nine(now_ms, 1)},
               {"in a week at 9", "", "", until_nine(now_ms, 7)}});
}

palette away_reasons() {
  auto p = list(choice::away, "Get nothing new for a while: why?",
                {{"break", "", "break", 0}, {"lunch", "", "lunch", 0}, {"meeting", "", "meeting", 0}});
  p.free = "a reason of your own";
  return p;
}

palette going_home(size_t held) {
  auto p = list(choice::home, "Go home",
                {{held ? "finish what you have" : "go off duty", held ? "nothing new comes meanwhile" : "", "", 0}});
  if (held) p.items.push_back({"now", "what you have goes back to its queue", "now", 0});
  return p;
}

palette one_question(choice what, std::string title, std::string yes) {
  return list(what, std::move(title), {{std::move(yes), "Esc: no", "yes", 0}});
}

palette help() {
  auto p = list(choice::help, "Keys. In the list press the letter; while writing, Ctrl and the letter.",
                {{"Enter", "take, open, send", "", 0},
                 {"Esc", "from writing to the list", "", 0},
                 {"Shift-Tab", "the next who waits for your answer", "", 0},
                 {"Ctrl-J", "a new line (Alt-Enter too)", "", 0},
                 {"Tab", "insert what the articles say; again: next", "", 0},
                 {"k", "choose from what the articles say", "", 0},
                 {"t", "canned texts", "", 0},
                 {"n", "a private note", "", 0},
                 {"u", "take back what you sent last", "", 0},
                 {"e", "end it, with a code", "", 0},
                 {"p", "pass it on", "", 0},
                 {"b", "hand it back to Steward", "", 0},
                 {"z", "put it aside; again: take it up", "", 0},
                 {"l", "what happened to this customer", "", 0},
                 {"x", "block an abuser; of who is blocked: lift it", "", 0},
                 {"f or /", "search in all conversations, and look at one", "", 0},
                 {"o", "open again what is closed", "", 0},
                 {"j", "join in with a colleague, or leave (supervisors)", "", 0},
                 {"v", "take it over from whoever has it (supervisors)", "", 0},
                 {"d", "decline an offer", "", 0},
                 {"a", "away, or there again", "", 0},
                 {"g", "go home", "", 0},
                 {"PgUp PgDn", "earlier and later", "", 0},
                 {"q", "leave; what you have stays yours", "", 0}});
  p.reading = true;
  return p;
}

} // namespace steward::seat_ui
