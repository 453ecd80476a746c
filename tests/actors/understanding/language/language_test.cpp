#define BOOST_TEST_MODULE language
#include "actors/understanding/language/language_code.hpp"
#include "actors/understanding/language/language_identifier.hpp"
#include "actors/understanding/language/letters.hpp"
#include "actors/understanding/language/sibling_table.hpp"
#include "actors/understanding/language/sibling_words.hpp"
#include "tests/actors/understanding/fixtures.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>

using namespace steward;
namespace st = steward::test;

namespace {

const language_identifier& alone() {
  static const auto made = language_identifier::create(std::filesystem::path());
  BOOST_REQUIRE_MESSAGE(made.ok(), (made ? std::string() : made.error().message));
  return *made;
}

std::string of(std::string_view text) { return alone().identify(text).language; }

std::vector<std::byte> bytes_of(const std::string& s) {
  const auto* first = reinterpret_cast<const std::byte*>(s.data());
  return {first, first + s.size()};
}

std::string table_file() {
  return st::read_file(std::filesystem::path(STEWARD_SOURCE_DIR) / "actors/understanding/language/languages.ngr");
}

} // namespace

BOOST_AUTO_TEST_CASE(sentences_of_a_desk_are_told_apart) {
  const std::pair<const char*, const char*> table[] = {
      {"en", "Where is my parcel? It should have been here on Monday."},
      {"de", "Wo bleibt mein Paket? Es sollte schon am Montag da sein."},
      {"fr", "Je voudrais savoir où se trouve mon colis, s'il vous plaît."},
      {"es", "Quiero saber dónde está mi pedido, por favor."},
      {"pt", "Gostaria de saber onde está a minha encomenda, não chegou ainda."},
      {"it", "Vorrei sapere dov'è il mio pacco, non è ancora arrivato."},
      {"nl", "Ik wil graag weten waar mijn pakket blijft."},
      {"tr", "Siparişim nerede kaldı, ne zaman gelecek?"},
      {"ru", "Где моя посылка? Она должна была прийти в понедельник."},
      {"uk", "Де моя посилка? Вона мала прийти ще в понеділок."},
      {"zh", "我的包裹在哪里？应该星期一就到了。"},
      {"ja", "荷物はどこにありますか？月曜日に届くはずでした。"},
      {"ko", "제 소포가 어디에 있나요?"},
      {"ar", "أين طردي؟ كان من المفترض أن يصل يوم الاثنين."},
      {"hi", "मेरा पार्सल कहाँ है? इसे सोमवार को आना था।"},
      {"th", "พัสดุของฉันอยู่ที่ไหน"},
      {"vi", "Cho tôi hỏi đơn hàng của tôi đang ở đâu?"},
      {"el", "Πού είναι το δέμα μου;"},
      {"ka", "სად არის ჩემი ამანათი?"},
      {"gu", "મારું પાર્સલ ક્યાં છે?"},
  };
  for (const auto& [language, text] : table) BOOST_TEST(of(text) == language, text << " is " << of(text));
}

BOOST_AUTO_TEST_CASE(siblings_are_told_by_words_that_only_one_has) {
  const std::pair<const char*, const char*> table[] = {
      {"nb", "Pakken er fortsatt ikke kommet, kan dere hjelpe meg?"},
      {"da", "Pakken er stadig ikke kommet, kan I hjælpe mig?"},
      {"id", "Kapan barang saya sampai? Saya butuh besok karena mau pergi."},
      {"ms", "Bila barang saya sampai? Saya perlukan esok kerana hendak pergi."},
      {"hr", "Gdje je moj paket? Trebao je stići prije tjedan dana."},
      {"sr", "Gde je moj paket? Trebalo je da stigne pre nedelju dana."},
      {"sl", "Kje je moj paket? Zakaj ga še nisem dobil?"},
  };
  for (const auto& [language, text] : table) BOOST_TEST(of(text) == language, text << " is " << of(text));
}

BOOST_AUTO_TEST_CASE(runs_of_letters_tell_siblings_apart) {
  const auto table = built_in_siblings();
  BOOST_REQUIRE_MESSAGE(table.ok(), (table ? std::string() : table.error().message));
  const auto likeliest = [&](std::string_view language, std::string_view text) {
    const auto all = table->contrasts(language, text);
    return all.empty() ? std::string()
                       : std::string(std::ranges::max_element(all, {}, &sibling_table::contrast::weight)->language);
  };
  BOOST_TEST(likeliest("nb", " hvornår bliver min pakke leveret ") == "da");
  BOOST_TEST(likeliest("da", " jeg venter fortsatt på pakken min hva skjer ") == "nb");
  BOOST_TEST(likeliest("cs", " kedy príde môj balík ") == "sk");
  BOOST_TEST(likeliest("mk", " кога ще пристигне моята пратка ") == "bg");
  BOOST_TEST(likeliest("ru", " коли прийде моя посилка ") == "uk");
  BOOST_TEST(likeliest("en", " where is my parcel ").empty()); // it has no siblings
  BOOST_TEST(table->contrasts("nb", "").size() == 4U);
  BOOST_TEST(table->contrasts("nb", " ")[0].weight == 0);
}

