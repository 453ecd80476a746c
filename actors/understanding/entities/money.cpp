// Sums: a number and a currency in either order, with its smaller parts behind it.
#include "actors/understanding/entities/unit_lexicon.hpp"

#include <cstdlib>
#include <map>
#include <optional>

namespace steward::entities {

namespace {

struct found_unit {
  std::size_t last = 0;
  const unit_word* unit = nullptr;
  double factor = 1; // MEUR
};

bool sign_unit(const source_text& t, std::size_t first) { return t[first].kind == token_kind::sign; }

// A unit of money at token i: a name, with a nation in front of it, a code or a sign.
found_unit money_at(const source_text& t, std::size_t i, const lexicon& l) {
  found_unit out;
  auto take = [&](const unit_phrases& c, std::size_t at) {
    const auto m = c.phrases.longest(t, at);
    // "A$5" are Australian, "a $5" is an article and a sign.
    if (m.last == at + 2 && t.is(at, "a") && sign_unit(t, at + 1) && !t.glued(at + 1)) return;
    if (m.last > at && m.last > out.last &&
        !(m.last < t.size() && t.glued(m.last) && t[m.last].kind == token_kind::word &&
          t[m.last - 1].kind == token_kind::word))
      out = {m.last, &c.units[m.id], 1};
  };
  take(l.codes, i);
  take(l.money, i);
  if (!out.unit) {
    const auto nation = l.adjectives.longest(t, i);
    if (nation.last > i) {
      take(l.money, nation.last);
    } else if (t.word(i).size() == 4 && (t.word(i)[0] == 'm' || t.word(i)[0] == 'k')) {
      // MEUR, KUSD: a multiplier in front of a code, in capitals.
      const source_text code(t.word(i).substr(1));
      const auto m = l.codes.phrases.longest(code, 0);
      if (m.last == 1 && t.raw(t[i].begin) < 'a') out = {i + 1, &l.codes.units[m.id], t.word(i)[0] == 'm' ? 1e6 : 1e3};
    }
  }
  return out;
}

// $1.5m, €3bn: letters right behind the digits of a sum.
double letter_factor(const source_text& t, std::size_t i) {
  if (!t.glued(i)) return 1;
  for (auto m : {"m", "mn", "mm", "mio"})
    if (t.is(i, m)) return 1e6;
  return t.is(i, "b") || t.is(i, "bn") ? 1e9 : 1;
}

} // namespace

std::vector<quantity_span> read_money(const source_text& t, tongue lang, const std::vector<numeral>& numbers) {
  const auto& l = lexicon_of(lang);
  std::vector<quantity_span> out;
  std::map<std::size_t, const numeral*> at;
  for (const auto& n : numbers) at[n.first] = &n;
  auto number_at = [&](std::size_t i) -> const numeral* {
    auto it = at.find(i);
    return it == at.end() ? nullptr : it->second;
  };
  auto multiplied = [&](std::size_t i, double& value) {
    const auto m = l.multipliers.phrases.longest(t, i);
    if (m.last > i) value *= std::atof(l.multipliers.units[m.id].name);
    return m.last;
  };
  // "50" or "50 cents" behind the unit; the end of it, or i.
  auto rest = [&](std::size_t i, double& value) {
    auto j = i;
    if (t.is(j, "and") || t.is(j, "y") || t.is(j, "con")) ++j;
    const auto* n = number_at(j);
    if (!n || n->value >= 100 || n->value < 0 || n->shape != numeral_shape::integer) return i;
    const auto u = money_at(t, n->last, l);
    if (u.unit && u.unit->part > 0) {
      value += n->value * u.unit->part;
      return u.last;
    }
    const bool letters = n->last < t.size() && t.glued(n->last) && t[n->last].kind == token_kind::word;
    const bool percent = t.is(n->last, "%") || t.is(n->last, "percent") || t.is(n->last, "times");
    if (u.unit || letters || percent || lang == tongue::chinese || (t.glued(j) && t[j - 1].kind == token_kind::sign))
      return i;
    // "two dollars fifty" adds cents, "two dollars one day" does not
    if (n->spelled && n->value < 10 && j == i) return i;
    value += n->value / 100;
    return static_cast<std::size_t>(n->last);
  };
  // 三块五, 3元5角2分, 六块六毛六: what stands behind the unit at u and, where `last` is behind it, its first part.
  auto chinese_parts = [&](const found_unit& u, std::size_t last, double& value) {
    const bool yuan = std::string_view(u.unit->name) == "CNY" && (t.is(u.last - 1, "块") || t.is(u.last - 1, "元"));
    if (!yuan) return last;
    if (last == u.last) {
      if (t.is(last - 1, "块")) value += decimals_behind(t, last, 1, l.measures);
      return last;
    }
    if (const auto* n = number_at(last); n && n->value >= 1 && n->value < 10 && t.is(n->last, "分")) {
      value += n->value / 100;
      return static_cast<std::size_t>(n->last) + (t.is(n->last + 1, "钱") ? 2 : 1);
    }
    if (t.is(last - 1, "毛") || t.is(last - 1, "角")) value += decimals_behind(t, last, 1, l.measures) / 10;
    return last;
  };
  for (std::size_t i = 0; i < t.size();) {
    if (const auto* n = number_at(i)) {
      auto j = static_cast<std::size_t>(n->last);
      if (lang == tongue::spanish && t.is(j, "de")) ++j;
      if (t.is(j, "-") && t.glued(j) && t.glued(j + 1)) ++j;
      if (const auto k = behind_more(t, j, lang); k > j && money_at(t, k, l).unit) j = k;
      auto u = money_at(t, j, l);
      // A sign belongs to what follows when it stands directly before digits and apart from these: "10 $20".
      if (u.unit && sign_unit(t, j) && number_at(u.last) && t.glued(u.last) && !t.glued(j)) u.unit = nullptr;
      if (u.unit) {
        quantity_span q{"currency", n->begin, t[u.last - 1].end, true, n->value * u.factor, u.unit->name};
        auto last = multiplied(u.last, q.value);
        if (last == u.last && u.unit->part == 0) last = rest(u.last, q.value);
        if (lang == tongue::chinese) last = chinese_parts(u, last, q.value);
        // 8亿元人民币
        if (const auto again = money_at(t, last, l); again.unit && lang == tongue::chinese && again.unit->part == 0)
          if (std::string_view(again.unit->name) == u.unit->name) last = again.last;
        q.end = t[last - 1].end;
        out.push_back(std::move(q));
        i = last;
        continue;
      }
      i = n->last;
      continue;
    }
    const auto u = money_at(t, i, l);
    const bool glued_name =
        t.glued(i) && (t[i - 1].kind == token_kind::word || t.is(i - 1, "'")) && t[i].kind == token_kind::word;
    if (!u.unit || glued_name || (lang == tongue::english && u.unit->part > 0 && !number_at(u.last))) {
      ++i;
      continue;
    }
    const auto* n = number_at(u.last);
    std::optional<numeral> hanging; // USD115.5
    if (!n && t.digits(u.last) && t.glued(u.last) && u.unit->part == 0 && (hanging = read_number(t, u.last, lang)))
      n = &*hanging;
    // a name is no prefix ("dollar 22.5 million" is one, "yen 20" too), but of two numbers around a name the former
    // takes it
    if (n && u.unit->part == 0) {
      quantity_span q{"currency", t[i].begin, n->end, true, n->value * u.factor, u.unit->name};
      auto last = static_cast<std::size_t>(n->last);
      if (const auto factor = letter_factor(t, last); factor > 1 && sign_unit(t, i)) {
        q.value *= factor;
        q.end = t[last].end;
        out.push_back(std::move(q));
        i = last + 1;
        continue;
      }
      const auto behind = money_at(t, last, l);
      const bool same = behind.unit && (std::string_view(behind.unit->name) == u.unit->name ||
                                        (sign_unit(t, i) && behind.unit->part == 0));
      if (same && (!sign_unit(t, last) || t.glued(last))) {
        last = behind.last;
      } else if (!behind.unit || behind.unit->part > 0)
        last = n->scale > 1 ? last : rest(last, q.value);
      q.end = t[last - 1].end;
      out.push_back(std::move(q));
      i = last;
      continue;
    }
    if (!sign_unit(t, i) && !(t[i].kind == token_kind::han && t[i].end - t[i].begin == 1 && u.last == i + 1)) {
      const auto w = t.word(i);
      static constexpr std::string_view bare[] = {"dollar", "dollars", "rmb", "usd", "euro", "euros", "peso", "pesos",
                                                  "dolar",  "dolares", "人",  "美",  "港",   "欧",    "日",   "英"};
      for (auto b : bare)
        if (w == b && (t[i].kind != token_kind::han || u.last - i >= 2)) {
          out.push_back({"currency", t[i].begin, t[u.last - 1].end, false, 0, u.unit->name});
          break;
        }
    }
    i = u.last;
  }
  return out;
}

} // namespace steward::entities
