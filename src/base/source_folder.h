// The folder of the checkout that a test program was built from.
#pragma once

namespace throughline::base {

/// The folder, absolute and without a slash at its end. One small source, which the build writes, defines it: so no
/// other source depends on where the checkout lies, and a compiler cache serves every checkout.
extern const char* const k_source_folder;

}  // namespace throughline::base
