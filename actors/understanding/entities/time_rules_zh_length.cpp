// Chinese lengths of time, and what recurs.
#include "actors/understanding/entities/time_rule_zh.hpp"

namespace steward::entities {

namespace {

bool is_part_unit(const time_context& c, const item* unit) {
  return is_word(c, unit, "月") || is_word(c, unit, "日") || is_word(c, unit, "时") || is_word(c, unit, "分") ||
         unit->value.unit == period::half_year || unit->value.unit == period::decade;
}

std::string two_digits(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }

// Morning, afternoon and evening as a recurrence tells them.
std::string part_code(const item* part) {
  const auto n = as_int(part);
  return n == 8 ? "TMO" : n == 12 ? "TAF" : n == 16 ? "TEV" : "";
}

const rule rules[] = {
    {sym::dur, "num unit",
     [](in p, at c, out m) {
       const auto w = c.text.word(p[1]->first);
       const bool one = p[1]->last - p[1]->first == 1;
       // 18周岁 is an age
       if (one && w == "h" && !c.text.glued(p[1]->first)) return false;
       const bool days = one && w == "日" && within(c, p[1]);
       if ((one && (w == "月" || (w == "日" && !days) || (w == "周" && c.text.is(p[1]->last, "岁")))) ||
           p[0]->value.n <= 0 || p[0]->value.n > 1e7 || (w == "年" && year_number(c, p[0], false)) ||
           p[1]->value.unit == period::decade ||
           (p[1]->value.unit == period::century && w == "世" && p[0]->value.n > 1) ||
           (one && w == "时" && !(p[0]->first > 0 && c.text.is(p[0]->first - 1, "天"))))
         return false;
       set_duration(m, p[0]->value.n, p[1]->value.unit);
       m.weak = one && (w == "分");
       return true;
     }},
    // 一个半小时
    {sym::dur, "num the half unit",
     [](in p, at c, out m) {
       const auto u = p[3]->value.unit;
       set_duration(m, p[0]->value.n + 0.5, u);
       return !is_word(c, p[3], "日") && u != period::half_year && u != period::decade && p[0]->value.n < 1000;
     }},
    {sym::dur, "some unit",
     [](in p, at c, out m) {
       set_duration(m, p[0]->value.n, p[1]->value.unit);
       return !is_part_unit(c, p[1]) && word_before(c, p[0]) != "十"; // 十几天 are not three
     }},
    // 十几天, 二十多天, 两个多小时: at least so many
    {sym::dur, "num the? some|more unit",
     [](in p, at c, out m) {
       const bool tens = p[0]->value.n >= 10 && as_int(p[0]) % 10 == 0;
       if (p[2]->symbol == sym::some && (!c.text.is(p[2]->first, "几") || !tens)) return false;
       set_duration(m, p[0]->value.n, p[3]->value.unit);
       return p[0]->value.n > 0 && p[0]->value.n < 1e6 && !is_part_unit(c, p[3]);
     }},
    // 几十天
    {sym::dur, "some num unit",
     [](in p, at c, out m) {
       set_duration(m, p[0]->value.n * p[1]->value.n, p[2]->value.unit);
       return is_word(c, p[1], "十") && !is_part_unit(c, p[2]);
     }},
    // 一整天
    {sym::dur, "num the? oclock unit",
     [](in p, at c, out m) {
       set_duration(m, p[0]->value.n, p[3]->value.unit);
       return whole_between(p[0], 1, 99) && c.text.is(p[2]->first, "整") && !is_part_unit(c, p[3]);
     }},
    // 三刻钟
    {sym::dur, "num piece",
     [](in p, at c, out m) {
       set_duration(m, 15 * p[0]->value.n, period::minute);
       return whole_between(p[0], 1, 3) && p[1]->last - p[1]->first == 2;
     }},
    {sym::dur, "num unit half",
     [](in p, at c, out m) {
       if (is_word(c, p[1], "月") || is_word(c, p[1], "日")) return false;
       set_duration(m, p[0]->value.n + 0.5, p[1]->value.unit);
       return true;
     }},
    {sym::dur, "half unit",
     [](in p, at c, out m) {
       set_duration(m, 0.5, p[1]->value.unit);
       return !is_word(c, p[1], "月") && !is_word(c, p[1], "日") && p[1]->value.unit != period::decade;
     }},
    {sym::dur, "dur article? dur",
     [](in p, at c, out m) {
       const auto &x = p[0]->value, &y = p[2]->value;
       if (x.unit == y.unit) return false;
       m = x;
       m.weak = false;
       add_duration(m, y);
       return true;
     }},

    {sym::set, "every wday",
     [](in p, at c, out m) {
       m.text = "XXXX-WXX-" + std::to_string(as_int(p[1]));
       return true;
     }},
    {sym::set, "every dur",
     [](in p, at c, out m) {
       m.text = p[1]->value.text;
       return true;
     }},
    {sym::set, "set time",
     [](in p, at c, out m) {
       const auto s = p[1]->value.a[0];
       m.text = (p[0]->value.text[0] == 'X' ? p[0]->value.text : std::string()) + "T" + (s / 3600 < 10 ? "0" : "") +
                std::to_string(s / 3600) +
                (s % 3600 ? std::string(s / 60 % 60 < 10 ? ":0" : ":") + std::to_string(s / 60 % 60) : std::string());
       return true;
     }},
    {sym::set, "every part",
     [](in p, at c, out m) {
       m.text = part_code(p[1]);
       return !m.text.empty();
     }},
    {sym::set, "set part",
     [](in p, at c, out m) {
       const auto code = part_code(p[1]);
       m.text = (p[0]->value.text[0] == 'X' ? p[0]->value.text : std::string()) + code;
       return !code.empty() && (p[0]->value.text[0] == 'X' || p[0]->value.text == "P1D");
     }},
    {sym::set, "every weekend",
     [](in p, at c, out m) {
       m.text = "P1WE";
       return true;
     }},
    {sym::set, "every unit",
     [](in p, at c, out m) {
       m.text = "P1WD";
       return p[1]->value.unit == period::business_day;
     }},
    // 每月1号, 每年五月, 每年10月1日
    {sym::set, "set of? date|drange",
     [](in p, at c, out m) {
       const auto& d = p[2]->value;
       const bool monthly = p[0]->value.text == "P1M", yearly = p[0]->value.text == "P1Y";
       if (d.fixed || d.weekday || d.no_start || d.no_end || d.joined || !d.text.empty()) return false;
       if (monthly && d.day && !d.month)
         m.text = "XXXX-XX-" + two_digits(d.day);
       else if (yearly && d.month > 0)
         m.text = "XXXX-" + two_digits(d.month) + (d.day ? "-" + two_digits(d.day) : "");
       return !m.text.empty();
     }},
};

} // namespace

rule_set chinese_length_rules() { return {rules, std::size(rules)}; }

} // namespace steward::entities
