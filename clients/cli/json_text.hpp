// JSON for programs, written from a struct's own list of fields (messages/codec.hpp). Unlike the wire, nothing is left
// out: a program finds every field each time. Pure.
#pragma once
#include "messages/codec.hpp"
#include "messages/ids.hpp"

#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace steward::cli {

std::string json_string(std::string_view); // quoted; bytes that are no UTF-8 become U+FFFD
std::string json_number(double);           // null when it is none
/// Encoded structs inside others as JSON where they are msgpack maps, as text otherwise.
std::string json_bytes(const bytes&);

/// An object, put together field by field, in this order.
class json_object {
public:
  template <class T>
  json_object& operator()(std::string_view name, const T& x);
  json_object& raw(std::string_view name, std::string_view json);
  template <class T>
  void required(const char* name, const T& x) {
    (*this)(name, x);
  }
  std::string text() const { return "{" + fields_ + "}"; }

private:
  std::string fields_;
};

template <class T>
std::string full_json(const T& x) {
  if constexpr (std::is_same_v<T, bool>)
    return x ? "true" : "false";
  else if constexpr (std::is_integral_v<T>)
    return std::to_string(x);
  else if constexpr (std::is_floating_point_v<T>)
    return json_number(x);
  else if constexpr (std::is_convertible_v<const T&, std::string_view>)
    return json_string(x);
  else if constexpr (std::is_same_v<T, bytes>)
    return json_bytes(x);
  else if constexpr (std::is_same_v<T, partition_id>)
    return std::to_string(x.value);
  else if constexpr (std::is_enum_v<T>)
    return json_string(to_string(x));
  else if constexpr (
      requires { x.value.size(); } && !requires(T & all, json_object & o) { all.fields(o); })
    return json_string(x.value); // an id; what has a value among other fields is written whole
  else if constexpr (requires { typename T::mapped_type; }) {
    json_object o;
    for (auto& [k, v] : x) o(k, v);
    return o.text();
  } else if constexpr (requires { x.begin(); }) {
    std::string s = "[";
    for (auto& y : x) s += (s.size() > 1 ? "," : "") + full_json(y);
    return s + "]";
  } else {
    json_object o;
    const_cast<T&>(x).fields(o); // fields() is one list for both directions
    return o.text();
  }
}

template <class T>
json_object& json_object::operator()(std::string_view name, const T& x) {
  return raw(name, full_json(x));
}

} // namespace steward::cli
