#include "actors/understanding/language/language_identifier.hpp"

#include "actors/understanding/language/letters.hpp"
#include "actors/understanding/language/script_rules.hpp"
#include "actors/understanding/language/sibling_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace steward {
namespace {

constexpr std::size_t longest_gram = 5;    // what the table was made with
constexpr std::size_t most_grammed = 8192; // bytes of a text whose n-grams are looked up
// The margin of the table times this, plus the logarithm of the automaton's probability: fitted on a held-out fifth.
constexpr double own_weight = 7;
constexpr double own_alone = 8;       // without an automaton: makes the confidence an honest one
constexpr double own_unknown = -0.55; // the table's word on a language that it does not know
constexpr double least_probability = 1e-6;
constexpr double script_share = 0.6; // of the letters, from which on a script rules

// Names that the two models give to one language.
std::string plain_name(const std::string& name) {
  return name == "no" ? "nb" : name == "hbo" ? "he" : name == "sdh" ? "ku" : name; // Kurdish is told as one language
}

// How much likelier than others a customer writes in it, as a logarithm: it decides between readings of a word or two.
double prior(std::string_view language, bool in_table) {
  constexpr std::array often = {"ar", "de", "es", "fr", "it", "ja", "nl", "pt", "ru", "tr", "zh"};
  if (language == "en") return 4;
  if (std::ranges::find(often, language) != often.end()) return 0.4;
  return in_table ? 0 : -4;
}

// Words that hold a German sentence together and that English does not share: a message around an English title ("Finde
// ein Foto von The Gate of Worlds") is known by them. Other languages lost more to their neighbours than they won.
constexpr double frame_weight = 5; // for each, of three at most: chosen on xSID's examples
constexpr std::string_view german_frame =
    " das den dem der die ein eine einen einer eines finde gib ich ist mir mit nach namens nicht oder sind spiele und "
    "vom von welche welcher wann wie wo zeige zu zum zur für über punkte setze mein meine meiner meinen bitte auf bei "
    "aus läuft werden wird kannst ";

constexpr double telling_weight = 3; // of each word that a language's siblings lack, of three at most
constexpr double sibling_weight = 3; // of the runs of letters that tell siblings apart: chosen on four fifths

} // namespace

language_identifier::label& language_identifier::place(const std::string& name) {
  auto found = std::ranges::find(labels_, name, &label::name);
  if (found == labels_.end()) found = labels_.insert(labels_.end(), label{name});
  return *found;
}

language_identifier::language_identifier(ngram_table own, sibling_table siblings,
                                         std::optional<byte_automaton> automaton)
    : own_(std::move(own))
    , siblings_(std::move(siblings))
    , automaton_(std::move(automaton)) {
  for (std::size_t c = 0; c < own_.classes().size(); ++c) {
    auto& l = place(own_.classes()[c]);
    l.own = static_cast<int>(c);
    l.in_table = true;
  }
  if (automaton_) add_automaton();
  for (auto& l : labels_) l.prior = prior(l.name, l.in_table), l.scripts = scripts_of(l.name);
}

void language_identifier::add_automaton() {
  // The table's word on a language that it does not know is its word on the nearest one that it knows: between the two
  // the automaton decides.
  constexpr std::array nearest = {std::pair{"ne", "hi"}, std::pair{"zu", "xh"}, std::pair{"gd", "ga"},
                                  std::pair{"as", "bn"}, std::pair{"ky", "kk"}, std::pair{"ba", "tt"},
                                  std::pair{"fo", "is"}};
  for (std::size_t c = 0; c < automaton_->classes().size(); ++c) {
    const auto& name = automaton_->classes()[c];
    if (name == "zxx") continue; // no language: the rule on letters decides that here
    place(plain_name(name)).automaton.push_back(static_cast<int>(c));
    if (name == "no") place("nn").automaton.push_back(static_cast<int>(c));
    if (name == "he") place("yi").automaton.push_back(static_cast<int>(c)); // it has no Yiddish: the table decides
  }
  for (const auto& [unknown, known] : nearest) {
    const auto own_of_known = place(known).own; // first: place() may move the labels
    place(unknown).own = own_of_known;
  }
}

result<language_identifier> language_identifier::create(ngram_table own, sibling_table siblings,
                                                        std::optional<byte_automaton> automaton) {
  if (own.classes().size() < 2) return failure{errc::bad_request, "a table that tells no two languages apart"};
  return language_identifier(std::move(own), std::move(siblings), std::move(automaton));
}

