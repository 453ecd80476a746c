#include "access/key_folder.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>
#include <thread>

using namespace steward;
namespace fs = std::filesystem;

namespace {
struct folder {
  fs::path path;
  folder() {
    std::string name = (fs::temp_directory_path() / "steward-keys-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~folder() { fs::remove_all(path); }
};

std::string text_of(const fs::path& p) {
  std::ifstream in(p);
  return {std::istreambuf_iterator<char>(in), {}};
}
} // namespace

BOOST_AUTO_TEST_CASE(keys_are_made_once_and_are_nobody_elses) {
  folder f;
  BOOST_TEST(!key_folder::open(f.path / "keys").ok());
  auto k = key_folder::make(f.path / "keys", 1000);
  BOOST_TEST_REQUIRE(k.ok());
  auto before = text_of(k->creds("admin"));
  BOOST_TEST(key_folder::make(f.path / "keys", 2000).ok());
  BOOST_TEST(text_of(k->creds("admin")) == before);
  for (auto& e : fs::recursive_directory_iterator(f.path / "keys"))
    if (e.is_regular_file())
      BOOST_TEST((e.status().permissions() == (fs::perms::owner_read | fs::perms::owner_write)), e.path());
  BOOST_TEST((fs::status(f.path / "keys").permissions() == fs::perms::owner_all));
  auto b = bearer_of(before);
  BOOST_TEST_REQUIRE(b.ok());
  BOOST_TEST((b->is == role::admin));
}

BOOST_AUTO_TEST_CASE(users_come_and_go) {
  folder f;
  auto k = key_folder::make(f.path / "keys", 1000);
  BOOST_TEST_REQUIRE(k.ok());
  auto anna = k->add("anna", role::agent, "demo", 90, 1000);
  BOOST_TEST_REQUIRE(anna.ok());
  BOOST_TEST(anna->expires_s == 1090);
  BOOST_TEST((k->add("anna", role::agent, "demo", 90, 1001).error().code == errc::conflict));
  for (auto bad : {"", "Anna", "a b", "a.b", "*", ">", "admin", "engine", "system", "../x"})
    BOOST_TEST((k->add(bad, role::admin, "", 0, 1000).error().code == errc::bad_request), bad);
  for (auto bad : {"", "*", ">", "a.b"})
    BOOST_TEST((k->add("x", role::platform, bad, 0, 1000).error().code == errc::bad_request), bad);

  BOOST_TEST(k->account_jwt()->size() > 0u);
  auto before = *k->account_jwt();
  BOOST_TEST((k->revoke("bob", 1010).error().code == errc::not_found));
  BOOST_TEST(k->revoke("anna", 1010).ok());
  BOOST_TEST((k->revoke("anna", 1011).error().code == errc::not_found));
  BOOST_TEST(*k->account_jwt() != before);
  BOOST_TEST(is_signed(*k->account_jwt()));
  BOOST_TEST(!fs::exists(k->creds("anna")));
  auto again = k->add("anna", role::agent, "demo", 0, 1012);
  BOOST_TEST_REQUIRE(again.ok());
  BOOST_TEST(again->public_key != anna->public_key);
  auto all = k->users();
  BOOST_TEST_REQUIRE(all.ok());
  BOOST_TEST(all->size() == 2u);
  BOOST_TEST(all->front().revoked_s == 1010);
}

BOOST_AUTO_TEST_CASE(programs_at_once_lose_no_user) {
  folder f;
  auto k = key_folder::make(f.path / "keys", 1000);
  BOOST_TEST_REQUIRE(k.ok());
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back(
        [&, i] { (void)key_folder::open(f.path / "keys")->add("u" + std::to_string(i), role::readonly, "", 0, 1000); });
  for (auto& t : threads) t.join();
  BOOST_TEST(k->users()->size() == 8u);
}

BOOST_AUTO_TEST_CASE(keys_of_a_server_here_are_found_by_its_address) {
  folder f;
  ::setenv("STEWARD_CACHE", f.path.c_str(), 1);
  auto k = key_folder::make(f.path / "keys", 1000);
  BOOST_TEST_REQUIRE(k.ok());
  BOOST_TEST(!known_creds("nats://127.0.0.1:4333", "admin.creds"));
  remember_keys("nats://127.0.0.1:4333", *k);
  auto text = text_of(k->creds("admin"));
  for (auto url : {"nats://127.0.0.1:4333", "127.0.0.1:4333", "nats://localhost:4333"}) {
    auto found = known_creds(url, "admin.creds");
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST(text_of(*found) == text);
  }
  BOOST_TEST(!known_creds("nats://127.0.0.1:4334", "admin.creds"));
  BOOST_TEST(!known_creds("nats://elsewhere:4333", "admin.creds"));
  BOOST_TEST(!known_creds("nats://127.0.0.1.evil.example:4333", "admin.creds"));
  fs::remove_all(f.path / "keys");
  BOOST_TEST(!known_creds("nats://127.0.0.1:4333", "admin.creds"));
}

BOOST_AUTO_TEST_CASE(what_a_server_answers_is_read) {
  BOOST_TEST(
      key_folder::claims_answer(R"({"server":{},"data":{"account":"A","code":200,"message":"jwt updated"}})").ok());
  for (auto bad : {"", "[]", "{}", R"({"data":1})", R"({"error":{"code":500,"description":"jwt validation failed"}})"})
    BOOST_TEST(!key_folder::claims_answer(bad).ok(), bad);
}
