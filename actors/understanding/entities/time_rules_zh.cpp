// Chinese days and periods: the larger unit stands first, marks stand behind their number, before and after behind what
// they limit.
#include "actors/understanding/entities/time_rule_zh.hpp"

namespace steward::entities {

namespace {

// Nothing that a length of time could end with stands in front.
bool begins_phrase(const time_context& c, const item* i) {
  const auto w = word_before(c, i);
  for (auto end : {"天", "月", "年", "周", "期", "时", "钟", "日", "分", "秒", "季", "度", "拜", "之", "以"})
    if (w == end) return false;
  return true;
}

const char* season_name(const item* season) {
  static const char* names[] = {"SP", "SU", "FA", "WI"};
  return names[as_int(season) - 1];
}

// 3号楼, 5号线: 号 is a number of things, not a day.
bool counts_things(const time_context& c, const item* mark) {
  if (!is_word(c, mark, "号") || mark->last >= c.text.size()) return false;
  for (auto thing :
       {"楼", "线", "门", "库", "店", "柜", "桌", "房", "院", "馆", "台", "车", "机", "床", "窗", "仓", "码",
        "色", "款", "字", "球", "选", "位", "厅", "铺", "棚", "厂", "站", "口", "电", "客", "胶", "墨"})
    if (c.text.is(mark->last, thing)) return true;
  return false;
}

// From one month to another of the same year, or of the years around now.
bool months(const time_context& c, int year, const item* from, const item* to, meaning& m) {
  if (!whole_between(from, 1, 12) || from->value.digits > 2 || as_int(from) >= as_int(to)) return false;
  item x{sym::drange, from->first, from->last, {}}, y{sym::drange, to->first, to->last, {}};
  set_month(x.value, c, year, as_int(from));
  set_month(y.value, c, year, as_int(to));
  return set_between(m, c, x, y);
}

// 大年 names a month only before its day.
bool alone(const time_context& c, const item* month) { return !c.text.is(month->first, "大"); }

const rule rules[] = {
    {sym::year, "num unit",
     [](in p, at c, out m) {
       const bool named = is_word(c, p[1], "年") || c.text.is(p[1]->last - 1, "度");
       const int y = p[1]->value.unit == period::year && named ? year_number(c, p[0], false) : 0;
       if (!y) return false;
       set_year(m, y);
       return true;
     }},
    {sym::year, "open num unit",
     [](in p, at c, out m) {
       if (p[2]->value.unit != period::year || !whole_between(p[1], 1, 99)) return false;
       set_year(m, as_int(p[0]) + as_int(p[1]));
       return true;
     }},
    {sym::drange, "year",
     [](in p, at c, out m) {
       m = p[0]->value;
       m.weak = !c.text.is(p[0]->last - 1, "年");
       return true;
     }},
    {sym::month, "num fiscal",
     [](in p, at c, out m) {
       m.n = p[0]->value.n;
       return whole_between(p[0], 1, 12) && p[0]->value.digits <= 2;
     }},
    {sym::drange, "month",
     [](in p, at c, out m) {
       set_month(m, c, 0, as_int(p[0]));
       return alone(c, p[0]);
     }},
    {sym::drange, "year of? month",
     [](in p, at c, out m) {
       set_month(m, c, p[0]->value.year, as_int(p[2]));
       return alone(c, p[2]);
     }},
    {sym::drange, "num unit month",
     [](in p, at c, out m) {
       const int y = p[1]->value.unit == period::year ? year_number(c, p[0], true) : 0;
       if (!y) return false;
       set_month(m, c, y, as_int(p[2]));
       return true;
     }},
    // 1-3月, 2016年一到三月
    {sym::drange, "from? num to month", [](in p, at c, out m) { return months(c, 0, p[1], p[3], m); }},
    {sym::drange, "from? drange|year of? num to month",
     [](in p, at c, out m) { return is_whole_year(p[1]->value) && months(c, p[1]->value.year, p[3], p[5], m); }},
    // 16年底
    {sym::drange, "num edge",
     [](in p, at c, out m) {
       const int y = c.text.is(p[1]->first, "年") ? year_number(c, p[0], true) : 0;
       meaning year;
       set_year(year, y);
       return y != 0 && edge_of(as_int(p[1]), year, false, m);
     }},
    {sym::drange, "drange of? month",
     [](in p, at c, out m) {
       if (!is_whole_year(p[0]->value) || p[0]->value.weak) return false;
       set_month(m, c, p[0]->value.year, as_int(p[2]));
       return true;
     }},
    {sym::drange, "rel unit",
     [](in p, at c, out m) {
       const auto w = c.text.word(p[0]->first);
       const auto u = p[1]->value.unit;
       const bool year_only = w == "今" || w == "明" || w == "去" || w == "前" || w == "后" || w == "大前";
       if (u <= period::hour || u == period::day || u == period::decade || (year_only && u != period::year))
         return false;
       if (w == "当" && u == period::year) return false; // back then
       // 两天后年会: what stands behind a length of time is "after", not the year after next
       if ((w == "前" || w == "后") && !begins_phrase(c, p[0])) return false;
       // 下半年 is the second half, 下个半年 the next one
       if (u == period::half_year && p[0]->last - p[0]->first < 2) return false;
       return set_unit_range(m, c.today, u, as_int(p[0]));
     }},
    {sym::drange, "rel weekend",
     [](in p, at c, out m) { return set_unit_range(m, c.today, period::weekend, as_int(p[0])); }},
    {sym::drange, "weekend", [](in p, at c, out m) { return set_unit_range(m, c.today, period::weekend, 0); }},
    // 年 with a half: 2017年下半年, 上半月
    {sym::drange, "drange of? slash unit",
     [](in p, at c, out m) {
       if (!is_whole_year(p[0]->value) || p[3]->value.unit != period::year) return false;
       return set_quarter(m, p[2]->value.n < 0 ? 11 : 12, p[0]->value.year);
     }},
    {sym::drange, "slash unit",
     [](in p, at c, out m) {
       meaning r;
       if (p[1]->value.unit < period::week || !set_unit_range(r, c.today, p[1]->value.unit, 0)) return false;
       const auto first = r.a[0] / day_seconds, behind = r.b[0] / day_seconds;
       const auto middle = p[1]->value.unit == period::week    ? first + 3
                           : p[1]->value.unit == period::month ? first + 15
                                                               : days_of(civil_of(first).year, 7, 1);
       set_range(m, p[0]->value.n < 0 ? first : middle, p[0]->value.n < 0 ? middle : behind);
       return true;
     }},
    // 上个月底, 今年年初; 月底 alone is this month's
    {sym::drange, "drange of? edge",
     [](in p, at c, out m) {
       const auto& r = p[0]->value;
       if (r.no_start || r.no_end || !r.text.empty() || r.edge != -2 || !(is_month(r) || is_whole_year(r)))
         return false;
       const bool month = c.text.is(p[2]->first, "月"), year = c.text.is(p[2]->first, "年");
       return !(month && is_whole_year(r)) && !(year && is_month(r)) && edge_of(as_int(p[2]), r, false, m);
     }},
    {sym::drange, "edge",
     [](in p, at c, out m) {
       meaning r;
       const bool month = c.text.is(p[0]->first, "月");
       if (p[0]->last - p[0]->first < 2 || c.text.digits(p[0]->first - (p[0]->first > 0))) return false;
       set_unit_range(r, c.today, month ? period::month : period::year, 0);
       return edge_of(as_int(p[0]), r, false, m);
     }},
    {sym::drange, "drange of? season",
     [](in p, at c, out m) {
       m.text = std::to_string(p[0]->value.year) + "-" + season_name(p[2]);
       return is_whole_year(p[0]->value);
     }},
    {sym::drange, "num unit of? season",
     [](in p, at c, out m) {
       const int y = p[1]->value.unit == period::year ? year_number(c, p[0], true) : 0;
       m.text = std::to_string(y) + "-" + season_name(p[3]);
       return y != 0;
     }},
    {sym::drange, "season",
     [](in p, at c, out m) {
       m.text = season_name(p[0]);
       return !p[0]->value.weak;
     }},
    {sym::drange, "within of? dur",
     [](in p, at c, out m) {
       if (word_before(c, p[0]) == "最") return false; // 最后三天
       return !is_clock(p[2]->value) && set_counted(m, c, p[2]->value.n, p[2]->value.unit, p[0]->value.n);
     }},
    // 下两周, 上三个月: as many units, where 下一周 is the next one
    {sym::drange, "rel dur",
     [](in p, at c, out m) {
       const bool next = is_word(c, p[0], "下"), last = is_word(c, p[0], "上");
       const auto n = p[1]->value.n;
       return (next || last) && n >= 2 && n == std::floor(n) && !is_clock(p[1]->value) &&
              set_counted(m, c, n, p[1]->value.unit, next ? 1 : -1);
     }},
    {sym::date, "month num dayof",
     [](in p, at c, out m) {
       return whole_between(p[1], 1, 31) && p[1]->value.digits <= 2 &&
              set_month_day(m, c, 0, as_int(p[0]), as_int(p[1]));
     }},
    {sym::date, "month on? num",
     [](in p, at c, out m) {
       return whole_between(p[2], 1, 31) && p[2]->value.digits == 0 && !c.text.is(p[2]->last, "个") &&
              !c.text.is(p[2]->last, "天") && set_month_day(m, c, 0, as_int(p[0]), as_int(p[2]));
     }},
    {sym::date, "year date",
     [](in p, at c, out m) {
       return is_month_day(p[1]->value) && set_month_day(m, c, p[0]->value.year, p[1]->value.month, p[1]->value.day);
     }},
    // 农历八月十五: the calendar is named, the day is told as it is said
    {sym::date, "rest of? date",
     [](in p, at c, out m) {
       m = p[2]->value;
       return m.month > 0 && m.day > 0;
     }},
    {sym::date, "num unit date",
     [](in p, at c, out m) {
       const int y = p[1]->value.unit == period::year ? year_number(c, p[0], true) : 0;
       return y && is_month_day(p[2]->value) && set_month_day(m, c, y, p[2]->value.month, p[2]->value.day);
     }},
    {sym::date, "drange of? date",
     [](in p, at c, out m) {
       return is_whole_year(p[0]->value) && is_month_day(p[2]->value) &&
              set_month_day(m, c, p[0]->value.year, p[2]->value.month, p[2]->value.day);
     }},
    {sym::date, "drange of? num dayof",
     [](in p, at c, out m) {
       const auto& r = p[0]->value;
       return is_month(r) && r.fixed && whole_between(p[2], 1, 31) &&
              set_month_day(m, c, r.year, r.month, as_int(p[2]));
     }},
    {sym::date, "num dayof",
     [](in p, at c, out m) {
       return whole_between(p[0], 1, 31) && p[0]->value.digits <= 2 && !counts_things(c, p[1]) && !within(c, p[1]) &&
              !(p[0]->first > 0 && c.text.is(p[0]->first - 1, "第")) && set_day_alone(m, c, as_int(p[0]));
     }},
    // 5到8号
    {sym::drange, "from? num to num dayof",
     [](in p, at c, out m) {
       if (!whole_between(p[1], 1, 31) || !whole_between(p[3], 1, 31) || as_int(p[1]) >= as_int(p[3]) ||
           p[1]->value.digits > 2 || p[3]->value.digits > 2 || counts_things(c, p[4]) ||
           !set_day_alone(m, c, as_int(p[1])))
         return false;
       for (int k : {0, 1}) m.b[k] = m.a[k] + (as_int(p[3]) - as_int(p[1])) * day_seconds;
       m.day = 0;
       return true;
     }},
    {sym::date, "dayword",
     [](in p, at c, out m) {
       set_day(m, c.today + as_int(p[0]));
       m.weak = p[0]->value.weak || (c.text.is(p[0]->last, "头") && c.text.is(p[0]->last + 1, "条"));
       return true;
     }},
    {sym::date, "wday",
     [](in p, at c, out m) {
       set_weekday(m, c, as_int(p[0]));
       return true;
     }},
    {sym::date, "rel wday",
     [](in p, at c, out m) {
       set_day(m, monday_of(c.today) + 7 * as_int(p[0]) + as_int(p[1]) - 1);
       m.month = m.day = m.year = 0;
       m.weekday = as_int(p[1]);
       return !is_word(c, p[0], "去") && !is_word(c, p[0], "明") && !is_word(c, p[0], "今");
     }},
    {sym::date, "date comma? wday",
     [](in p, at c, out m) {
       if (p[0]->value.weekday || p[0]->value.month <= 0) return false;
       m = p[0]->value;
       return true;
     }},
    {sym::date, "date close wday close",
     [](in p, at c, out m) {
       if (p[0]->value.weekday || p[0]->value.month <= 0 || p[1]->value.n > p[3]->value.n) return false;
       m = p[0]->value;
       return true;
     }},
    {sym::date, "hday", [](in p, at c, out m) { return set_holiday(m, c, as_int(p[0]), 0); }},
    {sym::date, "drange of? hday",
     [](in p, at c, out m) { return is_whole_year(p[0]->value) && set_holiday(m, c, as_int(p[2]), p[0]->value.year); }},
    {sym::date, "dur ago",
     [](in p, at c, out m) {
       if (is_clock(p[0]->value)) return false;
       m.a[0] = m.a[1] = shifted(c.today * day_seconds, p[0]->value, -1);
       m.fixed = true;
       return true;
     }},
    {sym::date, "dur later",
     [](in p, at c, out m) {
       if (is_clock(p[0]->value)) return false;
       m.a[0] = m.a[1] = shifted(c.today * day_seconds, p[0]->value, 1);
       m.fixed = true;
       return true;
     }},
    {sym::drange, "from? date|drange to date|drange",
     [](in p, at c, out m) { return set_between(m, c, *p[1], *p[3]); }},
    // 10月1-7号
    {sym::drange, "from? year|drange? of? month num to num dayof",
     [](in p, at c, out m) {
       const bool named = p[1] != nullptr;
       if ((named && !is_whole_year(p[1]->value)) || !whole_between(p[4], 1, 31) || !whole_between(p[6], 1, 31) ||
           as_int(p[4]) >= as_int(p[6]) || p[4]->value.digits > 2 || (!named && p[2]) ||
           !set_month_day(m, c, named ? p[1]->value.year : 0, as_int(p[3]), as_int(p[4])))
         return false;
       for (int k : {0, 1}) m.b[k] = m.a[k] + (as_int(p[6]) - as_int(p[4])) * day_seconds;
       m.month = m.day = m.year = 0;
       return m.text.empty();
     }},
    {sym::drange, "from? date to num dayof",
     [](in p, at c, out m) {
       const auto& d = p[1]->value;
       if (d.month <= 0 || d.day <= 0 || !whole_between(p[3], 1, 31) || as_int(p[3]) <= d.day) return false;
       for (int k : {0, 1}) {
         m.a[k] = d.a[k];
         m.b[k] = d.a[k] + (as_int(p[3]) - d.day) * day_seconds;
       }
       return true;
     }},
    {sym::drange, "drange|date and|to drange|date between",
     [](in p, at c, out m) { return set_between(m, c, *p[0], *p[2]); }},
    {sym::drange, "drange|date before",
     [](in p, at c, out m) { return !p[0]->value.weak && limit(p[0], true, false, m); }},
    {sym::drange, "drange|date after",
     [](in p, at c, out m) { return !p[0]->value.weak && limit(p[0], false, false, m); }},
    {sym::drange, "drange|date orlater",
     [](in p, at c, out m) { return !p[0]->value.weak && limit(p[0], p[1]->value.n < 0, true, m); }},
    {sym::drange, "since drange|date orlater?",
     [](in p, at c, out m) { return !p[1]->value.weak && limit(p[1], false, true, m); }},
    {sym::drange, "until drange|date",
     [](in p, at c, out m) { return !p[1]->value.weak && limit(p[1], true, false, m); }},
    // 到周五为止
    {sym::drange, "to drange|date dash",
     [](in p, at c, out m) { return !p[1]->value.weak && limit(p[1], true, false, m); }},
    {sym::drange, "late of? drange|date",
     [](in p, at c, out m) { return !p[2]->value.weak && limit(p[2], p[0]->value.n < 0, p[0]->value.n == 2, m); }},
};

} // namespace

rule_set chinese_rules() { return {rules, std::size(rules)}; }

} // namespace steward::entities
