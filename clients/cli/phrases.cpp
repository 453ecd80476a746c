#include "clients/cli/phrases.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>

namespace steward::cli {

std::string span(int64_t seconds) {
  seconds = std::max<int64_t>(0, seconds);
  auto two = [](int64_t a, const char* x, int64_t b, const char* y) {
    auto s = std::to_string(a) + " " + x;
    return b > 0 ? s + " " + std::to_string(b) + " " + y : s;
  };
  if (seconds < 60) return std::to_string(seconds) + " s";
  if (seconds < 3600) return std::to_string(seconds / 60) + " min";
  if (seconds < 86400) return two(seconds / 3600, "h", seconds / 60 % 60, "min");
  return two(seconds / 86400, "d", seconds / 3600 % 24, "h");
}

std::string ago(int64_t time_ms, int64_t now_ms) {
  return time_ms <= 0 ? "-" : span((now_ms - time_ms) / 1000) + " ago";
}

std::string clock_time(int64_t time_ms) {
  auto t = static_cast<std::time_t>(time_ms / 1000);
  std::tm parts{};
  localtime_r(&t, &parts);
  char s[32];
  std::strftime(s, sizeof s, "%Y-%m-%d %H:%M:%S", &parts);
  return s;
}

std::string count(uint64_t n, std::string_view one, std::string_view many) {
  return std::to_string(n) + " " + std::string(n == 1 ? one : many);
}

std::string percent(double share) { return std::to_string(std::lround(share * 100)) + " %"; }

} // namespace steward::cli
