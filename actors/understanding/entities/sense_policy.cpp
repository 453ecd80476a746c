#include "actors/understanding/entities/sense_policy.hpp"

#include "actors/understanding/entities/phrase_table.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace steward::entities {

namespace {

// What speaks for a meaning, and how loudly.
constexpr double of_field = 1, of_sense = 2, of_grammar = 0.8, of_profile = 0.5, far = 0.7;
constexpr std::uint32_t near_by = 8;            // tokens
constexpr double least = 0.5, least_lead = 0.5; // to say which
constexpr std::size_t most_tokens = 400;        // looked at: what settles a word stands near it

std::vector<std::string_view> pieces(std::string_view list) {
  std::vector<std::string_view> out;
  while (!list.empty()) {
    const auto cut = list.find('|');
    out.push_back(list.substr(0, cut));
    list = cut == std::string_view::npos ? std::string_view{} : list.substr(cut + 1);
  }
  return out;
}

// The forms of a word that its entry in a table stands for.
std::vector<std::string> inflected(std::string_view word, tongue lang) {
  std::vector<std::string> out{std::string(word)};
  if (lang == tongue::chinese || word.find(' ') != std::string_view::npos || word.size() < 3) return out;
  const std::string w(word), stem = w.substr(0, w.size() - 1);
  if (lang == tongue::english) {
    for (auto end : {"s", "es", "ed", "ing"}) out.push_back(w + end);
    if (w.back() == 'e')
      for (auto end : {"d", "ing"}) out.push_back((end[0] == 'd' ? w : stem) + end);
    if (w.back() == 'y')
      for (auto end : {"ies", "ied"}) out.push_back(stem + end);
    else if (w.back() != 'e') // stop, stopped
      for (auto end : {"ed", "ing"}) out.push_back(w + w.back() + end);
    return out;
  }
  for (auto end : {"s", "es"}) out.push_back(w + end);
  const auto root = w.substr(0, w.size() - 2);
  if (w.size() > 4 && w.ends_with("ar"))
    for (auto end :
         {"a", "an", "o", "as", "e", "é", "ó", "amos", "ado", "ada", "ados", "adas", "ando", "aron", "aba", "ame"})
      out.push_back(root + end);
  if (w.size() > 4 && (w.ends_with("er") || w.ends_with("ir")))
    for (auto end :
         {"e", "en", "o", "es", "í", "ió", "emos", "imos", "ido", "ida", "idos", "idas", "iendo", "ieron", "ía"})
      out.push_back(root + end);
  return out;
}

struct evidence {
  std::size_t field = SIZE_MAX;           // of a field, or
  std::size_t word = SIZE_MAX, sense = 0; // of one meaning of one word
};

} // namespace

struct sense_book::compiled {
  sense_language data;
  phrase_table forms, cues;
  std::vector<evidence> what;                                // by id of cue
  std::vector<std::vector<std::vector<std::size_t>>> fields; // of each word, of each sense
  std::map<std::string, std::size_t, std::less<>> field_ids;
};

