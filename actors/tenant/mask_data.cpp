// Masking inside data of any shape: what a platform team puts into an event may be what a customer typed into a form.
#include "actors/tenant/masking.hpp"
#include "messages/codec.hpp"

#include <msgpack.hpp>

namespace steward {
namespace {

using packer = msgpack::packer<msgpack::sbuffer>;

/// "cardPin", "card_pin", "card-pin" -> "card Pin", "card pin", "card pin": as the rules know it from sentences.
std::string as_words(std::string_view key) {
  std::string out;
  for (size_t i = 0; i < key.size(); ++i) {
    auto c = key[i];
    auto upper = c >= 'A' && c <= 'Z';
    if (upper && i > 0 && key[i - 1] >= 'a' && key[i - 1] <= 'z') out += ' ';
    out += c == '_' || c == '-' || c == '.' ? ' ' : c;
  }
  return out;
}

class walk {
public:
  walk(packer& out, const std::vector<mask_rule>& rules)
      : out_(out)
      , rules_(rules) {}

  uint32_t masked = 0;

  /// `key`: under which it stands, as words; may be empty.
  void value(const msgpack::object& o, const std::string& key) {
    using namespace msgpack::type;
    switch (o.type) {
    case MAP:
      out_.pack_map(o.via.map.size);
      for (uint32_t i = 0; i < o.via.map.size; ++i) {
        auto& member = o.via.map.ptr[i];
        out_.pack(member.key);
        value(member.val,
              member.key.type == STR ? as_words({member.key.via.str.ptr, member.key.via.str.size}) : std::string{});
      }
      return;
    case ARRAY:
      out_.pack_array(o.via.array.size);
      for (uint32_t i = 0; i < o.via.array.size; ++i) value(o.via.array.ptr[i], key);
      return;
    case STR: return text({o.via.str.ptr, o.via.str.size}, key, o);
    case BIN: return text({o.via.bin.ptr, o.via.bin.size}, key, o);
    case POSITIVE_INTEGER: return number(std::to_string(o.via.u64), key, o);
    default: out_.pack(o);
    }
  }

private:
  /// A key is read as the words before the value: {"pin": "4711"} says as much as "pin: 4711".
  masked_text in_context(std::string_view text, const std::string& key) const {
    auto before = key + ": ";
    auto m = mask(before + std::string(text), rules_);
    if (m.masked == 0 || m.text.compare(0, before.size(), before) != 0) return {std::string(text), 0};
    return {m.text.substr(before.size()), m.masked};
  }

  void text(std::string_view text, const std::string& key, const msgpack::object& o) {
    auto m = mask(text, rules_);
    if (m.masked == 0 && !key.empty()) m = in_context(text, key);
    if (m.masked == 0) return out_.pack(o), void();
    masked += m.masked;
    if (o.type == msgpack::type::STR)
      out_.pack(m.text);
    else
      out_.pack_bin(static_cast<uint32_t>(m.text.size())).pack_bin_body(m.text.data(), m.text.size());
  }

  /// Numbers alone are times and amounts far more often than secrets: the key must say what they are.
  void number(const std::string& digits, const std::string& key, const msgpack::object& o) {
    auto named = !key.empty() && mask(digits, rules_).masked == 0 ? in_context(digits, key) : masked_text{digits, 0};
    if (named.masked == 0) return out_.pack(o), void();
    masked += named.masked;
    out_.pack(named.text);
  }

  packer& out_;
  const std::vector<mask_rule>& rules_;
};

} // namespace

masked_text mask_data(std::string_view data, const std::vector<mask_rule>& rules) {
  if (data.empty() || rules.empty()) return {std::string(data), 0};
  try {
    auto o = msgpack::unpack(data.data(), data.size());
    msgpack::sbuffer out(data.size());
    packer p(out);
    walk w(p, rules);
    w.value(o.get(), {});
    return w.masked ? masked_text{{out.data(), out.size()}, w.masked} : masked_text{std::string(data), 0};
  } catch (const msgpack::unpack_error&) { // what is no msgpack is bytes
    return mask(data, rules);
  }
}

} // namespace steward
