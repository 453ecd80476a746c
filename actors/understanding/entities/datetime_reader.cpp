// Picks spans from the chart, the leftmost and longest first, and writes their values.
#include "actors/understanding/entities/datetime_reader.hpp"

#include "actors/understanding/entities/time_build.hpp"

#include <algorithm>
#include <cstdio>

namespace steward::entities {

namespace {

const char* type_of(sym s) {
  switch (s) {
  case sym::date: return "date";
  case sym::drange: return "daterange";
  case sym::time: return "time";
  case sym::trange: return "timerange";
  case sym::dt:
  case sym::now: return "datetime";
  case sym::dtrange: return "datetimerange";
  case sym::dur: return "duration";
  case sym::set: return "set";
  case sym::zone: return "timezone";
  default: return nullptr;
  }
}

// Of two readings of one span: what recurs, then a time of a day, then a day ("5-Oct-24" is no range).
int rank(sym s) { return s == sym::set ? 3 : s == sym::dt ? 2 : s == sym::date ? 1 : 0; }

std::string day_text(std::int64_t seconds) {
  const auto c = civil_of(seconds >= 0 ? seconds / day_seconds : -((-seconds + day_seconds - 1) / day_seconds));
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", c.year, c.month, c.day);
  return buffer;
}

std::string clock_text(std::int64_t seconds) {
  auto s = seconds % day_seconds;
  if (s < 0) s += day_seconds;
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%02d:%02d:%02d", static_cast<int>(s / 3600), static_cast<int>(s / 60 % 60),
                static_cast<int>(s % 60));
  return buffer;
}

// "Good morning", "buenas tardes", 早上好: a greeting tells no time.
bool greets(const source_text& t, tongue lang, const item& it) {
  if (it.symbol != sym::trange) return false;
  if (lang == tongue::chinese)
    return t.is(it.last, "好") && (it.last + 1 >= t.size() || t[it.last + 1].kind != token_kind::han);
  if (it.first == 0 || it.last != it.first + 1) return false;
  const auto before = t.word(it.first - 1);
  return lang == tongue::english ? before == "good" : before == "buenas" || before == "buenos";
}

} // namespace

std::vector<std::string> values_of(const item& it) {
  std::vector<std::string> out;
  const auto& m = it.value;
  if (!m.text.empty() || it.symbol == sym::dur || it.symbol == sym::set) {
    out.push_back(m.text);
    return out;
  }
  const std::string_view type(type_of(it.symbol));
  auto one = [&](std::int64_t s) {
    if (type.substr(0, 8) == "datetime") return day_text(s) + "T" + clock_text(s);
    return type.substr(0, 4) == "date" ? day_text(s) : clock_text(s);
  };
  const bool range = type.size() > 5 && type.substr(type.size() - 5) == "range";
  auto push = [&](int k, std::int64_t shift) {
    // Noon and midnight turn over: twelve hours later than 12:30 is 00:30 of the same day.
    auto moved = [&](std::int64_t s) {
      if (!shift) return s;
      const auto of_day = ((s % day_seconds) + day_seconds) % day_seconds;
      return of_day >= day_seconds / 2 ? s - shift : s + shift;
    };
    std::string v;
    if (range) {
      auto b = moved(m.b[k]);
      if (shift && !m.no_start && !m.no_end && moved(m.a[k]) > b) b = m.b[k] + shift;
      v = (m.no_start ? "" : one(moved(m.a[k]))) + "/" + (m.no_end ? "" : one(b));
    } else
      v = one(moved(m.a[k]));
    if (std::find(out.begin(), out.end(), v) == out.end()) out.push_back(std::move(v));
  };
  for (std::int64_t shift : {std::int64_t{0}, m.twelve ? day_seconds / 2 : std::int64_t{0}})
    for (int k : {0, 1}) push(k, shift);
  return out;
}

std::vector<datetime_span> read_datetimes(const source_text& text, tongue lang, std::int64_t now) {
  std::vector<datetime_span> out;
  if (lang == tongue::other) return out;
  const auto today = now >= 0 ? now / day_seconds : -((-now + day_seconds - 1) / day_seconds);
  const time_context context{text, lang, now, today};
  const auto chart = fill_chart(context);
  for (std::size_t i = 0; i < text.size();) {
    const item* best = nullptr;
    for (const auto& it : chart[i])
      if (type_of(it.symbol) && !it.value.weak &&
          (!best || it.last > best->last || (it.last == best->last && rank(it.symbol) > rank(best->symbol))))
        best = &it;
    if (best) {
      // An address, a code or the inside of a word is no date.
      const auto last = best->last;
      const bool letters = text.glued(last) && last < text.size() && text[last].kind == token_kind::word &&
                           text[last - 1].kind != token_kind::han && lang != tongue::chinese;
      const auto before = i > 0 && text.glued(i) ? text.word(i - 1) : std::string_view{};
      const bool code =
          (before == "$" || before == "_" || before == "@" ||
           (i > 0 && text.glued(i) && text[i - 1].kind == token_kind::word && text[i].kind == token_kind::word));
      if (letters || code || greets(text, lang, *best)) best = nullptr;
    }
    if (!best) {
      ++i;
      continue;
    }
    const auto first = std::min<std::size_t>(i + static_cast<std::size_t>(best->value.skip), best->last - 1);
    auto last = best->last - static_cast<std::size_t>(best->value.rest);
    const auto next = last;
    if ((lang == tongue::english || lang == tongue::spanish) && last == text.size() && last - first > 1 &&
        text.is(last - 1, ".") && text[last - 2].kind == token_kind::word && text.word(last - 2).size() > 1)
      --last; // the full stop of the sentence, not of an abbreviation
    out.push_back({type_of(best->symbol), text[first].begin, text[last - 1].end, values_of(*best)});
    i = next;
  }
  return out;
}

} // namespace steward::entities
