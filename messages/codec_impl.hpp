// The codec's body, for the .cpp files of messages/ only: writer and reader over a struct's list of fields.
#pragma once
#include "messages/codec.hpp"
#include "messages/ids.hpp"

#include <map>
#include <msgpack.hpp>
#include <optional>
#include <type_traits>
#include <vector>

namespace steward::codec {

template <class T>
concept has_fields = requires(T& x, int& f) {
  &T::template fields<int>;
};
// An enum that travels by name declares `std::string_view to_string(E)` and `bool from_string(std::string_view, E&)`.
template <class T>
concept named_enum = std::is_enum_v<T> && requires(T x) {
  to_string(x);
};

using packer = msgpack::packer<msgpack::sbuffer>;

template <class T>
void write(packer&, const T&);

template <class T>
bool is_default(const T& x) {
  if constexpr (requires { x.empty(); })
    return x.empty();
  else if constexpr (requires { x.has_value(); })
    return !x.has_value();
  else if constexpr (std::is_arithmetic_v<T>)
    return x == T{};
  else if constexpr (std::is_enum_v<T>)
    return x == T{};
  else if constexpr (std::is_same_v<T, partition_id>)
    return x.value == 0;
  else
    return false;
}

struct field_counter {
  uint32_t n = 0;
  template <class T>
  void operator()(const char*, T& x) {
    n += !is_default(x);
  }
  template <class T>
  void required(const char*, T&) {
    ++n;
  }
};

struct field_writer {
  packer& p;
  template <class T>
  void operator()(const char* name, T& x) {
    if (!is_default(x)) required(name, x);
  }
  template <class T>
  void required(const char* name, T& x) {
    auto n = static_cast<uint32_t>(std::char_traits<char>::length(name));
    p.pack_str(n);
    p.pack_str_body(name, n);
    write(p, x);
  }
};

template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};
template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
template <class T>
struct is_map : std::false_type {};
template <class K, class V>
struct is_map<std::map<K, V>> : std::true_type {};
template <class T>
struct is_string_id : std::false_type {};
template <class T>
struct is_string_id<string_id<T>> : std::true_type {};

template <class T>
void write(packer& p, const T& x) {
  if constexpr (std::is_same_v<T, std::string>)
    p.pack(x);
  else if constexpr (is_string_id<T>::value)
    p.pack(x.value);
  else if constexpr (std::is_same_v<T, partition_id>)
    p.pack(x.value);
  else if constexpr (std::is_same_v<T, bytes>) {
    p.pack_bin(static_cast<uint32_t>(x.data.size()));
    p.pack_bin_body(x.data.data(), static_cast<uint32_t>(x.data.size()));
  } else if constexpr (std::is_same_v<T, value>) {
    // Already msgpack: put through as it stands.
    if (x.empty())
      p.pack_nil();
    else
      p.pack_bin_body(x.msgpack.data(), static_cast<uint32_t>(x.msgpack.size()));
  } else if constexpr (named_enum<T>) {
    auto s = to_string(x);
    p.pack_str(static_cast<uint32_t>(s.size()));
    p.pack_str_body(s.data(), static_cast<uint32_t>(s.size()));
  } else if constexpr (is_vector<T>::value) {
    p.pack_array(static_cast<uint32_t>(x.size()));
    for (auto& y : x) write(p, y);
  } else if constexpr (is_map<T>::value) {
    p.pack_map(static_cast<uint32_t>(x.size()));
    for (auto& [k, v] : x) {
      write(p, k);
      write(p, v);
    }
  } else if constexpr (is_optional<T>::value) {
    if (x)
      write(p, *x);
    else
      p.pack_nil();
  } else if constexpr (has_fields<T>) {
    auto& y = const_cast<T&>(x); // fields() is one list for both directions
    field_counter c;
    y.fields(c);
    p.pack_map(c.n);
    field_writer w{p};
    y.fields(w);
  } else {
    p.pack(x);
  }
}

/// Empty string: read. Otherwise what is wrong, to follow "field 'x': ".
template <class T>
std::string read(const msgpack::object&, T&);

inline const char* type_name(msgpack::type::object_type t) {
  using namespace msgpack::type;
  switch (t) {
  case NIL: return "nil";
  case BOOLEAN: return "a boolean";
  case POSITIVE_INTEGER:
  case NEGATIVE_INTEGER: return "an integer";
  case FLOAT32:
  case FLOAT64: return "a float";
  case STR: return "a string";
  case BIN: return "binary";
  case ARRAY: return "an array";
  case MAP: return "a map";
  default: return "an extension";
  }
}

inline std::string expected(const char* what, const msgpack::object& o) {
  return std::string("expected ") + what + ", got " + type_name(o.type);
}

struct field_reader {
  const msgpack::object& map;
  std::string problem{};

  const msgpack::object* find(const char* name) const {
    auto n = std::char_traits<char>::length(name);
    for (uint32_t i = 0; i < map.via.map.size; ++i) {
      auto& k = map.via.map.ptr[i].key;
      if (k.type == msgpack::type::STR && k.via.str.size == n &&
          std::char_traits<char>::compare(k.via.str.ptr, name, n) == 0)
        return &map.via.map.ptr[i].val;
    }
    return nullptr;
  }
  template <class T>
  void operator()(const char* name, T& x) {
    if (!problem.empty()) return;
    auto o = find(name);
    if (!o || o->type == msgpack::type::NIL) return;
    if (auto why = read(*o, x); !why.empty()) problem = "field '" + std::string(name) + "': " + why;
  }
  template <class T>
  void required(const char* name, T& x) {
    if (problem.empty() && !find(name)) problem = "field '" + std::string(name) + "' is missing";
    (*this)(name, x);
  }
};