namespace {

// The built-in words, and one's own before them.
sense_language with_own(const sense_language* built_in, sense_language own) {
  if (!built_in) return own;
  auto alike = [&](std::string_view form) {
    return std::any_of(own.words.begin(), own.words.end(), [&](const auto& w) {
      const auto mine = pieces(w.forms);
      return std::find(mine.begin(), mine.end(), form) != mine.end();
    });
  };
  auto out = own;
  for (const auto& w : built_in->words) {
    const auto forms = pieces(w.forms);
    if (std::none_of(forms.begin(), forms.end(), alike)) out.words.push_back(w);
  }
  out.fields.insert(out.fields.end(), built_in->fields.begin(), built_in->fields.end());
  return out;
}

template <class Compiled>
Compiled compile(sense_language words, tongue lang) {
  Compiled out;
  out.data = std::move(words);
  const auto& data = out.data;
  auto cue = [&](std::string_view words, evidence e) {
    for (const auto w : pieces(words)) {
      out.what.push_back(e);
      for (const auto& form : inflected(w, lang)) out.cues.add(form, out.what.size() - 1);
    }
  };
  for (const auto& f : data.fields) {
    const auto id = out.field_ids.emplace(f.field, out.field_ids.size()).first->second;
    cue(f.words, {id});
  }
  for (std::size_t w = 0; w < data.words.size(); ++w) {
    for (const auto form : pieces(data.words[w].forms)) out.forms.add(form, w);
    auto& mine = out.fields.emplace_back();
    for (std::size_t s = 0; s < data.words[w].senses.size(); ++s) {
      const auto& sense = data.words[w].senses[s];
      auto& of = mine.emplace_back();
      for (const auto f : pieces(sense.fields)) // a field without words in this language is known from a profile alone
        of.push_back(out.field_ids.emplace(f, out.field_ids.size()).first->second);
      cue(sense.cues, {SIZE_MAX, w, s});
    }
  }
  return out;
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool capital(const source_text& t, std::size_t i) {
  const auto c = t.raw(t[i].begin);
  return c >= 'A' && c <= 'Z';
}

// Does the place of tokens [i, last) show this part of speech?
bool shows(sense_grammar g, const source_text& t, tongue lang, std::size_t i, std::size_t last) {
  const auto before = i > 0 ? t.word(i - 1) : std::string_view{};
  switch (g) {
  case sense_grammar::name: {
    const bool begins = i == 0 || one_of(before, {".", "!", "?", ":", "\"", "¡", "¿", "-", "("});
    // Who writes everything in capitals says nothing by them.
    const bool next = last < t.size() && t[last].kind == token_kind::word && capital(t, last);
    return lang != tongue::chinese && capital(t, i) && !begins && !next;
  }
  case sense_grammar::thing:
    if (lang == tongue::english)
      return t.digits(i - (i > 0)) || one_of(before, {"a", "an", "two", "three", "four", "five", "six", "ten", "dozen",
                                                      "some", "many", "few", "several"});
    return lang == tongue::spanish &&
           (t.digits(i - (i > 0)) ||
            one_of(before, {"un", "una", "unas", "unos", "dos", "tres", "varias", "varios", "muchas", "pocas"}));
  case sense_grammar::verb:
    return lang == tongue::english && one_of(before, {"to", "can", "cannot", "will", "would", "should", "please", "not",
                                                      "t", "i", "you", "we", "they", "doesn", "don", "won", "must"});
  default: return false;
  }
}

// The sense of this word that "apple/brand" names; empty: it is of another word.
std::string_view meant_of(const ambiguous_word& w, std::string_view profile) {
  const auto cut = profile.rfind('/');
  if (cut == profile.npos) return {};
  const auto forms = pieces(w.forms);
  return std::find(forms.begin(), forms.end(), profile.substr(0, cut)) == forms.end() ? std::string_view()
                                                                                      : profile.substr(cut + 1);
}

// The fields of a profile: those named in it, and those of what words meant before.
std::set<std::size_t> fields_of(const sense_language& data, const std::map<std::string, std::size_t, std::less<>>& ids,
                                const std::vector<std::string>& profile) {
  std::set<std::size_t> out;
  auto add = [&](std::string_view field) {
    if (const auto id = ids.find(field); id != ids.end()) out.insert(id->second);
  };
  for (const auto& p : profile) {
    add(p);
    for (const auto& w : data.words) {
      const auto meant = meant_of(w, p);
      for (const auto& sense : w.senses)
        if (!meant.empty() && sense.name == meant)
          for (const auto f : pieces(sense.fields)) add(f);
    }
  }
  return out;
}

} // namespace

sense_book::sense_book(sense_language own, tongue lang)
    : it_(std::make_unique<const compiled>(compile<compiled>(with_own(lang == tongue::english   ? &senses_english()
                                                                      : lang == tongue::spanish ? &senses_spanish()
                                                                      : lang == tongue::chinese ? &senses_chinese()
                                                                                                : nullptr,
                                                                      std::move(own)),
                                                             lang))) {}

sense_book::~sense_book() = default;

const sense_book* sense_book::built_in(tongue lang) {
  static const sense_book english({}, tongue::english), spanish({}, tongue::spanish), chinese({}, tongue::chinese);
  return lang == tongue::english   ? &english
         : lang == tongue::spanish ? &spanish
         : lang == tongue::chinese ? &chinese
                                   : nullptr;
}

std::vector<sense_choice> read_senses(const source_text& t, tongue lang, const std::vector<std::string>& profile,
                                      const sense_book* book) {
  std::vector<sense_choice> out;
  if (!book) book = sense_book::built_in(lang);
  if (!book) return out;
  const auto* known = book->it_.get();
  const auto fields_known = fields_of(known->data, known->field_ids, profile);
  const auto size = std::min(t.size(), most_tokens);
  struct cue_at {
    std::size_t first, last;
    evidence what;
  };
  struct form_at {
    std::size_t first, last, word;
  };
  std::vector<form_at> found;
  for (std::size_t i = 0; i < size;) {
    const auto m = known->forms.longest(t, i);
    const bool inside = m.last > i && m.last < t.size() && t.glued(m.last) && t[m.last].kind == token_kind::word &&
                        t[m.last - 1].kind == token_kind::word;
    if (m.last > i && !inside) found.push_back({i, m.last, m.id});
    i = m.last > i ? m.last : i + 1;
  }
  if (found.empty()) return out;
  std::vector<cue_at> cues;
  for (std::size_t i = 0; i < size; ++i)
    for (const auto& m : known->cues.all(t, i)) cues.push_back({i, m.last, known->what[m.id]});
  for (const auto& f : found) {
    const auto& word = known->data.words[f.word];
    std::vector<double> score(word.senses.size(), 0);
    for (std::size_t s = 0; s < score.size(); ++s) {
      const auto& fields = known->fields[f.word][s];
      std::set<std::pair<std::size_t, std::size_t>> counted; // a cue speaks once for a meaning, by its longest form
      for (const auto& c : cues) {
        const bool own = c.what.word == f.word && c.what.sense == s;
        const bool field = std::find(fields.begin(), fields.end(), c.what.field) != fields.end();
        // The word is no evidence for itself; only a phrase around it that is longer is ("apple pie").
        const bool overlaps = c.first < f.last && c.last > f.first;
        if ((!own && !field) || (overlaps && !(own && c.last - c.first > f.last - f.first))) continue;
        if (!counted.insert({c.first, own ? 1 : 0}).second) continue;
        const auto distance = c.first >= f.last ? c.first - f.last : f.first >= c.last ? f.first - c.last : 0;
        score[s] += (own ? of_sense : of_field) * (distance <= near_by ? 1 : far);
      }
      if (shows(word.senses[s].grammar, t, lang, f.first, f.last)) score[s] += of_grammar;
      const bool at_home =
          std::any_of(fields.begin(), fields.end(), [&](auto id) { return fields_known.contains(id); });
      const bool meant_before = std::any_of(profile.begin(), profile.end(),
                                            [&](const auto& p) { return meant_of(word, p) == word.senses[s].name; });
      if (at_home || meant_before) score[s] += of_profile;
    }
    std::size_t best = 0;
    for (std::size_t s = 1; s < score.size(); ++s)
      if (score[s] > score[best]) best = s;
    double second = 0;
    for (std::size_t s = 0; s < score.size(); ++s)
      if (s != best) second = std::max(second, score[s]);
    sense_choice choice{t[f.first].begin, t[f.last - 1].end, {}, {}};
    const bool told = score[best] >= least && score[best] - second >= least_lead;
    if (told) choice.sense = word.senses[best].name;
    for (std::size_t s = 0; s < score.size(); ++s)
      if (!told || s != best) choice.others.emplace_back(word.senses[s].name);
    out.push_back(std::move(choice));
  }
  return out;
}

} // namespace steward::entities
