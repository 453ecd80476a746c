// The page's HTML and what goes into it: whatever a tenant or a customer wrote is text there.
#include "actors/http/page.hpp"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <set>

namespace steward {
extern const char* const web_words_json;
}

using namespace steward;

namespace {
bool has(const std::string& s, std::string_view part) { return s.find(part) != s.npos; }
} // namespace

BOOST_AUTO_TEST_SUITE(pages)

BOOST_AUTO_TEST_CASE(names_and_questions_are_text) {
  page_facts f{.tenant = "demo",
               .name = "</script><script>alert(1)</script>",
               .languages = {"en"},
               .greeting = {{"en", "<img src=x onerror=alert(1)> [x](javascript:alert(1))"}},
               .questions = {{"en", {"\"><svg onload=alert(1)>"}}}};
  auto html = page_html(f, {"en", "tag", "id", {}});
  for (auto bad : {"<script>alert", "<img", "<svg onload", "href=\"javascript"}) BOOST_TEST(!has(html, bad), bad);
  BOOST_TEST(!has(html, "{{"));
  BOOST_TEST(has(html, "\\u003c/script>"));
  size_t scripts = 0;
  for (size_t at = 0; (at = html.find("<script", at)) != html.npos; ++at) ++scripts;
  BOOST_TEST(scripts == 2u);
}

BOOST_AUTO_TEST_CASE(nothing_stands_inline) {
  page_facts f{.tenant = "demo", .name = "S", .languages = {"en"}};
  auto html = page_html(f, {"en", "tag", "id", {}});
  for (auto bad : {"<style", " style=", " onclick=", "javascript:"}) BOOST_TEST(!has(html, bad), bad);
  auto policy = page_policy(f);
  BOOST_TEST(!has(policy, "unsafe"));
  BOOST_TEST(policy.ends_with("frame-ancestors 'self'"));
  f.embed_on = {"https://shop.example"};
  BOOST_TEST(page_policy(f).ends_with("frame-ancestors 'self' https://shop.example"));
}

BOOST_AUTO_TEST_CASE(every_word_is_there_in_every_language) {
  page_facts f{.tenant = "demo", .name = "S", .languages = {"en"}};
  auto words = nlohmann::json::parse(web_words_json);
  std::set<std::string> keys;
  for (auto& [key, text] : words["en"].items()) keys.insert(key);
  for (auto& [language, all] : words.items()) {
    std::set<std::string> its;
    for (auto& [key, text] : all.items()) {
      its.insert(key);
      for (auto mark : {"{name}", "{days}", "{n}", "{t}", "{person}", "{address}"})
        BOOST_TEST(has(words["en"][key], mark) == has(text, mark), language + " " + key);
    }
    BOOST_TEST(its == keys, language);
  }
  for (auto l : {"en", "zh", "es", "ar"}) {
    auto html = page_html(f, {l, "tag", "id", "note_sent"});
    BOOST_TEST(!has(html, "??"), l);
    for (auto key : {"skip", "kept", "machine", "note_failed", "note_ended", "note_later", "person_name", "answered"})
      BOOST_TEST(!page_word(l, key).empty(), std::string(l) + " " + key);
  }
}

BOOST_AUTO_TEST_CASE(the_browsers_language_is_taken) {
  std::vector<std::string> tenants = {"es", "en"};
  BOOST_TEST(page_language("zh-CN,zh;q=0.9,en;q=0.8", tenants) == "zh");
  BOOST_TEST(page_language("fr, en;q=0.3", tenants) == "en");
  BOOST_TEST(page_language("fr", tenants) == "es");
  BOOST_TEST(page_language("", tenants) == "es");
  BOOST_TEST(page_language(";;;q=,,q=x", {"fr"}) == "en");
  BOOST_TEST(page_language("en;q=0.1, zh;q=0.2", {}) == "zh");
}

