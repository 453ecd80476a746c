#include "actors/knowledge/article_reader.hpp"

#include "tests/actors/understanding/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;
namespace st = steward::test;

BOOST_AUTO_TEST_SUITE(article_reader_suite)

namespace {
reading md(std::string_view bytes) { return parse_articles(bytes, article_format::markdown, "a.md", "a"); }
reading html(std::string_view bytes) { return parse_articles(bytes, article_format::html, "a.html", "a"); }
reading lines(std::string_view bytes) { return parse_articles(bytes, article_format::json_lines, "a.jsonl", "a"); }
reading csv(std::string_view bytes) { return parse_articles(bytes, article_format::csv, "a.csv", "a"); }

void refused(const reading& r, const std::string& where, const std::string& what) {
  BOOST_TEST_CONTEXT(where << " " << what) {
    BOOST_REQUIRE(!r.problems.empty());
    BOOST_TEST(r.problems.front().starts_with(where));
    BOOST_TEST_INFO(r.problems.front());
    BOOST_TEST(r.problems.front().find(what) != std::string::npos);
  }
}
} // namespace

BOOST_AUTO_TEST_CASE(markdown_with_front_matter) {
  const auto r = md("---\nid: returns\ntitle: \"Returns: how\"\nlanguage: en-GB\nlayout: help\nquestions:\n  - Can I "
                    "send it back?\n---\n\nWithin **30** days.\n");
  BOOST_TEST(r.problems.empty());
  BOOST_REQUIRE(r.articles.size() == 1U);
  const auto& a = r.articles[0];
  BOOST_TEST(a.id == "returns");
  BOOST_TEST(a.title == "Returns: how");
  BOOST_TEST(a.language == "en");
  BOOST_TEST(a.text == "Within **30** days.");
  BOOST_TEST(a.source == "a.md");
  BOOST_REQUIRE(a.questions.size() == 1U);
}

BOOST_AUTO_TEST_CASE(markdown_without_front_matter_takes_its_first_heading) {
  const auto r = md("\xEF\xBB\xBF# Sizes\r\n\r\nBig.\r\n");
  BOOST_REQUIRE(r.articles.size() == 1U);
  BOOST_TEST(r.articles[0].id == "a");
  BOOST_TEST(r.articles[0].title == "Sizes");
  BOOST_TEST(r.articles[0].text == "Big.");
  BOOST_TEST(md("only words").articles.at(0).title == "a");
}

