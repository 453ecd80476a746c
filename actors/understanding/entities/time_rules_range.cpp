// What lies between two days, on one side of a day, or at the edge of a period.
#include "actors/understanding/entities/time_rule.hpp"

#include <algorithm>

namespace steward::entities {

namespace {

// The article or preposition in front of an edge is not part of its span.
int led(const time_context& c, const item* edge) {
  const auto w = c.text.word(edge->first);
  return w == "the" || w == "a" || w == "al" || w == "el" ? 1 : 0;
}

bool begins_with_month(const time_context& c, std::size_t i) {
  static constexpr std::string_view names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                               "jul", "aug", "sep", "oct", "nov", "dec"};
  const auto w = c.text.word(i);
  return w.size() >= 3 && std::find(std::begin(names), std::end(names), w.substr(0, 3)) != std::end(names);
}

bool open_range(const time_context& c, const parts& p, int at, meaning& m) {
  const auto* x = p[static_cast<std::size_t>(at)];
  const auto& r = x->value;
  const bool range = x->symbol == sym::drange || x->symbol == sym::year;
  if (r.no_start || r.no_end || !r.text.empty() || r.joined) return false;
  const auto s = p[0]->symbol;
  m = r;
  m.skip = 0;
  m.weak = false;
  m.month = m.day = m.year = 0;
  for (int k : {0, 1}) {
    if (s == sym::after && range && r.edge != -1) m.a[k] = r.b[k];
    if (s == sym::until && range)
      m.b[k] = r.b[k];
    else if (s == sym::before || s == sym::until)
      m.b[k] = r.edge == 1 ? r.whole[1][k] : r.a[k];
  }
  // "since Monday" looks back, "starting Monday" ahead.
  const auto led_by = c.text.word(p[0]->first);
  if (s == sym::since && !r.fixed && (led_by == "since" || led_by == "desde")) {
    std::swap(m.a[0], m.a[1]);
    std::swap(m.b[0], m.b[1]);
  }
  (s == sym::after || s == sym::since || s == sym::from ? m.no_end : m.no_start) = true;
  return true;
}

int year_digits(const item* i) {
  if (i->symbol == sym::year) return i->value.year;
  return i->value.digits == 2 ? full_year(as_int(i)) : 0;
}

const rule rules[] = {
    // between two days
    {sym::drange, "from|between? date|drange to|dash|and|until date|drange",
     [](in p, at c, out m) {
       const bool opened = p[0] != nullptr;
       const bool conj = p[2]->symbol == sym::both;
       if (conj && !(opened && p[0]->symbol == sym::between)) return false;
       if (p[2]->symbol == sym::dash && is_whole_year(p[1]->value) != is_whole_year(p[3]->value)) return false;
       m.skip = 0;
       return set_between(m, c, *p[1], *p[3]);
     }},
    {sym::drange, "from|between|since now to|until|and date|drange",
     [](in p, at c, out m) {
       item today = *p[1];
       set_day(today.value, c.today);
       return set_between(m, c, today, *p[3]);
     }},
    {sym::drange, "from|between date|drange to|until|and now",
     [](in p, at c, out m) {
       item today = *p[3];
       set_day(today.value, c.today);
       today.value.month = 0;
       meaning x = p[1]->value;
       if (!x.fixed) {
         m.a[0] = m.a[1] = x.a[1];
         m.b[0] = m.b[1] = today.value.a[0];
         return true;
       }
       return set_between(m, c, *p[1], today);
     }},
    {sym::drange, "since date|drange to|until date|drange|now",
     [](in p, at c, out m) {
       m.skip = 0;
       if (p[3]->symbol == sym::now) {
         m.a[0] = m.a[1] = p[1]->value.a[1];
         m.b[0] = m.b[1] = c.today * day_seconds;
         return true;
       }
       return set_between(m, c, *p[1], *p[3]);
     }},
    // days of one month: 5 to 7 of May, November 19-20, from the ninth till the seventeenth of april
    {sym::drange, "from|between? the? num|ord to|dash|and|until the? date",
     [](in p, at c, out m) {
       const auto& d = p[5]->value;
       if (!(d.month > 0 && d.day > 0) || d.weekday || !whole_between(p[2], 1, 31) || p[2]->value.digits > 2)
         return false;
       if (p[3]->symbol == sym::both && !(p[0] && p[0]->symbol == sym::between)) return false;
       m.skip = 0;
       meaning first;
       if (!set_month_day(first, c, d.year, d.month, as_int(p[2]))) return false;
       for (int k : {0, 1}) {
         m.b[k] = d.a[k];
         m.a[k] = d.a[k] + (as_int(p[2]) - d.day) * day_seconds;
       }
       m.fixed = d.fixed;
       m.joined = true;
       return m.a[0] <= m.b[0];
     }},
    {sym::drange, "from|between? date to|dash|and|until the? num|ord",
     [](in p, at c, out m) {
       const auto& d = p[1]->value;
       if (!(d.month > 0 && d.day > 0) || !whole_between(p[4], 1, 31) || p[4]->value.digits > 2 ||
           as_int(p[4]) <= d.day || p[4]->value.weak)
         return false;
       if (p[2]->symbol == sym::both && !(p[0] && p[0]->symbol == sym::between)) return false;
       m.skip = 0;
       for (int k : {0, 1}) {
         m.a[k] = d.a[k];
         m.b[k] = d.a[k] + (as_int(p[4]) - d.day) * day_seconds;
       }
       m.fixed = d.fixed;
       m.joined = true;
       m.month = m.day = 0;
       return true;
     }},
    // May 3-7, 2021
    {sym::drange, "from|between? date to|dash|and num|ord comma? of? year",
     [](in p, at c, out m) {
       const auto& d = p[1]->value;
       if (!is_month_day(d) || d.weekday || !whole_between(p[3], d.day + 1, 31) || p[3]->value.digits > 2) return false;
       if (p[2]->symbol == sym::both && !(p[0] && p[0]->symbol == sym::between)) return false;
       const int year = p[6]->value.year;
       if (as_int(p[3]) > days_in_month(year, d.month)) return false;
       m.skip = 0;
       set_range(m, days_of(year, d.month, d.day), days_of(year, d.month, as_int(p[3])));
       m.joined = true;
       return true;
     }},
    // open ends
    {sym::drange, "before|after|since|until|from the? date|drange",
     [](in p, at c, out m) {
       if (p[0]->symbol == sym::from && !c.text.is(p[0]->first, "desde") && !(c.text.is(p[0]->first, "a")))
         return false;
       return !p[2]->value.weak && open_range(c, p, 2, m);
     }},
    {sym::drange, "date|drange comma? orlater",
     [](in p, at c, out m) {
       if (p[0]->value.no_start || p[0]->value.no_end || p[0]->value.weak || c.text.is(p[2]->last, "than"))
         return false;
       const auto w = c.text.word(p[2]->last - 1);
       if ((w == "after" || w == "before" || w == "despues" || w == "antes") && p[2]->last < c.text.size() &&
           c.text[p[2]->last].kind != token_kind::sign)
         return false;
       const int skip = m.skip;
       m = p[0]->value;
       m.skip = skip;
       m.month = m.day = 0;
       if (p[2]->value.n > 0)
         m.no_end = true;
       else {
         m.no_start = true;
         if (p[0]->symbol == sym::date) {
           m.b[0] = m.a[0];
           m.b[1] = m.a[1];
         }
       }
       return true;
     }},
    {sym::drange, "more dur before|ago date",
     [](in p, at c, out m) {
       m.skip = 0;
       const auto at = shifted(p[3]->value.a[0], p[1]->value, -1);
       m.a[0] = m.a[1] = m.b[0] = m.b[1] = at;
       if (p[0]->value.n >= 0)
         m.no_start = true;
       else
         m.b[0] = m.b[1] = p[3]->value.a[0];
       return true;
     }},
    {sym::drange, "more dur after|from date",
     [](in p, at c, out m) {
       m.skip = 0;
       const auto at = shifted(p[3]->value.a[0], p[1]->value, 1);
       m.a[0] = m.a[1] = m.b[0] = m.b[1] = at;
       if (p[0]->value.n >= 0)
         m.no_end = true;
       else
         m.a[0] = m.a[1] = p[3]->value.a[0];
       return true;
     }},
    // "on November 18-19", "in 2014 through 2018": the preposition of two ends that begin with month or year is inside
    {sym::drange, "in drange",
     [](in p, at c, out m) {
       const auto& r = p[1]->value;
       const auto first = p[1]->first;
       if (c.lang != tongue::english || !r.joined || p[0]->last != p[0]->first + 1 || r.skip) return false;
       const bool named = c.text[first].kind == token_kind::word && !c.text.is(first, "from") &&
                          !c.text.is(first, "between") && !c.text.is(first, "the") && r.weekday == 0;
       if (!(named && begins_with_month(c, first)) && !(c.text.digits(first) && c.text.word(first).size() == 4))
         return false;
       if (!c.text.is(p[0]->first, "in") && !(named && c.text.is(p[0]->first, "on"))) return false;
       m = r;
       m.skip = 0;
       return true;
     }},
    // the rest of the week: from today on
    {sym::drange, "rest the? drange",
     [](in p, at c, out m) {
       const auto& r = p[2]->value;
       if (r.no_start || r.no_end || !r.text.empty() || r.b[0] - r.a[0] < day_seconds) return false;
       m = r;
       m.month = m.day = m.year = 0;
       m.weak = false;
       m.skip = led(c, p[0]);
       for (int k : {0, 1})
         if (r.a[k] <= c.now && c.now < r.b[k]) {
           m.a[0] = m.a[1] = c.today * day_seconds;
           m.b[0] = m.b[1] = r.b[k];
           m.fixed = true;
           break;
         }
       return true;
     }},
    {sym::drange, "rest unit",
     [](in p, at c, out m) {
       meaning r;
       const auto u = p[1]->value.unit;
       if (u < period::week || u == period::fortnight || !set_unit_range(r, c.today, u, 0)) return false;
       m = r;
       m.skip = led(c, p[0]);
       m.a[0] = m.a[1] = c.today * day_seconds;
       m.month = m.year = 0;
       return true;
     }},
    {sym::dtrange, "rest date|dayof",
     [](in p, at c, out m) {
       if (p[1]->symbol == sym::date && p[1]->value.a[0] != c.today * day_seconds) return false;
       m = meaning{};
       m.skip = led(c, p[0]);
       m.a[0] = m.a[1] = c.now;
       m.b[0] = m.b[1] = (c.today + 1) * day_seconds - 1;
       m.fixed = true;
       return true;
     }},
    // the last weekend of May
    {sym::drange, "the? ord|rel weekend of the? drange",
     [](in p, at c, out m) {
       const auto& r = p[5]->value;
       const int n = as_int(p[1]);
       if (!is_month(r) || (p[1]->symbol == sym::rel ? n != -1 : n < 1 || n > 4)) return false;
       for (int k : {0, 1}) {
         const auto of = civil_of(r.a[k] / day_seconds);
         const auto saturday = nth_weekday(of.year, of.month, 6, p[1]->symbol == sym::rel ? -1 : n);
         m.a[k] = saturday * day_seconds;
         m.b[k] = (saturday + 2) * day_seconds;
       }
       m.skip = p[0] ? 1 : 0;
       m.fixed = r.fixed;
       return true;
     }},
    // edges
    {sym::drange, "edge the? drange",
     [](in p, at c, out m) {
       const auto& r = p[2]->value;
       if (r.no_start || r.no_end || !r.text.empty() || (r.b[0] - r.a[0]) / day_seconds < 7) return false;
       // the weekend has its own word: fin de semana
       if (c.lang == tongue::spanish && c.text.is(p[0]->last - 2, "fin") && c.text.is(p[2]->first, "semana"))
         return false;
       const bool relative =
           p[2]->symbol == sym::drange && p[2]->last - p[2]->first >= 1 && !c.text.digits(p[2]->last - 1);
       return edge_of(as_int(p[0]), r, relative, m) && (m.skip = led(c, p[0]), true);
     }},
    {sym::drange, "edge unit",
     [](in p, at c, out m) {
       meaning r;
       if (p[1]->value.unit != period::week && p[1]->value.unit != period::month && p[1]->value.unit != period::year)
         return false;
       set_unit_range(r, c.today, p[1]->value.unit, 0);
       return edge_of(as_int(p[0]), r, true, m) && (m.skip = led(c, p[0]), true);
     }},
    {sym::drange, "late the? drange",
     [](in p, at c, out m) {
       const auto& r = p[2]->value;
       const auto w = c.text.word(p[0]->first);
       if (r.no_start || r.no_end || !r.fixed || p[2]->last - p[2]->first > 3) return false;
       edge_of(as_int(p[0]), r, true, m);
       const bool comparative = w == "later" || w == "earlier" || w == "mas";
       if (!comparative || !(r.a[0] <= c.now && c.now < r.b[0])) return true;
       // "later this week" begins today at the earliest, "earlier this year" ends today
       m.a[0] = m.a[1] = as_int(p[0]) > 0 ? std::max(m.a[0], c.today * day_seconds) : r.a[0];
       if (as_int(p[0]) < 0) m.b[0] = m.b[1] = c.today * day_seconds;
       return true;
     }},
    {sym::drange, "the unit after rel",
     [](in p, at c, out m) {
       return c.lang == tongue::english && p[3]->value.n == 1 && p[1]->value.unit >= period::week &&
              set_unit_range(m, c.today, p[1]->value.unit, 2);
     }},
    {sym::drange, "the unit before rel",
     [](in p, at c, out m) {
       return c.lang == tongue::english && p[3]->value.n == -1 && p[1]->value.unit >= period::week &&
              set_unit_range(m, c.today, p[1]->value.unit, -2);
     }},
    {sym::drange, "the? unit of? year",
     [](in p, at c, out m) {
       m.skip = p[0] ? 1 : 0;
       const int y = p[3]->value.year;
       if (p[1]->value.unit != period::decade) return false;
       set_range(m, days_of(y, 1, 1), days_of(y + 10, 1, 1));
       return true;
     }},
    {sym::drange, "the? quarter of the? unit",
     [](in p, at c, out m) {
       m.skip = p[0] && c.lang == tongue::english ? 1 : 0;
       return p[4]->value.unit == period::year && set_quarter(m, as_int(p[1]), civil_of(c.today).year);
     }},
    {sym::drange, "the fiscal year|num?",
     [](in p, at c, out m) {
       static const char* prefix[] = {"", "FY", "SY"};
       const int y = p[2] ? year_digits(p[2]) : 0;
       m.skip = 1;
       if (p[2] && !y) return false;
       if (p[1]->value.n == 0) {
         if (!y) return false;
         set_year(m, y);
         return true;
       }
       m.text = prefix[as_int(p[1])] + (y ? std::to_string(y) : "XXXX");
       return true;
     }},
    {sym::drange, "the rel fiscal",
     [](in p, at c, out m) {
       static const char* prefix[] = {"", "FY", "SY"};
       const int y = civil_of(c.today).year + as_int(p[1]);
       m.skip = c.lang == tongue::english ? 1 : 0;
       if (p[2]->value.n == 0) {
         set_year(m, y);
         return true;
       }
       m.text = prefix[as_int(p[2])] + std::to_string(y);
       return true;
     }},
    {sym::drange, "the fiscal of year",
     [](in p, at c, out m) {
       static const char* prefix[] = {"", "FY", "SY"};
       m.skip = 1;
       if (p[1]->value.n == 0) {
         set_year(m, p[3]->value.year);
         return true;
       }
       m.text = prefix[as_int(p[1])] + std::to_string(p[3]->value.year);
       return true;
     }},
    {sym::drange, "rel? fiscal year|num?",
     [](in p, at c, out m) {
       static const char* prefix[] = {"", "FY", "SY"};
       const int kind = as_int(p[1]);
       int y = p[2] ? year_digits(p[2]) : p[0] ? civil_of(c.today).year + as_int(p[0]) : 0;
       if (p[2] && !y) return false;
       if (kind == 0) {
         if (!y) return false;
         set_year(m, y);
         return true;
       }
       m.text = prefix[kind] + (y ? std::to_string(y) : "XXXX");
       return p[1]->last - p[1]->first > 1 || p[2];
     }},
    {sym::drange, "fiscal of year",
     [](in p, at c, out m) {
       static const char* prefix[] = {"", "FY", "SY"};
       const int kind = as_int(p[0]);
       if (kind == 0) {
         set_year(m, p[2]->value.year);
         return true;
       }
       m.text = prefix[kind] + std::to_string(p[2]->value.year);
       return true;
     }},
};

} // namespace

rule_set range_rules() { return {rules, std::size(rules)}; }

} // namespace steward::entities
