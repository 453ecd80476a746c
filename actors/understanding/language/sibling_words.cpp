#include "actors/understanding/language/sibling_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace steward {
namespace {

// Written down from grammars and lists of differences, not from sentences: yat and the infinitive, loans and months of
// Croatian and Serbian; hard consonants and pronouns of Norwegian and Danish; spellings and everyday words of Malay and
// Indonesian; auxiliaries and question words of Slovene.
constexpr std::array siblings = {
    std::pair{"hr",
              " tko netko nitko svatko gdje negdje nigdje svugdje ovdje ondje uvijek vrijeme vremena riječ riječi "
              "dijete djeca djecu djece mlijeko lijepo lijep lijepa lijepe bijeli bijela htio htjela htjeli vidio "
              "vidjela vidjeti živio živjela živjeti volio voljela voljeti razumio razumije razumijem smije smijem "
              "smijeh prije poslije dvije njemački njemačkoj dolje gore lijevo ponedjeljak srijeda tjedan tjedna "
              "kolovoz siječanj veljača ožujak travanj svibanj lipanj srpanj rujan listopad studeni prosinac vlak "
              "vlakom kava kavu kave točno netočno također tisuća tisuće zrak glazba glazbu nogomet zrakoplov "
              "kazalište sveučilište tvornica žlica sretan sretna sretni nesretan općenito uopće ljeto ljeta "
              "cijeli cijela cijelo cijena vjerujem vjerovati mjesto mjesec čovjek čovjeka živjeli rijeka svijet "
              "svijeta snijeg liječnik lijek zahtjev posjetiti pjesma pjevati sjediti sjesti bježi bijesan osjećam "
              "osjeća primijetio promijeniti obitelj povijest uvjet ured unatoč naravno zrakoplovom španjolski "
              "europa europi hlače ručnik račun zabavlja susjed ponovno "},
    std::pair{"bs", " gdje negdje uvijek vrijeme dijete mlijeko lijepo prije poslije dvije hljeb kahva kahvu mehko "
                    "općina sedmica također historija sretan "},
    std::pair{"sr",
              " neko niko svako gde negde nigde svuda ovde onde uvek vreme reč reči rečima dete deca decu dece "
              "mleko lepe beli bela hteo htela hteli video videti živeo voleo volela voleti razumeo razume razumem "
              "sme pre posle nemački dole levo ponedeljak sreda nedelju dana avgust januar februar mart april maj "
              "jun jul septembar oktobar novembar decembar voz vozom hleb kafa kafu tačno netačno takođe hiljade "
              "vazduh fudbal avion pozorište univerzitet fabrika supa kašika srećan srećna srećni uopšte opšte "
              "leta cela celo cena verujem verovati mesec čovek čoveka reka lek zahtev posetiti pesma pevati "
              "sedeti sesti beži besan osećam oseća primetio promeniti porodica istorija uslov uprkos španski "
              "evropa evropi pantalone komšija ponovo šta moraću biću videću uradiću saznaću "},
    std::pair{"nb",
              " hva meg deg seg noe noen etter av nå mye språk bok boken boka gjøre gjør vært hjelp hjelpe vet "
              "visste ut opp inn sånn dere hennes jente jenta jenter gutt gutten liker likte kjøpe kjøpte kjøre "
              "kjører kjenner vann vannet penger slik hadde sa ga sett tilbake mann mannen kvinne kvinnen skje "
              "skjedde fortsatt ennå aldri alltid uke uken lever snakke snakket spør spurte komme kom gikk går "
              "fikk får ble blir bli tenke tenker trenger trenge eple eplet gate gaten vei veien syk frisk vakker "
              "pen flink lei sint redd tørst trøtt jobb jobben arbeide selge ganske veldig svært lite litt mer oss "
              "vår vårt våre bilde mat maten kveld kvelden natt helg båt sykkel ektemann forelder foreldre venn "
              "kjæreste sløv mellom mot utenfor innenfor ovenpå leke leker lese leser sitte sitter sju åtte tjue "
              "tretti førti femti "},
    std::pair{"nn",
              " ikkje eg kva kven kvar kvifor korleis kor meir noko nokon berre no mykje gjere gjer vore veit dykk "
              "dykkar hennar gut guten køyrer køyre vatn vatnet pengar ho dei me heile frå heim heime veke skule "
              "skulen kjem gjekk fekk vart tenkje treng ein ei eit nokre sidan saman sjølv sjå ser kjenner difor "
              "dersom medan mellom morgon kveld syster foreldre vener seie seier sa les spør "},
    std::pair{"da",
              " hvad mig dig sig noget nogen kun efter af nu meget sprog bog bogen gøre gør været hjælp hjælpe ved "
              "vidste ud op ind sådan jer jeres hendes pige pigen piger dreng drengen lide købe købte køre kører "
              "kender vand vandet penge havde sagde set tilbage mand manden kvinde kvinden ske skete endnu aldrig "
              "altid uge ugen taler tale talte spørge spurgte gik fik blev bliver blive tænke tænker æble æblet "
              "gade gaden vej vejen syg rask smuk dygtig ked vred bange tørstig træt arbejde arbejder sælge "
              "temmelig lidt mere os vores billede mad maden aften aftenen nat weekend båd cykel forældre ven "
              "kæreste børn mellem mod udenfor lege leger læse læser sidde sidder syv otte tyve tredive fyrre "
              "halvtreds "},
    std::pair{"id",
              " bisa karena mobil uang kantor bahwa kapan sepeda gimana nggak gak enggak aku besok kemarin bicara "
              "berbicara butuh membutuhkan paham mengerti sepatu televisi universitas perusahaan gratis polisi "
              "kamar pria laki teman berteman berkata sebentar banget sore siang senin minggu jumat inggris "
              "prancis jepang tiongkok selatan serikat jakarta beda berbeda coba mencoba dokter perawat obat "
              "apotek sakit kerjaan mobilnya uangnya kalian cuma taunya bapak kakak kakek es kue listrik telepon "
              "koran foto menit detik ujian mahasiswa rapat "},
    std::pair{"ms", " boleh awak kerana wang pejabat bahawa bila basikal esok kelmarin hendak nak mahu mahukan cakap "
                    "bercakap faham kasut televisyen universiti syarikat polis bilik lelaki kawan berkawan sekejap "
                    "petang tengahari isnin ahad jumaat inggeris perancis jepun kuala lumpur malaysia cuba mencuba "
                    "doktor jururawat ubat farmasi hospital kerja encik cik puan tuan macam ramai sahaja apabila jual "
                    "bapa emak abang datuk ais kek elektrik telefon akhbar minit peperiksaan pelajar mesyuarat ialah "
                    "iaitu tak takkan tiada awal syurga kedai membaca bercuti cuti seluar baju stesen bas teksi kapal "
                    "terbang lapangan "},
    std::pair{"sl",
              " kaj sem zelo lahko ker tudi pri všeč bil bom bomo bodo boš kje zakaj jaz nisem niso ni rad rada "
              "dober prosim kdo kdaj kateri katera katero vedno nikoli nič nekaj nekdo vsi vse vsak njihov kot "
              "ampak vendar čeprav če ki morate hočem hoče hočeš potrebujem potrebuje vem ve veš imaš delam dela "
              "grem gre greš pridem pride prišel prišla šel šla videl povedal povedala otrok otroci otroke mož "
              "hiša doma domov šola šolo knjigo jutri včeraj danes zdaj potem takoj še že preveč veliko več manj "},
};

} // namespace

int words_in(std::string_view words, std::string_view text) {
  int out = 0;
  for (std::size_t at = 1; at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    const auto found = end > at ? words.find(text.substr(at - 1, end - at + 2)) : std::string_view::npos;
    if (found != std::string_view::npos) ++out;
    at = end + 1;
  }
  return out;
}

int telling_words(std::string_view language, std::string_view text) {
  int out = 0;
  for (const auto& [name, words] : siblings) {
    // Bosnian shares the Croatian ones, and Nynorsk Bokmål's: these two pairs are told by other means.
    const bool shared =
        (language == "bs" && name == std::string_view("hr")) || (language == "nn" && name == std::string_view("nb"));
    if (language == name || shared) out = std::max(out, std::min(3, words_in(words, text)));
  }
  return out;
}

bool are_siblings(std::string_view a, std::string_view b) {
  constexpr std::string_view families[] = {" hr bs sr sl ", " nb nn da ", " id ms "};
  const auto in = [](std::string_view family, std::string_view language) {
    const auto at = family.find(language);
    return language.size() == 2 && at != std::string_view::npos;
  };
  return std::ranges::any_of(families, [&](auto family) { return in(family, a) && in(family, b); });
}

} // namespace steward
