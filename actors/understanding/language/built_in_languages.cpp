// languages.ngr and siblings.sib are compiled in: language identification must not depend on where the program is
// started.
#include "actors/understanding/language/language_identifier.hpp"
#include "actors/understanding/language/sibling_table.hpp"

asm(".section .rodata\n"
    ".balign 16\n"
    ".global steward_languages_ngr, steward_languages_ngr_end\n"
    "steward_languages_ngr:\n"
    ".incbin \"" STEWARD_LANGUAGES_NGR "\"\n"
    "steward_languages_ngr_end:\n"
    ".balign 16\n"
    ".global steward_siblings_sib, steward_siblings_sib_end\n"
    "steward_siblings_sib:\n"
    ".incbin \"" STEWARD_SIBLINGS_SIB "\"\n"
    "steward_siblings_sib_end:\n"
    ".previous\n");

extern "C" {
extern const std::byte steward_languages_ngr[];
extern const std::byte steward_languages_ngr_end[];
extern const std::byte steward_siblings_sib[];
extern const std::byte steward_siblings_sib_end[];
}

namespace steward {

result<ngram_table> built_in_languages() {
  return ngram_table::create({steward_languages_ngr, steward_languages_ngr_end}, "languages.ngr");
}

result<sibling_table> built_in_siblings() {
  return sibling_table::create({steward_siblings_sib, steward_siblings_sib_end}, "siblings.sib");
}

} // namespace steward
