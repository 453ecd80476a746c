// The whole screen: a bar, the list, the conversation beside it, the keys below.
#include "clients/cli/table.hpp"
#include "clients/seat_view/draw_talk.hpp"

#include <algorithm>

namespace steward::seat_ui {
namespace {

constexpr size_t narrow = 46; // below it only one side is shown

size_t list_width(size_t width) { return width < narrow ? width : std::clamp<size_t>(width / 3, 18, 34); }

line bar(const desk& d) {
  line l;
  auto awake = std::count_if(d.me.held.begin(), d.me.held.end(), [](auto& h) { return h.until_ms == 0; });
  auto drafts = std::count_if(d.talks.begin(), d.talks.end(),
                              [](auto& x) { return !x.second.draft.blank() || !x.second.note.blank(); });
  l.add(" " + d.who.seat, paint::bar);
  if (d.known) {
    l.add(" · " + std::string(to_string(d.me.is)) + (d.me.reason.empty() ? "" : ": " + d.me.reason), paint::bar);
    if (d.me.is != presence::home)
      l.add(" · " + std::to_string(awake) + "/" + std::to_string(d.me.capacity), paint::bar);
  }
  l.add(" · " + d.who.tenant.value + (d.queue.queue.empty() ? "" : "/" + d.queue.queue) + ": " +
            std::to_string(d.queue.waiting) + " waiting",
        paint::bar);
  if (drafts) l.add(" · " + std::to_string(drafts) + (drafts == 1 ? " draft" : " drafts"), paint::bar);
  auto lost = d.line != link::connected;
  auto right = lost ? d.line == link::closed ? std::string(" CLOSED ") : std::string(" NO CONNECTION ")
                    : " " + short_time(d.now_ms, d.now_ms) + " ";
  auto width = static_cast<size_t>(d.width);
  auto room = width > right.size() ? width - right.size() : 0;
  auto out = l.fitted(room).painted(paint::bar);
  return out.add(right, lost ? paint::bad : paint::bar).fitted(width);
}

std::string first_words(const talk* t) {
  if (!t) return {};
  for (auto i = t->items.rbegin(); i != t->items.rend(); ++i)
    if (i->by != speaker::system) return i->text;
  return t->row.last_text;
}

line row_of(const desk& d, const list_row& r, size_t width) {
  line l;
  auto t = d.talk_of(r.conversation);
  if (r.is == list_row::kind::offered) {
    auto o = d.offered(r.conversation);
    l.add("! " + short_span(o->until_ms - d.now_ms) + " ", paint::warn).add(o->why);
  } else if (r.is == list_row::kind::mine) {
    auto h = d.held(r.conversation);
    auto unanswered = t && t->customer_spoke_last();
    l.add(h->until_ms ? "z " : unanswered ? "● " : "  ", unanswered ? paint::warn : paint::dim);
    auto name = t && !t->row.peer.empty() ? t->row.peer : r.conversation.value.substr(0, 9);
    l.add(cli::cut(cli::one_line(name), width / 2), unanswered ? paint::bold : paint::plain);
    if (t && !t->draft.blank()) l.add(" ✎", paint::warn);
    l.add(" " + first_words(t), paint::dim);
  } else if (r.is == list_row::kind::looked) {
    auto name = t && !t->row.peer.empty() ? t->row.peer : r.conversation.value.substr(0, 9);
    l.add(d.guest(r.conversation) ? "+ " : "  ", paint::good).add(cli::cut(cli::one_line(name), width / 2));
    if (t) l.add(" " + t->row.mode + (t->row.seat.empty() ? "" : ", with " + t->row.seat), paint::dim);
  } else {
    for (auto& q : d.queue.rows)
      if (q.conversation == r.conversation) {
        auto since = short_span(d.now_ms - q.since_ms);
        l.add(std::string(4 - std::min<size_t>(4, since.size()), ' ') + since + " ", paint::dim);
        if (q.priority) l.add("! ", paint::bad);
        if (!q.skill.empty()) l.add(q.skill + " ", paint::good);
        if (!q.language.empty()) l.add(q.language + " ", paint::dim);
        l.add(q.text);
        if (!q.offered.empty()) l.add(" → " + q.offered, paint::dim);
      }
  }
  return l;
}

std::vector<line> list(const desk& d, size_t width, size_t height) {
  struct entry {
    line l;
    bool marked = false;
  };
  std::vector<entry> all;
  auto rows = d.rows();
  auto at = d.list_at();
  auto kind = list_row::kind::offered;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (i == 0 || rows[i].is != kind) {
      kind = rows[i].is;
      auto title = kind == list_row::kind::offered   ? "Offers"
                   : kind == list_row::kind::mine    ? "Yours"
                   : kind == list_row::kind::waiting ? "Waiting"
                                                     : "Looking on";
      all.push_back({line(title, paint::dim), false});
    }
    all.push_back({row_of(d, rows[i], width), i == at});
  }
  if (d.queue.waiting > d.queue.rows.size() && !d.queue.rows.empty())
    all.push_back(
        {line("… and " + std::to_string(d.queue.waiting - d.queue.rows.size()) + " more", paint::dim), false});
  auto marked = std::find_if(all.begin(), all.end(), [](auto& e) { return e.marked; });
  auto row = static_cast<size_t>(marked - all.begin());
  auto first = marked != all.end() && row >= height ? row - height + 1 : 0;
  std::vector<line> out;
  for (size_t i = first; i < all.size() && out.size() < height; ++i) {
    auto l = all[i].l.fitted(width);
    out.push_back(all[i].marked ? l.painted(d.at == focus::list ? paint::mark : paint::bold) : l);
  }
  out.resize(height);
  return out;
}

line keys(const desk& d) {
  if (d.line == link::away)
    return line(" No connection" + (d.line_says.empty() ? "" : ": " + d.line_says) +
                    ". What you write is kept, and goes out then.",
                paint::bad);
  if (d.line == link::closed) return line(" " + d.line_says, paint::bad);
  if (!d.says.text.empty()) return line(" " + d.says.text, paint_of(d.says.is));
  if (d.open && d.open->reading) return line(" Esc: back", paint::dim);
  if (d.open && d.open->what == choice::search) return line(" Enter: search, then open  ↑↓  Esc: back", paint::dim);
  if (d.open) return line(" Enter: choose  ↑↓  type to narrow  Esc: back", paint::dim);
  auto of_others = !d.shown.empty() && d.shown == d.looked && !d.mine(d.shown);
  if (d.at == focus::list && of_others)
    return line(std::string(" o open again") + (d.may("join_in") ? "  j join in/leave  v take over" : "") +
                    "  f find  Esc close  ? all keys",
                paint::dim);
  if (d.at == focus::list) return line(" Enter open/take  ↑↓  f find  a away  g home  q leave  ? all keys", paint::dim);
  return line(" Enter send  Tab insert  ^T texts  ^N note  ^E end  ^P pass  ^U undo  Esc list", paint::dim);
}

} // namespace

