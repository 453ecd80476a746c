// Names of languages as other programs write them. Pure.
#pragma once

#include <string>
#include <string_view>

namespace steward {

/// ISO 639-1, or 639-3 where there is none: of "en-US", "zh_Hant", "EN", "eng", "cmn" en, zh, en, en, zh; empty where
/// it is no code at all ("English").
std::string language_code(std::string_view written);

} // namespace steward
