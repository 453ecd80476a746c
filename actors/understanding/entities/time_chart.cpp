#include "actors/understanding/entities/time_build.hpp"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

namespace steward::entities {

namespace {

using mask = std::uint64_t;

constexpr std::size_t longest_span = 40; // tokens; keeps the work linear
constexpr int deepest = 24;              // rules on one another at one place

const std::map<std::string_view, sym>& names() {
  static const std::map<std::string_view, sym> table = {
      {"num", sym::num},         {"ord", sym::ord},         {"unit", sym::unit},       {"month", sym::month},
      {"wday", sym::wday},       {"rel", sym::rel},         {"ago", sym::ago},         {"later", sym::later},
      {"dayword", sym::dayword}, {"year", sym::year},       {"time", sym::time},       {"part", sym::part},
      {"date", sym::date},       {"drange", sym::drange},   {"dur", sym::dur},         {"dt", sym::dt},
      {"dtrange", sym::dtrange}, {"trange", sym::trange},   {"set", sym::set},         {"season", sym::season},
      {"hday", sym::hday},       {"before", sym::before},   {"after", sym::after},     {"since", sym::since},
      {"until", sym::until},     {"from", sym::from},       {"to", sym::to},           {"between", sym::between},
      {"and", sym::both},        {"every", sym::every},     {"at", sym::at},           {"on", sym::on},
      {"of", sym::of},           {"in", sym::in},           {"the", sym::the},         {"comma", sym::comma},
      {"dash", sym::dash},       {"slash", sym::slash},     {"around", sym::around},   {"edge", sym::edge},
      {"late", sym::late},       {"now", sym::now},         {"for", sym::lasting},     {"more", sym::more},
      {"oclock", sym::oclock},   {"piece", sym::piece},     {"ampm", sym::ampm},       {"past", sym::past},
      {"till", sym::till},       {"some", sym::some},       {"orlater", sym::orlater}, {"once", sym::once},
      {"dayof", sym::dayof},     {"weekend", sym::weekend}, {"quarter", sym::quarter}, {"half", sym::half},
      {"article", sym::article}, {"fiscal", sym::fiscal},   {"open", sym::open},       {"close", sym::close},
      {"within", sym::within},   {"plural", sym::plural},   {"zone", sym::zone},       {"rest", sym::rest}};
  return table;
}

struct element {
  mask wanted;
  bool optional;
};

struct compiled_rule {
  sym result;
  std::vector<element> elements;
  build_function build;
};

struct machine {
  std::vector<compiled_rule> rules;
  std::array<std::vector<std::uint16_t>, static_cast<std::size_t>(sym::count_)>
      by_first; // rules that may begin with a symbol
  phrase_table phrases;
  std::vector<word_row> words;
};

mask bit(sym s) { return mask{1} << static_cast<unsigned>(s); }

compiled_rule compile(const rule& r) {
  compiled_rule out{r.result, {}, r.build};
  std::string_view rest(r.pattern);
  while (!rest.empty()) {
    const auto cut = rest.find(' ');
    auto word = rest.substr(0, cut);
    rest = cut == std::string_view::npos ? std::string_view{} : rest.substr(cut + 1);
    element e{0, word.back() == '?'};
    if (e.optional) word.remove_suffix(1);
    while (!word.empty()) {
      const auto bar = word.find('|');
      e.wanted |= bit(names().at(word.substr(0, bar)));
      word = bar == std::string_view::npos ? std::string_view{} : word.substr(bar + 1);
    }
    out.elements.push_back(e);
  }
  return out;
}

machine build_machine(const time_language& language) {
  machine m;
  for (const auto& set : language.rules)
    for (std::size_t r = 0; r < set.size; ++r) {
      m.rules.push_back(compile(set.rules[r]));
      mask first = 0;
      for (const auto& e : m.rules.back().elements) {
        first |= e.wanted;
        if (!e.optional) break;
      }
      for (std::size_t s = 0; s < m.by_first.size(); ++s)
        if (first & (mask{1} << s)) m.by_first[s].push_back(static_cast<std::uint16_t>(m.rules.size() - 1));
    }
  for (const auto& w : language.words) {
    m.words.push_back(w);
    std::string_view rest(w.phrases);
    while (!rest.empty()) {
      const auto cut = rest.find('|');
      m.phrases.add(rest.substr(0, cut), m.words.size() - 1);
      rest = cut == std::string_view::npos ? std::string_view{} : rest.substr(cut + 1);
    }
  }
  return m;
}

const machine& machine_of(tongue lang) {
  static const machine english = build_machine(time_english()), spanish = build_machine(time_spanish()),
                       chinese = build_machine(time_chinese());
  return lang == tongue::english ? english : lang == tongue::spanish ? spanish : chinese;
}

// UTC-08:00
std::string zone_text(double hours) {
  const auto minutes = static_cast<int>(hours * 60);
  char buffer[24];
  std::snprintf(buffer, sizeof buffer, "UTC%c%02d:%02d", minutes < 0 ? '-' : '+', std::abs(minutes) / 60 % 100,
                std::abs(minutes) % 60);
  return buffer;
}

class filler {
public:
  explicit filler(const time_context& c)
      : context_(c)
      , machine_(machine_of(c.lang))
      , chart_(c.text.size() + 1) {}