size_t desk::writing_width() const {
  auto all = static_cast<size_t>(width);
  auto right = all < narrow ? all : all - list_width(all) - 1;
  return right > 1 ? right - 1 : 1;
}

picture drawn(const desk& d) {
  picture out;
  auto width = static_cast<size_t>(d.width), height = static_cast<size_t>(d.height);
  if (width < 20 || height < 6) {
    out.rows.assign(height, line().fitted(width));
    out.rows[0] = line("too small", paint::bad).fitted(width);
    return out;
  }
  auto body = height - 2;
  auto one_side = width < narrow;
  auto left = list_width(width), right = one_side ? width : width - left - 1;
  auto talk = d.open ? draw_palette(d, right, body) : draw_talk(d, right, body);
  auto show_list = !one_side || (d.at == focus::list && !d.open);
  auto lines = show_list ? list(d, left, body) : std::vector<line>(body);
  out.rows.push_back(bar(d));
  for (size_t i = 0; i < body; ++i) {
    line row;
    if (show_list) row = lines[i].fitted(left);
    if (!one_side) row.add("│", paint::dim);
    if (!one_side || !show_list)
      for (auto& s : talk.lines[i].fitted(right).spans) row.spans.push_back(s);
    out.rows.push_back(std::move(row));
  }
  out.rows.push_back(keys(d).fitted(width));
  if (talk.row >= 0 && (!one_side || !show_list)) {
    out.row = talk.row + 1;
    out.column = std::min(static_cast<int>(width) - 1, talk.column + (one_side ? 0 : static_cast<int>(left) + 1));
  }
  return out;
}

} // namespace steward::seat_ui
