// fold.hpp: step 3 of the pipeline: the text of a work → Fold, the form in which texts are compared.
//
// A fold is the sequence of a work's letters (Han, letters, digits), each reduced to the class of its variants,
// and beside it the marks (punctuation) that stand between them. Blanks, wraps, furniture, readings in
// brackets and remarks on applause are not in it; that something of the kind stood before a letter is remembered.
//
//   original   產 (chǎn) 業 , ⏎ 全 麵       Layers   layout, width, gloss and script fold away and are counted;
//   offset     0  1-6    7  8 9 10 11       form is equal here and told apart in align.hpp.
//   units      产         业       全 面       Units    Span counts code points of the document, FoldSpan units of
//   origin     0         7        10 11     the fold: two types, so that one is never taken for the other.
//
// Source lines say where a text stood; they are paragraphs of the work without units.
// A Unit is a type of its own: it can be compared, not printed. Errors: none; total on any text.
// Cost: one pass, about ten bytes for each letter kept.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "suyuan/base.hpp"
#include "suyuan/read.hpp"
#include "suyuan/segment.hpp"

namespace suyuan {

enum class Unit : char32_t {};

// A half-open range of units of one fold.
struct FoldSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t size() const { return end - begin; }
  bool empty() const { return end <= begin; }
  auto operator<=>(const FoldSpan&) const = default;
};

class Fold {
 public:
  // What stood between a letter and the one before it and folded away; quote: a quotation mark among it.
  enum Gap : std::uint8_t { none = 0, layout = 1, gloss = 2, clause = 4, sentence = 8, paragraph = 16, quote = 32 };

  struct Mark {
    std::uint32_t before = 0;  // the unit it stands before
    std::uint32_t origin = 0;
    char32_t mark = 0;  // its class: width and shape of quotation marks do not matter
  };

  Fold() = default;
  // Letters alone, of nowhere: to be compared, with no way back.
  explicit Fold(std::vector<Unit> letters) : units_(std::move(letters)) {}

  std::uint32_t size() const { return static_cast<std::uint32_t>(units_.size()); }
  std::span<const Unit> units() const { return units_; }
  std::span<const Unit> units(FoldSpan s) const { return std::span(units_).subspan(s.begin, s.size()); }

  // The way back. origin(size()) is the end of the work's text. REQUIRES: i <= size()
  std::uint32_t origin(std::uint32_t i) const { return i < origin_.size() ? origin_[i] : end_; }
  // The document's characters from the first to the last letter of s, without what folded away between
  // paragraph parts. Marks inside are in it, marks at the edges are not. REQUIRES: !s.empty()
  Parts parts(FoldSpan s) const;
  // The units whose letters lie in the document span.
  FoldSpan find(Span span) const;

  // Also of size(): what stands after the last letter.
  std::uint8_t gap(std::uint32_t i) const {
    return i < gaps_.size() ? gaps_[i] : std::uint8_t{paragraph | sentence | clause};
  }
  bool is_clause_edge(std::uint32_t i) const { return (gap(i) & (clause | paragraph)) != 0; }

  // The marks that stand before units [s.begin + 1, s.end): inside, not at the edges.
  std::span<const Mark> marks(FoldSpan s) const;

  // The paragraph of the work that unit i belongs to, and the units of a paragraph.
  std::uint32_t paragraph_of(std::uint32_t i) const;
  FoldSpan paragraph_span(std::uint32_t number) const;

 private:
  friend Fold fold(const Document&, const Work&);
  std::vector<Unit> units_;
  std::vector<std::uint32_t> origin_;
  std::vector<std::uint8_t> gaps_;
  std::vector<Mark> marks_;
  std::vector<std::uint32_t> paragraphs_;  // first unit of each, and the end
  Parts parts_;
  std::uint32_t end_ = 0;
};

Fold fold(const Document& document, const Work& work);

}  // namespace suyuan
