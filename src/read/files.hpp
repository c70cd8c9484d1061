// files.hpp: paths, folders and patterns → the bytes of each file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "suyuan/read.hpp"

namespace suyuan {

// The files that the paths name, in order, each once; "-" stands for itself. What is no file, cannot be listed
// or names nothing becomes a diagnostic.
std::vector<std::string> list_files(const std::vector<std::string>& paths, std::vector<Diagnostic>& diagnostics);

// A whole file that is open; one that turns out shorter than it was when it was opened is an error.
Result<std::string> read_open_file(int file, std::uint64_t expected, const std::string& path);

// gzip → bytes; a stream that unpacks to far more than any text does is refused.
Result<std::string> unpack_gzip(const std::string& packed, const std::string& source);

// Whether the name ends so, as given or before ".gz"; ASCII case does not matter.
bool name_ends(std::string_view name, std::string_view ending);

// Whether a file of a folder is read by its name.
bool is_text_name(std::string_view name);

// "sources.toml" and "NAME.meta.toml" speak of texts and are none.
bool is_side_file(std::string_view path);

// * ? [a-z] [!a-z]; one character is one code point.
bool matches_pattern(std::u32string_view name, std::u32string_view pattern);

}  // namespace suyuan
