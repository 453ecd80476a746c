#include "actors/understanding/entities/answers.hpp"

#include "actors/understanding/entities/phrase_table.hpp"

namespace steward::entities {

namespace {

constexpr std::size_t yes = 1, no = 0, denied = 2;

phrase_table table_of(tongue lang) {
  phrase_table t;
  auto add = [&](std::size_t id, std::initializer_list<const char*> words) {
    for (const auto* w : words) t.add(w, id);
  };
  switch (lang) {
  case tongue::english:
    add(yes, {"yes",        "yep",  "yeah",       "yup",         "yea",   "yah",    "yer",       "sure",
              "ok",         "okay", "true",       "correct",     "agree", "agreed", "of course", "absolutely",
              "definitely", "y",    "yes please", "sounds good", "right", "exactly"});
    add(no, {"no", "nope", "nah", "n", "false", "disagree", "no way", "never", "no thanks"});
    add(denied, {"not ok", "not okay", "not true", "not right", "not correct", "not agree", "not sure", "don't agree",
                 "not really", "definitely not", "absolutely not", "of course not", "certainly not", "don't think so"});
    break;
  case tongue::spanish:
    add(yes, {"sí", "claro", "por supuesto", "vale", "de acuerdo", "cierto", "correcto", "verdadero", "ok", "seguro",
              "exacto", "bien", "okay", "s", "acepto"});
    add(no, {"no", "nop", "falso", "nunca", "negativo", "tampoco", "nada"});
    add(denied, {"no está bien", "no está ok", "no ok", "no de acuerdo", "no estoy de acuerdo", "no es correcto",
                 "claro que no", "por supuesto que no", "para nada", "ni hablar", "en absoluto", "de ninguna manera"});
    break;
  case tongue::chinese:
    add(yes, {"是",     "是的", "好",   "好的", "好呀", "好啊", "好吧", "可以", "行", "行啊", "对", "对的",
              "没问题", "没错", "同意", "确定", "当然", "嗯",   "正确", "要",   "ok", "确认", "成", "中"});
    add(no, {"不", "不是", "不行", "不好", "不对", "不要", "不同意", "不可以", "没有", "错", "错误", "不用", "不成",
             "不确定", "否", "否定", "别"});
    break;
  default: break;
  }
  for (const auto* thumb : {"👍", "👌", "✓", "✔"}) t.add(thumb, yes);
  for (const auto* thumb : {"👎", "✋", "🖐"}) t.add(thumb, no);
  return t;
}

} // namespace

std::optional<answer> read_answer(const source_text& text, tongue lang) {
  static const phrase_table tables[] = {table_of(tongue::english), table_of(tongue::spanish), table_of(tongue::chinese),
                                        table_of(tongue::other)};
  const auto& table = tables[static_cast<std::size_t>(lang)];
  std::optional<answer> first;
  const auto limit = std::min<std::size_t>(text.size(), 400); // an answer stands early
  for (std::size_t i = 0; i < limit; ++i) {
    const auto m = table.longest(text, i);
    if (m.last == i) continue;
    // Han words have no blanks around them: only at the beginning or behind a sign is a word an answer.
    if (text[i].kind == token_kind::han && i > 0 && text[i - 1].kind == token_kind::han) continue;
    if (text[i].kind == token_kind::word && text.glued(i) && text[i - 1].kind == token_kind::sign &&
        text.is(i - 1, "'"))
      continue;
    auto end = text[m.last - 1].end;
    if (text.at(end) >= 0x1F3FB && text.at(end) <= 0x1F3FF) ++end; // the colour of a thumb
    const answer found{text[i].begin, end, m.id == yes};
    if (m.id == denied) return found;
    if (!first) first = found;
    i = m.last - 1;
  }
  return first;
}

} // namespace steward::entities
