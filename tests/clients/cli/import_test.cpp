#include "clients/cli/file_parts.hpp"
#include "tests/clients/cli/fake_engine.hpp"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <unistd.h>

using namespace steward;
using namespace steward::test;

namespace {

struct folder {
  std::filesystem::path path;
  folder() {
    std::string name = (std::filesystem::temp_directory_path() / "steward-kb-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~folder() { std::filesystem::remove_all(path); }
  void file(const std::string& name, const std::string& content) const {
    std::filesystem::create_directories((path / name).parent_path());
    std::ofstream(path / name, std::ios::binary) << content;
  }
};

// Plays the engine: remembers each article by its path; a file with BROKEN in it is broken in its second line.
struct shelf {
  std::mutex mutex;
  std::map<std::string, std::string> files;
  std::vector<kb_import_request> requests;
  void on(fake_engine& e) {
    e.on("ops.one.kb_import", [this](const std::string& payload) {
      auto q = decode<kb_import_request>(payload);
      std::lock_guard lock(mutex);
      kb_import_result r;
      auto& known = files[q->path];
      if (has(q->content.data, "BROKEN"))
        r.broken = {q->path + ":" + std::to_string(q->first_line + 1) + ": no title"};
      else
        (known.empty() ? r.added : known == q->content.data ? r.same : r.changed).push_back(q->path);
      if (!q->dry_run) known = q->content.data;
      requests.push_back(std::move(*q));
      return encode(r);
    });
  }
};

} // namespace

BOOST_AUTO_TEST_SUITE(import_suite)

ENGINE_TEST(a_folder_is_walked_and_the_second_time_changes_nothing) {
  shelf s;
  s.on(e);
  folder f;
  f.file("en/a.md", "# A"), f.file("en/b.HTM", "<p>"), f.file("zh/c.jsonl", "{}\n"), f.file("d.csv", "q,a\n");
  f.file("photo.png", "x"), f.file(".git/x.md", "x");
  auto r = e.run({"kb", "import", f.path.string(), "-l", "en"});
  BOOST_TEST(r.code == 0);
  BOOST_TEST(r.output == "4 files: 4 new, 0 changed, 0 same, 0 broken.\n1 other file was left out.\n");
  BOOST_TEST(r.errors == ""); // no progress bar in a pipe
  BOOST_TEST_REQUIRE(s.requests.size() == 4u);
  BOOST_TEST(s.requests[0].path == "d.csv");
  BOOST_TEST(s.requests[2].path == "en/b.HTM");
  BOOST_TEST(s.requests[2].format == "html");
  BOOST_TEST(s.requests[0].language == "en");
  r = e.run({"kb", "import", f.path.string() + "/", "--json"});
  BOOST_TEST(has(r.output,
                 R"({"files":4,"new":[],"changed":[],"same":["d.csv","en/a.md","en/b.HTM","zh/c.jsonl"],"broken":[])"),
             r.output);
}

ENGINE_TEST(broken_files_are_named_as_the_editor_opens_them) {
  shelf s;
  s.on(e);
  folder f;
  f.file("en/a.md", "BROKEN"), f.file("b.md", "fine");
  auto r = e.run({"kb", "import", f.path.string(), "/nonexistent.md"});
  BOOST_TEST(r.code == 1);
  BOOST_TEST(has(r.output, f.path.string() + "/en/a.md:2: no title\n"), r.output);
  BOOST_TEST(has(r.output, "/nonexistent.md: no such file or folder"));
  BOOST_TEST(has(r.output, "1 new, 0 changed, 0 same, 2 broken"));
}

ENGINE_TEST(large_files_go_in_parts_with_true_line_numbers) {
  shelf s;
  s.on(e);
  folder f;
  std::string big;
  while (big.size() < 3 * cli::part_bytes)
    big += "{\"question\":\"" + std::string(1000, 'q') + "\",\"answer\":\"a\"}\n";
  big += "BROKEN\n";
  f.file("big.jsonl", big);
  f.file("huge.md", std::string(cli::whole_bytes + 1, 'x'));
  auto r = e.run({"kb", "import", f.path.string(), "--dry-run"});
  BOOST_TEST(r.code == 1);
  BOOST_TEST_REQUIRE(s.requests.size() == 4u);
  uint32_t line = 1;
  for (auto& q : s.requests) {
    BOOST_TEST(q.first_line == line);
    BOOST_TEST(q.dry_run);
    line += static_cast<uint32_t>(std::count(q.content.data.begin(), q.content.data.end(), '\n'));
  }
  BOOST_TEST(has(r.output, "huge.md:1: has 900 KiB"), r.output);
  BOOST_TEST(has(r.output, "--dry-run"));
}

ENGINE_TEST(an_engine_that_goes_away_stops_the_import) {
  folder f;
  f.file("a.md", "a"), f.file("b.md", "b");
  std::atomic<int> times{0};
  e.on("ops.one.kb_import", [&](const std::string&) {
    kb_import_result r;
    if (++times > 1) r.error = {"unavailable", "the log cannot be reached"};
    return encode(r);
  });
  auto r = e.run({"kb", "import", f.path.string()});
  BOOST_TEST(r.code == 3);
  BOOST_TEST(has(r.errors, "Stopped after 1 of 2 files"), r.errors);
  BOOST_TEST(has(e.run({"kb", "import", f.path.string(), "--json"}).output, R"("error":{"code":"unavailable")"));
}

ENGINE_TEST(nothing_to_import_is_a_usage_error) {
  folder f;
  f.file("photo.png", "x");
  BOOST_TEST(e.run({"kb", "import", f.path.string()}).code == 2);
  auto r = e.run({"kb", "import", "/nonexistent", "--json"});
  BOOST_TEST(r.code == 2);
  BOOST_TEST(has(r.output, R"({"error":{"code":"bad_request","message":"/nonexistent: no such file or folder"}})"),
             r.output);
}

ENGINE_TEST(two_files_with_one_articles_id_are_named) {
  e.on("ops.one.kb_import", [](const std::string&) {
    kb_import_result r;
    r.changed = {"returns"};
    return encode(r);
  });
  folder f;
  f.file("a.md", "a"), f.file("b.md", "b");
  auto r = e.run({"kb", "import", f.path.string()});
  BOOST_TEST(r.code == 1);
  BOOST_TEST(has(r.output, f.path.string() + "/b.md:1: 'returns' is in " + f.path.string() + "/a.md too"), r.output);
}

ENGINE_TEST(articles_are_removed_by_their_ids) {
  e.on("ops.one.kb_import", [](const std::string& payload) {
    auto q = decode<kb_import_request>(payload);
    kb_import_result r;
    r.changed = {"old"};
    if (has(q->content.data, "nothing")) r.same = {"nothing"};
    return encode(r);
  });
  auto r = e.run({"kb", "remove", "old"});
  BOOST_TEST(r.code == 0);
  BOOST_TEST(r.output == "1 article is removed.\n");
  BOOST_TEST(e.seen<kb_import_request>("ops.one.kb_import").content.data == "{\"id\":\"old\",\"removed\":true}\n");
  r = e.run({"kb", "remove", "old", "nothing", "--json"});
  BOOST_TEST(r.code == 1);
  BOOST_TEST(r.output == "{\"removed\":[\"old\"],\"absent\":[\"nothing\"],\"dry_run\":false}\n");
}

ENGINE_TEST(search_shows_the_parts_of_the_score) {
  kb_search_result k{.language = "zh",
                     .step = "lexical",
                     .outcome = verdict::answer,
                     .confidence = 0.93,
                     .why = "The best passage leads by far."};
  k.hits = {{.found = {.article = "zh-shipping", .title = "运费", .score = 0.91},
             .lexical = 0.8,
             .fixed = 0.7,
             .words = {"运费", "多少"}}};
  e.says("ops.one.kb_search", k);
  auto r = e.run({"kb", "search", "运费多少", "--limit", "3"});
  BOOST_TEST(r.code == 0);
  BOOST_TEST(has(r.output, "Steward answers, 93 % sure, language zh, settled by lexical."), r.output);
  BOOST_TEST(has(r.output, "1  0.910    0.800   0.700        -  zh-shipping  运费     运费 多少"), r.output);
  auto q = e.seen<ops_request>("ops.one.kb_search");
  BOOST_TEST(q.text == "运费多少");
  BOOST_TEST(q.limit == 3u);
}

ENGINE_TEST(articles_are_listed_page_by_page) {
  e.on("ops.one.kb_list", [](const std::string& payload) {
    auto q = decode<ops_request>(payload);
    kb_page p;
    if (q->name.empty()) {
      p.articles = {{.id = "a", .title = "First", .text = "one", .language = "en"}};
      p.next = "a";
    } else {
      p.articles = {{.id = "b", .title = "Second", .text = "two", .language = "zh"}};
    }
    return encode(p);
  });
  auto r = e.run({"kb", "list"});
  BOOST_TEST(r.code == 0);
  BOOST_TEST(has(r.output, "2 articles"), r.output);
  auto json = e.run({"kb", "list", "--json"}).output;
  BOOST_TEST(std::count(json.begin(), json.end(), '\n') == 2);
  BOOST_TEST(has(json, R"("id":"b","title":"Second","text":"two")"), json);
}

ENGINE_TEST(without_articles_there_is_nothing_to_list_or_measure) {
  e.says("ops.one.kb_list", kb_page{});
  BOOST_TEST(has(e.run({"kb", "list"}).output, "kb import"));
  BOOST_TEST(e.run({"kb", "eval", "q.jsonl"}).code == 2);
}

BOOST_AUTO_TEST_SUITE_END()
