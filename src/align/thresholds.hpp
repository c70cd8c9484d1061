// thresholds.hpp: what holds and what does not: surprising enough, and few enough differences for its length.
#pragma once

#include "align/matches.hpp"
#include "suyuan/align.hpp"

namespace suyuan {

// Whether no threshold takes an exact match, neither as it is nor as what may grow of it.
bool hopeless(const Fold& a, const Fold& b, const Segment& s);

// The outcome by the thresholds. Where less of it held (`held`), another number near an end is one word, however
// long.
Candidate judge(const Corpus& corpus, Alignment found, bool held = false);

}  // namespace suyuan
