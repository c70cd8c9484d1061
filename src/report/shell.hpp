// shell.hpp: the one file that a page is: style, data and script in it, nothing fetched.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "suyuan/report.hpp"

namespace suyuan {

struct Shell {
  Language language = Language::en;
  std::string title;         // plain text
  std::string plain;         // HTML: what is read without scripts
  std::string scripts = {};  // pairs of characters: one of either script, and what it is searched as
  std::string_view json;     // the data the script reads, as it is
  std::string_view script;   // a module; finds the data by the id `report`, the labels by `labels`
};

// The nonce that alone lets style and script run is a digest of the data, so that the same report gives the same
// bytes.
void write_shell(std::ostream& out, const Shell& page);

// Text → HTML text or a value between double quotes.
std::string html_escape(std::string_view text);

}  // namespace suyuan
