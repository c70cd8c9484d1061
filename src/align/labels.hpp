// labels.hpp: lines that say where and when words were spoken, or head or sign them, and are nobody's words.
#pragma once

#include <vector>

#include "suyuan/align.hpp"

namespace suyuan {

// Whether all of the stretch stands in such lines.
bool labels(const Corpus& corpus, std::uint32_t work, FoldSpan s);

// What was matched of a label before or behind the words belongs to them only if it is the whole label. The
// bounds are drawn in to where it was left out.
void leave_labels(const Corpus& corpus, std::uint32_t a_work, std::uint32_t b_work, std::vector<EqualRun>& runs,
                  FoldSpan& in_a, FoldSpan& in_b);

}  // namespace suyuan
