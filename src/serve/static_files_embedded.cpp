#include "serve/static_files.h"

#ifdef THROUGHLINE_WEB_PACK

// The assembler reads the file; a compiler would take minutes over an array of so many numbers.
__asm__(
    ".pushsection .rodata\n"
    ".global throughline_web_pack_begin\n"
    "throughline_web_pack_begin:\n"
    ".incbin \"" THROUGHLINE_WEB_PACK
    "\"\n"
    ".global throughline_web_pack_end\n"
    "throughline_web_pack_end:\n"
    ".popsection\n");

extern "C" {
extern const char throughline_web_pack_begin[];
extern const char throughline_web_pack_end[];
}

namespace throughline::serve {

std::string_view embedded_web_pack() {
  return {throughline_web_pack_begin, throughline_web_pack_end};
}

}  // namespace throughline::serve

#else

namespace throughline::serve {

std::string_view embedded_web_pack() {
  return {};
}

}  // namespace throughline::serve

#endif
