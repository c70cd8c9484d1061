// rites.hpp: sentences by which reports of other events tell the same. data/lexicons/rites.tsv holds the words.
#pragma once

#include "suyuan/fold.hpp"

namespace suyuan {

// Whether every sentence that the stretch of the work's fold has a part in closes with who was present, who came
// and went, what a ceremony held; the stretch holds its beginning or its closing words. Or names are most of it.
bool tells_rites(const Document& document, const Fold& fold, FoldSpan stretch);

// Whether more than half of such sentences tell of an occasion as it goes.
bool tells_scenes(const Document& document, const Fold& fold, FoldSpan stretch);

}  // namespace suyuan