BOOST_AUTO_TEST_CASE(broken_markdown_names_the_line) {
  refused(md("---\ntitle: x\n"), "a.md:1:", "closing");
  refused(md("---\ntitle: x\nid: [1\n---\ntext"), "a.md:", "front matter");
  refused(md("---\n- a\n---\ntext"), "a.md:2:", "key: value");
  refused(md("---\nid: x\ntitle: {a: b}\n---\ntext"), "a.md:3:", "single value");
  refused(md("---\nid: x\nquestions: no\n---\ntext"), "a.md:3:", "questions");
  refused(md("---\nid: x\nquestions:\n  - [a]\n---\ntext"), "a.md:4:", "not a text");
  refused(md("---\nid: x\nlanguage: klingon\n---\ntext"), "a.md:1:", "language");
  refused(md("---\nid: x\n---\n"), "a.md:1:", "neither title nor text");
  refused(md("text \xFF"), "a.md:1:", "UTF-8");
  refused(md(std::string("a\nb\0c", 5)), "a.md:2:", "zero byte");
  refused(md("---\na: " + std::string(1000, '[') + "\n---\nx"), "a.md:1:", "deeply");
  refused(md(std::string(300'000, 'x')), "a.md:1:", "more than");
}

BOOST_AUTO_TEST_CASE(html_becomes_markdown) {
  const auto r = html(
      "<!doctype html><html lang=zh-CN><head><title> Returns </title><style>x{}</style></head><body><nav>menu</nav>"
      "<h1>Returns</h1><p>Send it "
      "<b>back</b>.</p><h2>Costs</h2><ul><li>five</li><li>ten</li></ul><script>bad()</script><footer>f</footer>");
  BOOST_TEST(r.problems.empty());
  BOOST_REQUIRE(r.articles.size() == 1U);
  BOOST_TEST(r.articles[0].title == "Returns");
  BOOST_TEST(r.articles[0].language == "zh");
  BOOST_TEST(r.articles[0].text == "Send it back.\n\n## Costs\n\n- five\n- ten");
  refused(html("<html><body></body></html>"), "a.html:1:", "no text");
  refused(html(""), "a.html:1:", "no text");
  std::string deep;
  for (int i = 0; i < 3000; ++i) deep += "<div>";
  BOOST_TEST(html(deep + "x").articles.size() <= 1U); // survives
}

BOOST_AUTO_TEST_CASE(json_lines_under_both_names) {
  const auto r = lines("{\"id\":\"a1\",\"question\":\"Q\",\"answer\":\"A\"}\n\n{\"title\":\"T\",\"text\":\"X\","
                       "\"language\":\"ES\",\"questions\":[\"q\"]}\n{\"id\":7,\"text\":\"x\"}");
  BOOST_TEST(r.problems.empty());
  BOOST_REQUIRE(r.articles.size() == 3U);
  BOOST_TEST(r.articles[0].title == "Q");
  BOOST_TEST(r.articles[0].text == "A");
  BOOST_TEST(r.articles[1].id == "a-3");
  BOOST_TEST(r.articles[1].language == "es");
  BOOST_TEST(r.articles[2].id == "7");
}

BOOST_AUTO_TEST_CASE(broken_lines_are_named_and_the_rest_is_read) {
  const auto r = lines("{\n[]\n{\"id\":1}\n{\"title\":3}\n{\"id\":\"x\",\"text\":\"t\",\"questions\":[1]}\n{\"id\":"
                       "\"ok\",\"text\":\"t\"}\n{\"id\":\"ok\",\"text\":\"u\"}\n" +
                       std::string(50, '[') + "\n{\"id\":\"\",\"text\":\"t\"}");
  BOOST_REQUIRE(r.articles.size() == 1U);
  BOOST_TEST(r.articles[0].text == "t");
  const std::vector<std::string> expected{
      "a.jsonl:1: not JSON",    "a.jsonl:2: not a JSON object", "a.jsonl:3: neither", "a.jsonl:4: 'title'",
      "a.jsonl:5: 'questions'", "a.jsonl:7: 'ok' was there",    "a.jsonl:8: nested",  "a.jsonl:9: no id"};
  BOOST_REQUIRE(r.problems.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    BOOST_TEST(r.problems[i].substr(0, expected[i].size()) == expected[i]);
}

BOOST_AUTO_TEST_CASE(csv_with_quotes_and_any_separator) {
  const auto r = csv("id;Question;Answer;other\r\na;\"Say \"\"hi\"\"; now\";\"two\nlines\";x\r\n\r\nb;Q2;A2;y");
  BOOST_TEST(r.problems.empty());
  BOOST_REQUIRE(r.articles.size() == 2U);
  BOOST_TEST(r.articles[0].title == "Say \"hi\"; now");
  BOOST_TEST(r.articles[0].text == "two\nlines");
  BOOST_TEST(r.articles[1].id == "b");
  refused(csv("x,y\n1,2\n"), "a.csv:1:", "names no column");
  refused(csv("question,answer\na,b,c\n"), "a.csv:2:", "3 fields where the first line has 2");
  refused(csv("question,answer\n\"a\nb,c\n"), "a.csv:2:", "never closed");
}

BOOST_AUTO_TEST_CASE(limits_hold) {
  reader_limits limits;
  limits.articles = 2;
  limits.problems = 1;
  std::string many;
  for (int i = 0; i < 9; ++i) many += "{\"id\":\"i" + std::to_string(i) + "\",\"text\":\"t\"}\n";
  auto r = parse_articles(many, article_format::json_lines, "m", "m", limits);
  BOOST_TEST(r.articles.size() == 2U);
  BOOST_TEST(r.problems.size() == 1U);
  r = parse_articles("x\ny\nz\n", article_format::json_lines, "m", "m", limits);
  BOOST_REQUIRE(r.problems.size() == 2U);
  BOOST_TEST(r.problems[1] == "and 2 more problems");
  limits.file_bytes = 3;
  BOOST_TEST(parse_articles("12345", article_format::markdown, "m", "m", limits).articles.empty());
}

BOOST_AUTO_TEST_CASE(folders_are_read_whole_and_in_order) {
  const st::temporary_folder folder;
  std::filesystem::create_directories(folder.path / "b" / ".git");
  st::write_file(folder.path / "b" / "two.md", "# Two\n\nx");
  st::write_file(folder.path / "a.jsonl", "{\"id\":\"one\",\"text\":\"t\"}\nbad\n");
  st::write_file(folder.path / "note.txt", "not read");
  st::write_file(folder.path / "b" / ".git" / "x.md", "# no");
  const auto r = read_articles(folder.path);
  BOOST_REQUIRE(r.articles.size() == 2U);
  BOOST_TEST(r.articles[0].id == "one");
  BOOST_TEST(r.articles[1].id == "b/two");
  BOOST_TEST(r.problems.size() == 1U);
  refused(read_articles(folder.path / "none"), (folder.path / "none:1:").string(), "no such");
  refused(read_articles(folder.path / "note.txt"), (folder.path / "note.txt:1:").string(), "not a kind");
}

BOOST_AUTO_TEST_SUITE_END()
