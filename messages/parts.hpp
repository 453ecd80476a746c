// A document that may be larger than a payload, compressed and cut into numbered parts.
#pragma once
#include "messages/codec.hpp"

#include <map>
#include <optional>
#include <vector>

namespace steward {

struct part {
  std::string document; // names the whole: parts of one document share it
  uint32_t index = 0;   // from 0
  uint32_t count = 1;
  std::string codec; // "zstd"
  bytes data;
  template <class F>
  void fields(F& f) {
    f.required("document", document), f("index", index), f.required("count", count), f.required("codec", codec),
        f.required("data", data);
  }
};

/// Compresses and cuts into parts of at most `limit` bytes of data.
std::vector<part> to_parts(const std::string& document, std::string_view whole, size_t limit);

/// Puts documents together again; parts come in order, those of different documents may be mixed. Bounded.
class part_joiner {
public:
  /// The whole, once its last part is in; nullopt before; a failure when the parts do not fit.
  result<std::optional<std::string>> add(part);

private:
  struct open_document {
    std::vector<bytes> parts;
    size_t size = 0;
  };
  std::map<std::string, open_document> open_;
};

} // namespace steward
