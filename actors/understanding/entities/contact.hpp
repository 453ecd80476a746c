// Addresses and numbers that are patterns in any language: e-mail, URL, IP, phone, hashtag, mention.
#pragma once

#include "actors/understanding/entities/source_text.hpp"

#include <string>
#include <vector>

namespace steward::entities {

struct contact {
  const char* kind;
  std::uint32_t begin, end; // code points
};

// E-mail, URL, IP, hashtag, mention.
std::vector<contact> read_addresses(const source_text&);
// Phone numbers; what lies inside one of `taken` (addresses) is none.
std::vector<contact> read_phones(const source_text&, const std::vector<contact>& taken);

} // namespace steward::entities
