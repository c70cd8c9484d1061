// flags.hpp: what is said of a finding beside its verdict: flags, witnesses, claims, and how much it is worth a
// look.
#pragma once

#include "verify/candidate.hpp"

namespace suyuan {

inline constexpr const char* kItsOwn = "the-draft-is-the-report";

// Flags, witnesses and claims of a finding whose verdict and base are known. The candidates' sources move into it.
void finish(Case& of);

// Claims that nothing is held against.
void claims_alone(const Case& of);

// Flags quotations under one 强调 that stand in speeches of two days.
void mixed_occasions(const Texts& texts, std::vector<Finding>& found);

// By verdict and flags.
void settle_level(Finding& f);

}  // namespace suyuan
