// Golden bytes: what a struct that is stored or sent looks like, per version, kept for ever. A struct whose bytes
// change needs a new version beside the old one; the old one must still be readable.
//
// STEWARD_GOLDEN=write makes the files that are missing and never touches one that is there.
#pragma once
#include "messages/codec.hpp"
#include "messages/ids.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <type_traits>
#include <vector>

namespace steward::golden {

/// Puts something into every field that a struct lists, down to the leaves; the same each time. A field that is added
/// later is filled too, so the bytes change and the version has to.
class filler {
public:
  template <class T>
  void operator()(const char* name, T& x) {
    fill(name, x);
  }
  template <class T>
  void required(const char* name, T& x) {
    fill(name, x);
  }

private:
  void fill(const char* name, std::string& x) { x = std::string(name) + "-é-" + std::to_string(++count_); }
  template <class Tag>
  void fill(const char* name, string_id<Tag>& x) {
    fill(name, x.value);
  }
  void fill(const char*, partition_id& x) { x.value = static_cast<uint8_t>(++count_ % partition_count); }
  void fill(const char* name, bytes& x) { x.data = std::string("\x00\xff\x81", 3) + name; }
  void fill(const char*, value& x) { x.msgpack = *msgpack_of(R"({"list":[1,-2,2.5,"ü",null,true],"map":{"k":"v"}})"); }
  template <class T>
  void fill(const char* name, std::vector<T>& x) {
    x.resize(2);
    for (auto& y : x) fill(name, y);
  }
  template <class K, class V>
  void fill(const char* name, std::map<K, V>& x) {
    for (int i = 0; i < 2; ++i) {
      K k{};
      fill(name, k);
      fill(name, x[k]);
    }
  }
  template <class T>
  void fill(const char*, T& x) {
    if constexpr (std::is_same_v<T, bool>)
      x = true;
    else if constexpr (std::is_floating_point_v<T>)
      x = 0.25 + ++count_;
    else if constexpr (std::is_enum_v<T>)
      x = static_cast<T>(1);
    else if constexpr (std::is_same_v<T, uint8_t>)
      x = static_cast<T>(++count_ % 200);
    else if constexpr (std::is_integral_v<T>)
      x = static_cast<T>(sizeof(T) == 8 ? 5'000'000'000 + ++count_ : 70'000 + ++count_);
    else
      x.fields(*this);
  }
  int64_t count_ = 0;
};

inline std::string read_file(const std::filesystem::path& p) {
  std::ifstream in(p, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// Checks all versions of T: the newest byte for byte, the older ones for being readable.
template <class T>
void check(const std::string& name, int version) {
  auto folder = std::filesystem::path(STEWARD_SOURCE_DIR) / "tests/golden";
  auto file = [&](int v) { return folder / (name + ".v" + std::to_string(v) + ".msgpack"); };
  T sample{};
  filler f;
  sample.fields(f);
  auto wanted = encode(sample);
  auto mode = std::getenv("STEWARD_GOLDEN");
  if (mode && std::string(mode) == "write" && !std::filesystem::exists(file(version)))
    std::ofstream(file(version), std::ios::binary) << wanted;
  BOOST_REQUIRE_MESSAGE(std::filesystem::exists(file(version)),
                        file(version) << " is missing: run this test with STEWARD_GOLDEN=write, then commit the file");
  BOOST_TEST((read_file(file(version)) == wanted),
             name << " is encoded differently than version " << version
                  << " says. If that is meant, raise its version in this test, and "
                  << "run it with STEWARD_GOLDEN=write. Now: " << json_of(wanted));
  for (int v = 1; v <= version; ++v) {
    auto stored = read_file(file(v));
    auto back = decode<T>(stored);
    BOOST_REQUIRE_MESSAGE(back.ok(), name << " version " << v
                                          << " cannot be read any more: " << (back ? "" : back.error().message));
    auto again = decode<T>(encode(*back));
    BOOST_REQUIRE(again.ok());
    BOOST_TEST((encode(*again) == encode(*back)), name << " version " << v << " does not survive a second reading");
    if (v == version) BOOST_TEST((encode(*back) == stored), name << ": what was read is not what was written");
  }
  BOOST_TEST(!std::filesystem::exists(file(version + 1)), file(version + 1)
                                                              << " exists: raise the version in this test");
}

} // namespace steward::golden
