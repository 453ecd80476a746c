// What counts as a number in running text: signs, vulgar fractions, and the places where a numeral is none ("the one",
// "180ml").
#include "actors/understanding/entities/numeral.hpp"

#include <array>
#include <string_view>

namespace steward::entities {

namespace {

double vulgar(char32_t c) {
  switch (c) {
  case U'½': return 1.0 / 2;
  case U'⅓': return 1.0 / 3;
  case U'⅔': return 2.0 / 3;
  case U'¼': return 1.0 / 4;
  case U'¾': return 3.0 / 4;
  case U'⅕': return 1.0 / 5;
  case U'⅖': return 2.0 / 5;
  case U'⅗': return 3.0 / 5;
  case U'⅘': return 4.0 / 5;
  case U'⅙': return 1.0 / 6;
  case U'⅚': return 5.0 / 6;
  case U'⅛': return 1.0 / 8;
  case U'⅜': return 3.0 / 8;
  case U'⅝': return 5.0 / 8;
  case U'⅞': return 7.0 / 8;
  default: return 0;
  }
}

// "2½" and "2 ½"
void add_vulgar(const source_text& t, numeral& n) {
  if (n.last >= t.size() || n.shape != numeral_shape::integer || n.spelled) return;
  if (const auto v = vulgar(t.at(t[n.last].begin)); v > 0) {
    n.value += v;
    n.end = t[n.last].end;
    ++n.last;
    n.shape = numeral_shape::fraction;
  }
}

std::optional<numeral> spelled(const source_text& t, std::size_t i, tongue lang) {
  switch (lang) {
  case tongue::english: return read_cardinal_en(t, i);
  case tongue::spanish: return read_cardinal_es(t, i);
  case tongue::chinese: return read_cardinal_zh(t, i);
  default: return std::nullopt;
  }
}

// Words in which a numeral character counts nothing.
bool lexical_zh(const source_text& t, std::size_t i, const numeral& n) {
  static constexpr std::string_view words[] = {
      "一切",   "一样",   "一起",   "一定",   "一直",   "一般",   "一些",   "一下",   "一旦",   "一共",   "一致",
      "一边",   "一看",   "一会",   "一向",   "一律",   "一再",   "一同",   "一带",   "一时",   "一面",   "统一",
      "唯一",   "万一",   "之一",   "四川",   "四处",   "四周",   "三亚",   "三国",   "三明",   "三峡",   "六安",
      "九江",   "九寨",   "十堰",   "百度",   "百姓",   "千万别", "万岁",   "万能",   "五台",   "五角",   "五官",
      "七夕",   "八卦",   "八成",   "双十",   "十分",   "放肆",   "肆无",   "大陆",   "陆续",   "陆空",   "陆地",
      "陆军",   "收拾",   "拾起",   "入伍",   "退伍",   "队伍",   "伙伍",   "九九是", "某一",   "十足",   "一流",
      "一番",   "一味",   "一贯",   "一概",   "一齐",   "一路",   "一旁",   "三思",   "四面",   "万分",   "百般",
      "百科",   "五湖",   "七八糟", "三心二", "二意",   "不三不", "三不四", "四分五", "分五裂", "一五一", "五一十",
      "独一无", "无二",   "一如",   "一模一", "模一样", "一言",   "七上",   "上八下", "进一步", "一方面", "一口气",
      "三番",   "三落四", "心一意", "一心一", "一不二", "五花",   "花八门", "一干二", "干二净", "九牛",   "牛一毛",
      "二手"};
  const auto end = std::min<std::uint32_t>(t.code_points(), n.end + 2);
  const auto begin = n.begin > 2 ? n.begin - 2 : 0;
  const auto around = t.folded(begin, end);
  const auto prefix = t.folded(begin, n.begin).size();
  const auto width = t.folded(n.begin, n.end).size();
  for (auto w : words)
    for (auto at = around.find(w); at != std::string_view::npos; at = around.find(w, at + 1))
      if (at < prefix + width && at + w.size() > prefix && at + w.size() != prefix) return true;
  if (n.last == n.first + 1) {
    const auto w = t.word(i);
    static constexpr std::array<std::string_view, 6> formal = {"拾", "陆", "肆", "伍", "万", "俩"};
    for (auto f : formal)
      if (w == f) return true;
    if (n.value == 1 && t.is(n.last, "看")) return true;
  }
  return false;
}

// 一 alone counts only where something that is counted follows (一张, 一斤), or nothing (the answer is 一): it is part
// of too many words.
bool bare_one_zh(const source_text& t, std::size_t i, const numeral& n) {
  if (!t.is(i, "一") || n.last != n.first + 1 || n.last >= t.size() || t[n.last].kind != token_kind::han) return false;
  static constexpr std::string_view counted =
      "个件条张双只本次天年月日周小分秒点号块元角毛斤两公米里寸尺吨克升亩台部辆家间层楼座栋套盒箱包袋瓶罐杯碗盘串束朵颗"
      "粒根支枝片对副份封篇页章节课门项笔句段首曲幅种类位名口人匹头群队班组排列行批打桶听卷团堆把顶架艘所户届期趟回遍顿"
      "场声步圈夜晚季代星礼钟刻英海平立千毫厘磅圆镑是不而却这那和与到至或比又百万亿分岁塊個張條雙隻歲雞點號條"
      "層臺輛間盤顆對種類隊組畝噸級级格桌支枚株棵则員员套款盞盏床扇堵";
  return counted.find(t.word(n.last)) == std::string_view::npos;
}

// 第一, 周一, 星期三: a place or a day, not a count.
bool names_place_zh(const source_text& t, std::size_t i, const numeral& n) {
  if (i == 0) return false;
  const auto before = t.word(i - 1);
  if (before == "第" || (before == "几" && t.is(i, "十"))) return true;
  const bool week = before == "周" || (i > 1 && ((before == "期" && t.is(i - 2, "星")) ||
                                                 (before == "拜" && (t.is(i - 2, "礼") || t.is(i - 2, "禮")))));
  return week && n.value >= 1 && n.value <= 6 && n.last == n.first + 1 && !t.is(n.last, "次") && !t.is(n.last, "天") &&
         !t.is(n.last, "个") && !t.is(n.last, "遍") && !t.is(n.last, "回");
}

bool excluded_en(const source_text& t, const numeral& n) {
  if (!(n.spelled && n.last == n.first + 1 && t.is(n.first, "one"))) return false;
  const auto before = n.first > 0 ? t.word(n.first - 1) : std::string_view{};
  for (auto w : {"the", "this", "that", "which", "each", "every", "any", "no", "previous", "next", "last", "first",
                 "current", "another", "some"})
    if (before == w) return true;
  return false;
}

} // namespace

numeral spelled_numeral(const source_text& t, std::size_t first, std::size_t last, double value, numeral_shape shape,
                        double scale) {
  numeral n;
  n.first = static_cast<std::uint32_t>(first);
  n.last = static_cast<std::uint32_t>(last);
  n.begin = t[first].begin;
  n.end = t[last - 1].end;
  n.value = value;
  n.shape = shape;
  n.spelled = true;
  n.scale = scale;
  return n;
}

std::optional<numeral> read_number(const source_text& t, std::size_t i, tongue lang) {
  auto n = spelled(t, i, lang);
  auto d = read_digits(t, i, lang);
  if (d && (!n || d->last > n->last)) n = d;
  if (n) add_vulgar(t, *n);
  if (!n && i < t.size())
    if (const auto v = vulgar(t.at(t[i].begin)); v > 0) {
      n.emplace();
      n->first = static_cast<std::uint32_t>(i);
      n->last = n->first + 1;
      n->begin = t[i].begin;
      n->end = t[i].end;
      n->value = v;
      n->shape = numeral_shape::fraction;
    }
  return n;
}

std::optional<numeral> read_ordinal(const source_text& t, std::size_t i, tongue lang) {
  switch (lang) {
  case tongue::english: return read_ordinal_en(t, i);
  case tongue::spanish: return read_ordinal_es(t, i);
  case tongue::chinese: return read_ordinal_zh(t, i);
  default: return std::nullopt;
  }
}

std::vector<numeral> read_numbers(const source_text& t, tongue lang) {
  std::vector<numeral> out;
  for (std::size_t i = 0; i < t.size();) {
    auto n = read_number(t, i, lang);
    auto o = !n || n->shape != numeral_shape::fraction ? read_ordinal(t, i, lang) : std::nullopt;
    if (lang == tongue::chinese) o.reset();
    if (o && (!n || o->last > n->last)) {
      i = o->last;
      continue;
    }
    if (!n) {
      ++i;
      continue;
    }
    const auto next = static_cast<std::size_t>(n->last);
    const bool latin_before = t.glued(i) && t[i - 1].kind == token_kind::word;
    const bool latin_behind = !n->spelled && next < t.size() && t.glued(next) && t[next].kind == token_kind::word;
    if (!n->spelled && lang != tongue::chinese && (latin_before || latin_behind)) {
      i = next;
      continue;
    }
    if (!n->spelled && lang == tongue::chinese && latin_before) {
      i = next;
      continue;
    }
    if ((lang == tongue::english && excluded_en(t, *n)) ||
        (lang == tongue::chinese && (n->vague || names_place_zh(t, i, *n) || bare_one_zh(t, i, *n) ||
                                     (n->last <= n->first + 2 && n->spelled && lexical_zh(t, i, *n))))) {
      i = next;
      continue;
    }
    // 二％ is a share, and read as one.
    if (lang == tongue::chinese && t.is(next, "%") && t.glued(next) && n->spelled) {
      i = next;
      continue;
    }
    // A minus of its own: not behind a digit or a letter, and not one of two.
    if (i > 0 && t.is(i - 1, "-") && n->value >= 0) {
      const bool free = i == 1 || (t[i - 1].spaced || (i >= 2 && t.is(i - 2, "(")));
      const bool close = t.glued(i);
      if (free && (close || i == 1)) {
        n->value = -n->value;
        n->first = static_cast<std::uint32_t>(i - 1);
        n->begin = t[i - 1].begin;
      }
    } else if (i > 0 && n->value >= 0) {
      const auto w = t.word(i - 1);
      if ((lang == tongue::english && (w == "minus" || w == "negative")) ||
          (lang == tongue::spanish && w == "menos" && i == 1)) {
        n->value = -n->value;
        n->first = static_cast<std::uint32_t>(i - 1);
        n->begin = t[i - 1].begin;
      }
    }
    out.push_back(*n);
    i = next;
  }
  return out;
}

std::vector<numeral> read_ordinals(const source_text& t, tongue lang) {
  std::vector<numeral> out;
  for (std::size_t i = 0; i < t.size();) {
    auto o = read_ordinal(t, i, lang);
    auto n = lang == tongue::english || lang == tongue::spanish ? read_number(t, i, lang) : std::nullopt;
    if (n && n->shape == numeral_shape::fraction && n->last >= (o ? o->last : 0)) {
      // "forty two and a third": the part is named by its ordinal, too
      if (lang == tongue::english && n->last >= i + 4 && t.is(n->last - 2, "a") && t.is(n->last - 3, "and"))
        if (auto part = read_ordinal(t, n->last - 1, lang); part && part->last == n->last) out.push_back(*part);
      i = n->last;
      continue;
    }
    if (!o) {
      // The whole numeral is passed over, so that an ordinal is not read from its middle.
      i = n ? static_cast<std::size_t>(n->last) : i + 1;
      continue;
    }
    out.push_back(*o);
    i = o->last;
  }
  return out;
}

} // namespace steward::entities