result<language_identifier> language_identifier::create(const std::filesystem::path& automaton) {
  auto own = built_in_languages();
  if (!own) return own.error();
  auto siblings = built_in_siblings();
  if (!siblings) return siblings.error();
  std::optional<byte_automaton> read;
  if (!automaton.empty()) {
    auto file = byte_automaton::open(automaton);
    if (!file && file.error().code != errc::not_found) return file.error();
    if (file) read = *std::move(file);
  }
  return create(*std::move(own), *std::move(siblings), std::move(read));
}

language_guess language_identifier::identify(std::string_view text) const {
  const auto in = letters_in(text);
  language_guess out;
  out.letters = in.letters;
  out.script = in.script;
  if (in.letters == 0) return out;
  auto script = std::string_view(in.script);
  if (static_cast<double>(in.of_script) < script_share * static_cast<double>(in.letters)) script = {};
  if (in.kana > 0 && in.kana + in.han > in.letters / 2) script = "Kana";
  if (const auto only = language_of_script(script); !only.empty()) {
    out.language = only;
    out.confidence = 1;
    return out;
  }

  std::vector<std::uint32_t> features;
  character_grams(own_, std::string_view(in.text).substr(0, most_grammed), longest_gram, features);
  const auto margins = own_.score(features);
  const auto odds = automaton_ ? automaton_->probabilities(in.raw) : std::vector<float>();
  std::vector<double> scores;
  scores.reserve(labels_.size());
  const auto bit = script_bit(script);
  for (const auto& l : labels_) {
    double score =
        (odds.empty() ? own_alone : own_weight) * (l.own >= 0 ? margins[static_cast<std::size_t>(l.own)] : own_unknown);
    if (!odds.empty()) {
      double most = 0;
      for (const auto c : l.automaton) most = std::max(most, static_cast<double>(odds[static_cast<std::size_t>(c)]));
      score += std::log(most + least_probability);
    }
    score += l.prior;
    if (l.name == "de") score += frame_weight * std::min(3, words_in(german_frame, in.text));
    if (bit != 0 && (l.scripts & bit) == 0) score -= 50;
    scores.push_back(score);
  }
  // Between siblings a few words, and what runs of letters tell them apart, say more than all n-grams.
  const auto likeliest = [&]() -> const std::string& {
    return labels_[static_cast<std::size_t>(std::ranges::max_element(scores) - scores.begin())].name;
  };
  const auto& first = likeliest();
  const bool has_siblings = are_siblings(first, first);
  for (std::size_t i = 0; has_siblings && i < labels_.size(); ++i)
    if (are_siblings(first, labels_[i].name)) scores[i] += telling_weight * telling_words(labels_[i].name, in.text);
  for (const auto& [language, weight] :
       siblings_.contrasts(likeliest(), std::string_view(in.text).substr(0, most_grammed)))
    if (const auto l = std::ranges::find(labels_, language, &label::name); l != labels_.end())
      scores[static_cast<std::size_t>(l - labels_.begin())] += sibling_weight * weight;
  std::array<std::size_t, 2> best{0, 1}; // the table has 77 classes: there are two
  if (scores[1] > scores[0]) std::swap(best[0], best[1]);
  for (std::size_t i = 2; i < scores.size(); ++i) {
    if (scores[i] > scores[best[0]])
      best = {i, best[0]};
    else if (scores[i] > scores[best[1]])
      best[1] = i;
  }
  double whole = 0;
  for (const auto s : scores) whole += std::exp(s - scores[best[0]]);
  out.language = labels_[best[0]].name;
  out.confidence = 1 / whole;
  out.second = labels_[best[1]].name;
  out.second_confidence = std::exp(scores[best[1]] - scores[best[0]]) / whole;
  return out;
}

std::string settle_language(const std::string& previous, const language_guess& guess) {
  if (guess.language == "und") return previous.empty() ? guess.language : previous;
  if (previous.empty() || previous == "und" || previous == guess.language) return guess.language;
  // The former language among the two likely ones is not given up for a near miss.
  const bool near = guess.second == previous && guess.second_confidence > 0.2;
  // Fewer than a dozen letters are a word or two, and words travel: "ok", "super", "merci". Han and kana say more each.
  const bool dense =
      guess.script == "Hani" || guess.script == "Hira" || guess.script == "Kana" || guess.script == "Hang";
  const std::size_t enough = dense ? 4 : 12;
  if (near || guess.letters < enough) return previous;
  const double needed = guess.letters < 2 * enough ? 0.9 : 0.6;
  return guess.confidence >= needed ? guess.language : previous;
}

} // namespace steward
