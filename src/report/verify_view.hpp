// verify_view.hpp: the findings of a report, a run's or a saved one, as people read them: the two texts side by
// side, what a collator's note says of them, the base's citation, what is said of the claims. Every form is made of
// these.
#pragma once

#include <string>
#include <vector>

#include "report/data.hpp"

namespace suyuan {

class VerifyView {
 public:
  // Refers to the report's data, which must outlive it.
  VerifyView(const Report& report, Language language);

  std::string say(std::string_view key) const { return label(key, language_); }
  Language language() const { return language_; }
  bool zh() const { return language_ == Language::zh; }
  const Json& report() const { return data_.saved; }

  // The quotations in the order of the drafts; unmarked words that stand in the library.
  const std::vector<const Json*>& findings() const { return findings_; }
  const std::vector<const Json*>& unmarked() const { return unmarked_; }
  const std::vector<const Json*>& drafts() const { return drafts_; }  // documents

  const Json& document(const Json& of) const { return data_.document(of.at("document")); }
  const Json& work(const Json& source) const { return data_.work(source.at("work")); }
  // Of a finding or a source: path:line:column.
  std::string place(const Json& at) const;
  std::string position(const Json& finding) const;  // line:column, behind its number where there are several drafts

  // The sources that make up the base, and the other witnesses.
  std::vector<const Json*> base(const Json& finding) const;
  std::vector<const Json*> witnesses(const Json& finding) const;
  // The base as printed: its stretch, or all its parts where they are of several places.
  std::string base_text(const Json& finding) const;
  // The parts to be cited: of words in another order the first in the base alone.
  std::vector<const Json*> places(const Json& finding) const;

  // Collator's notes: 某，据本作某; 据本无“某”; 据本有“某”; 某某互乙. One for each difference, in order. `whose`
  // the source is: base, or witness.
  std::vector<std::string> notes(const Json& source, std::string_view whose = "base") const;
  // Of a quotation of several parts: where each comes from, or in what order the base has them.
  std::vector<std::string> made_of(const Json& finding) const;
  std::string reading(const Json& witness) const;  // the notes on a witness, or that it is as the draft

  // GB/T 7714: 作者. 题名[J]. 刊名, 2025(22).
  std::string citation(const Json& source) const;
  std::string cited(const Json& source) const;  // the citation, the occasion and the place
  // Of all the base's parts: the notes, or what is held of an occasion that has not the words; what is cited.
  std::string base_notes(const Json& finding) const;
  std::string bases(const Json& finding) const;

  // Whether nobody has decided it and something is to be done.
  static bool is_open(const Json& finding) {
    return finding.at("accepted").is_null() && finding.at("level") != "ok";
  }

  std::string verdict(const Json& finding) const;
  std::string level(const Json& finding) const { return say(text_of(finding, "level")); }

  // What an editor is told in one sentence.
  std::string message(const Json& finding) const;
  std::vector<std::string> flags(const Json& finding) const;  // labels, with what they point at
  std::vector<std::string> claims(const Json& finding) const;
  std::string claim(const Json& claim) const;
  std::string holding(const Json& finding) const;
  std::vector<std::string> limits(const Json& finding) const;
  std::string decided(const Json& finding) const;  // 允许 or 已确认差错; empty where nobody decided

  // The date of a work and how exact it is.
  std::string date(const Json& work) const;
  // What the library is: files, works, years, kinds, damage.
  std::string library() const;
  std::string options() const;

  std::string joined(const std::vector<std::string>& parts) const;
  static std::string text_of(const Json& of, const char* key) { return of.at(key).get<std::string>(); }

 private:
  std::string colon() const { return zh() ? "：" : ": "; }
  std::string disputes(const Json& finding) const;  // which text of the base's rank reads what

  const Report::Data& data_;
  Language language_;
  std::vector<const Json*> findings_, unmarked_, drafts_;
};

// A path as a URI reference: what is not plain in one, by its bytes.
std::string uri(const std::string& path);

}  // namespace suyuan