  std::vector<std::vector<item>> run() {
    std::vector<item> atoms;
    for (std::size_t i = context_.text.size(); i-- > 0;) {
      atoms.clear();
      read_atoms(context_, i, atoms);
      words(i, atoms);
      for (auto& a : atoms) add(std::move(a), 0);
      chart_[i].shrink_to_fit();
    }
    return std::move(chart_);
  }

private:
  void words(std::size_t i, std::vector<item>& out) {
    const auto& text = context_.text;
    for (const auto& m : machine_.phrases.all(text, i)) {
      const auto last = m.last;
      // A word ends where letters end: "may" is not in "maybe"; digits may follow ("mar4").
      if (last < text.size() && text.glued(last) && text[last].kind == token_kind::word &&
          text[last - 1].kind == token_kind::word)
        continue;
      const auto& w = machine_.words[m.id];
      item it{w.symbol, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(last), {}};
      it.value.n = w.n;
      it.value.unit = w.unit;
      it.value.weak = w.weak;
      finish_word(it, w);
      out.push_back(std::move(it));
    }
  }

  // Words that mean a time by themselves.
  void finish_word(item& it, const word_row& w) const {
    auto& m = it.value;
    switch (w.symbol) {
    case sym::set:
      set_duration(m, w.n, w.unit);
      if (w.n < 0) m.text = "P1WD";
      break;
    case sym::time:
      m.a[0] = m.a[1] = static_cast<std::int64_t>(w.n * 3600) % day_seconds;
      m.n = w.n;
      m.named = true;
      break;
    case sym::zone: // named in full it stands alone
      if (!w.weak) m.text = zone_text(w.n);
      break;
    case sym::now: m.a[0] = m.a[1] = context_.now; break;
    case sym::drange:  // the nineties, siglo xix; month to date, year to date, to date
      if (w.n <= -100) // a century, by its number
        set_range(m, days_of(static_cast<int>(-w.n) - 100, 1, 1), days_of(static_cast<int>(-w.n), 1, 1));
      else if (w.n == -3)
        set_range(m, context_.today - civil_of(context_.today).day + 1, context_.today);
      else if (w.n > 0)
        set_range(m, days_of(static_cast<int>(w.n), 1, 1), days_of(static_cast<int>(w.n) + 10, 1, 1));
      else
        set_range(m, days_of(civil_of(context_.today).year, 1, 1), context_.today);
      m.no_start = w.n == -2;
      break;
    case sym::dtrange: // tonight; with a minus: last night
      m.a[0] = m.a[1] =
          (context_.today - (w.n < 0 ? 1 : 0)) * day_seconds + static_cast<std::int64_t>(w.n < 0 ? -w.n : w.n) * 3600;
      m.b[0] = m.b[1] = w.n == 20 || w.n == -20 ? m.a[0] + 4 * 3600 - 1 : m.a[0] + 4 * 3600;
      m.n = w.n < 0 ? -w.n : w.n;
      m.named = m.fixed = true;
      break;
    case sym::dt: m.a[0] = m.a[1] = context_.today * day_seconds + day_seconds - 1; break;
    default: break;
    }
  }

  void add(item it, int depth) {
    auto& here = chart_[it.first];
    if (depth > deepest || it.last - it.first > longest_span || here.size() >= 256) return;
    for (const auto& known : here)
      if (known.symbol == it.symbol && known.last == it.last) return;
    here.push_back(std::move(it));
    const item added = here.back();
    for (auto r : machine_.by_first[static_cast<std::size_t>(added.symbol)]) {
      parts p{};
      match(machine_.rules[r], 0, added.first, &added, p, depth);
    }
  }

  // Elements from e on against the chart at token `at`; the first matched one must be `corner`.
  void match(const compiled_rule& r, std::size_t e, std::uint32_t at, const item* corner, parts& p, int depth) {
    if (e == r.elements.size()) {
      if (corner) return;
      item made{r.result, 0, at, {}};
      const item* first = nullptr;
      for (auto* x : p)
        if (x) {
          first = x;
          break;
        }
      made.first = first->first;
      made.value.skip = first->value.skip;
      if (r.build(p, context_, made.value)) add(std::move(made), depth + 1);
      return;
    }
    const auto& element = r.elements[e];
    if (corner) {
      if (element.wanted & bit(corner->symbol)) {
        p[e] = corner;
        match(r, e + 1, corner->last, nullptr, p, depth);
        p[e] = nullptr;
      }
    } else if (at < chart_.size() - 1) {
      const auto& there = chart_[at];
      for (std::size_t k = 0; k < there.size(); ++k)
        if (element.wanted & bit(there[k].symbol)) {
          p[e] = &there[k];
          match(r, e + 1, there[k].last, nullptr, p, depth);
          p[e] = nullptr;
        }
    }
    if (element.optional) match(r, e + 1, at, corner, p, depth);
  }

  const time_context& context_;
  const machine& machine_;
  std::vector<std::vector<item>> chart_;
};

} // namespace

std::vector<std::vector<item>> fill_chart(const time_context& context) { return filler(context).run(); }

} // namespace steward::entities
