#include "actors/log.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace steward::log {
namespace {

std::atomic<level> least{level::info};

/// Who is followed, until when.
struct followed {
  std::mutex mutex;
  std::map<std::string, int64_t> until_ms;
  std::atomic<bool> any{false};

  void drop_past(int64_t now_ms) {
    std::erase_if(until_ms, [&](auto& x) { return x.second <= now_ms; });
    any = !until_ms.empty();
  }
};
followed& follows() {
  static followed it;
  return it;
}
int64_t clock_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

std::shared_ptr<spdlog::logger>& sink() {
  static std::shared_ptr<spdlog::logger> it = [] {
    auto l = spdlog::stderr_logger_mt("steward");
    l->set_pattern("%Y-%m-%dT%H:%M:%S.%e %^%l%$ %v");
    return l;
  }();
  return it;
}

// Values are quoted where a space or quote would split them.
void append(std::string& out, std::string_view v) {
  auto plain = [](unsigned char c) { return c > 32 && c != 127 && c != '"' && c != '='; };
  if (!v.empty() && std::all_of(v.begin(), v.end(), plain)) {
    out += v;
    return;
  }
  out += '"';
  for (char c : v) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n')
      out += "\\n";
    else if (static_cast<unsigned char>(c) < 32 || c == 127) // a terminal would obey it
      out += '?';
    else
      out += c;
  }
  out += '"';
}

} // namespace

void start(level l, const std::string& file) {
  least = l;
  if (!file.empty()) {
    spdlog::drop("steward-file");
    sink() = spdlog::basic_logger_mt("steward-file", file);
    sink()->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
  }
  sink()->set_level(spdlog::level::trace);
  sink()->flush_on(spdlog::level::info);
}

bool enabled(level l) { return l >= least.load(std::memory_order_relaxed); }

bool follow(const std::string& entity, int64_t for_ms) {
  constexpr size_t most = 100;
  auto now_ms = clock_ms();
  auto& x = follows();
  std::lock_guard lock(x.mutex);
  x.drop_past(now_ms);
  if (x.until_ms.size() >= most && !x.until_ms.contains(entity)) return false;
  x.until_ms[entity] = now_ms + for_ms;
  x.drop_past(now_ms);
  return true;
}

bool tells(const std::string& entity) {
  if (enabled(level::debug)) return true;
  auto& x = follows();
  if (!x.any.load(std::memory_order_relaxed)) return false;
  std::lock_guard lock(x.mutex);
  x.drop_past(clock_ms());
  return x.until_ms.contains(entity);
}

namespace {

void put(level l, std::string_view what, fields f) {
  std::string line(what);
  for (auto& [k, v] : f) {
    line += ' ';
    line += k;
    line += '=';
    append(line, v.text);
  }
  static constexpr spdlog::level::level_enum levels[] = {spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                                                         spdlog::level::err};
  sink()->log(levels[static_cast<int>(l)], spdlog::string_view_t(line.data(), line.size()));
}

} // namespace

void write(level l, std::string_view what, fields f) {
  if (enabled(l)) put(l, what, f);
}

void turn(std::string_view what, fields f) { put(enabled(level::debug) ? level::debug : level::info, what, f); }

} // namespace steward::log