BOOST_AUTO_TEST_CASE(arabic_runs_from_right_to_left) {
  page_facts f{.tenant = "demo", .name = "S", .languages = {"en"}};
  BOOST_TEST(has(page_html(f, {"ar", "tag", "id", {}}), R"(<html lang="ar" dir="rtl">)"));
  BOOST_TEST(has(page_html(f, {"en", "tag", "id", {}}), R"(<html lang="en" dir="ltr">)"));
  BOOST_TEST(has(plain_html(f, "ar", {}), R"(<html lang="ar" dir="rtl">)"));
}

BOOST_AUTO_TEST_CASE(words_on_the_colour_can_be_read) {
  page_facts f;
  f.colour = "#ffee00";
  BOOST_TEST(has(theme_css(f), "--on-accent:#000"));
  f.colour = "#123456";
  BOOST_TEST(has(theme_css(f), "--on-accent:#fff"));
}

BOOST_AUTO_TEST_CASE(under_sixty_kilobytes_over_the_wire) {
  page_facts f{.tenant = "demo", .name = "S", .languages = {"en"}};
  size_t all = gzipped(page_html(f, {"en", "tag", "id", {}})).size();
  for (auto name : {"chat.css", "chat.js", "draw.js", "link.js", "outbox.js", "icon.svg"}) {
    BOOST_REQUIRE(find_asset(name));
    all += find_asset(name)->packed.size();
  }
  BOOST_TEST_MESSAGE("page over the wire: " << all << " bytes");
  BOOST_TEST(all < 60'000u);
  BOOST_TEST(!find_asset("../page.html"));
}

BOOST_AUTO_TEST_CASE(the_feed_holds_trees_for_us_and_text_for_customers) {
  feed_page p;
  p.mode = "ai", p.next = 3;
  p.items.resize(2);
  p.items[0].seq = 1, p.items[0].text = "*mine* <b>";
  p.items[1].seq = 2, p.items[1].by = speaker::ai, p.items[1].text = "*ours* <b>";
  p.items[1].citations = {{"a1", "T", "", "javascript:alert(1)"}, {"a2", "", "P", "https://x.example"}};
  auto j = page_json(p);
  BOOST_TEST(has(j, R"("text":"*mine* <b>"})"));
  BOOST_TEST(
      has(j, R"("nodes":[{"kind":"emphasis","nodes":[{"kind":"text","text":"ours"}]},{"kind":"text","text":" <b>"}])"));
  BOOST_TEST(!has(j, "javascript"));
  BOOST_TEST(has(j, R"("citations":[{"title":"T"},{"title":"a2","passage":"P","href":"https://x.example"}])"));
  BOOST_TEST(!has(j, "name"));
  p.mode = "waiting", p.name = "Cora \"C\"", p.place = 3;
  p.items[1].by = speaker::person, p.items[1].name = "Cora";
  j = page_json(p);
  BOOST_TEST(has(j, R"({"mode":"waiting","name":"Cora \"C\"","place":3,"items")"));
  p.from_s = 180, p.to_s = 480;
  BOOST_TEST(has(page_json(p), R"("place":3,"from_s":180,"to_s":480,"items")"));
  BOOST_TEST(has(page_json(p, staffing::out_of_hours), R"("to_s":480,"out_of_hours":true,"items")"));
  BOOST_TEST(has(j, R"("name":"Cora")"));
  BOOST_TEST(has(transcript_text({.tenant = "demo", .name = "S"}, "en", p.items), "Cora\nours <b>\n"));
  p.items[1].by = speaker::ai;
  page_facts f{.tenant = "demo", .name = "S"};
  BOOST_TEST(!has(plain_html(f, "en", p.items), "<b>"));
  BOOST_TEST(has(transcript_text(f, "en", p.items), "You\n*mine* <b>\n"));
  BOOST_TEST(has(transcript_text(f, "en", p.items), "S\nours <b>\n"));
}

BOOST_AUTO_TEST_CASE(forms_are_read) {
  auto f = form_fields("text=a+b%0D%0Ac%E4%BD%A0&id=1&x&=y&id=2");
  BOOST_REQUIRE(f.ok());
  BOOST_TEST((*f)["text"] == "a b\r\nc你");
  BOOST_TEST((*f)["id"] == "2");
  BOOST_TEST(!form_fields("a=%").ok());
}

BOOST_AUTO_TEST_SUITE_END()
