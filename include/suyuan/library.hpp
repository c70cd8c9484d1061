// library.hpp: step 9 of the pipeline: a folder that keeps texts between runs, so that they are read once.
//
// A library holds everything that reading made of each source. What read() gives is what read_paths() gave when the
// sources were added, but for the spelling of their paths, so that every later step answers the same on a library
// as on the files.
//
// Safety     What was reported as added is on the disk and stays, whatever happens to the process or the power
//            afterwards; what was not reported is in it wholly or not at all. Every byte is under a checksum that
//            is looked at before it is believed: docs/library.md.
// Processes  One writer, any number of readers. A reader keeps the library as it was when it was opened.
// Errors     As in reading: what cannot be used becomes a Diagnostic, the rest is done. Damage is an error named
//            with the file and the byte; what it concerns is left out.
// Threads    Const use of a Library is safe from several.
// Cost       A question about a text, or the quotations of a draft, costs what it finds, not what the library
//            holds. Adding is bounded in memory by the largest source and ChangeOptions::memory, not by the
//            library.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "suyuan/base.hpp"
#include "suyuan/index.hpp"
#include "suyuan/read.hpp"
#include "suyuan/verify.hpp"

namespace suyuan {

// Whether the folder is a library, sound or not.
bool is_library(const std::string& folder);

struct LibrarySource {
  std::string path;    // from the root, or below the current folder where all sources lie there; "-"
  std::string sha256;  // of the file's bytes
  std::uint32_t documents = 0;
  std::uint64_t characters = 0;
};

class Library {
 public:
  // Reads the list of parts and of sources; texts are touched by read(). A part that cannot be opened is among the
  // diagnostics(), and of read(); without the list there is no library.
  static Result<Library> open(const std::string& folder);

  std::vector<LibrarySource> sources() const;  // ordered by path
  const std::vector<Diagnostic>& diagnostics() const;
  // All documents and what was said of their sources, in the order of read_paths().
  Sources read(unsigned jobs = 1) const;

  // The documents that an answer about a text can touch, with the text added to them as add_passage() does:
  // align_one() and build_chain() give on it what they give on the corpus of all, once narrow() has been called on
  // either. Reads only what it needs. Nothing where the library cannot be asked so: the text has fewer letters than
  // a gram, or something that answers rest on is damaged or was made by another version. Then read() all.
  struct Question {
    Corpus corpus;
    std::uint32_t work = 0;
  };
  Result<Question> ask(const std::u32string& text) const;

  // What build_verify_corpus(drafts, read()), verify() and keep_cited() give, from the texts that the findings rest
  // on. Nothing where the library cannot be asked so, as for ask().
  struct Verification {
    VerifyCorpus corpus;
    std::vector<Finding> findings;
  };
  Result<Verification> verify(Sources drafts, unsigned jobs = 1) const;

 private:
  struct Parts;
  std::shared_ptr<const Parts> parts_;
};

// read_paths(), where a path that is a library gives what it holds. A source that several of them give, with one
// path and the same bytes, is read once, from the files where it is among them.
Sources read_texts(const std::vector<std::string>& paths, const ReadOptions& options = {}, unsigned jobs = 1);

// What was done with one source. Reported once it is safe.
struct SourceChange {
  enum class Kind : std::uint8_t {
    added,
    replaced,  // its bytes, what side files say of it, or the encoding asked for had changed, or it was damaged
    unchanged,
    same_content,  // held already, as `other`
    failed,        // gave no text; what the library held under its path stays
    removed,
  };
  Kind kind = Kind::unchanged;
  std::string path, other;
  std::uint32_t documents = 0;
  std::uint64_t characters = 0;
};
std::string_view name(SourceChange::Kind kind);

struct ChangeOptions {
  ReadOptions reading;
  unsigned jobs = 1;
  std::uint64_t memory = std::uint64_t{64} << 20;  // bytes of texts that are held before they are written
  std::function<void(const SourceChange&)> changed;
  std::function<void(std::size_t done, std::size_t of)> progress;  // files
  std::function<void()> waiting;                                   // another process is writing
};

// Adds what the paths name, as read_paths() takes them; makes the library where there is none, and any file.
std::vector<Diagnostic> add_to_library(const std::string& folder, const std::vector<std::string>& paths,
                                       const ChangeOptions& options = {});

// Removes sources: by path, by a folder, by first digits of sha256 (4 and more) that only one begins with; a
// damaged part by its file name. A name that meets nothing is an error; the others are done, in one step.
std::vector<Diagnostic> remove_from_library(const std::string& folder, const std::vector<std::string>& names,
                                            const ChangeOptions& options = {});

struct LibraryCheck {
  std::uint64_t generation = 0, segments = 0, sources = 0, documents = 0, characters = 0, bytes = 0;
  std::vector<Diagnostic> diagnostics;  // errors are damage; notes are leftovers
};

// Reads every byte.
LibraryCheck check_library(const std::string& folder, unsigned jobs = 1);

// What the commands `list`, `add` and `remove`, and `check` say, as JSON.
void write_library_json(std::ostream& out, const std::vector<LibrarySource>& sources,
                        const std::vector<Diagnostic>& diagnostics);
void write_library_json(std::ostream& out, const std::vector<SourceChange>& changes,
                        const std::vector<Diagnostic>& diagnostics);
void write_library_json(std::ostream& out, const LibraryCheck& check);

}  // namespace suyuan
