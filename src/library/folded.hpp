// folded.hpp: what folding made of a segment's documents ↔ its sections: the works, the letters of all of them one
// after the other, and where each gram stands. A question touches only what it needs of them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "library/segment_file.hpp"
#include "suyuan/base.hpp"
#include "suyuan/index.hpp"

namespace suyuan::library {

// A work as the section `works` holds it.
struct WorkRow {
  static constexpr std::uint64_t kSize = 44;
  static constexpr std::uint8_t kReports = 1;   // names a text that it reports on
  static constexpr std::uint8_t kDamaged = 2;   // has defects
  static constexpr std::uint8_t kSections = 4;  // is of several occasions
  static constexpr std::uint16_t kUnknown = 0xFFFF;
  std::uint32_t document = 0;         // row of the segment
  std::uint32_t number = 0;           // of the document's works
  std::uint32_t first = 0, size = 0;  // letters: in the segment
  std::uint64_t title = 0;            // digest of its words; 0: none
  Date earliest, latest;              // of its interval; 0000-00-00: unknown
  std::uint32_t outlet = 0;           // number in the section `outlets`; 0 is none
  std::uint32_t title_at = 0;         // byte of the section `titles`
  std::uint16_t lead =
      0;  // of a report: its first letters among which those are that name its occasion; or kUnknown
  std::uint8_t kind = 0, flags = 0;
};
std::uint64_t title_digest(const std::string& title);

// One document's part. `first` counts from the document's own letters, `outlet` in `outlets`.
struct FoldedDocument {
  std::vector<WorkRow> works;
  std::vector<std::string> outlets{""};
  std::vector<std::u32string> titles;  // of each work, its letters
  std::vector<Unit> letters;
};
FoldedDocument fold_document(const Document& document, const Segmentation& made);

// Writes the sections. Memory: 11 bytes a letter, 32 a work.
class FoldedWriter {
 public:
  void add(std::uint32_t row, const FoldedDocument& document);
  void write(SegmentWriter& to, unsigned jobs) const;

 private:
  Unit letter(std::uint32_t at) const;
  std::string rows_, titles_;
  std::vector<std::string> outlets_{""};
  std::unordered_map<std::string, std::uint32_t> outlet_numbers_{{"", 0}};
  std::vector<std::uint16_t> letters_;
  std::vector<std::pair<std::uint32_t, Unit>> rare_;  // those beyond 16 bits
};

// Places as the postings have them.
struct PlaceList {
  std::string_view bytes;
  std::uint32_t size() const { return static_cast<std::uint32_t>(bytes.size() / 4); }
  std::uint32_t operator[](std::uint32_t n) const;
};

// The sections of one segment. Every call answers nothing where a byte that it needs is damaged.
class Folded {
 public:
  // Nothing where the segment has none, or they contradict each other. REQUIRES: they are of this program's making
  static std::optional<Folded> open(std::shared_ptr<const SegmentFile> file, std::uint32_t documents);

  std::uint32_t works() const { return works_; }
  std::optional<WorkRow> work(std::uint32_t number) const;
  std::optional<std::vector<WorkRow>> all_works() const;
  std::optional<std::vector<std::string>> outlets() const;
  // The works of one document: numbers [first, last).
  std::optional<std::pair<std::uint32_t, std::uint32_t>> works_of(std::uint32_t document) const;
  std::optional<FoldedDocument> document(std::uint32_t row) const;
  std::optional<std::uint32_t> work_at(std::uint32_t letter) const;

  std::uint32_t letters() const { return letters_; }
  std::optional<std::vector<Unit>> letters(std::uint32_t first, std::uint32_t size) const;
  std::optional<bool> reads(std::uint32_t at, std::span<const Unit> words) const;  // within one work

  bool letters(std::uint32_t first, std::span<Unit> to) const;
  bool raw_letters(std::uint32_t first, std::span<std::uint16_t> to) const;  // kRare: beyond 16 bits

  // Where a gram of five letters may stand, ascending, and where three letters may, in no order. Letters decide,
  // and whether all stand in one work.
  std::optional<PlaceList> places(std::span<const Unit> gram) const;
  std::optional<PlaceList> stem_places(std::span<const Unit> stem) const;
  // Asks the memory for what places() of all these will read: each of its steps waits for the one before, those of
  // many grams do not wait for each other.
  void look_ahead(std::span<const std::array<Unit, Index::kGram>> grams) const;
  static constexpr std::uint32_t kStem = 3;

  // The letters of a work's title, 2 bytes each; kRare: one beyond 16 bits.
  std::optional<std::string_view> title(const WorkRow& row) const;
  static constexpr std::uint16_t kRare = 0xFFFF;  // no letter

 private:
  // The first place in the postings that is not below; looked for from `from` on, where that is past the bucket's
  // start.
  std::optional<std::uint32_t> bound(std::uint64_t key, std::uint32_t from) const;
  std::optional<PlaceList> between(std::uint64_t low, std::uint64_t high) const;
  std::optional<Unit> rare(std::uint32_t at) const;

  std::shared_ptr<const SegmentFile> file_;
  std::uint32_t works_ = 0, letters_ = 0, bits_ = 0;
};

}  // namespace suyuan::library
