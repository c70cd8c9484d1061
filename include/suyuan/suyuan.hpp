// suyuan.hpp: all of the library. The steps in their order: read, segment, fold, index, align, chain, verify,
// report; and library, which keeps what the first of them made.
//
//   suyuan::Sources sources = suyuan::read_paths({"texts/"});       // the one step that can fail
//   for (const auto& d : sources.diagnostics) std::cerr << d.what.message << '\n';
//   const suyuan::Corpus corpus = suyuan::build_corpus(std::move(sources));
//   const suyuan::Index index(corpus);
//   suyuan::Found found{corpus, suyuan::align_all(corpus, index)};
//   found.provenance = suyuan::build_chains(corpus, found.alignments);
//   suyuan::write_text(std::cout, found, {});
#pragma once

#include "suyuan/align.hpp"
#include "suyuan/base.hpp"
#include "suyuan/chain.hpp"
#include "suyuan/fold.hpp"
#include "suyuan/index.hpp"
#include "suyuan/library.hpp"
#include "suyuan/read.hpp"
#include "suyuan/report.hpp"
#include "suyuan/segment.hpp"
#include "suyuan/verify.hpp"
