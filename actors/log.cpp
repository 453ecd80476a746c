#include "actors/log.hpp"

#include <algorithm>
#include <atomic>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace steward::log {
namespace {

std::atomic<level> least{level::info};

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

void write(level l, std::string_view what, fields f) {
  if (!enabled(l)) return;
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

} // namespace steward::log
