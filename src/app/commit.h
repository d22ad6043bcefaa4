// The commit this program was built from; the definition is written by the build (cmake/write_commit.cmake).
#pragma once

extern const char* const k_throughline_commit;
