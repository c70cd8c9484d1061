// change_writer.hpp: the one writer of a library: what it holds open, what it has read and not committed yet. Known
// to change*.cpp alone.
#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "library/change.hpp"
#include "library/parts.hpp"
#include "library/paths.hpp"
#include "read/source.hpp"

namespace suyuan::library {

class Writer {
 public:
  Writer(FileLayer& files, std::string folder, const ChangeOptions& options)
      : files_(files), folder_(std::move(folder)), options_(options) {}

  std::vector<Diagnostic> diagnostics;

  // The lock, the manifest, the segments. `create`: makes the library where there is none.
  bool open(bool create);

  // The files that the paths name.
  std::vector<std::string> list(const std::vector<std::string>& paths);
  // A mistyped name makes no library.
  bool nothing_to_keep(const std::vector<std::string>& paths, const std::vector<std::string>& files);
  void add(std::vector<std::string> files);

  void remove(const std::vector<std::string>& names);

  // Small segments become larger ones; those that hold mostly what was removed, or where what was made of the texts
  // is damaged or by other rules, are written anew.
  void merge();

  // What is made of all that is in force follows it; where it cannot, it is told, and nothing else is lost.
  void follow();

 private:
  using Kind = SourceChange::Kind;

  // A source read and encoded.
  struct Read {
    SourceRecord source;
    struct Encoded {
      std::string record, text, segmentation;
      FoldedDocument folded;
      std::uint32_t characters = 0, notes = 0;
    };
    std::vector<Document> made;  // until they are encoded
    std::vector<Encoded> documents;
    std::uint64_t bytes = 0, characters = 0;
  };
  // Where a source that the library holds, or is about to hold, stands.
  struct Held {
    std::uint64_t segment = 0;  // its number; 0: not committed yet
    std::uint32_t source = 0;
    std::string sha256, word;
  };

  // False, for whoever cannot go on.
  bool fail(Error error);
  void say(Severity severity, Error what) { diagnostics.push_back({severity, std::move(what)}); }

  // Opening.
  bool make();
  bool lock();
  // Leftovers of a killed writer.
  void sweep();

  // What is in force.
  // Brings a segment's file to the disk.
  bool finish(SegmentWriter& writer, SegmentEntry& entry);
  // Writes the manifest, opens the segments that it names anew, and reports.
  bool put_in_force(Manifest next);
  // The changes since the last time.
  void report();

  // Adding.
  // What the library holds.
  void learn();
  void hold(const std::string& path, Held held);
  // What was passed over because this had its content is looked at again.
  void let_go(const std::string& path);
  // Where the batch ends that begins there.
  std::size_t batch(const std::vector<std::string>& files, std::size_t from) const;
  // Held as it is now, and every byte of it sound.
  bool is_held(const std::string& path, const std::string& digest, const std::string& word) const;
  // The first path with that content, empty where there is none.
  std::string holder(const std::string& digest) const;
  bool add_batch(const std::vector<std::string>& paths);
  // `held`: judged to be held already, and not read.
  bool take(const std::string& path, Result<Read> read, bool held);
  // What was read so far becomes a segment, and all that was done so far is in force and reported.
  bool commit();

  // Merging: these become one, or what is damaged of them is set aside.
  bool merge(const std::vector<std::uint64_t>& numbers);

  FileLayer& files_;
  std::string folder_, here_ = current_folder();
  const ChangeOptions& options_;
  std::vector<WriterLock> lock_;
  Manifest manifest_;
  std::map<std::uint64_t, Segment> segments_;  // those that can be read
  std::set<std::uint64_t> broken_;             // those that cannot, or are damaged and stay as they are
  SideFiles side_files_{diagnostics};
  std::unordered_map<std::string, Held> held_;                       // by path
  std::unordered_map<std::string, std::set<std::string>> contents_;  // paths by SHA-256
  std::map<std::string, std::string> passed_;                        // paths passed over, and their contents
  std::vector<std::string> again_;
  std::vector<Read> pending_;
  std::uint64_t pending_bytes_ = 0;
  std::map<std::uint64_t, Ranges> gone_;  // with the next commit
  std::vector<SourceChange> uncommitted_;
  bool failed_ = false;
};

}  // namespace suyuan::library
