// describe.hpp: what a work is: sections and their days, outlet, kind, quality of the copy, dates, each with its
// evidence.
#pragma once

#include "segment/layout.hpp"

namespace suyuan {

void find_scan(State& state);   // whether its paragraphs are cut as a scan's are
void find_cover(State& state);  // the days a compilation bears
void find_sections(State& state, Work& work);

// Outlet, kind, copy, publication and edition. After the quotations: a text that quotes another throughout is a
// commentary.
void describe(State& state, Work& work);

// All dates the work's paragraphs speak of, resolved; impossible ones become diagnostics.
void find_mentions(State& state, Work& work);

// What works of one document say of each other: the parts of a series appear one after the other.
void order_series(State& state);

}  // namespace suyuan
