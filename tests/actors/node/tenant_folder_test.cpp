#define BOOST_TEST_MODULE tenant_folder
#include "actors/node/tenant_folder.hpp"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace steward;
namespace fs = std::filesystem;

namespace {

struct folder {
  std::string path;
  folder() {
    char name[] = "/tmp/steward-folder-XXXXXX";
    path = mkdtemp(name);
    write("tenant.yaml", "name: Shop\nlanguages: [en]\n");
  }
  ~folder() { fs::remove_all(path); }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories(fs::path(path + "/" + name).parent_path());
    std::ofstream(path + "/" + name) << text;
  }
  std::string problems() const {
    auto r = read_tenant_folder(path, tenant_id{"shop"});
    return r ? "" : r.error().message;
  }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_good_folder_gives_its_files, folder) {
  write("README.md", "for people");
  auto r = read_tenant_folder(path, tenant_id{"shop"});
  BOOST_REQUIRE(r);
  BOOST_TEST(r->size() == 2u);
  BOOST_TEST(r->at("tenant.yaml").data == "name: Shop\nlanguages: [en]\n");
}

BOOST_FIXTURE_TEST_CASE(hidden_files_and_folders_are_left_alone, folder) {
  write(".git/config", "not ours");
  write(".swp", "\xff");
  auto r = read_tenant_folder(path, tenant_id{"shop"});
  BOOST_REQUIRE(r);
  BOOST_TEST(r->size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(problems_carry_the_path_that_was_given_and_the_line, folder) {
  write("tenant.yaml", "name: Shop\nlanguages: [en]\nretention_days: long\n");
  write("extra/notes.txt", "x");
  auto all = problems();
  BOOST_TEST(all.find(path + "/tenant.yaml:3: ") != std::string::npos, all);
  BOOST_TEST(all.find(path + "/extra/notes.txt: not a file that Steward reads") != std::string::npos, all);
  BOOST_TEST(std::count(all.begin(), all.end(), '\n') == 1, all);
}

BOOST_FIXTURE_TEST_CASE(what_is_no_file_is_named_and_never_opened, folder) {
  BOOST_REQUIRE(mkfifo((path + "/pipe").c_str(), 0600) == 0); // opening it would wait for a writer
  fs::create_symlink("nowhere", path + "/link");
  auto all = problems();
  BOOST_TEST(all.find(path + "/pipe: neither a file nor a folder") != std::string::npos, all);
  BOOST_TEST(all.find(path + "/link: neither a file nor a folder") != std::string::npos, all);
}

BOOST_FIXTURE_TEST_CASE(a_file_that_may_not_be_read_is_not_called_missing, folder) {
  if (geteuid() == 0) {
    BOOST_TEST_MESSAGE("SKIP: root reads everything");
    return;
  }
  chmod((path + "/tenant.yaml").c_str(), 0);
  BOOST_TEST(problems() == path + "/tenant.yaml: cannot be read");
}

BOOST_FIXTURE_TEST_CASE(an_empty_folder_misses_its_tenant_yaml, folder) {
  fs::remove(path + "/tenant.yaml");
  BOOST_TEST(problems().starts_with(path + "/tenant.yaml: the file is missing"));
}

BOOST_FIXTURE_TEST_CASE(a_folder_that_is_none_says_so, folder) {
  auto none = read_tenant_folder(path + "/none", tenant_id{"shop"});
  BOOST_REQUIRE(!none);
  BOOST_TEST(none.error().message == path + "/none: there is no such folder");
  auto file = read_tenant_folder(path + "/tenant.yaml", tenant_id{"shop"});
  BOOST_REQUIRE(!file);
  BOOST_TEST(file.error().message == path + "/tenant.yaml: not a folder");
}

BOOST_FIXTURE_TEST_CASE(a_home_folder_given_by_mistake_is_not_read_in_whole, folder) {
  fs::create_directories(path + "/big");
  std::ofstream(path + "/big/film").close();
  fs::resize_file(path + "/big/film", uintmax_t{64} << 30); // sparse
  BOOST_TEST(problems().find("far too large") != std::string::npos);
}
