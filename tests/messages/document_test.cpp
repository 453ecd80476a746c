// The tree that answers become: what the subset is, and that nothing else gets through.
#include "messages/document.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>

using namespace steward;

namespace {

std::string read(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The bytes of a drawing do not change by accident: STEWARD_GOLDEN=write writes them anew.
void golden(const std::string& name, const std::string& now) {
  auto file = std::string(STEWARD_SOURCE_DIR "/tests/golden/document.") + name;
  if (auto mode = std::getenv("STEWARD_GOLDEN"); mode && std::string(mode) == "write")
    std::ofstream(file, std::ios::binary) << now << "\n";
  BOOST_TEST(read(file) == now + "\n", name);
}

} // namespace

BOOST_AUTO_TEST_SUITE(documents)

BOOST_AUTO_TEST_CASE(golden_drawings) {
  auto d = document_of(read(STEWARD_SOURCE_DIR "/tests/golden/document.md"));
  golden("json", json_of(d));
  golden("txt", text_of(d));
  golden("html", html_of(d));
}

BOOST_AUTO_TEST_CASE(a_tight_list_item_holds_a_paragraph) {
  BOOST_TEST(
      json_of(document_of("- a\n- b *c*")) ==
      R"([{"kind":"list","nodes":[{"kind":"item","nodes":[{"kind":"paragraph","nodes":[{"kind":"text","text":"a"}]}]},)"
      R"({"kind":"item","nodes":[{"kind":"paragraph","nodes":[{"kind":"text","text":"b "},{"kind":"emphasis","nodes":[{"kind":"text","text":"c"}]}]}]}]}])");
  BOOST_TEST(text_of(document_of("- a\n  - b\n- c")) == "- a\n  - b\n- c");
}

BOOST_AUTO_TEST_CASE(html_is_text) {
  for (std::string evil :
       {"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a <b onclick=x>b</b>",
        "<iframe src='javascript:alert(1)'>", "<!-- --><svg/onload=alert(1)>", "<style>*{}</style>"}) {
    auto html = html_of(document_of(evil));
    for (auto tag : {"<script", "<img", "<b", "<iframe", "<svg", "<style", "<!"})
      BOOST_TEST(html.find(tag) == html.npos, html);
    BOOST_TEST(text_of(document_of(evil)) == evil);
  }
}

BOOST_AUTO_TEST_CASE(links_lead_only_where_they_may) {
  for (auto good : {"https://a.example/b?c=d#e", "http://a", "mailto:a@b.example", "HTTPS://A.example"})
    BOOST_TEST(is_safe_link(good), good);
  for (auto bad : {"javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
                   "//a.example", "/relative", "", "http:", "http://", "mailto:", "java\nscript:x", "https://a b",
                   "javascript&colon;alert(1)", " http://a"}) {
    BOOST_TEST(!is_safe_link(bad), bad);
    auto html = html_of(document_of(std::string("[click](<") + bad + ">)"));
    BOOST_TEST(html.find("<a ") == html.npos, html);
  }
  BOOST_TEST(html_of(document_of("[x](https://a/\"onclick=alert(1))")).find("\"onclick") == std::string::npos);
  BOOST_TEST(text_of(document_of("[us](mailto:a@b.example), https://c.example")) ==
             "us (a@b.example), https://c.example");
}

BOOST_AUTO_TEST_CASE(an_image_is_its_words) {
  BOOST_TEST(html_of(document_of("![a cat](https://a/cat.png)")) == "<p>a cat</p>");
}

BOOST_AUTO_TEST_CASE(any_bytes_and_any_depth) {
  std::string deep;
  for (int i = 0; i < 500; ++i) deep += "> ";
  BOOST_TEST(text_of(document_of(deep + "x")).find('x') != std::string::npos);
  std::string lists;
  for (int i = 0; i < 60; ++i) lists += std::string(static_cast<size_t>(i) * 2, ' ') + "- x\n";
  BOOST_TEST(!document_of(lists).nodes.empty());
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  BOOST_TEST(json_of(document_of(all)).size() > 200u);
  BOOST_TEST(document_of("").nodes.empty());
  BOOST_TEST(document_of(" \n\n ").nodes.empty());
  BOOST_TEST(text_of(document_of("---")) == "---");
  BOOST_TEST(text_of(document_of(std::string(4000, '*'))).size() >= 1u);
}

BOOST_AUTO_TEST_SUITE_END()
