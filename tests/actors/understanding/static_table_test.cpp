#include "actors/understanding/static_table.hpp"

#include "tests/actors/understanding/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;
namespace st = steward::test;

BOOST_AUTO_TEST_SUITE(static_table_suite)

BOOST_AUTO_TEST_CASE(what_is_written_is_read) {
  const st::temporary_folder folder;
  const embeddings rows{2, {1, 2, 3, 4, 5, 6}};
  BOOST_REQUIRE(write_static_table(folder.path / "static.bin", "static/test", rows));
  const auto table = static_table::open(folder.path / "static.bin");
  BOOST_REQUIRE(table);
  BOOST_TEST(table->rows() == 3U);
  BOOST_TEST(table->dimension() == 2U);
  BOOST_TEST(table->name() == "static/test");
  BOOST_TEST(table->row(1)[1] == 4.0F);
  BOOST_TEST(table->row(3).empty());
  BOOST_TEST(table->row(-1).empty());
  BOOST_TEST(!std::filesystem::exists(folder.path / "static.bin.part"));
}

BOOST_AUTO_TEST_CASE(bytes_stand) { // the format's first 64 bytes; do not change
  const st::temporary_folder folder;
  BOOST_REQUIRE(write_static_table(folder.path / "t", "n", embeddings{1, {1.0F}}));
  const auto bytes = st::read_file(folder.path / "t");
  BOOST_TEST(bytes.size() == 64U + 64U + 4U);
  BOOST_TEST(bytes.substr(0, 24) == std::string("STEWTAB1\1\0\0\0\1\0\0\0\1\0\0\0\0\0\0\0", 24));
  BOOST_TEST(bytes[64] == 'n');
  BOOST_TEST(bytes.substr(128) == std::string("\0\0\x80\x3F", 4));
}

BOOST_AUTO_TEST_CASE(damage_is_noticed) {
  const st::temporary_folder folder;
  const auto file = folder.path / "static.bin";
  BOOST_TEST(int(static_table::open(file).error().code) == int(errc::not_found));
  BOOST_REQUIRE(write_static_table(file, "x", embeddings{2, {1, 2, 3, 4}}));
  const auto good = st::read_file(file);
  auto huge = good;
  huge[8] = '\xFF';
  auto other = good;
  other[7] = '9';
  auto name = good;
  name[20] = '\1';
  for (const auto& bad :
       {std::string(), good.substr(0, 20), good.substr(0, good.size() - 1), good + "x", huge, other, name}) {
    st::write_file(file, bad);
    const auto opened = static_table::open(file);
    BOOST_REQUIRE(!opened);
    BOOST_TEST(int(opened.error().code) == int(errc::corrupt));
  }
}

BOOST_AUTO_TEST_CASE(a_table_that_cannot_be_written_says_so) {
  const auto made = write_static_table("/proc/none/static.bin", "x", embeddings{1, {1}});
  BOOST_REQUIRE(!made);
  BOOST_TEST(made.error().message.find("/proc/none") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(distilling_removes_the_mean_and_silences_markers) {
  embeddings rows{2, {1, 1, 3, 1, 5, 4}};
  const std::int32_t silent[] = {0, 77};
  distil(rows, silent);
  const std::vector<float> expected{0, 0, 0, -1, 2, 2};
  BOOST_TEST(rows.values == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
