// assemble.hpp: documents that are segmented, folded and related → Corpus; the last step of build_corpus, and of a
// library that gives a part of what it holds.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "suyuan/index.hpp"

namespace suyuan {

// By what a document stands where it does: the day by which its earliest work stood, undated ones last.
Date order_date(const Segmentation& made);

// In order of date, then key, then path; publications are numbered anew. REQUIRES: works in order of their
// documents
Corpus assemble(std::vector<Document> documents, std::vector<Segmentation> made, std::vector<CorpusWork> works);

// The keys of other documents that date or describe a work.
void for_each_reference(const Work& work, const std::function<void(const std::string& key)>& take);

// The diagnostics that concern an answer from the corpus's documents: all but notes on other texts, whose paths are
// among `known`. Of these, warnings and errors stay: what they speak of might have been part of the answer.
std::vector<Diagnostic> concerning(const Corpus& corpus, const std::vector<Diagnostic>& all,
                                   const std::set<std::string>& known);

}  // namespace suyuan
