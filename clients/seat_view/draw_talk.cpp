#include "clients/seat_view/draw_talk.hpp"

#include "clients/cli/phrases.hpp"
#include "clients/cli/table.hpp"

#include <algorithm>
#include <ctime>

namespace steward::seat_ui {

std::string short_time(int64_t time_ms, int64_t now_ms) {
  auto of = [](int64_t ms, const char* form) {
    auto t = static_cast<std::time_t>(ms / 1000);
    std::tm parts{};
    localtime_r(&t, &parts);
    char s[16];
    std::strftime(s, sizeof s, form, &parts);
    return std::string(s);
  };
  return of(time_ms, of(time_ms, "%F") == of(now_ms, "%F") ? "%H:%M" : "%d.%m");
}

std::string short_span(int64_t ms) {
  auto s = std::max<int64_t>(0, ms / 1000);
  if (s < 60) return std::to_string(s) + "s";
  if (s < 3600) return std::to_string(s / 60) + "m";
  return s < 86400 ? std::to_string(s / 3600) + "h" : std::to_string(s / 86400) + "d";
}

paint paint_of(tone t) {
  return t == tone::bad ? paint::bad : t == tone::warn ? paint::warn : t == tone::good ? paint::good : paint::bold;
}

namespace {

struct said {
  int64_t time_ms;
  std::string who, text;
  paint is;
};

/// A line of the conversation with its time and name in front, indented below them.
void put(std::vector<line>& out, const said& s, int64_t now_ms, size_t width) {
  constexpr size_t indent = 6;
  auto head = s.who + (s.who.empty() ? "" : ": ");
  auto lines = broken(head + s.text, width - std::min(width / 2, indent));
  auto first = true;
  for (auto& l : lines) {
    line x;
    x.add(first ? short_time(s.time_ms, now_ms) + " " : std::string(indent, ' '), paint::dim);
    auto text = l.text();
    if (first && text.rfind(head, 0) == 0 && !head.empty()) {
      x.add(head, s.is);
      x.add(text.substr(head.size()), s.is == paint::dim ? s.is : paint::plain);
    } else {
      x.add(text, s.is == paint::dim ? s.is : paint::plain);
    }
    first = false;
    out.push_back(std::move(x));
  }
}

said line_of(const desk& d, const talk& t, const feed_item& i) {
  if (i.by == speaker::customer) return {i.time_ms, t.row.peer, i.text, paint::bold};
  if (i.by == speaker::ai) return {i.time_ms, "Steward", i.text, paint::plain};
  if (i.by == speaker::person) return {i.time_ms, i.name.empty() ? d.me.name : i.name, i.text, paint::good};
  return {i.time_ms, "", i.text.empty() ? i.kind : i.text, paint::dim};
}

/// What was said, notes between it by time, and below it what is under way.
std::vector<line> history(const desk& d, const talk& t, size_t width) {
  std::vector<line> out;
  if (!t.summary.empty()) {
    for (auto& l : broken(t.summary, width, paint::dim)) out.push_back(l);
    out.emplace_back();
  }
  auto note = t.notes.begin();
  auto notes_until = [&](int64_t time_ms) {
    for (; note != t.notes.end() && note->time_ms <= time_ms; ++note)
      put(out, {note->time_ms, "note of " + note->by, note->text, paint::warn}, d.now_ms, width);
  };
  for (auto& i : t.items) {
    notes_until(i.time_ms);
    put(out, line_of(d, t, i), d.now_ms, width);
  }
  notes_until(INT64_MAX);
  if (!t.held_id.empty()) {
    put(out, {d.now_ms, d.me.name, t.held_text, paint::good}, d.now_ms, width);
    auto left = std::max<int64_t>(0, (t.held_until_ms - d.now_ms + 999) / 1000);
    out.emplace_back("      goes out in " + std::to_string(left) + " s; ^U takes it back", paint::warn);
  }
  for (auto& p : d.sent)
    if (p.ask.conversation == d.shown && (p.verb == "say" || p.verb == "note") && p.ask.id != t.held_id)
      put(out,
          {p.since_ms, d.me.name,
           p.ask.text + (p.waiting                      ? "  (once it is yours)"
                         : d.now_ms - p.since_ms > 1000 ? "  (on its way)"
                                                        : ""),
           paint::dim},
          d.now_ms, width);
  if (t.typing_until_ms > d.now_ms) out.emplace_back("      " + t.row.peer + " types …", paint::dim);
  return out;
}

line header(const desk& d, const talk& t) {
  line l;
  auto name = t.row.peer.empty() ? d.shown.value.substr(0, 9) : cli::cut(cli::one_line(t.row.peer), 24);
  l.add(name, paint::bold).add(" " + t.row.channel, paint::dim);
  if (!t.row.language.empty()) l.add(" " + t.row.language, paint::dim);
  if (auto h = d.held(d.shown))
    l.add(h->until_ms ? "  sleeps for " + short_span(h->until_ms - d.now_ms)
                      : "  yours for " + short_span(d.now_ms - h->since_ms),
          h->until_ms ? paint::warn : paint::good);
  else if (d.taking(d.shown))
    l.add("  taking …", paint::warn);
  else if (d.guest(d.shown))
    l.add("  you are in it" + (t.row.seat.empty() ? "" : ", with " + t.row.seat), paint::good);
  else if (t.row.waiting_ms)
    l.add("  waits for " + short_span(d.now_ms - t.row.waiting_ms), paint::warn);
  else
    l.add("  " + t.row.mode + (t.row.seat.empty() ? "" : ", with " + t.row.seat), paint::dim);
  return l;
}

/// One line each of what the articles say, as long as nothing is written and nothing is answered.
std::vector<line> suggestions(const talk& t, size_t width) {
  std::vector<line> out;
  if (t.noting || t.knowledge.hits.empty() || !t.customer_spoke_last() || !(t.draft.blank() || t.inserted)) return out;
  for (size_t i = 0; i < t.knowledge.hits.size() && i < 3; ++i) {
    auto& f = t.knowledge.hits[i].found;
    line l;
    l.add(i == 0 ? "Tab " : "    ", paint::good);
    l.add(f.title + (f.heading.empty() || f.heading == f.title ? "" : " › " + f.heading),
          t.inserted == i ? paint::mark : paint::good);
    l.add("  " + f.text, paint::dim);
    out.push_back(l.fitted(width));
  }
  return out;
}

pane composer(const desk& d, const talk& t, size_t width, size_t most_rows) {
  pane p;
  auto& edit = t.noting ? t.note : t.draft;
  auto chars = edit.chars();
  auto writing = d.at == focus::writing;
  line rule;
  auto title = std::string("── ") + (t.noting ? "Private note" : "Answer") + " ";
  rule.add(title, t.noting ? paint::warn : writing ? paint::good : paint::dim);
  std::string count =
      chars > most_said * 9 / 10 ? " " + std::to_string(chars) + " of " + std::to_string(most_said) + " ──" : "";
  auto used = cli::display_width(title) + cli::display_width(count);
  std::string dashes;
  for (size_t i = used; i < width; ++i) dashes += "─";
  rule.add(dashes, t.noting ? paint::warn : writing ? paint::good : paint::dim);
  rule.add(count, chars > most_said ? paint::bad : paint::warn);
  p.lines.push_back(rule);
  auto l = edit.laid_out(width > 1 ? width - 1 : 1); // the cursor stands behind the last character
  auto rows = std::min(l.lines.size(), most_rows);
  auto first = l.row >= rows ? l.row - rows + 1 : 0;
  for (size_t i = 0; i < rows; ++i) p.lines.emplace_back(l.lines[first + i]);
  if (writing) p.row = static_cast<int>(1 + l.row - first), p.column = static_cast<int>(l.column);
  return p;
}

line welcome(const desk& d) {
  if (!d.known) return line("One moment …", paint::dim);
  if (d.me.is == presence::home)
    return line("You are off duty. Enter: come on duty as " + (d.who.join.name.empty() ? d.who.seat : d.who.join.name) +
                    ".",
                paint::bold);
  if (!d.offers.empty()) return line("An offer. Enter: accept it. d: decline.", paint::bold);
  if (d.queue.waiting)
    return line(cli::count(d.queue.waiting, "customer waits", "customers wait") + ". Enter: take the first.",
                paint::bold);
  return line("Nobody waits.", paint::dim);
}

} // namespace

pane draw_talk(const desk& d, size_t width, size_t height) {
  pane out;
  auto t = d.talk_of(d.shown);
  if (d.shown.empty() || !t) {
    for (auto& l : broken(welcome(d).text(), width, welcome(d).spans.empty() ? paint::plain : welcome(d).spans[0].is))
      out.lines.push_back(l);
    out.lines.resize(height);
    return out;
  }
  auto writable = d.mine(d.shown) || d.taking(d.shown) || d.guest(d.shown) || !t->draft.blank() || !t->note.blank();
  auto below = writable ? composer(d, *t, width, std::clamp<size_t>(height / 3, 1, 6)) : pane{};
  std::vector<line> middle = d.mine(d.shown) ? suggestions(*t, width) : std::vector<line>{};
  if (!writable)
    middle.emplace_back(d.offered(d.shown)         ? "Enter: accept. d: decline."
                        : t->row.mode == "waiting" ? "Enter: take it."
                        : t->row.mode == "closed"  ? "o: open it again."
                                                   : "",
                        paint::bold);
  if (!t->says.text.empty())
    for (auto& l : broken(t->says.text, width, paint_of(t->says.is))) middle.push_back(l);
  auto taken = 1 + middle.size() + below.lines.size();
  auto room = height > taken ? height - taken : 0;

  out.lines.push_back(header(d, *t));
  auto said = history(d, *t, width);
  auto back = std::min(t->back, said.size() > room ? said.size() - room : 0);
  auto end = said.size() - back, begin = end > room ? end - room : 0;
  out.lines.insert(out.lines.end(), said.begin() + static_cast<long>(begin), said.begin() + static_cast<long>(end));
  out.lines.resize(1 + room);
  if (back > 0 && room > 0) out.lines.back() = line("── " + std::to_string(back) + " lines more: PgDn ──", paint::warn);
  for (auto& l : middle) out.lines.push_back(l);
  if (below.row >= 0) out.row = static_cast<int>(out.lines.size()) + below.row, out.column = below.column;
  for (auto& l : below.lines) out.lines.push_back(l);
  if (out.lines.size() > height) { // a very low window: what is written stays in sight
    auto over = out.lines.size() - height;
    out.lines.erase(out.lines.begin(), out.lines.begin() + static_cast<long>(over));
    if (out.row >= 0) out.row -= static_cast<int>(over);
  }
  return out;
}

pane draw_palette(const desk& d, size_t width, size_t height) {
  auto& p = *d.open;
  pane out;
  out.lines = broken(p.title, width, paint::bold);
  if (!p.reading) {
    line l;
    l.add("> ", paint::good).add(p.filter.text());
    out.row = static_cast<int>(out.lines.size()), out.column = static_cast<int>(l.width());
    if (p.filter.empty() && !p.free.empty()) l.add(p.free, paint::dim);
    out.lines.push_back(l);
  }
  auto all = p.shown();
  size_t label = 0;
  for (auto i : all) label = std::max(label, cli::display_width(i->label));
  label = std::min(label, width / 3);
  std::vector<line> whole; // of the text that would be inserted
  if ((p.what == choice::text || p.what == choice::knowledge) && p.at < all.size())
    whole = broken(all[p.at]->value, width);
  if (p.what == choice::search && p.at < all.size()) whole = broken(all[p.at]->detail, width);
  whole.resize(std::min(whole.size(), height / 2));
  auto taken = out.lines.size() + (whole.empty() ? 0 : whole.size() + 1);
  auto room = height > taken ? height - taken : 0;
  auto first = p.reading                  ? std::min(p.at, all.size() > room ? all.size() - room : 0)
               : p.at >= room && room > 0 ? p.at - room + 1
                                          : 0;
  for (size_t i = first; i < all.size() && i < first + room; ++i) {
    line l;
    if ((p.what == choice::customer || p.what == choice::search) && all[i]->number)
      l.add(short_time(all[i]->number, d.now_ms) + " ", paint::dim);
    if (all[i]->detail.empty())
      l.add(all[i]->label);
    else
      for (auto& s : line(all[i]->label).fitted(label).spans) l.add(s.text, paint::bold);
    if (!all[i]->detail.empty()) l.add("  ").add(all[i]->detail, p.reading ? paint::plain : paint::dim);
    out.lines.push_back(!p.reading && i == p.at ? l.fitted(width).painted(paint::mark) : l);
  }
  if (all.empty()) {
    palette::item typed;
    out.lines.emplace_back(p.waits ? std::string("One moment …")
                           : p.what == choice::search && !p.asked.empty() && p.asked == p.filter.text()
                               ? std::string("No conversation holds all of these words.")
                           : p.chosen(typed) ? "Enter: " + typed.value
                           : p.what == choice::text
                               ? std::string("The tenant has no such text ('texts' in tenant.yaml).")
                           : p.what == choice::customer ? std::string("Nothing is known of this customer.")
                                                        : std::string("Nothing of that kind."),
                           paint::dim);
  }
  out.lines.resize(height);
  for (size_t i = 0; i < whole.size() && height > whole.size(); ++i) out.lines[height - whole.size() + i] = whole[i];
  return out;
}

} // namespace steward::seat_ui