template <class T>
std::string read_integer(const msgpack::object& o, T& x) {
  if (o.type == msgpack::type::POSITIVE_INTEGER) {
    if (o.via.u64 > static_cast<uint64_t>(std::numeric_limits<T>::max())) return "number out of range";
    x = static_cast<T>(o.via.u64);
    return {};
  }
  if (o.type == msgpack::type::NEGATIVE_INTEGER) {
    if constexpr (std::is_unsigned_v<T>)
      return "must not be negative";
    else {
      if (o.via.i64 < static_cast<int64_t>(std::numeric_limits<T>::min())) return "number out of range";
      x = static_cast<T>(o.via.i64);
      return {};
    }
  }
  return expected("an integer", o);
}

template <class T>
std::string read(const msgpack::object& o, T& x) {
  using namespace msgpack;
  if constexpr (std::is_same_v<T, bool>) {
    if (o.type != type::BOOLEAN) return expected("a boolean", o);
    x = o.via.boolean;
  } else if constexpr (std::is_integral_v<T>) {
    return read_integer(o, x);
  } else if constexpr (std::is_floating_point_v<T>) {
    if (o.type == type::FLOAT32 || o.type == type::FLOAT64)
      x = static_cast<T>(o.via.f64);
    else if (o.type == type::POSITIVE_INTEGER)
      x = static_cast<T>(o.via.u64);
    else if (o.type == type::NEGATIVE_INTEGER)
      x = static_cast<T>(o.via.i64);
    else
      return expected("a number", o);
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (o.type != type::STR) return expected("a string", o);
    x.assign(o.via.str.ptr, o.via.str.size);
  } else if constexpr (is_string_id<T>::value) {
    return read(o, x.value);
  } else if constexpr (std::is_same_v<T, partition_id>) {
    if (auto why = read_integer(o, x.value); !why.empty()) return why;
    if (x.value >= partition_count) return "no such partition";
  } else if constexpr (std::is_same_v<T, bytes>) {
    if (o.type == type::BIN)
      x.data.assign(o.via.bin.ptr, o.via.bin.size);
    else if (o.type == type::STR)
      x.data.assign(o.via.str.ptr, o.via.str.size);
    else
      return expected("binary", o);
  } else if constexpr (std::is_same_v<T, value>) {
    sbuffer b;
    msgpack::pack(b, o);
    x.msgpack.assign(b.data(), b.size());
  } else if constexpr (named_enum<T>) {
    std::string s;
    if (auto why = read(o, s); !why.empty()) return why;
    if (!from_string(s, x)) return "unknown value '" + s.substr(0, 40) + "'";
  } else if constexpr (is_vector<T>::value) {
    if (o.type != type::ARRAY) return expected("an array", o);
    x.resize(o.via.array.size);
    for (uint32_t i = 0; i < o.via.array.size; ++i)
      if (auto why = read(o.via.array.ptr[i], x[i]); !why.empty()) return "item " + std::to_string(i) + ": " + why;
  } else if constexpr (is_map<T>::value) {
    if (o.type != type::MAP) return expected("a map", o);
    for (uint32_t i = 0; i < o.via.map.size; ++i) {
      typename T::key_type k{};
      typename T::mapped_type v{};
      if (auto why = read(o.via.map.ptr[i].key, k); !why.empty()) return "key: " + why;
      if (auto why = read(o.via.map.ptr[i].val, v); !why.empty()) return "value: " + why;
      x.insert_or_assign(std::move(k), std::move(v));
    }
  } else if constexpr (is_optional<T>::value) {
    return read(o, x.emplace());
  } else {
    static_assert(has_fields<T>, "no fields() for this type");
    if (o.type != type::MAP) return expected("a map", o);
    field_reader r{o};
    x.fields(r);
    return r.problem;
  }
  return {};
}

/// Parses with limits; the failure says which one was passed.
result<msgpack::object_handle> parse(std::string_view payload, const decode_limits&);

} // namespace steward::codec

namespace steward {

template <class T>
std::string encode(const T& x) {
  msgpack::sbuffer b(256);
  codec::packer p(b);
  codec::write(p, x);
  return {b.data(), b.size()};
}

template <class T>
result<T> decode(std::string_view payload, const decode_limits& limits) {
  std::string converted;
  if (!payload.empty() && payload.front() == '{') {
    auto m = msgpack_of(payload, limits);
    if (!m) return m.error();
    converted = std::move(*m);
    payload = converted;
  }
  auto h = codec::parse(payload, limits);
  if (!h) return h.error();
  T out{};
  if (auto why = codec::read(h->get(), out); !why.empty()) return {errc::bad_request, why};
  return out;
}

} // namespace steward

#define STEWARD_CODEC(T)                                                                                               \
  template std::string steward::encode<T>(const T&);                                                                   \
  template steward::result<T> steward::decode<T>(std::string_view, const steward::decode_limits&);
