// Structs to msgpack maps and back. A struct lists its fields once:
//
//   struct say_request {
//     std::string id, text;
//     template <class F> void fields(F& f) { f.required("id", id); f("text", text); }
//   };
//
// and its .cpp instantiates the codec (messages/codec_impl.hpp). Reading ignores unknown fields, leaves missing
// optional ones at their default, and refuses wrong types by field name. Writing leaves out optional fields that are
// empty, zero or false. A payload whose first byte is '{' is read as JSON: no msgpack map begins with that byte.
#pragma once
#include "messages/result.hpp"

#include <string>
#include <string_view>

namespace steward {

struct decode_limits {
  size_t bytes = 1 << 20; // of the whole payload
  size_t items = 20000;   // in one array or map
  size_t depth = 32;      // of nested arrays and maps
};

/// Raw bytes (msgpack bin): an encoded struct inside another. Text in JSON.
struct bytes {
  std::string data;
  bool empty() const noexcept { return data.empty(); }
  bool operator==(const bytes&) const = default;
};

/// Any value, kept as its msgpack encoding; empty means nil. What platform teams put into events.
struct value {
  std::string msgpack;
  bool empty() const noexcept { return msgpack.empty(); }
  bool operator==(const value&) const = default;
};

template <class T>
std::string encode(const T&);
template <class T>
result<T> decode(std::string_view payload, const decode_limits& = {});

/// Any msgpack document as one line of JSON, for people; `{"error": …}` when the bytes are not msgpack.
std::string json_of(std::string_view msgpack);
template <class T>
std::string to_json(const T& x) {
  return json_of(encode(x));
}
/// JSON to msgpack with limits.
result<std::string> msgpack_of(std::string_view json, const decode_limits& = {});

} // namespace steward
