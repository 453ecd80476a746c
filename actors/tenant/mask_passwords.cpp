// Passwords: what follows "my password is", "contraseña:", "密码是". Only the secret is masked. Words of a sentence
// ("my password is wrong") are not secrets; where the wording leaves doubt, the secret must look like one.
#include "actors/tenant/mask_glyphs.hpp"
#include "actors/tenant/mask_password_words.hpp"

#include <algorithm>

namespace steward {
namespace {

using namespace password_words;
using word = std::u32string;

bool at(const glyphs& g, size_t i, const word& w) {
  if (i + w.size() > g.size()) return false;
  for (size_t k = 0; k < w.size(); ++k)
    if (g[i + k].c != w[k] || g[i + k].barrier) return false;
  return true;
}
bool spoken(char32_t c) { return is_letter(c) && !is_han(c); } // of a script with spaces between words
bool ends_word(const glyphs& g, size_t end) { return end >= g.size() || !spoken(g[end].c) || !spoken(g[end - 1].c); }
bool begins_word(const glyphs& g, size_t i) { return i == 0 || !spoken(g[i - 1].c) || !spoken(g[i].c); }

size_t skip_spaces(const glyphs& g, size_t i, bool line_end) {
  bool newline = false;
  while (i < g.size() && is_space(g[i].c)) {
    if (g[i].c == '\n') {
      if (newline || !line_end) break;
      newline = true;
    }
    ++i;
  }
  return i;
}

char32_t closing(char32_t c) {
  switch (c) {
  case '"':
  case '\'':
  case '`': return c;
  case U'“':
  case U'”':
  case U'„': return U'”';
  case U'‘':
  case U'‚': return U'’';
  case U'«': return U'»';
  case U'「': return U'」';
  case U'『': return U'』';
  case U'《': return U'》';
  case U'【': return U'】';
  case '<': return '>';
  case '(': return ')';
  default: return 0;
  }
}

bool han_stop(char32_t c) {
  return c == U'，' || c == U'。' || c == U'、' || c == U'；' || c == U'！' || c == U'？' || c == U'」' || c == U'』' ||
         c == U'》' || c == U'”';
}

bool looks_secret(const glyphs& g, size_t first, size_t last) {
  if (last - first + 1 < 4) return false;
  bool digit = false, symbol = false, mixed = false, mail = false;
  for (auto i = first; i <= last; ++i) {
    digit = digit || is_digit(g[i].c);
    symbol = symbol || (!is_letter(g[i].c) && !is_digit(g[i].c) && g[i].c != '-' && g[i].c != '\'' && g[i].c != U'’' &&
                        g[i].c != '/');
    mixed = mixed || (i > first && g[i].upper && !g[i - 1].upper);
    mail = mail || (g[i].c == '@' && last - i > 2 && i > first);
  }
  return digit || mixed || (symbol && !mail);
}

struct connector {
  size_t end;          // the secret begins here or later
  bool mark = false;   // ':' or '='
  bool verb = false;   // "is"
  bool filled = false; // words stood between
};

connector connect(const glyphs& g, size_t i) {
  connector c{i};
  for (int step = 0; step < 8; ++step) {
    auto j = skip_spaces(g, i, c.mark);
    if (j >= g.size() || g[j].barrier) break;
    if (g[j].c == ':' || g[j].c == '=' || at(g, j, U"->") || at(g, j, U"=>") || g[j].c == U'→') {
      i = j + (g[j].c == '-' || at(g, j, U"=>") ? 2 : 1);
      c.mark = true, c.end = i;
      continue;
    }
    if (c.mark) break;
    if (j == i && (at(g, j, U"'s ") || at(g, j, U"\u2019s "))) {
      i = j + 2, c.verb = true, c.end = i;
      continue;
    }
    auto v = std::find_if(verbs().begin(), verbs().end(), [&](const word& w) {
      if (w == U"e" && g[j].end - g[j].begin == 1) return false; // Italian: "è" is, "e" and
      return at(g, j, w) && ends_word(g, j + w.size()) && (begins_word(g, j) || j > i);
    });
    if (v != verbs().end()) {
      i = j + v->size(), c.verb = true, c.end = i;
      continue;
    }
    if (c.verb) break;
    // A filler: a word of the list, one in brackets, or a mail address.
    auto k = j;
    word w;
    bool mail = false;
    if (is_han(g[j].c)) {
      auto f =
          std::find_if(fillers().begin(), fillers().end(), [&](const word& x) { return is_han(x[0]) && at(g, j, x); });
      if (f == fillers().end()) break;
      k = j + f->size();
    } else {
      while (k < g.size() && !is_space(g[k].c) && g[k].c != ':' && g[k].c != '=' && !is_han(g[k].c) && !g[k].barrier)
        mail = mail || g[k].c == '@', w += g[k++].c;
      bool bracket = w.size() > 2 && w.front() == '(' && w.back() == ')';
      if (!fillers().count(w) && !bracket && !(mail && c.filled)) break;
    }
    if (k == j) break;
    i = k, c.filled = true;
  }
  return c;
}

// The secret from `i` on; empty (first > last) when there is none.
found secret(const glyphs& g, size_t i, strength kind) {
  if (auto close = i < g.size() ? closing(g[i].c) : 0) {
    for (auto k = i + 1; k < g.size() && k < i + 200 && g[k].c != '\n' && !g[k].barrier; ++k)
      if (g[k].c == close || (close == U'”' && (g[k].c == U'“' || g[k].c == '"'))) {
        if (k > i + 1) return {i + 1, k - 1};
        break;
      }
    if (g[i].c == '"' || g[i].c == '\'' || g[i].c >= 0x80) ++i; // opened, never closed
  }
  auto last = i;
  bool han = i < g.size() && is_han(g[i].c);
  auto k = i;
  for (; k < g.size() && !g[k].barrier && !han_stop(g[k].c); ++k) {
    if (kind == strength::phrase ? g[k].c == '\n' || (g[k].c == '.' && (k + 1 == g.size() || is_space(g[k + 1].c)))
                                 : is_space(g[k].c))
      break;
    if (is_han(g[k].c) != han) break;
  }
  last = k;
  while (last > i) { // what ends the sentence does not belong to it
    auto c = g[last - 1].c;
    if (c == '.' || c == ',' || c == ';' || c == ':' || c == ')' || c == '"' || c == '\'' || c == '>' || is_space(c))
      --last;
    else
      break;
  }
  if (last == i) return {1, 0};
  return {i, last - 1};
}

bool is_sentence(const glyphs& g, const found& f) {
  word w;
  for (auto i = f.first; i <= f.last; ++i) w += g[i].c;
  while (!w.empty() && (w.back() == '!' || w.back() == '?' || w.back() == U'…')) w.pop_back();
  std::replace(w.begin(), w.end(), U'’', U'\'');
  if (w.empty()) return true;
  if (is_han(w[0]))
    return std::any_of(sentence_starts().begin(), sentence_starts().end(),
                       [&](const word& s) { return w.starts_with(s); });
  return sentence_words().count(w) > 0;
}

} // namespace

void find_passwords(const glyphs& g, std::vector<found>& out) {
  for (size_t i = 0; i < g.size(); ++i) {
    if (g[i].barrier) continue;
    auto& here = keywords(g[i].c);
    auto k = std::find_if(here.begin(), here.end(), [&](const keyword& x) {
      if (!at(g, i, x.text) || !ends_word(g, i + x.text.size())) return false;
      return (x.kind == strength::plain && x.text.size() > 5) || begins_word(g, i);
    });
    if (k == here.end()) continue;
    auto end = i + k->text.size();
    // A keyword in quotes or brackets, as in JSON: "password": "x".
    if (end < g.size() && (g[end].c == '"' || g[end].c == '\'') && i > 0 && g[i - 1].c == g[end].c) ++end;
    auto c = connect(g, end);
    auto from = skip_spaces(g, c.end, c.mark);
    if (from >= g.size() || g[from].barrier) continue;
    if (from == end && !c.mark && !c.verb && !is_han(g[from].c) && !is_han(g[from - 1].c)) continue; // "password123"
    auto f = secret(g, from, k->kind);
    if (f.first > f.last) continue;
    auto looks = looks_secret(g, f.first, f.last);
    auto size = f.last - f.first + 1;
    bool certain = c.mark ? true : c.verb && !c.filled && k->kind != strength::weak && size >= 3;
    bool numeric = c.verb && size >= 3 &&
                   std::all_of(g.begin() + f.first, g.begin() + f.last + 1, [](auto& x) { return is_digit(x.c); });
    bool quoted = f.first > from;
    if (is_sentence(g, f) && !quoted) continue;
    if (certain || looks || numeric || (quoted && (c.mark || c.verb))) {
      out.push_back(f);
      i = f.last;
    }
  }
}

} // namespace steward
