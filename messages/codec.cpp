#include "messages/codec_impl.hpp"

#include <nlohmann/json.hpp>

namespace steward {
namespace codec {

result<msgpack::object_handle> parse(std::string_view payload, const decode_limits& limits) {
  if (payload.empty()) return {errc::bad_request, "empty payload: expected a msgpack map or a JSON object"};
  if (payload.size() > limits.bytes)
    return {errc::too_large,
            "payload of " + std::to_string(payload.size()) + " bytes, at most " + std::to_string(limits.bytes)};
  try {
    size_t offset = 0;
    auto never = [](msgpack::type::object_type, size_t, void*) { return false; };
    auto h =
        msgpack::unpack(payload.data(), payload.size(), offset, never, nullptr,
                        msgpack::unpack_limit(limits.items, limits.items, limits.bytes, limits.bytes, 0, limits.depth));
    if (offset != payload.size() && h->type != msgpack::type::MAP) // most likely text that somebody typed
      return {errc::bad_request, "neither a JSON object, which begins with '{', nor a msgpack map"};
    if (offset != payload.size()) return {errc::bad_request, "bytes left over after the msgpack document"};
    return h;
  } catch (const msgpack::size_overflow& e) {
    return {errc::too_large, std::string("a limit was passed: ") + e.what()};
  } catch (const msgpack::unpack_error& e) {
    return {errc::bad_request, std::string("not msgpack: ") + e.what()};
  } catch (const std::bad_alloc&) {
    return {errc::too_large, "not msgpack: a length that no memory holds"};
  }
}

} // namespace codec

result<std::string> msgpack_of(std::string_view json, const decode_limits& limits) {
  if (json.size() > limits.bytes)
    return {errc::too_large,
            "payload of " + std::to_string(json.size()) + " bytes, at most " + std::to_string(limits.bytes)};
  // The parser keeps its own stack, so depth is checked while it goes, before a tree exists.
  size_t deepest = 0;
  auto watch = [&](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    deepest = std::max(deepest, static_cast<size_t>(depth));
    return deepest <= limits.depth;
  };
  nlohmann::json j;
  try {
    j = nlohmann::json::parse(json.begin(), json.end(), watch);
  } catch (const nlohmann::json::exception& e) {
    return {errc::bad_request, std::string("not JSON: ") + e.what()};
  }
  if (deepest > limits.depth) return {errc::too_large, "JSON nested deeper than " + std::to_string(limits.depth)};
  auto v = nlohmann::json::to_msgpack(j);
  return std::string(v.begin(), v.end());
}

std::string json_of(std::string_view msgpack) {
  auto h = codec::parse(msgpack, {.bytes = 64 << 20, .items = 1 << 20, .depth = 64});
  if (!h) return R"({"error":"not msgpack"})";
  // Binary stands as text where it is text: from_msgpack would print {"bytes": […]}.
  auto build = [](auto& self, const msgpack::object& o) -> nlohmann::json {
    using namespace msgpack::type;
    switch (o.type) {
    case BOOLEAN: return o.via.boolean;
    case POSITIVE_INTEGER: return o.via.u64;
    case NEGATIVE_INTEGER: return o.via.i64;
    case FLOAT32:
    case FLOAT64: return o.via.f64;
    case STR: return std::string(o.via.str.ptr, o.via.str.size);
    case BIN: return std::string(o.via.bin.ptr, o.via.bin.size);
    case ARRAY: {
      auto a = nlohmann::json::array();
      for (uint32_t i = 0; i < o.via.array.size; ++i) a.push_back(self(self, o.via.array.ptr[i]));
      return a;
    }
    case MAP: {
      auto m = nlohmann::json::object();
      for (uint32_t i = 0; i < o.via.map.size; ++i) {
        auto& k = o.via.map.ptr[i].key;
        auto name = k.type == STR ? std::string(k.via.str.ptr, k.via.str.size)
                                  : self(self, k).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        m[name] = self(self, o.via.map.ptr[i].val);
      }
      return m;
    }
    default: return nullptr;
    }
  };
  return build(build, h->get()).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace steward