BOOST_AUTO_TEST_CASE(a_damaged_table_of_siblings_is_refused) {
  const auto good =
      st::read_file(std::filesystem::path(STEWARD_SOURCE_DIR) / "actors/understanding/language/siblings.sib");
  BOOST_TEST(good.size() < 2'000'000U);
  auto flipped = good, families = good, runs = good;
  flipped[good.size() / 2] ^= 1;
  families[8] = 60;
  runs[12] ^= 1;
  for (const auto& bad :
       {std::string(), good.substr(0, 31), good.substr(0, good.size() / 2), good + "x", flipped, families, runs}) {
    const auto kept = bytes_of(bad);
    const auto made = sibling_table::create(kept, "siblings.sib");
    BOOST_REQUIRE(!made);
    BOOST_TEST(int(made.error().code) == int(errc::corrupt));
    BOOST_TEST(made.error().message.find("siblings.sib") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(telling_words_count_only_among_siblings) {
  BOOST_TEST(telling_words("nb", " hva skjer etter uke ") == 3); // at most
  BOOST_TEST(telling_words("da", " hva skjer etter uke ") == 0);
  BOOST_TEST(telling_words("en", " what happens ") == 0);
  BOOST_TEST(telling_words("nn", " hva skjer ") == telling_words("nb", " hva skjer "));
  BOOST_TEST(are_siblings("hr", "sr"));
  BOOST_TEST(!are_siblings("nb", "id"));
  BOOST_TEST(!are_siblings("en", "en"));
}

BOOST_AUTO_TEST_CASE(names_and_titles_of_another_language_change_nothing) {
  BOOST_TEST(of("请播放 Yellow Submarine 这首歌") == "zh");
  BOOST_TEST(of("我的 MacBook Pro Retina Display 坏了") == "zh");
  BOOST_TEST(of("включи песню Bohemian Rhapsody пожалуйста") == "ru");
  BOOST_TEST(of("Bitte schick mir die Rechnung an https://www.example.com/where/is/the/invoice") == "de");
}

BOOST_AUTO_TEST_CASE(without_letters_nothing_is_guessed) {
  for (const char* text : {"", "   ", "12345 67", "😀😀👍", "?!...", "\xE2\x80\x8B\xE2\x80\x8B", "https://example.com/a",
                           "\x01\x02", "\xFF\xFE"}) {
    BOOST_TEST(of(text) == "und");
    BOOST_TEST(alone().identify(text).confidence == 0);
  }
}

BOOST_AUTO_TEST_CASE(zero_width_and_control_characters_do_not_hide_a_language) {
  BOOST_TEST(of("Wo\xE2\x80\x8B bleibt mein Pa\xE2\x80\x8Bket denn nun schon wieder?") == "de");
  BOOST_TEST(of("\x01Where is\x02 my parcel, please?\x03") == "en");
}

BOOST_AUTO_TEST_CASE(the_length_of_a_text_costs_nothing_beyond_its_first_thousands) {
  std::string text;
  while (text.size() < 100'000) text += "Where is my parcel? ";
  const auto started = std::chrono::steady_clock::now();
  BOOST_TEST(of(text) == "en");
  BOOST_TEST(of(std::string(100'000, 'a')) != "und");
  BOOST_TEST((std::chrono::steady_clock::now() - started < std::chrono::seconds(2)));
  BOOST_TEST(letters_in(text).text.size() < 4100U);
}

BOOST_AUTO_TEST_CASE(a_conversation_keeps_its_language) {
  const auto guess = [](const char* language, double confidence, std::size_t letters, const char* script = "Latn",
                        const char* second = "", double other = 0.0) {
    return language_guess{language, confidence, second, other, letters, script};
  };
  struct row {
    const char* previous;
    language_guess guess;
    const char* settled;
  };
  const row table[] = {
      {"", guess("de", 0.9, 30), "de"},
      {"", language_guess{}, "und"},
      {"de", language_guess{}, "de"},                         // a smile
      {"de", guess("en", 0.9, 2), "de"},                      // "ok"
      {"de", guess("en", 0.99, 9), "de"},                     // "thank you"
      {"de", guess("en", 0.99, 40), "en"},                    // a sentence
      {"de", guess("en", 0.7, 15), "de"},                     // a short one, unsure
      {"de", guess("en", 0.55, 60, "Latn", "nl", 0.1), "de"}, // unsure
      {"nb", guess("da", 0.7, 60, "Latn", "nb", 0.29), "nb"}, // a near miss
      {"en", guess("zh", 0.95, 9, "Hani"), "zh"},             // nine characters are a sentence
      {"en", guess("zh", 0.95, 2, "Hani"), "en"},             // two are a word
      {"und", guess("en", 0.9, 2), "en"},
  };
  for (const auto& r : table) BOOST_TEST(settle_language(r.previous, r.guess) == r.settled);
  BOOST_TEST(settle_language("de", alone().identify("ok")) == "de");
  BOOST_TEST(settle_language("fr", alone().identify("I would like to speak to somebody in English please")) == "en");
}

BOOST_AUTO_TEST_CASE(a_cut_or_altered_table_is_refused) {
  const auto good = table_file();
  BOOST_REQUIRE(good.size() > 100'000U);
  BOOST_TEST(good.size() < 1'500'000U);
  BOOST_TEST(ngram_table::create(bytes_of(good), "x").ok());
  auto flipped = good;
  flipped[good.size() / 2] ^= 1;
  auto classes = good;
  classes[8] = '\xFF';
  auto bits = good;
  bits[12] = 99;
  for (const auto& bad :
       {std::string(), good.substr(0, 31), good.substr(0, good.size() / 2), good + "x", flipped, classes, bits}) {
    const auto kept = bytes_of(bad);
    const auto made = ngram_table::create(kept, "languages.ngr");
    BOOST_REQUIRE(!made);
    BOOST_TEST(int(made.error().code) == int(errc::corrupt));
    BOOST_TEST(made.error().message.find("languages.ngr") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(an_absent_automaton_is_done_without_and_a_cut_one_is_refused) {
  const st::temporary_folder folder;
  const auto without = language_identifier::create(folder.path / "none.bin");
  BOOST_REQUIRE(without);
  BOOST_TEST(!without->has_automaton());
  // One class, one feature, one row, one state.
  std::string good("STEWDFA1\1\0\0\0\1\0\0\0\1\0\0\0\1\0\0\0\4\0\0\0\0\0\0\0", 32);
  good += std::string(4, '\0') + std::string("en\n\0", 4) + std::string(4, '\0') + std::string(4, '\0') +
          std::string(1024, '\0');
  good += std::string("\0\x3C", 2);
  st::write_file(folder.path / "a.bin", good);
  const auto made = language_identifier::create(folder.path / "a.bin");
  BOOST_REQUIRE_MESSAGE(made.ok(), (made ? std::string() : made.error().message));
  BOOST_TEST(made->has_automaton());
  auto wild = good; // a state that is not there: read within bounds all the same
  std::memset(wild.data() + 48, 0x7F, 1024);
  const auto kept = bytes_of(wild);
  const auto tame = byte_automaton::create(kept, "wild");
  BOOST_REQUIRE(tame);
  BOOST_TEST(tame->probabilities("abc").size() == 1U);
  for (const auto& bad : {std::string("x"), good.substr(0, good.size() / 2), good + "y", std::string(64, '\0')}) {
    st::write_file(folder.path / "a.bin", bad);
    const auto refused = language_identifier::create(folder.path / "a.bin");
    BOOST_REQUIRE(!refused);
    BOOST_TEST(int(refused.error().code) == int(errc::corrupt));
    BOOST_TEST(refused.error().message.find("scripts/setup") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(with_py3langid_the_utterances_of_assistants_are_known) {
  const auto automaton = st::model_folder("py3langid") / "langid.bin";
  const char* shared = std::getenv("STEWARD_SHARED");
  const auto data =
      std::filesystem::path(shared != nullptr ? shared : STEWARD_SOURCE_DIR "/../shared") / "data/intents/xsid";
  if (!std::filesystem::exists(automaton) || !std::filesystem::exists(data)) {
    std::cout << "skipped: no py3langid model or no shared data\n";
    return;
  }
  const auto both = language_identifier::create(automaton);
  BOOST_REQUIRE_MESSAGE(both.ok(), (both ? std::string() : both.error().message));
  for (const std::string language : {"en", "de", "zh"}) {
    std::ifstream in(data / language / "train.tsv");
    double right = 0, all = 0;
    for (std::string line; std::getline(in, line); ++all)
      right += both->identify(std::string_view(line).substr(line.find('\t') + 1)).language == language ? 1 : 0;
    std::cout << "xSID " << language << ": " << 100 * right / all << "\n";
    BOOST_TEST(right / all >= 0.92);
  }
}
BOOST_AUTO_TEST_CASE(codes_of_other_programs) {
  struct {
    const char *written, *want;
  } rows[] = {{"en", "en"},         {"EN", "en"},   {"en-US", "en"}, {"en_US.UTF-8", "en"},
              {"zh-Hant-TW", "zh"}, {"eng", "en"},  {"cmn", "zh"},   {"zh-yue", "yue"},
              {"yue", "yue"},       {"fil", "fil"}, {"", ""},        {"English", ""},
              {"中文", ""},         {"e", ""},      {"e1", ""},      {"-", ""},
              {"en--US", "en"},     {"xx", "xx"}};
  for (auto& r : rows) BOOST_TEST(language_code(r.written) == r.want, r.written << " -> " << language_code(r.written));
  BOOST_TEST(language_code(std::string(100'000, 'e')) == "");
}
