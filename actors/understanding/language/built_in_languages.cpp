// languages.ngr is compiled in: language identification must not depend on where the program is started.
#include "actors/understanding/language/language_identifier.hpp"

asm(".section .rodata\n"
    ".balign 16\n"
    ".global steward_languages_ngr, steward_languages_ngr_end\n"
    "steward_languages_ngr:\n"
    ".incbin \"" STEWARD_LANGUAGES_NGR "\"\n"
    "steward_languages_ngr_end:\n"
    ".previous\n");

extern "C" {
extern const std::byte steward_languages_ngr[];
extern const std::byte steward_languages_ngr_end[];
}

namespace steward {

result<ngram_table> built_in_languages() {
  return ngram_table::create({steward_languages_ngr, steward_languages_ngr_end}, "languages.ngr");
}

} // namespace steward
