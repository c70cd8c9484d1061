// foreign.hpp: forms that are read through another program, and forms that are not read at all.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "suyuan/base.hpp"

namespace suyuan {

// What of the form can be read only by a word processor: a Word document of before 2007, a WPS document, RTF.
enum class OldForm : std::uint8_t { compound, rtf };
std::optional<OldForm> old_form(std::string_view bytes);

// The document as LibreOffice writes it anew, in a form that is read here. A child process; some seconds, `limit`
// at most.
Result<std::string> convert_old(const std::string& bytes, OldForm form, const std::string& source,
                                std::chrono::seconds limit = std::chrono::seconds(60));

// Why bytes of a form known by its first bytes (pictures, CAJ, e-books of one shop, archives, sound) are no text,
// and what to do instead.
std::optional<Error> refused_form(std::string_view bytes, const std::string& source);

// Whether it is a report that this program wrote: by its schema, its generator, the head of its table.
bool is_own(std::string_view bytes);
inline constexpr const char* kOwn = "is a report of suyuan and is not read as a text";

}  // namespace suyuan
