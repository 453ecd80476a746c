#include "clients/cli/file_parts.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward::cli;

namespace {

std::string line(std::string_view text, uint32_t n) {
  size_t at = 0;
  while (--n > 0) at = text.find('\n', at) + 1;
  return std::string(text.substr(at, text.find('\n', at) - at));
}

} // namespace

BOOST_AUTO_TEST_SUITE(file_parts_suite)

BOOST_AUTO_TEST_CASE(formats_by_extension) {
  BOOST_TEST(format_of("a/b.md") == "md");
  BOOST_TEST(format_of("B.HTM") == "html");
  BOOST_TEST(format_of("x.html") == "html");
  BOOST_TEST(format_of("q.jsonl") == "jsonl");
  BOOST_TEST(format_of("q.Csv") == "csv");
  BOOST_TEST(format_of("q.ndjson") == "jsonl");
  BOOST_TEST(format_of("q.tsv") == "csv");
  BOOST_TEST(format_of("photo.png") == "");
  BOOST_TEST(format_of("README") == "");
}

BOOST_AUTO_TEST_CASE(small_files_stay_whole) {
  auto p = parts_of("a,b\n1,2\n", "csv");
  BOOST_TEST_REQUIRE(p.found.size() == 1u);
  BOOST_TEST(p.found[0].content == "a,b\n1,2\n");
  BOOST_TEST(p.found[0].first_line == 1u);
  BOOST_TEST(parts_of("", "jsonl").found.size() == 1u);
}

BOOST_AUTO_TEST_CASE(jsonl_is_cut_at_line_ends_and_lines_count_on) {
  std::string all;
  for (int i = 1; i <= 100; ++i) all += "{\"n\":" + std::to_string(i) + "}\n";
  all += "{\"n\":101}"; // no line end at the end
  auto p = parts_of(all, "jsonl", 60);
  std::string together;
  for (auto& part : p.found) {
    BOOST_TEST(part.content.size() <= 60u);
    BOOST_TEST(line(part.content, 1) == line(all, part.first_line));
    together += part.content;
  }
  BOOST_TEST(together == all);
  BOOST_TEST(p.broken.empty());
}

BOOST_AUTO_TEST_CASE(csv_is_cut_at_record_ends_with_the_header_repeated) {
  std::string header = "question,\"the\nanswer\"\n", all = header;
  for (int i = 0; i < 50; ++i) all += "q" + std::to_string(i) + ",\"line one\nline \"\"two\"\"\"\n";
  auto p = parts_of(all, "csv", 120);
  BOOST_TEST(p.found.size() > 10u);
  std::string together = header;
  for (auto& part : p.found) {
    BOOST_TEST(part.content.size() <= 120u);
    BOOST_TEST_REQUIRE(part.content.compare(0, header.size(), header) == 0);
    // Line 3 of a part is its first record.
    BOOST_TEST(line(part.content, 3) == line(all, part.first_line + 2));
    together += part.content.substr(header.size());
  }
  BOOST_TEST(together == all);
}

// An inch is no beginning of a text that a line end may stand in.
BOOST_AUTO_TEST_CASE(quotation_marks_inside_a_field_are_letters) {
  std::string header = "\xEF\xBB\xBF\"size, of what\",a\n", all = header;
  for (int i = 0; i < 50; ++i) all += "12\" boots, \"large\nones\"\n";
  auto p = parts_of(all, "csv", 120);
  BOOST_TEST(p.broken.empty());
  BOOST_TEST(p.found.size() > 10u);
  for (auto& part : p.found) {
    BOOST_TEST(part.content.starts_with(header));
    BOOST_TEST(part.content.ends_with("ones\"\n"));
  }
}

BOOST_AUTO_TEST_CASE(a_line_that_names_the_separator_goes_with_the_header) {
  std::string header = "sep=;\r\nq;a\r\n", all = header;
  for (int i = 0; i < 50; ++i) all += "one;two\r\n";
  for (auto& part : parts_of(all, "csv", 60).found) {
    BOOST_TEST(part.content.starts_with(header));
    BOOST_TEST(line(part.content, 3) == line(all, part.first_line + 2));
  }
}

BOOST_AUTO_TEST_CASE(another_encoding_is_told_once) {
  auto p = parts_of(std::string("\xFF\xFE") + std::string(1000, 'x'), "csv", 60);
  BOOST_TEST(p.found.empty());
  BOOST_TEST_REQUIRE(p.broken.size() == 1u);
  BOOST_TEST(p.broken[0].find("save it as UTF-8") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_record_too_long_is_named_and_left_out) {
  auto all = "{\"a\":1}\n{\"b\":\"" + std::string(200, 'x') + "\"}\n{\"c\":3}\n";
  auto p = parts_of(all, "jsonl", 60);
  BOOST_TEST_REQUIRE(p.broken.size() == 1u);
  BOOST_TEST(p.broken[0].rfind("2: ", 0) == 0u);
  BOOST_TEST_REQUIRE(p.found.size() == 2u);
  BOOST_TEST(p.found[1].content == "{\"c\":3}\n");
  BOOST_TEST(p.found[1].first_line == 3u);
}

BOOST_AUTO_TEST_CASE(a_csv_whose_first_record_never_ends) {
  auto p = parts_of("\"q" + std::string(300, 'x'), "csv", 60);
  BOOST_TEST(p.found.empty());
  BOOST_TEST(p.broken.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_csv_record_too_long_keeps_the_lines_true) {
  auto all = "q,a\n1,x\n2," + std::string(100, 'y') + "\n3,z\n";
  auto p = parts_of(all, "csv", 40);
  BOOST_TEST(p.broken.size() == 1u);
  BOOST_TEST_REQUIRE(p.found.size() == 2u);
  BOOST_TEST(line(p.found[1].content, 2) == "3,z");
  BOOST_TEST(p.found[1].first_line + 1 == 4u);
}

BOOST_AUTO_TEST_SUITE_END()
