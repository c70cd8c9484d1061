// verify_view.hpp: a finding as people read it, for every form of the report: the two texts side by side, what a
// collator's note says of them, the base's citation, what is said of the claims.
#pragma once

#include <string>
#include <vector>

#include "suyuan/report.hpp"

namespace suyuan {

// One column of two texts set in a grid; 0 where that text has nothing. The mark is a class of difference:
// ' ' none, '!' sensitive, '~' punctuation or numeral, 'o' form, '-' the draft leaves out, '+' it adds,
// 'x' it replaces, '>' it moves.
struct Cell {
  char32_t base = 0, draft = 0;
  char mark = ' ';
  bool context = false;  // stands outside the quotation
};

class VerifyView {
 public:
  VerifyView(const VerifyCorpus& all, Language language) : all_(all), corpus_(all.corpus), language_(language) {}

  std::string say(std::string_view key) const { return label(key, language_); }

  // The place of a document's offset: path:line:column.
  std::string place(std::uint32_t work, std::uint32_t offset) const;
  std::string place(const Finding& f) const { return place(f.work, envelope(f.parts).begin); }
  std::string text(const Finding& f) const;
  std::string base_text(const Source& s) const;

  // The columns of a source beside the draft, with `around` characters of both texts before and after.
  std::vector<Cell> cells(const Finding& f, const Source& s, std::uint32_t around) const;

  // Collator's notes: 某，据本作某; 据本无“某”; 据本有“某”; 某某互乙. One for each difference, in order.
  std::vector<std::string> notes(const Finding& f, const Source& s) const;

  // GB/T 7714: 作者. 题名[J]. 刊名, 2025(22). With section's occasion where known.
  std::string citation(std::uint32_t work) const;

  std::string verdict(const Finding& f) const { return say("verdict " + std::string(name(f.verdict))); }

  // What an editor is told in one sentence.
  std::string message(const Finding& f) const;
  std::vector<std::string> flags(const Finding& f) const;  // labels
  std::string claim(const Finding& f, const Claim& c) const;
  std::string holding(const Finding& f) const;

  // The date of a work and how exact it is.
  std::string date(const Work& work) const;

  const Corpus& corpus() const { return corpus_; }
  const VerifyCorpus& all() const { return all_; }
  Language language() const { return language_; }

 private:
  const VerifyCorpus& all_;
  const Corpus& corpus_;
  Language language_;
};

}  // namespace suyuan
