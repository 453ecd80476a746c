// An engine that a test plays: a real nats-server on a free port, and answers by subject.
#pragma once
#include "actors/bus/nats_client.hpp"
#include "actors/bus/nats_server.hpp"
#include "messages/ops.hpp"
#include "tests/clients/cli/program.hpp"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <mutex>

namespace steward::test {

class fake_engine {
public:
  fake_engine();
  ~fake_engine();
  bool there() const { return server_ != nullptr; } // false: no nats-server on this machine

  using answer = std::function<std::string(const std::string& payload)>;
  /// Answers on a subject ("ops.all.*" works too). An empty answer stays unsaid. Several answers of one subject stand
  /// for several nodes; of a request to one, the first given answers. Actions are taken at `by.<user>.<subject>` alone,
  /// and called by their subject here.
  void on(const std::string& subject, answer);
  template <class T>
  void says(const std::string& subject, T x) {
    on(subject, [x](const std::string&) { return encode(x); });
  }
  void publish(const std::string& subject, const std::string& payload);
  /// The last request on this subject.
  template <class T>
  T seen(const std::string& subject) {
    std::lock_guard lock(mutex_);
    auto x = decode<T>(seen_[subject]);
    BOOST_TEST_REQUIRE(x.ok(), subject);
    return *x;
  }

  std::string url() const { return server_->url(); }
  std::vector<std::string> line(std::vector<std::string> arguments) const; // with the program and --nats
  ended run(std::vector<std::string> arguments, const std::string& input = {}) const;
  /// Of a program that knows of no other server's keys.
  std::map<std::string, std::string> environment() const { return {{"STEWARD_CACHE", folder_.string()}}; }
  const std::filesystem::path& folder() const { return folder_; }

private:
  std::filesystem::path folder_;
  std::unique_ptr<nats_server> server_;
  std::unique_ptr<nats_client> bus_;
  std::mutex mutex_;
  std::map<std::string, std::string> seen_;
  std::vector<std::unique_ptr<nats_client::subscription>> subscriptions_;
};

/// A test that plays an engine `e`; skipped with a clear line where no nats-server is to be had.
#define ENGINE_TEST(name)                                                                                              \
  static void name##_body(steward::test::fake_engine& e);                                                              \
  BOOST_AUTO_TEST_CASE(name) {                                                                                         \
    steward::test::fake_engine e;                                                                                      \
    if (!e.there()) return;                                                                                            \
    name##_body(e);                                                                                                    \
  }                                                                                                                    \
  static void name##_body([[maybe_unused]] steward::test::fake_engine& e)

inline bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

} // namespace steward::test
