// Structured logs: one line a fact, "subject verb object" and fields. Any thread.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace steward::log {

struct field_value {
  std::string text;
  field_value(std::string x)
      : text(std::move(x)) {}
  field_value(std::string_view x)
      : text(x) {}
  field_value(const char* x)
      : text(x) {}
  field_value(uint64_t x)
      : text(std::to_string(x)) {}
  field_value(int64_t x)
      : text(std::to_string(x)) {}
  field_value(uint32_t x)
      : text(std::to_string(x)) {}
  field_value(int x)
      : text(std::to_string(x)) {}
  field_value(double x)
      : text(std::to_string(x)) {}
};
using fields = std::initializer_list<std::pair<std::string_view, field_value>>;

enum class level { debug, info, warn, error };

/// `file` empty: standard error. A line is a time, a level, what happened, and fields as `key=value` (logfmt); what
/// belongs to a turn carries `trace`, the W3C trace id.
void start(level, const std::string& file);
void write(level, std::string_view what, fields = {});
bool enabled(level);

/// For so long every step of this conversation's turns has a line, whatever the level is; 0: no longer. At most 100 at
/// a time: false when there are that many.
bool follow(const std::string& entity, int64_t for_ms);
/// Does a step of this entity's turns have a line? While nobody is followed and the level is not debug: one read.
bool tells(const std::string& entity);
/// Such a line: at debug, or at info where it is followed. Precondition: tells().
void turn(std::string_view what, fields = {});

inline void debug(std::string_view what, fields f = {}) { write(level::debug, what, f); }
inline void info(std::string_view what, fields f = {}) { write(level::info, what, f); }
inline void warn(std::string_view what, fields f = {}) { write(level::warn, what, f); }
inline void error(std::string_view what, fields f = {}) { write(level::error, what, f); }

} // namespace steward::log
