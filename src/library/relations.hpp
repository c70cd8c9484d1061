// relations.hpp: what the documents of a library say of each other, and what counts of all of them: made from all
// that is in force after each change, so that a question need not look at all of it. Derived: where it is missing,
// damaged or of another state of the library, questions are answered the long way.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "library/parts.hpp"
#include "suyuan/index.hpp"
#include "suyuan/verify.hpp"

namespace suyuan::library {

inline constexpr std::string_view kRelationsName = "relations";

// A document of the library: the number of its segment and its row there.
using DocumentPlace = std::pair<std::uint64_t, std::uint32_t>;

struct Relations {
  std::uint64_t letters = 0;
  Coverage coverage;
  std::vector<Diagnostic> diagnostics;  // of segmenting, in the order of the corpus
  std::map<DocumentPlace, std::string>
      changed;                                // of documents whose works others date or describe: decode_related()
  std::map<std::string, DocumentPlace> keys;  // of documents that those refer to
  struct Copy {
    DocumentPlace document;
    std::uint32_t work = 0;
    auto operator<=>(const Copy&) const = default;
  };
  std::map<Copy, std::uint32_t> publications;  // of works that are copies: its number
  std::vector<std::vector<Copy>> copies;       // of each publication with more than one
  Holdings holdings;
  std::vector<std::string> outlets;                             // of all works, ascending
  std::map<std::uint64_t, std::vector<DocumentPlace>> reports;  // on texts of these titles, by title_digest()
  std::vector<DocumentPlace> order;                             // all documents, as a corpus has them
};

// Nothing where a segment cannot be used. REQUIRES: segments in force, by number
std::optional<Relations> relate_library(const std::vector<const Segment*>& segments);

// The file is for one state of the library, that of the manifest.
std::optional<Error> write_relations(FileLayer& files, const std::string& folder, const Relations& relations,
                                     const Manifest& manifest);
// An error where it is damaged; nothing where it is missing, or made for another state or by other rules.
Result<std::optional<Relations>> read_relations(const std::string& folder, const Manifest& manifest);

}  // namespace suyuan::library
