// /PageLabels: what a PDF itself calls its pages.
//
// Of the programs of poppler-utils pdftops alone tells them, in the comments that begin its pages. It sets the
// whole file anew, so it is asked only where the file has labels.
#include <zlib.h>

#include <algorithm>
#include <charconv>

#include "read/child.hpp"
#include "read/pdf.hpp"

namespace suyuan {

namespace {

constexpr std::size_t kMostInflated = std::size_t{64} << 20;
constexpr std::size_t kLongestLine = 200;  // bytes that are looked at

// Whether the stream that begins at `at` unpacks to something with `word` in it. Takes what it unpacks off
// `budget`.
bool unpacks_to(std::string_view bytes, std::size_t at, std::string_view word, std::size_t& budget) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return false;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + at));
  stream.avail_in = static_cast<uInt>(std::min<std::size_t>(bytes.size() - at, std::size_t{1} << 30));
  std::string piece(std::size_t{1} << 16, '\0'), seen;
  bool found = false;
  for (int status = Z_OK; status == Z_OK && budget > 0 && !found;) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(std::min(piece.size(), budget));
    const std::size_t asked = stream.avail_out;
    status = inflate(&stream, Z_NO_FLUSH);
    const std::size_t made = asked - stream.avail_out;
    budget -= made;
    if (made == 0) break;
    seen.erase(0, seen.size() - std::min(seen.size(), word.size()));
    seen.append(piece, 0, made);
    found = seen.find(word) != seen.npos;
  }
  inflateEnd(&stream);
  return found;
}

}  // namespace

bool has_page_labels(std::string_view bytes) {
  static constexpr std::string_view kName = "/PageLabels", kPacked = "/ObjStm", kStream = "stream";
  if (bytes.find(kName) != bytes.npos) return true;
  std::size_t budget = kMostInflated;
  for (std::size_t at = 0; budget > 0 && (at = bytes.find(kPacked, at)) != bytes.npos;) {
    at = bytes.find(kStream, at);
    if (at == bytes.npos) return false;
    at += kStream.size();
    while (at < bytes.size() && (bytes[at] == '\r' || bytes[at] == '\n')) ++at;
    if (unpacks_to(bytes, at, kName, budget)) return true;
  }
  return false;
}

bool PageLabels::take(std::string_view piece) {
  while (!piece.empty() && !done_) {
    const std::size_t end = std::min(piece.find('\n'), piece.size());
    if (line_.size() < kLongestLine) line_ += piece.substr(0, std::min(end, kLongestLine - line_.size()));
    if (end == piece.size()) break;
    line();
    line_.clear();
    piece.remove_prefix(end + 1);
  }
  return !done_;
}

// "%%Page: 3", "%%Page: 21 5"
void PageLabels::line() {
  static constexpr std::string_view kPage = "%%Page: ";
  std::string_view rest = line_;
  if (!rest.starts_with(kPage)) return;
  rest.remove_prefix(kPage.size());
  const std::size_t blank = rest.rfind(' ');
  if (blank == rest.npos) return;
  std::size_t number = 0;
  std::from_chars(rest.data() + blank + 1, rest.data() + rest.size(), number);
  if (number != labels.size() + 1) return;
  std::string_view label = rest.substr(0, blank);
  if (label.size() >= 2 && label.front() == '(' && label.back() == ')') label = label.substr(1, label.size() - 2);
  labels.emplace_back(label);
  done_ = labels.size() == pages_;
}

}  // namespace suyuan
