#define BOOST_TEST_MODULE storage
#include "storage/keys.hpp"
#include "storage/store.hpp"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace steward;
namespace fs = std::filesystem;

struct temp_folder {
  fs::path path =
      fs::temp_directory_path() / ("steward-store-" + std::to_string(getpid()) + "-" + std::to_string(counter++));
  temp_folder() { fs::create_directories(path); }
  ~temp_folder() { fs::remove_all(path); }
  static inline int counter = 0;
};

static void contract(store& s) {
  write_batch b;
  for (uint64_t n = 1; n <= 20; ++n) b.put(table::turns, keys::turn(entity_id{"ca"}, n), std::to_string(n));
  b.put(table::turns, keys::turn(entity_id{"cab"}, 1), "other");
  b.put(table::meta, "m", "1");
  BOOST_TEST(s.write(b).ok());
  BOOST_TEST(**s.get(table::meta, "m") == "1");
  BOOST_TEST(!(*s.get(table::entity, "m")).has_value());

  auto collect = [&](std::string from, scan_order o, size_t limit) {
    std::string out;
    BOOST_TEST(s.scan(table::turns, keys::turns_of(entity_id{"ca"}), from, o, [&](auto, auto v) {
                  out += std::string(v) + ",";
                  return --limit > 0;
                }).ok());
    return out;
  };
  BOOST_TEST(collect("", scan_order::ascending, 3) == "1,2,3,");
  BOOST_TEST(collect("", scan_order::descending, 3) == "20,19,18,");
  BOOST_TEST(collect(keys::turn(entity_id{"ca"}, 19), scan_order::ascending, 9) == "19,20,");
  BOOST_TEST(collect(keys::turn(entity_id{"ca"}, 2), scan_order::descending, 9) == "2,1,");

  write_batch del;
  del.erase(table::meta, "m");
  BOOST_TEST(s.write(del).ok());
  BOOST_TEST(!(*s.get(table::meta, "m")).has_value());
  BOOST_TEST(s.erase_prefix(table::turns, keys::turns_of(entity_id{"ca"})).ok());
  BOOST_TEST(collect("", scan_order::ascending, 9) == "");
  BOOST_TEST(**s.get(table::turns, keys::turn(entity_id{"cab"}, 1)) == "other");
}

static size_t files_with(const fs::path& folder, const std::string& text) {
  size_t n = 0;
  for (auto& f : fs::recursive_directory_iterator(folder)) {
    if (!f.is_regular_file()) continue;
    std::ifstream in(f.path(), std::ios::binary);
    n += std::string(std::istreambuf_iterator<char>(in), {}).find(text) != std::string::npos;
  }
  return n;
}

BOOST_AUTO_TEST_CASE(scoured_rows_leave_the_disk) {
  temp_folder f;
  auto opened = open_rocks_store((f.path / "state").string());
  BOOST_REQUIRE(opened.ok());
  auto& s = *opened->it;
  entity_id gone{"cgone"}, stays{"cstays"};
  for (uint64_t n = 1; n <= 50; ++n) {
    write_batch b;
    b.put(table::turns, keys::turn(gone, n), "planted-words " + std::to_string(n));
    b.put(table::turns, keys::turn(stays, n), "other-words " + std::to_string(n));
    BOOST_TEST(s.write(std::move(b)).ok());
    if (n == 25) BOOST_TEST(s.scour(table::turns, "x", "y").ok()); // half of them are in a table file already
  }
  BOOST_TEST(files_with(f.path, "planted-words") > 0u);
  BOOST_TEST(s.erase_prefix(table::turns, keys::turns_of(gone)).ok());
  BOOST_TEST(s.scour(table::turns, keys::turn(gone, 0), keys::turn(gone, UINT64_MAX)).ok());
  BOOST_TEST(files_with(f.path, "planted-words") == 0u);
  BOOST_TEST(**s.get(table::turns, keys::turn(stays, 50)) == "other-words 50");
  BOOST_TEST(files_with(f.path, "other-words") > 0u);
}

BOOST_AUTO_TEST_CASE(memory_store_keeps_the_contract) { contract(*make_memory_store()); }

BOOST_AUTO_TEST_CASE(rocks_store_keeps_the_contract) {
  temp_folder f;
  auto s = open_rocks_store((f.path / "state").string());
  BOOST_REQUIRE(s.ok());
  contract(*s->it);
}

BOOST_AUTO_TEST_CASE(a_folder_that_another_engine_holds_is_refused) {
  temp_folder f;
  auto s = open_rocks_store((f.path / "state").string());
  BOOST_REQUIRE(s.ok());
  auto second = open_rocks_store((f.path / "state").string());
  BOOST_REQUIRE(!second.ok());
  BOOST_TEST((second.error().code == errc::conflict));
  BOOST_TEST(second.error().message.find("--data") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_damaged_store_is_set_aside) {
  temp_folder f;
  auto path = f.path / "state";
  {
    auto s = open_rocks_store(path.string());
    write_batch b;
    b.put(table::meta, "m", "1");
    BOOST_TEST(s->it->write(b).ok());
  }
  for (auto& e : fs::directory_iterator(path))
    if (e.path().filename().string().starts_with("MANIFEST"))
      std::ofstream(e.path(), std::ios::trunc) << "not a manifest at all";
  auto s = open_rocks_store(path.string());
  BOOST_REQUIRE_MESSAGE(s.ok(), (s ? "" : s.error().message));
  BOOST_TEST(s->notice.find("set aside") != std::string::npos);
  BOOST_TEST(!(*s->it->get(table::meta, "m")).has_value());
}

namespace {
write_batch one(const std::string& key) {
  write_batch b;
  b.put(table::meta, key, "1");
  return b;
}
} // namespace

BOOST_AUTO_TEST_CASE(a_write_waits_for_space_as_long_as_it_may) {
  temp_folder f;
  store_patience p;
  int waits = 0, goes_on = 0;
  p.most = std::chrono::seconds(60);
  p.waits = [&](const failure& why) {
    ++waits;
    BOOST_TEST(why.message.find("is full") != std::string::npos, why.message);
  };
  p.goes_on = [&] { ++goes_on; };
  auto asked = std::make_shared<int>(0);
  p.hurry = [asked] { return ++*asked > 3; };
  p.free_bytes = uint64_t{1} << 60; // no disk has that
  auto s = open_rocks_store((f.path / "state").string(), p);
  BOOST_REQUIRE(s.ok());
  auto ok = s->it->write(one("m"));
  BOOST_TEST(!ok.ok());
  BOOST_TEST(waits == 1);
  BOOST_TEST(goes_on == 0);
  BOOST_TEST(*asked == 4);
}

BOOST_AUTO_TEST_CASE(what_has_given_up_once_takes_no_write_any_more) {
  temp_folder f;
  store_patience p;
  int given_up = 0;
  p.gives_up = [&](const failure&) { ++given_up; };
  p.free_bytes = uint64_t{1} << 60;
  auto s = open_rocks_store((f.path / "state").string(), p);
  BOOST_REQUIRE(s.ok());
  for (auto key : {"a", "b", "c"}) BOOST_TEST(!s->it->write(one(key)).ok());
  BOOST_TEST(!s->it->erase_prefix(table::meta, "a").ok());
  BOOST_TEST(given_up == 1);
  BOOST_TEST(!(*s->it->get(table::meta, "a")).has_value()); // reads go on
}
