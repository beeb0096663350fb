#pragma once

/// \file
/// Which names the shared library exports, and what it asks of a compiler.

#if __cplusplus < 202002L
#error "Jackfield's headers are C++20: compile with -std=c++20 or newer"
#endif

/// What libjackfield offers; see the guide for embedders.
namespace jackfield { }

/// Stands on every class and function that `libjackfield` exports; all other names of it are hidden.
#define JACKFIELD_API __attribute__((visibility("default")))
