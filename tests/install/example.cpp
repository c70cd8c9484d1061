// Keeps texts in a library, then traces all that recurs in it: example LIBRARY PATH…
#include <iostream>
#include <suyuan/suyuan.hpp>

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  suyuan::ChangeOptions options;
  options.changed = [](const suyuan::SourceChange& c) {
    std::cerr << suyuan::name(c.kind) << "  " << c.path << '\n';
  };
  for (const auto& d : suyuan::add_to_library(argv[1], {argv + 2, argv + argc}, options))
    std::cerr << d.what.source << ": " << d.what.message << '\n';

  const suyuan::Result<suyuan::Library> library = suyuan::Library::open(argv[1]);
  if (!library) {
    std::cerr << library.error().message << '\n';
    return 2;
  }
  const suyuan::Corpus corpus = suyuan::build_corpus(library->read());
  const suyuan::Index index(corpus);
  suyuan::Found found{corpus, suyuan::align_all(corpus, index)};
  found.provenance = suyuan::build_chains(corpus, found.alignments);
  suyuan::write_text(std::cout, found, {});
}
