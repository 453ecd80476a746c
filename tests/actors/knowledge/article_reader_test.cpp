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

// What was a menu of questions came out as one word after the other, and two cells as one.
BOOST_AUTO_TEST_CASE(html_of_real_help_centres) {
  const auto text = [](const std::string& body) {
    const auto r = html("<html><body>" + body + "</body></html>");
    BOOST_TEST_REQUIRE(r.articles.size() == 1U, (r.problems.empty() ? "" : r.problems[0]));
    return r.articles[0].text;
  };
  BOOST_TEST(text("<details><summary>Can I return it?</summary>Yes.</details><details><summary>When?</summary>Now."
                  "</details>") == "### Can I return it?\n\nYes.\n\n### When?\n\nNow.");
  BOOST_TEST(text("<button>Costs</button><div>Five</div>") == "Costs\n\nFive");
  BOOST_TEST(text("<h2>Returns<br>and costs</h2>x") == "## Returns and costs\n\nx");
  BOOST_TEST(text("Prices:<table><caption>c</caption><tr><th>To<th>Price<tr><td><p>Spain</p><p>(all)</p><td>5 | 6"
                  "<tr><td>Italy</table>after") ==
             "Prices:\n\n| To | Price |\n|---|---|\n| Spain (all) | 5 \\| 6 |\n| Italy |  |\n\nafter");
  BOOST_TEST(text("<table><tr><td><h2>One</h2>a<td><ul><li>b</ul></table>").starts_with("## One")); // a page's frame
  BOOST_TEST(text("<form><input><select><option>o</select><button>Go</button></form>x") == "x");
  BOOST_TEST(text("<form id=aspnet><h1>Help</h1><p>Words.</p></form>") == "Words.");
  BOOST_TEST(text("a<script>bad()</script><style>b{}</style><noscript>c</noscript>") == "a");
}

BOOST_AUTO_TEST_CASE(other_encodings_say_what_to_do) {
  refused(html("<p>ok</p>\n<p>Gr\xFC\xDF"
               "e</p>"),
          "a.html:2:", "save the file as UTF-8");
  refused(md("---\ntitle: x\n---\nGr\xFC\xDF"
             "e"),
          "a.md:4:", "save the file as UTF-8");
  refused(lines("{\"id\":\"a\",\"text\":\"\xFC\"}"), "a.jsonl:1:", "save the file as UTF-8");
  const auto r = csv("question,answer\na,b\nc,\xFC\n");
  refused(r, "a.csv:3:", "save the file as UTF-8");
  BOOST_TEST(r.articles.size() == 1U); // the rest is read
  refused(csv(std::string("\xFF\xFEq\0,\0a\0", 8)), "a.csv:1:", "UTF-16");
  BOOST_TEST(csv("\xEF\xBB\xBFquestion,answer\r\na,b\r\n").articles.at(0).text == "b");
  BOOST_TEST(csv("question,answer\ra,b\rc,d\r").articles.size() == 2U); // an old Mac's lines
  BOOST_TEST(md("---\r\n---\r\n# T\r\nx").articles.at(0).title == "T"); // front matter with nothing in it
}

BOOST_AUTO_TEST_CASE(a_line_takes_an_article_out) {
  const auto r = lines("{\"id\":\"old\",\"removed\":true}\n{\"id\":\"x\",\"text\":\"t\",\"removed\":false}\n"
                       "{\"id\":\"y\",\"text\":\"t\",\"removed\":1}\n{\"id\":\"z\",\"removed\":false}");
  BOOST_REQUIRE(r.articles.size() == 2U);
  BOOST_TEST(r.articles[0].removed);
  BOOST_TEST(r.articles[0].text == "");
  BOOST_TEST(!r.articles[1].removed);
  BOOST_REQUIRE(r.problems.size() == 2U);
  BOOST_TEST(r.problems[0] == "a.jsonl:3: 'removed' is not true or false");
}

BOOST_AUTO_TEST_CASE(a_file_without_an_article_is_told) {
  refused(lines(""), "a.jsonl:1:", "no article");
  refused(csv("question,answer\n"), "a.csv:1:", "no article");
  refused(md(""), "a.md:1:", "neither");
}

BOOST_AUTO_TEST_CASE(a_question_beside_a_title_is_the_articles_own) {
  for (const auto& r : {lines(R"({"question":"Can I?","title":"Returns","answer":"Yes","questions":["May I?"]})"),
                        csv("title,question,answer,questions\nReturns,Can I?,Yes,May I?\n"),
                        md("---\ntitle: Returns\nquestion: Can I?\nquestions: [\"May I?\"]\n---\nYes")}) {
    BOOST_REQUIRE(r.articles.size() == 1U);
    BOOST_TEST(r.articles[0].title == "Returns");
    BOOST_TEST(r.articles[0].questions == (std::vector<std::string>{"Can I?", "May I?"}),
               boost::test_tools::per_element());
  }
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
  refused(csv("x,y\n1,2\n"), "a.csv:1:", "names no column 'question', 'answer', 'title' or 'text': it has 'x', 'y'");
  BOOST_TEST(csv("question|answer\na, b|c;d\n").articles.at(0).title == "a, b");
  BOOST_TEST(csv("\"question, as asked\"\tanswer\nq\ta\n").articles.at(0).text == "a");
  BOOST_TEST(csv("question, answer\n\"a, b\", \"c\"\n").articles.at(0).text == "c");
  const auto named = csv("sep=;\r\nquestion;answer\r\na,b;c\r\nbad\r\n");
  BOOST_TEST(named.articles.at(0).title == "a,b");
  refused(named, "a.csv:4:", "1 fields");
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
