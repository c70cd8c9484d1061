// speech.hpp: who says what in a work: quotations in marks, block quotations, led speech, and the marks that are
// none of these.
#pragma once

#include "segment/layout.hpp"

namespace suyuan {

// For all works of the document: whoever is known for a person in one is known in all.
void find_speech(State& state);

// listed.cpp: of a list, what its rows say.
void find_listed(State& state);
// Likewise of the tables of a text, of which other quotations are known, in order; whether there were any.
bool find_cells(State& state);

// Whether a title ends with the name of an address, in two letters: 在……上的讲话.
bool is_address(std::u32string_view title);

// 《在……上的讲话》（2031年3月9日），《某报》2031年3月10日, or all of it in brackets: a line, in its plain form,
// that says where the words above it stand.
bool is_source_line(std::u32string_view line);

// Where parts of a text that names no author are an occasion's, each by a line that says so, its paragraphs are
// quoted from there. Needs the author, and so the description of the work.
void find_section_blocks(State& state, Work& work);

// Speakers who are named by their office alone (总书记), by the day of the work, once that is known.
void resolve_offices(const Lexicons& lexicons, Work& work);

}  // namespace suyuan
