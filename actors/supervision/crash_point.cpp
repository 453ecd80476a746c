#include "actors/supervision/crash_point.hpp"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string>
#include <unistd.h>

namespace steward {

void crash_point(std::string_view step) {
  struct setting {
    std::string step;
    std::atomic<long> left{1};
    setting() {
      const char* e = std::getenv("CRASH_AT");
      if (!e) return;
      step = e;
      if (auto colon = step.find(':'); colon != std::string::npos) {
        left = std::atol(step.c_str() + colon + 1);
        step.resize(colon);
      }
    }
  };
  static setting s;
  if (s.step.empty() || s.step != step) return;
  if (s.left.fetch_sub(1) == 1) kill(getpid(), SIGKILL);
}

bool is_poison(std::string_view how, std::string_view text) {
  static const std::string thrown = [] {
    auto e = std::getenv("STEWARD_POISON_throw");
    return std::string(e ? e : "");
  }();
  static const std::string aborted = [] {
    auto e = std::getenv("STEWARD_POISON_abort");
    return std::string(e ? e : "");
  }();
  auto& poison = how == "throw" ? thrown : aborted;
  return !poison.empty() && text.find(poison) != std::string_view::npos;
}

} // namespace steward
