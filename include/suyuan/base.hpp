// base.hpp: the words every stage shares: places, errors, dates, text at the edges.
//
// Units      Every offset into a document counts code points of its decoded text (char32_t), never bytes
//            and never UTF-16 units. Ranges are half-open.
// Text       char32_t inside: one element is one character to a reader of Han text. UTF-8 lives at the
//            edges (to_utf8, from_utf8).
// Errors     Result<T> is returned only where outside data enters (reading, options). Stages after
//            reading cannot fail; what they want to say is a Diagnostic.
// Threads    Plain values; const use from several threads is safe.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace suyuan {

// The version of the program, "major.minor.patch".
std::string_view version();

// A half-open range of code points of one document.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  bool empty() const { return end <= begin; }
  bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  auto operator<=>(const Span&) const = default;
};

// One stretch of text that furniture or line breaks cut into several spans, in order, disjoint, none empty.
using Parts = std::vector<Span>;

// The smallest span that holds all parts. REQUIRES: !parts.empty()
Span envelope(const Parts& parts);

// Why something from outside could not be used: enough for a message with a place and for JSON.
struct Error {
  std::string code;                     // stable, English, e.g. "invalid-utf8"
  std::string message;                  // what is wrong
  std::string source;                   // the file or record, as the user named it
  std::optional<std::uint64_t> offset;  // bytes from the start of the source
  std::string help;                     // what to do about it; may be empty
};

template <class T>
using Result = tl::expected<T, Error>;

enum class Severity : std::uint8_t { note, warning, error };

// Something the user must be told although the work goes on: a skipped file, a guess, a cap that was met.
struct Diagnostic {
  Severity severity = Severity::note;
  Error what;
};

// A day, a month (day 0) or a year (month 0) of the Gregorian calendar, as a text states it.
struct Date {
  std::int16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;

  // True where such a day, month or year exists (1000 to 2999).
  bool valid() const;
  // The first and the last day the statement allows, both full days.
  Date first_day() const;
  Date last_day() const;
  // "2024-03-06", "2024-03" or "2024".
  std::string to_string() const;
  auto operator<=>(const Date&) const = default;
};

// The inverse of to_string: "2024-3-6" too; anything after the date, such as a time, is left aside.
std::optional<Date> parse_iso_date(std::string_view text);

// UTF-8 at the edges. to_utf8 writes U+FFFD for what is no scalar value; from_utf8 expects valid UTF-8 and
// puts U+FFFD for each byte that is not (read.hpp decodes outside data strictly, with places).
std::string to_utf8(std::u32string_view text);
std::u32string from_utf8(std::string_view text);

// SHA-256 as 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace suyuan
