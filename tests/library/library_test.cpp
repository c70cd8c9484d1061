#include "suyuan/library.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "library/bytes.hpp"
#include "library/change.hpp"
#include "library/checksum.hpp"
#include "library/faulty_files.hpp"
#include "library/manifest.hpp"
#include "library/records.hpp"
#include "library/segment_file.hpp"
#include "library/segmentation.hpp"
#include "suyuan/report.hpp"

namespace suyuan {
namespace {

namespace fs = std::filesystem;
using library::FaultyFiles;
using library::SectionKind;
using library::slurp;
using library::spill;
using Kind = SourceChange::Kind;
using Fault = FaultyFiles::Fault;

// 1 in `./dev test`; more in `./dev bench safety`.
int rounds() {
  const char* asked = std::getenv("SUYUAN_TEST_ROUNDS");
  return asked ? std::max(1, std::atoi(asked)) : 1;
}

// All that there is of a document, in one string.
std::string all_of(const Document& d) {
  std::string out = d.path + '\0' + d.key + '\0' + d.sha256 + '\0' + to_utf8(d.text) + '\0' + library::encode(d);
  return out;
}
std::vector<std::string> all_of(const Sources& sources) {
  std::vector<std::string> out;
  for (const Document& d : sources.documents) out.push_back(all_of(d));
  for (const Diagnostic& d : sources.diagnostics)
    out.push_back(std::to_string(static_cast<int>(d.severity)) + d.what.code + d.what.message + d.what.source +
                  std::to_string(d.what.offset.value_or(UINT64_MAX)) + d.what.help);
  return out;
}

bool has_error(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}
std::string say(const std::vector<Diagnostic>& diagnostics) {
  std::string out;
  for (const Diagnostic& d : diagnostics) out += d.what.code + ": " + d.what.source + ": " + d.what.message + '\n';
  return out;
}

class LibraryTest : public testing::Test {
 protected:
  void SetUp() override {
    // Thousands of fsyncs: in memory where that can be had.
    const fs::path memory = "/dev/shm";
    std::string name =
        ((::access(memory.c_str(), W_OK) == 0 ? memory : fs::temp_directory_path()) / "suyuan-library-XXXXXX")
            .string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    root = name;
    lib = root + "/lib";
  }
  void TearDown() override { fs::remove_all(root); }

  std::string file(const std::string& name, const std::string& bytes) {
    const fs::path path = fs::path(root) / name;
    fs::create_directories(path.parent_path());
    spill(path, bytes);
    return path.string();
  }
  // Invented prose, different for each seed.
  static std::string prose(unsigned seed, std::size_t characters = 300) {
    std::mt19937 random(seed);
    std::u32string out;
    while (out.size() < characters)
      out += random() % 14 == 0 ? U"。\n" : std::u32string(1, static_cast<char32_t>(0x4E00 + random() % 3000));
    return to_utf8(out);
  }
  std::map<std::string, Kind> add(const std::vector<std::string>& paths, ChangeOptions options = {}) {
    std::map<std::string, Kind> out;
    options.changed = [&](const SourceChange& c) { out[c.path] = c.kind; };
    diagnostics = add_to_library(lib, paths, options);
    return out;
  }
  Sources read() const {
    const Result<Library> library = Library::open(lib);
    EXPECT_TRUE(library) << library.error().message;
    return library ? library->read(2) : Sources{};
  }

  std::string root, lib;
  std::vector<Diagnostic> diagnostics;
};

TEST_F(LibraryTest, GivesBackWhatReadingMade) {
  std::vector<std::string> paths{
      file("a.txt", "\xEF\xBB\xBF第一行。\r\n第二行。\n\n末行没有换行"),
      file("b.md", "# 一\n\n文字。\n\n## 二\n\n文字，𠀀𪜀。\n"),
      file("c.html",
           "<html><head><title>河流</title><meta property='article:published_time' "
           "content='2031-05-20'></head><body>"
           "<nav><a "
           "href='/'>首页</a></nav><h1>给河流留一条路</h1><p>河流有路，<ruby>漢<rt>hàn</rt></ruby>字有声。</p>"
           "<blockquote>引一段话，说河流。</blockquote><ul><li>一条</li></ul><figure><figcaption>图：河</"
           "figcaption></figure></body></html>"),
      file("d.jsonl",
           "{\"id\":\"x1\",\"title\":\"题\",\"date\":\"2031-05-20\",\"text\":\"正文\\u4e00，\\n换行\"}\n{\"id\":"
           "\"x2\",\"text\":\"又一篇\"}\nbad\n"),
      file("e.csv", "id,title,text\n1,题,\"正文，\"\"引\"\"\"\n2,题,第二篇\n"),
      file("f.txt",
           "\xB5\xDA\xD2\xBB\xD0\xD0\xA3\xAC\xD5\xE2\xCA\xC7\xB9\xFA\xB1\xEA\xB1\xE0\xC2\xEB\xB5\xC4\xCE\xC4\xD7"
           "\xD6\xA1\xA3\n"),
      file("g.txt", prose(1) + "\xFF" + prose(2)),
      file("h.txt", ""),
      file("i.txt", std::string("零\0字节", 10)),
      file("j.txt", "\n\r\n\r")};
  file("sources.toml",
       "outlet = \"云川日报\"\n[\"a.txt\"]\ntitle = \"题\"\npublished = 2031-05-20\n[[\"a.txt\".works]]\nwork = "
       "\"修老桥要慢\"\nrank = 2\n");
  gzFile packed = gzopen((root + "/k.txt.gz").c_str(), "wb");
  gzputs(packed, prose(3).c_str());
  gzclose(packed);
  paths.push_back(root + "/k.txt.gz");

  Sources given = read_paths(paths);
  // Of a source that gave no text the library holds nothing.
  std::erase_if(given.diagnostics, [&](const Diagnostic& d) {
    return std::none_of(given.documents.begin(), given.documents.end(),
                        [&](const Document& x) { return x.path == d.what.source; });
  });
  ASSERT_GE(given.documents.size(), 12U);
  ASSERT_TRUE(std::any_of(given.documents.begin(), given.documents.end(),
                          [](const Document& d) { return d.markup.size() > 3; }));
  ASSERT_TRUE(std::any_of(given.documents.begin(), given.documents.end(),
                          [](const Document& d) { return !d.anchors.empty(); }));
  ASSERT_TRUE(std::any_of(given.documents.begin(), given.documents.end(),
                          [](const Document& d) { return !d.works.empty(); }));
  ASSERT_FALSE(given.diagnostics.empty());
  for (const std::uint64_t memory : {std::uint64_t{1}, std::uint64_t{1} << 30}) {
    fs::remove_all(lib);
    ChangeOptions options;
    options.memory = memory;
    const auto changes = add(paths, options);
    EXPECT_EQ(changes.size(), paths.size());
    EXPECT_EQ(all_of(read()), all_of(given)) << "memory " << memory;
    EXPECT_FALSE(has_error(check_library(lib).diagnostics)) << say(check_library(lib).diagnostics);
  }
  // Field by field, once, so that a field that encode() forgets is not forgotten by the comparison too.
  const Sources made = read();
  for (std::size_t i = 0; i < made.documents.size(); ++i) {
    const Document &x = made.documents[i], &y = given.documents[i];
    EXPECT_EQ(std::tie(x.record, x.format, x.encoding, x.line_starts),
              std::tie(y.record, y.format, y.encoding, y.line_starts));
    ASSERT_EQ(x.anchors.size(), y.anchors.size());
    for (std::size_t k = 0; k < x.anchors.size(); ++k)
      EXPECT_EQ(std::tie(x.anchors[k].offset, x.anchors[k].line, x.anchors[k].column, x.anchors[k].stride),
                std::tie(y.anchors[k].offset, y.anchors[k].line, y.anchors[k].column, y.anchors[k].stride));
    ASSERT_EQ(x.markup.size(), y.markup.size());
    for (std::size_t k = 0; k < x.markup.size(); ++k)
      EXPECT_EQ(std::tie(x.markup[k].span, x.markup[k].kind, x.markup[k].level),
                std::tie(y.markup[k].span, y.markup[k].kind, y.markup[k].level));
    const auto same = [](const Metadata& a, const Metadata& b) {
      for (const auto field : {&Metadata::title, &Metadata::outlet, &Metadata::date, &Metadata::posted,
                               &Metadata::kind, &Metadata::copy, &Metadata::rank, &Metadata::url})
        if (std::tie((a.*field).value, (a.*field).by, (a.*field).where) !=
            std::tie((b.*field).value, (b.*field).by, (b.*field).where))
          return false;
      return true;
    };
    EXPECT_TRUE(same(x.metadata, y.metadata));
    ASSERT_EQ(x.works.size(), y.works.size());
    for (std::size_t k = 0; k < x.works.size(); ++k)
      EXPECT_TRUE(x.works[k].first == y.works[k].first && same(x.works[k].second, y.works[k].second));
  }
}

TEST_F(LibraryTest, SkipsReplacesAndRemoves) {
  const std::string a = file("t/a.txt", prose(1)), b = file("t/b.txt", prose(2)), c = file("t/c.txt", prose(1));
  auto changes = add({a, b, c});
  EXPECT_EQ(changes[a], Kind::added);
  EXPECT_EQ(changes[b], Kind::added);
  EXPECT_EQ(changes[c], Kind::same_content);
  EXPECT_EQ(add({a, b})[a], Kind::unchanged);

  // The content that c was passed over for goes away; c is given, and comes.
  spill(a, prose(3));
  changes = add({c, a, b});
  EXPECT_EQ(changes[a], Kind::replaced);
  EXPECT_EQ(changes[c], Kind::added);
  EXPECT_EQ(changes[b], Kind::unchanged);
  EXPECT_EQ(all_of(read()), all_of(read_paths({a, b, c})));

  // A side file speaks of b: its bytes are the same, what is known of it is not.
  file("t/b.meta.toml", "title = \"题\"\n");
  EXPECT_EQ(add({b})[b], Kind::replaced);
  EXPECT_EQ(all_of(read()), all_of(read_paths({a, b, c})));
  EXPECT_EQ(add({b})[b], Kind::unchanged);

  // A file that can no longer be read, or is gone: what is held stays.
  spill(b, std::string("\0\1\2\3\0\0\0\xFF\xFE\xFD", 10));
  const auto before = all_of(read());
  changes = add({b, root + "/nothing.txt"});
  if (changes[b] == Kind::failed) {
    EXPECT_EQ(all_of(read()), before);
  }
  EXPECT_EQ(changes[root + "/nothing.txt"], Kind::failed);
  EXPECT_TRUE(has_error(diagnostics));
  fs::remove(a);
  add({root + "/t"});
  EXPECT_EQ(Library::open(lib)->sources().size(), 3U);

  std::size_t removed = 0;
  ChangeOptions options;
  options.changed = [&](const SourceChange& change) { removed += change.kind == Kind::removed; };
  EXPECT_TRUE(has_error(remove_from_library(lib, {"nothing"}, options)));
  EXPECT_EQ(removed, 0U);
  EXPECT_FALSE(has_error(remove_from_library(lib, {a, a}, options)));
  EXPECT_EQ(removed, 1U);
  const std::string key = Library::open(lib)->sources()[0].sha256;
  EXPECT_TRUE(has_error(remove_from_library(lib, {key.substr(0, 3)}, options)));
  EXPECT_FALSE(has_error(remove_from_library(lib, {key.substr(0, 4)}, options)));
  EXPECT_FALSE(has_error(remove_from_library(lib, {root + "/t"}, options)));
  EXPECT_EQ(removed, 3U);
  EXPECT_TRUE(read().documents.empty());
  const LibraryCheck check = check_library(lib);
  EXPECT_FALSE(has_error(check.diagnostics));
  EXPECT_EQ(check.segments, 0U) << "nothing is left of what was removed";
}

// The same file is one source from wherever it is named; files of one name in two folders are two.
TEST_F(LibraryTest, KnowsAFileHoweverItsPathIsSpelled) {
  const std::string a = file("mon/1.txt", prose(1)), b = file("tue/1.txt", prose(2));
  const fs::path before = fs::current_path();
  fs::current_path(root + "/mon");
  EXPECT_EQ(add({"."}), (std::map<std::string, Kind>{{"1.txt", Kind::added}}));
  fs::current_path(root + "/tue");
  EXPECT_EQ(add({"./1.txt"}), (std::map<std::string, Kind>{{"1.txt", Kind::added}}));
  EXPECT_EQ(add({"../mon", root + "/tue/../tue/1.txt"}),
            (std::map<std::string, Kind>{{a, Kind::unchanged}, {"1.txt", Kind::unchanged}}));
  fs::create_directory_symlink(root + "/mon", root + "/monday");
  spill(a, prose(3));
  EXPECT_EQ(add({root + "/monday"}), (std::map<std::string, Kind>{{a, Kind::replaced}}));

  // Shown short where all lie below the current folder.
  const auto paths = [&] {
    std::vector<std::string> out;
    for (const LibrarySource& s : Library::open(lib)->sources()) out.push_back(s.path);
    return out;
  };
  EXPECT_EQ(paths(), (std::vector<std::string>{a, b}));
  EXPECT_EQ(all_of(read()), all_of(read_paths({a, b})));
  fs::current_path(root);
  EXPECT_EQ(paths(), (std::vector<std::string>{"mon/1.txt", "tue/1.txt"}));
  EXPECT_EQ(all_of(read()), all_of(read_paths({"mon/1.txt", "tue"})));
  EXPECT_EQ(read_texts({lib, "./mon/1.txt", b}).documents.size(), 2U) << "read once";
  EXPECT_FALSE(has_error(remove_from_library(lib, {"monday"})));
  EXPECT_EQ(paths(), (std::vector<std::string>{"tue/1.txt"}));
  EXPECT_FALSE(has_error(check_library(lib).diagnostics));
  fs::current_path(before);
}

TEST_F(LibraryTest, AKeyOfAFewDigitsMustMeanOneSource) {
  // Two texts whose keys begin alike.
  std::map<std::string, std::string> texts;
  std::string one, other;
  for (unsigned n = 0; one.empty(); ++n) {
    std::string text = prose(n, 60);
    if (const auto [at, is_new] = texts.try_emplace(sha256(text).substr(0, 4), text); !is_new)
      one = at->second, other = std::move(text);
  }
  add({file("one.txt", one), file("other.txt", other)});
  const auto removed = remove_from_library(lib, {sha256(one).substr(0, 4)});
  ASSERT_EQ(removed.size(), 1U);
  EXPECT_EQ(removed[0].what.code, "ambiguous");
  EXPECT_FALSE(has_error(remove_from_library(lib, {sha256(one).substr(0, 12)})));
  ASSERT_EQ(read().documents.size(), 1U);
  EXPECT_EQ(read().documents[0].sha256, sha256(other));
}

TEST_F(LibraryTest, AMistypedNameMakesNoLibraryAndAnEmptyOneSaysSo) {
  EXPECT_EQ(add({root + "/nothing.txt"}), (std::map<std::string, Kind>{{root + "/nothing.txt", Kind::failed}}));
  EXPECT_TRUE(has_error(diagnostics));
  fs::create_directory(root + "/empty");
  add({root + "/empty"});
  EXPECT_TRUE(has_error(diagnostics));
  EXPECT_FALSE(fs::exists(lib));
  const std::string a = file("a.txt", prose(1));
  add({a});
  EXPECT_TRUE(Library::open(lib)->diagnostics().empty());
  remove_from_library(lib, {a});
  ASSERT_EQ(Library::open(lib)->diagnostics().size(), 1U);
  EXPECT_EQ(Library::open(lib)->diagnostics()[0].what.code, "empty-library");
}

TEST_F(LibraryTest, MergesSmallSegments) {
  std::vector<std::string> paths;
  for (unsigned i = 0; i < 40; ++i) {
    paths.push_back(file("t/" + std::to_string(i) + ".txt", prose(i)));
    add({paths.back()});
    ASSERT_FALSE(has_error(diagnostics));
  }
  EXPECT_EQ(all_of(read()), all_of(read_paths(paths)));
  const LibraryCheck check = check_library(lib);
  EXPECT_LT(check.segments, 8U);
  EXPECT_TRUE(check.diagnostics.empty()) << say(check.diagnostics);
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(lib)) files += entry.is_regular_file();
  EXPECT_EQ(files, check.segments + 4) << "the manifest, the lock, the catalogue and the relations";
}

TEST_F(LibraryTest, KeepsWhatSegmentingMadeByTheSameRulesAlone) {
  const std::string a = file("a.txt",
                             "目录\n\n给河流留一条路\n\n郗望澜指出：“书屋不在大，在于门常开，来的人多了，路就有了。"
                             "”\n（2031年5月20日在梨坪梯田考察时的讲话）\n");
  add({a});
  Sources held = read();
  ASSERT_TRUE(held.documents.at(0).segmentation);
  const Segmentation fresh = segment(read_paths({a}).documents.at(0));
  ASSERT_FALSE(fresh.works.at(0).quotations.empty());
  EXPECT_EQ(library::encode(*held.documents[0].segmentation), library::encode(fresh));
  EXPECT_EQ(library::encode(*library::decode_segmentation(
                library::encode(fresh), static_cast<std::uint32_t>(held.documents[0].text.size()))),
            library::encode(fresh));

  // The same segment as another version of the program would have made it: nothing of it is used.
  const library::Manifest manifest = *library::read_manifest(lib);
  const auto original = *library::SegmentFile::open(lib, manifest.segments.front());
  library::Manifest made = manifest;
  made.next = 100;
  library::SegmentWriter writer(library::real_files(), lib, 99);
  for (const SectionKind section : {SectionKind::sources, SectionKind::documents, SectionKind::records,
                                    SectionKind::text, SectionKind::made, SectionKind::segmentations}) {
    std::string bytes(*original->bytes(section));
    if (section == SectionKind::made) bytes[0] = bytes[0] == '0' ? '1' : '0';
    if (section == SectionKind::segmentations) bytes.assign(bytes.size(), '\xFF');
    writer.begin(section);
    writer.append(bytes);
  }
  ASSERT_FALSE(writer.finish(made.segments.front()));
  ASSERT_FALSE(library::write_manifest(library::real_files(), lib, made));
  EXPECT_FALSE(read().documents.at(0).segmentation);
  EXPECT_EQ(check_library(lib).diagnostics.at(0).what.code, "other-rules");
  EXPECT_FALSE(has_error(check_library(lib).diagnostics));
  add({a});
  EXPECT_TRUE(check_library(lib).diagnostics.empty()) << "made anew";
  ASSERT_TRUE(read().documents.at(0).segmentation);
  EXPECT_EQ(library::encode(*read().documents[0].segmentation), library::encode(fresh));
}

TEST_F(LibraryTest, TheFormatIsAsDescribed) {
  add({file("a.txt", "河流有路。\n")});
  const std::string manifest = slurp(lib + "/suyuan-library");
  EXPECT_EQ(manifest.rfind("suyuan-library 1\ngeneration 1\nnext 2\nsegment 1 bytes ", 0), 0U);
  EXPECT_NE(manifest.find(" sources 1 documents 1 characters 6\nchecksum "), std::string::npos);
  const std::string bytes = slurp(lib + "/00000001.segment");
  const std::string_view trailer = std::string_view(bytes).substr(bytes.size() - 40);
  EXPECT_EQ(trailer.substr(0, 8), "SUYUANSG");
  EXPECT_EQ(library::get<std::uint32_t>(trailer, 8), 1U);
  EXPECT_EQ(library::get<std::uint32_t>(trailer, 12), 13U);
  const auto data = static_cast<std::size_t>(library::get<std::uint64_t>(trailer, 16));
  EXPECT_EQ(bytes.size(), data + 13 * 24 + 8 + 40);
  EXPECT_EQ(library::get<std::uint64_t>(bytes, data + 13 * 24),
            library::checksum(std::string_view(bytes).substr(0, data)));
  EXPECT_NE(bytes.find("河流有路。\n"), std::string::npos);
}

// What `find` says, as JSON.
std::string answer_of(Corpus& corpus, std::uint32_t work) {
  FoundPassage passage = find_passage(corpus, work);
  Found found{corpus, {}};
  if (passage.places > 0) found.provenance.chains.push_back(std::move(passage.chain));
  ReportOptions options;
  options.cited = true;
  std::ostringstream out;
  write_json(out, found, options);
  return out.str();
}

// ---- Damage ----

class DamageTest : public LibraryTest {
 protected:
  void SetUp() override {
    LibraryTest::SetUp();
    for (unsigned i = 0; i < 4; ++i) paths.push_back(file("t/" + std::to_string(i) + ".txt", prose(i, 12000)));
    paths.push_back(file("t/r.jsonl", "{\"id\":\"1\",\"text\":\"一篇\"}\n{\"id\":\"2\",\"text\":\"又一篇\"}\n"));
    ChangeOptions options;
    options.memory = 60000;
    add(paths, options);
    for (const std::string& text : all_of(read())) whole.insert(text);
    for (const auto& entry : fs::directory_iterator(lib))
      if (entry.path().filename() != "catalogue.sqlite" && entry.path().filename() != "relations")
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
  }
  // The library is refused, or gives nothing but what was put in and says what is missing.
  void expect_detected(const std::string& what) {
    const Result<Library> library = Library::open(lib);
    if (library) {
      const Sources sources = library->read();
      // What is made of the texts is made anew where it is damaged, and nothing is missing.
      if (sources.documents.size() == whole.size()) {
        for (const Document& d : sources.documents)
          if (d.segmentation) {
            EXPECT_EQ(library::encode(*d.segmentation), library::encode(segment(d))) << what;
          }
        remade += !sources.diagnostics.empty();  // else it is of what only questions need
      } else {
        EXPECT_TRUE(has_error(sources.diagnostics)) << what;
      }
      for (const Document& d : sources.documents) EXPECT_TRUE(whole.count(all_of(d))) << what << ": believed";
      for (const Diagnostic& d : sources.diagnostics)
        EXPECT_FALSE(d.what.source.empty() || d.what.message.empty()) << what;
    } else {
      EXPECT_FALSE(library.error().source.empty() || library.error().message.empty()) << what;
    }
    EXPECT_TRUE(has_error(check_library(lib).diagnostics)) << what << ": check says nothing";
  }

  std::vector<std::string> paths, names;
  std::set<std::string> whole;
  std::size_t remade = 0;
};

TEST_F(DamageTest, AFlippedBitIsFoundWhereverItIs) {
  ASSERT_GE(names.size(), 4U) << "two segments, the manifest, the lock";
  std::mt19937 random(7);
  for (const std::string& name : names) {
    if (name == "lock") continue;
    const std::string path = lib + '/' + name, bytes = slurp(path);
    const bool segment = name != "suyuan-library";
    // Every byte of the manifest and of each tail; of the data every so many, wherever that falls.
    const std::size_t data =
        segment ? static_cast<std::size_t>(library::get<std::uint64_t>(bytes, bytes.size() - 24)) : 0;
    const std::size_t stride = std::max<std::size_t>(1, data / static_cast<std::size_t>(150 * rounds()));
    for (std::size_t at = 0; at < bytes.size(); at += at < data ? 1 + random() % (2 * stride) : 1) {
      std::string flipped = bytes;
      flipped[at] = static_cast<char>(flipped[at] ^ 1 << random() % 8);
      spill(path, flipped);
      expect_detected(name + " byte " + std::to_string(at));
      if (HasFailure()) return;
    }
    spill(path, bytes);
  }
  EXPECT_FALSE(has_error(check_library(lib).diagnostics));
}

TEST_F(DamageTest, EverySectionIsUnderItsChecksum) {
  const auto entry = library::read_manifest(lib)->segments.front();
  const std::string path = lib + '/' + library::segment_name(entry.number), bytes = slurp(path);
  for (const SectionKind section : {SectionKind::sources, SectionKind::documents, SectionKind::records,
                                    SectionKind::text, SectionKind::made, SectionKind::segmentations}) {
    const auto file = library::SegmentFile::open(lib, entry);
    ASSERT_TRUE(file);
    ASSERT_GT((*file)->size(section), 0U);
    std::string flipped = bytes;
    char& byte = flipped[static_cast<std::size_t>((*file)->offset(section) + (*file)->size(section) / 2)];
    byte = static_cast<char>(byte ^ 16);
    spill(path, flipped);
    expect_detected("section " + std::to_string(static_cast<int>(section)));
    spill(path, bytes);
  }
}

TEST_F(DamageTest, QuestionsAreNotAnsweredFromWhatIsDamaged) {
  const std::u32string asked = Library::open(lib)->read().documents.at(1).text.substr(200, 40);
  const auto answer = [&]() -> Result<std::string> {
    Result<Library::Question> question = Library::open(lib)->ask(asked);
    if (!question) return tl::unexpected(question.error());
    return answer_of(question->corpus, question->work);
  };
  const auto sound = answer();
  ASSERT_TRUE(sound) << sound.error().message;
  std::size_t refused = 0, unmoved = 0;
  std::mt19937 random(11);
  for (const auto& entry : fs::directory_iterator(lib)) {
    const std::string path = entry.path().string(), name = entry.path().filename().string();
    if (name != "relations" && name.find(".segment") == name.npos) continue;
    const std::string bytes = slurp(path);
    const std::size_t stride = std::max<std::size_t>(1, bytes.size() / static_cast<std::size_t>(100 * rounds()));
    for (std::size_t at = 0; at < bytes.size(); at += 1 + random() % (2 * stride)) {
      std::string flipped = bytes;
      flipped[at] = static_cast<char>(flipped[at] ^ 1 << random() % 8);
      spill(path, flipped);
      if (Library::open(lib)) {
        const auto given = answer();
        given ? ++unmoved : ++refused;
        if (given) {
          EXPECT_EQ(*given, *sound) << name << " byte " << at;
        }
      }
      EXPECT_TRUE(has_error(check_library(lib).diagnostics)) << name << " byte " << at << ": check says nothing";
    }
    for (const std::size_t size : {std::size_t{0}, bytes.size() / 2, bytes.size() - 1}) {
      spill(path, bytes.substr(0, size));
      if (Library::open(lib)) {
        EXPECT_FALSE(answer()) << name << " cut to " << size;
      }
    }
    spill(path, bytes);
  }
  EXPECT_GT(refused, 20U);
  EXPECT_EQ(*answer(), *sound);
}

TEST_F(LibraryTest, AnswersQuestionsFromPartOfItAsFromAll) {
  // Texts that share passages, copies of one publication, a report on another text, common wording, a work in many.
  std::mt19937 random(5);
  std::vector<std::u32string> texts;
  for (unsigned i = 0; i < 24; ++i) texts.push_back(from_utf8(prose(i, 900)));
  const std::u32string common = from_utf8("大家要把门常开着，把路修好。");
  for (std::size_t i = 1; i < texts.size(); ++i) {
    std::u32string piece = texts[random() % i].substr(random() % 300, 20 + random() % 120);
    if (i % 3 == 0) piece[piece.size() / 2] = U'梁';
    texts[i].insert(random() % 200, piece + U"。");
    for (std::size_t n = 0; n < 3; ++n) texts[i].insert(random() % texts[i].size(), common);
    if (i % 7 == 0) texts[i] = texts[i - 1].substr(0, texts[i - 1].size() - 30);
  }
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string day = "2031-05-" + std::to_string(10 + i % 18);
    std::u32string escaped;
    for (const char32_t c : texts[i]) escaped += c == U'\n' ? U"\\n" : std::u32string(1, c);
    paths.push_back(file("t/" + std::to_string(i) + ".jsonl",
                         "{\"id\":\"1\",\"title\":\"田埂" + std::to_string(i / 2) + "\"," +
                             (i % 2 == 0 ? "\"outlet\":\"云川日报\",\"date\":\"" + day + "\"," : "") +
                             "\"text\":\"" + to_utf8(escaped) + "\"}\n"));
  }
  ChangeOptions options;
  options.memory = 30000;
  ASSERT_FALSE(has_error(add_to_library(lib, paths, options)));
  ASSERT_FALSE(has_error(remove_from_library(lib, {paths[3], paths[12]}, {})));
  paths.erase(paths.begin() + 12);
  paths.erase(paths.begin() + 3);
  const Library library = *Library::open(lib);
  std::size_t places = 0, copies = 0;
  for (int n = 0; n < 60; ++n) {
    const std::u32string& text = texts[random() % texts.size()];
    std::u32string asked =
        text.substr(random() % (text.size() - 160), std::array{8U, 12U, 20U, 40U, 150U}[random() % 5]);
    if (n % 3 == 0) asked[asked.size() / 2] = U'峪';
    if (n % 10 == 0) asked = common;
    if (n % 10 == 5) asked = from_utf8("大家要把门常关着，把路修好，");
    if (n % 10 == 7) asked = from_utf8("大家要把门常把路修好");
    if (n % 10 == 9) asked.erase(asked.size() / 2, asked.size() / 6 + 1);
    auto question = library.ask(asked);
    ASSERT_TRUE(question) << to_utf8(asked) << question.error().message;
    Corpus all = build_corpus(read_paths(paths));
    const std::uint32_t work = add_passage(all, asked);
    EXPECT_LE(question->corpus.documents.size(), all.documents.size());
    for (const CorpusWork& w : question->corpus.works) copies += w.publication < question->corpus.works.size() - 1;
    const std::string expected = answer_of(all, work);
    EXPECT_EQ(answer_of(question->corpus, question->work), expected) << to_utf8(asked);
    places += expected.find("\"witnesses\"") != expected.npos;
  }
  EXPECT_GT(places, 30U);
  EXPECT_EQ(library.ask(U"四个字吧").error().code, "too-short");
}

// What `verify` says, as JSON.
std::string verdicts_of(const VerifyCorpus& corpus, std::vector<Finding> findings) {
  std::ostringstream out;
  write_verify_json(out, Verified{corpus, std::move(findings), shipped_lexicons()}, {});
  return out.str();
}

TEST_F(LibraryTest, VerifiesDraftsFromPartOfItAsFromAll) {
  // Articles and reports on them, copies of one publication, selections of several occasions, common wording.
  std::mt19937 random(7);
  const std::u32string common = from_utf8("大家要把门常开着，把路修好。");
  std::vector<std::u32string> texts;
  for (unsigned i = 0; i < 30; ++i) {
    std::u32string text = from_utf8(prose(i, 700));
    if (i > 0) text.insert(random() % 200, texts[random() % i].substr(random() % 300, 20 + random() % 80) + U"。");
    for (std::size_t n = 0; n < 4; ++n) text.insert(random() % text.size(), common);
    if (i % 7 == 6) text = texts[i - 1].substr(0, texts[i - 1].size() - 30);
    texts.push_back(std::move(text));
  }
  const std::vector<std::string> occasions{"云川林业座谈会", "梨坪林场工作会议", "远山护林大会"};
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string day = "2031-05-" + std::to_string(10 + i % 18);
    std::string text;
    for (const char32_t c : texts[i]) text += c == U'\n' ? "\\n" : to_utf8(std::u32string(1, c));
    const std::string& occasion = occasions[i % occasions.size()];
    std::string title = "田埂" + std::to_string(i / 2), kind;
    if (i % 5 == 1) title = "郗望澜在" + occasion + "上的讲话", kind = "speech";
    if (i % 5 == 2) kind = "report", text = occasion + "3.5日在云川召开，郗望澜出席。\\n" + text;
    if (i % 5 == 3) text += "\\n（2031年3月" + std::to_string(1 + i % 28) + "日在" + occasion + "上的讲话）\\n";
    if (i % 5 == 4)
      title = "《云川日报》发表文章《田埂" + std::to_string(i / 4) + "》",
      text = "《云川日报》2031年5月12日发表郗望澜的重要文章《田埂" + std::to_string(i / 4) + "》。\\n" + text;
    paths.push_back(file("t/" + std::to_string(i) + ".jsonl",
                         "{\"id\":\"1\",\"title\":\"" + title + "\"," +
                             (kind.empty() ? "" : "\"kind\":\"" + kind + "\",") +
                             (i % 2 == 0 ? "\"outlet\":\"云川日报\",\"date\":\"" + day + "\"," : "") +
                             "\"text\":\"" + text + "\"}\n"));
  }
  ChangeOptions options;
  options.memory = 30000;
  ASSERT_FALSE(has_error(add_to_library(lib, paths, options)));
  ASSERT_FALSE(has_error(remove_from_library(lib, {paths[3], paths[12]}, {})));
  paths.erase(paths.begin() + 12);
  paths.erase(paths.begin() + 3);
  const Library library = *Library::open(lib);

  std::set<Verdict> verdicts;
  std::set<Holding> holdings;
  std::set<Claim::Result> claims;
  const auto compare = [&](const std::vector<std::string>& drafts) {
    auto part = library.verify(read_paths(drafts), 2);
    ASSERT_TRUE(part) << part.error().message;
    VerifyCorpus all = build_verify_corpus(read_paths(drafts), read_paths(paths));
    std::vector<Finding> findings = verify(all, Index(all.corpus));
    EXPECT_LE(part->corpus.corpus.documents.size(), all.corpus.documents.size());
    keep_cited(all, findings);
    for (const Finding& f : findings) {
      verdicts.insert(f.verdict);
      holdings.insert(f.holding);
      for (const Claim& c : f.claims) claims.insert(c.result);
    }
    EXPECT_EQ(verdicts_of(part->corpus, part->findings), verdicts_of(all, findings)) << drafts[0];
  };
  for (int n = 0; n < 24; ++n) {
    std::u32string draft = from_utf8(n % 4 == 0 ? "《云川日报》发表文章《田埂2》\n\n" : "一篇谈护林的稿件\n\n");
    for (int q = 0; q < 16; ++q) {
      const std::u32string& text = texts[random() % texts.size()];
      const std::size_t size = std::array{7U, 8U, 9U, 11U, 12U, 16U, 20U, 30U, 60U, 90U}[random() % 10];
      const std::size_t at = random() % (text.size() - 200);
      std::u32string words = text.substr(at, size);
      std::erase(words, U'\n');
      const std::size_t step = 3 + random() % 4;
      switch (random() % 6) {
        case 0:
          for (std::size_t i = random() % step; i < words.size(); i += step)
            words.replace(i, 1, std::array<std::u32string, 3>{U"", U"梁", U"梁峪"}[random() % 3]);
          break;
        case 1:
          words += U"，" + texts[random() % texts.size()].substr(40, size);
          std::erase(words, U'\n');
          break;
        case 2:
          words.replace(words.size() / 2, 2, U"……");
          break;
        case 3:
          for (char32_t& c : words) c = static_cast<char32_t>(0x4E00 + random() % 3000);
          break;
        default:
          break;
      }
      const std::string& occasion = occasions[random() % occasions.size()];
      const std::vector<std::string> before{"他说：", "郗望澜在" + occasion + "上强调：", "郗望澜在会上多次指出："};
      const std::vector<std::string> after{"", "（《云川日报》2031年5月12日）",
                                           "（《田埂" + std::to_string(random() % 9) + "》）"};
      draft += from_utf8(before[random() % 3]) + U"“" + words + U"”" + from_utf8(after[random() % 3]) + U"。";
      if (random() % 3 == 0) draft += text.substr(at, 50);
      if (random() % 4 == 0) draft += U"\n";
    }
    if (n % 6 == 1) draft = texts[random() % texts.size()] + draft.substr(0, 80);  // a copy of one of them
    std::vector<std::string> drafts{file("d/" + std::to_string(n) + ".txt", to_utf8(draft))};
    if (n % 5 == 2) drafts.push_back(paths[random() % paths.size()]);  // held by the library too
    compare(drafts);
  }
  EXPECT_GE(verdicts.size(), 7U);
  EXPECT_GE(holdings.size(), 2U);
  EXPECT_EQ(claims.size(), 3U);
}

TEST_F(LibraryTest, ManyThreadsAskOneLibrary) {
  std::vector<std::string> paths;
  for (unsigned i = 0; i < 6; ++i)
    paths.push_back(file("t/" + std::to_string(i) + ".txt", prose(i % 2, 3000) + prose(10 + i)));
  ChangeOptions options;
  options.memory = 12000;
  add(paths, options);
  const Library library = *Library::open(lib);
  const std::u32string text = library.read().documents.at(0).text.substr(100, 900);
  const auto ask = [&](std::size_t n) {
    auto question = library.ask(text.substr(n * 37 % 800, 40));
    return question ? answer_of(question->corpus, question->work) : question.error().message;
  };
  std::vector<std::string> expected;
  for (std::size_t n = 0; n < 24; ++n) expected.push_back(ask(n));
  const Library fresh = *Library::open(lib);  // nothing of it is read or checked yet
  std::atomic<int> wrong = 0;
  {
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (std::size_t n = t; n < 24; n += 2) {
          auto question = fresh.ask(text.substr(n * 37 % 800, 40));
          wrong += !question || answer_of(question->corpus, question->work) != expected[n];
        }
        wrong += fresh.read(2).documents.size() != paths.size();
      });
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_NE(expected[0].find("\"witnesses\""), std::string::npos);
}

TEST_F(DamageTest, WhatIsMadeOfTheTextsIsMadeAnew) {
  std::string lines;
  for (int i = 0; i < 20000; ++i) lines += "甲乙" + std::to_string(i % 10) + "。\n\n";
  fs::remove_all(lib);
  paths = {file("lines.txt", lines)};
  add(paths);
  whole.clear();
  for (const std::string& text : all_of(read())) whole.insert(text);
  const auto entry = library::read_manifest(lib)->segments.front();
  const std::string path = lib + '/' + library::segment_name(entry.number);
  std::string bytes = slurp(path);
  const auto at = [&](SectionKind section) {
    const auto file = library::SegmentFile::open(lib, entry);
    return static_cast<std::size_t>((*file)->offset(section) + (*file)->size(section) - 1);
  };
  ASSERT_GT(at(SectionKind::segmentations) / library::kBlock, at(SectionKind::text) / library::kBlock)
      << "in a block of its own";
  bytes[at(SectionKind::segmentations)] ^= 1;
  spill(path, bytes);
  expect_detected("segmentations");
  EXPECT_EQ(remade, 1U);
  add(paths);
  EXPECT_FALSE(has_error(diagnostics)) << say(diagnostics);
  EXPECT_TRUE(check_library(lib).diagnostics.empty()) << say(check_library(lib).diagnostics);
  for (const Document& d : read().documents) {
    ASSERT_TRUE(d.segmentation);
    EXPECT_EQ(library::encode(*d.segmentation), library::encode(segment(d)));
  }
}

TEST_F(DamageTest, TruncatedAndGrownFilesAreRefusedAtOpening) {
  for (const std::string& name : names) {
    if (name == "lock") continue;
    const std::string path = lib + '/' + name, bytes = slurp(path);
    std::vector<std::size_t> sizes{
        0, 1, 39, 40, 41, bytes.size() / 2, bytes.size() - 41, bytes.size() - 8, bytes.size() - 1};
    for (std::size_t at = library::kBlock; at < bytes.size(); at += library::kBlock) sizes.push_back(at);
    for (const std::size_t size : sizes) {
      if (size >= bytes.size()) continue;
      spill(path, bytes.substr(0, size));
      expect_detected(name + " cut to " + std::to_string(size));
    }
    spill(path, bytes + '\0');
    expect_detected(name + " grown");
    fs::remove(path);
    expect_detected(name + " missing");
    spill(path, bytes);
  }
}

TEST_F(DamageTest, AddingAgainMends) {
  const auto entry = library::read_manifest(lib)->segments.front();
  const std::string path = lib + '/' + library::segment_name(entry.number), bytes = slurp(path);
  std::string flipped = bytes;
  {
    const auto file = library::SegmentFile::open(lib, entry);
    flipped[static_cast<std::size_t>((*file)->offset(SectionKind::text) + (*file)->size(SectionKind::text)) - 9] ^=
        1;
  }
  spill(path, flipped);
  const LibraryCheck check = check_library(lib);
  std::set<std::string> named;
  for (const Diagnostic& d : check.diagnostics) named.insert(d.what.source);
  EXPECT_TRUE(named.count(path));
  const bool names_a_source =
      std::any_of(paths.begin(), paths.end(), [&](const std::string& p) { return named.count(p) != 0; });
  EXPECT_TRUE(names_a_source) << say(check.diagnostics);
  const auto changes = add(paths);
  EXPECT_TRUE(
      std::any_of(changes.begin(), changes.end(), [](const auto& c) { return c.second == Kind::replaced; }));
  EXPECT_EQ(all_of(read()), all_of(read_paths(paths)));

  // A part that is gone altogether: its texts are added again, and it is taken off the list by name.
  const auto rest = library::read_manifest(lib)->segments.front();
  fs::remove(lib + '/' + library::segment_name(rest.number));
  add(paths);
  EXPECT_TRUE(has_error(diagnostics));
  EXPECT_FALSE(has_error(remove_from_library(lib, {library::segment_name(rest.number)})));
  EXPECT_EQ(all_of(read()), all_of(read_paths(paths)));
  EXPECT_FALSE(has_error(check_library(lib).diagnostics));
}

TEST_F(DamageTest, DamageIsNeverMerged) {
  const auto entry = library::read_manifest(lib)->segments.front();
  const std::string path = lib + '/' + library::segment_name(entry.number);
  std::string bytes = slurp(path);
  {
    const auto file = library::SegmentFile::open(lib, entry);
    bytes[static_cast<std::size_t>((*file)->offset(SectionKind::text) + (*file)->size(SectionKind::text)) - 9] ^= 1;
  }
  spill(path, bytes);
  for (unsigned i = 0; i < 12; ++i) add({file("more/" + std::to_string(i) + ".txt", prose(100 + i))});
  EXPECT_TRUE(has_error(diagnostics));
  EXPECT_TRUE(fs::exists(path));
  std::size_t old = 0;
  for (const Document& d : read().documents)
    if (std::count(paths.begin(), paths.end(), d.path)) {
      ++old;
      EXPECT_TRUE(whole.count(all_of(d)));
    }
  EXPECT_EQ(old, whole.size() - 1) << "one text stays damaged";
  EXPECT_TRUE(has_error(check_library(lib).diagnostics));
}

TEST_F(DamageTest, AnotherVersionIsRefusedWithWhatToDo) {
  std::string text = slurp(lib + "/suyuan-library");
  text = text.substr(0, text.rfind("checksum "));
  text.replace(0, text.find('\n'), "suyuan-library 2");
  std::string digits(16, '0');
  std::snprintf(digits.data(), 17, "%016llx", static_cast<unsigned long long>(library::checksum(text)));
  spill(lib + "/suyuan-library", text + "checksum " + digits + '\n');
  const Result<Library> library = Library::open(lib);
  ASSERT_FALSE(library);
  EXPECT_EQ(library.error().code, "library-version");
  EXPECT_NE(library.error().message.find("format 2"), std::string::npos);
  EXPECT_FALSE(library.error().help.empty());
  const std::string before = slurp(lib + "/suyuan-library");
  add(paths);
  EXPECT_TRUE(has_error(diagnostics));
  EXPECT_EQ(slurp(lib + "/suyuan-library"), before);
  for (const std::string& name : names) EXPECT_TRUE(fs::exists(lib + '/' + name));
}

TEST_F(DamageTest, SectionsUnknownAreRefusedUnlessTheyAreDerived) {
  for (const std::uint32_t kind : {7U, 0x9999U}) {
    library::SegmentEntry entry;
    library::SegmentWriter writer(library::real_files(), lib, kind);
    writer.begin(static_cast<SectionKind>(kind));
    writer.append("abc");
    ASSERT_FALSE(writer.finish(entry));
    const auto file = library::SegmentFile::open(lib, entry);
    EXPECT_EQ(file.has_value(), kind >= 0x8000U);
    if (!file) {
      EXPECT_EQ(file.error().code, "library-version");
    }
  }
}

// Contents that contradict themselves under checksums that fit: refused or left out, and nothing worse.
TEST_F(DamageTest, MadeUpContentsDoNoHarm) {
  std::mt19937 random(11);
  const library::Manifest manifest = *library::read_manifest(lib);
  const auto original = *library::SegmentFile::open(lib, manifest.segments.front());
  for (int round = 0; round < 400 * rounds(); ++round) {
    library::Manifest made = manifest;
    library::SegmentEntry& entry = made.segments.front();
    made.next = 1000;
    fs::remove(lib + "/00000999.segment");
    library::SegmentWriter writer(library::real_files(), lib, 999);
    constexpr SectionKind kTargets[] = {SectionKind::sources, SectionKind::documents, SectionKind::records,
                                        SectionKind::segmentations, SectionKind::segmentations};
    const SectionKind target = kTargets[random() % 5];
    for (const SectionKind section : {SectionKind::sources, SectionKind::documents, SectionKind::records,
                                      SectionKind::text, SectionKind::made, SectionKind::segmentations}) {
      std::string bytes(*original->bytes(section));
      if (section == target && !bytes.empty()) {
        for (unsigned i = 0; i <= random() % 3; ++i) {
          char& byte = bytes[random() % std::min<std::size_t>(bytes.size(), 1 + random() % 400)];
          byte = random() % 2 ? static_cast<char>(random()) : static_cast<char>(0xFF);
        }
        if (random() % 8 == 0) bytes.resize(random() % bytes.size());
      }
      writer.begin(section);
      writer.append(bytes);
    }
    const library::SegmentEntry counts = entry;
    ASSERT_FALSE(writer.finish(entry));
    if (random() % 8 == 0) entry.documents = static_cast<std::uint32_t>(random());
    if (random() % 8 == 0) entry.sources = counts.sources + static_cast<std::uint32_t>(random() % 3);
    ASSERT_FALSE(library::write_manifest(library::real_files(), lib, made));
    if (const auto library = Library::open(lib)) (void)build_corpus(library->read(2), 2);
    (void)check_library(lib);
  }
}

TEST_F(LibraryTest, OddFoldersDoNoHarm) {
  const std::string a = file("a.txt", prose(1));
  const auto refuses = [&](const std::string& what) {
    add({a});
    EXPECT_TRUE(has_error(diagnostics)) << what;
    EXPECT_FALSE(Library::open(lib)) << what;
    EXPECT_TRUE(has_error(check_library(lib).diagnostics)) << what;
    EXPECT_TRUE(has_error(remove_from_library(lib, {a}))) << what;
    fs::remove_all(lib);
  };
  file("lib/other.txt", "x");
  refuses("a folder with other files");
  EXPECT_FALSE(fs::exists(lib + "/lock"));
  spill(lib, "x");
  refuses("a file");
  lib = root + "/no/such/lib";
  refuses("a folder in no folder");
  lib = root + "/lib";
  fs::create_directories(lib + "/suyuan-library");
  refuses("a folder for a manifest");
  fs::create_directories(lib);
  ::mkfifo((lib + "/suyuan-library").c_str(), 0600);
  refuses("a pipe for a manifest");
  file("lib/suyuan-library", "");
  refuses("an empty manifest");
  file("lib/suyuan-library", std::string(5000, 'x'));
  refuses("no manifest");
  file("lib/00000001.segment", "x");
  refuses("segments without a manifest");
  add({a});
  fs::remove(lib + "/lock");
  fs::create_directories(lib + "/lock");
  add({a});
  EXPECT_TRUE(has_error(diagnostics)) << "a folder for a lock";
  EXPECT_EQ(read().documents.size(), 1U);
  fs::remove_all(lib);
  add({a});
  fs::remove(lib + "/00000001.segment");
  ::mkfifo((lib + "/00000001.segment").c_str(), 0600);
  EXPECT_TRUE(has_error(read().diagnostics)) << "a pipe for a segment";
  EXPECT_TRUE(has_error(check_library(lib).diagnostics));
}

TEST_F(LibraryTest, LeftoversAreNotesAndAreSwept) {
  const std::string a = file("a.txt", prose(1));
  add({a});
  spill(lib + "/00000077.segment", "half");
  spill(lib + "/suyuan-library.new", "half");
  spill(lib + "/notes.txt", "somebody's");
  const LibraryCheck check = check_library(lib);
  EXPECT_EQ(check.diagnostics.size(), 3U);
  EXPECT_FALSE(has_error(check.diagnostics));
  add({a});
  EXPECT_FALSE(fs::exists(lib + "/00000077.segment"));
  EXPECT_FALSE(fs::exists(lib + "/suyuan-library.new"));
  EXPECT_TRUE(fs::exists(lib + "/notes.txt")) << "what is not the library's stays";
}

// ---- Faults ----

// A change to a library in which everything happens: two replaced, three new, commits one by one, a merge.
class FaultTest : public LibraryTest {
 protected:
  void SetUp() override {
    LibraryTest::SetUp();
    for (unsigned i = 0; i < 7; ++i) paths.push_back(file("t/" + std::to_string(i) + ".txt", prose(i, 60)));
    for (const std::string& path : paths) add({path});
    for (const Document& d : read().documents) before[d.path] = all_of(d);
    base = root + "/base";
    fs::copy(lib, base);
    spill(paths[1], prose(11, 60));
    spill(paths[4], prose(14, 60));
    for (unsigned i = 20; i < 23; ++i) paths.push_back(file("t/" + std::to_string(i) + ".txt", prose(i, 60)));
    for (const Document& d : read_paths(paths).documents) after[d.path] = all_of(d);
    options.memory = 1;
    options.changed = [this](const SourceChange& c) { reported.insert(c.path); };
  }
  void reset() {
    fs::remove_all(lib);
    fs::copy(base, lib);
    reported.clear();
  }
  // The library opens, holds each source as it was or as it is now, and as it is now where that was reported.
  void expect_whole(const std::string& folder, const std::string& what) {
    const Result<Library> library = Library::open(folder);
    ASSERT_TRUE(library) << what << ": " << library.error().message;
    const Sources sources = library->read();
    EXPECT_FALSE(has_error(sources.diagnostics)) << what << '\n' << say(sources.diagnostics);
    const LibraryCheck check = check_library(folder);
    EXPECT_FALSE(has_error(check.diagnostics)) << what << '\n' << say(check.diagnostics);
    std::map<std::string, std::string> now;
    for (const Document& d : sources.documents)
      EXPECT_TRUE(now.emplace(d.path, all_of(d)).second) << what << ": twice " << d.path;
    for (const std::string& path : paths) {
      const bool is_new = now.count(path) && now[path] == after[path];
      const bool is_old = now.count(path) == before.count(path) && (!now.count(path) || now[path] == before[path]);
      EXPECT_TRUE(is_new || is_old) << what << ": half " << path;
      if (reported.count(path)) {
        EXPECT_TRUE(is_new) << what << ": reported and lost " << path;
      }
    }
  }
  void expect_goes_on(const std::string& folder, const std::string& what) {
    const auto diagnosed = add_to_library(folder, paths);
    EXPECT_FALSE(has_error(diagnosed)) << what << '\n' << say(diagnosed);
    const Result<Library> library = Library::open(folder);
    ASSERT_TRUE(library) << what;
    EXPECT_EQ(all_of(library->read()), all_of(read_paths(paths))) << what;
  }

  std::vector<std::string> paths;
  std::map<std::string, std::string> before, after;
  std::set<std::string> reported;
  std::string base;
  ChangeOptions options;
};

TEST_F(FaultTest, EveryOperationMayFail) {
  FaultyFiles counting(lib, Fault::none, 0);
  library::add(counting, lib, paths, options);
  ASSERT_GT(counting.operations(), 60);
  ASSERT_EQ(reported.size(), paths.size());
  struct Case {
    Fault fault;
    int number;
  };
  for (const Case c : {Case{Fault::once, ENOSPC}, Case{Fault::once, EIO}, Case{Fault::from_then_on, ENOSPC},
                       Case{Fault::short_write, 0}})
    for (int at = 0; at < counting.operations(); ++at) {
      reset();
      FaultyFiles files(lib, c.fault, at, c.number);
      const auto said = library::add(files, lib, paths, options);
      const std::string what = "fault " + std::to_string(static_cast<int>(c.fault)) + " at " + std::to_string(at);
      expect_whole(lib, what);
      if (reported.size() < paths.size()) {
        EXPECT_TRUE(has_error(said)) << what << ": says nothing";
      }
      expect_goes_on(lib, what);
      if (HasFailure()) return;
    }
}

TEST_F(FaultTest, PowerMayFailAtEveryOperation) {
  FaultyFiles counting(lib, Fault::none, 0);
  library::add(counting, lib, paths, options);
  std::mt19937 random(5);
  for (int round = 0; round < rounds(); ++round)
    for (int at = 0; at <= counting.operations(); ++at) {
      reset();
      FaultyFiles files(lib, Fault::power_loss, at, EIO);
      library::add(files, lib, paths, options);
      for (const double kept : {0.0, 0.5, 1.0}) {
        const std::string folder = root + "/after",
                          what = "power at " + std::to_string(at) + ", kept " + std::to_string(kept);
        files.materialise(folder, kept, random);
        expect_whole(folder, what);
        expect_goes_on(folder, what);
        if (HasFailure()) return;
      }
    }
}

TEST_F(FaultTest, RemovingIsWholeToo) {
  for (int at = 0; at < 40; ++at) {
    reset();
    FaultyFiles files(lib, Fault::power_loss, at, EIO);
    library::remove(files, lib, {paths[0], paths[2]}, options);
    std::mt19937 random(static_cast<unsigned>(at));
    for (const double kept : {0.0, 0.5, 1.0}) {
      files.materialise(root + "/after", kept, random);
      const Result<Library> library = Library::open(root + "/after");
      ASSERT_TRUE(library);
      const std::size_t held = library->sources().size();
      EXPECT_TRUE(held == 7 || held == 5) << at << ": " << held;
      if (!reported.empty()) {
        EXPECT_EQ(held, 5U);
      }
      EXPECT_FALSE(has_error(check_library(root + "/after").diagnostics));
    }
  }
}

TEST_F(FaultTest, TheFirstAddToo) {
  const std::string fresh = root + "/fresh";
  for (int at = 0; at < 30; ++at) {
    fs::remove_all(fresh);
    fs::create_directories(fresh);
    FaultyFiles files(fresh, Fault::power_loss, at, EIO);
    reported.clear();
    library::add(files, fresh, {paths[0]}, options);
    std::mt19937 random(static_cast<unsigned>(at));
    for (const double kept : {0.0, 0.5, 1.0}) {
      const std::string folder = root + "/after";
      files.materialise(folder, kept, random);
      if (!reported.empty()) {
        ASSERT_TRUE(is_library(folder)) << at;
      }
      const auto said = add_to_library(folder, {paths[0]});
      EXPECT_FALSE(has_error(said)) << at << '\n' << say(said);
      EXPECT_EQ(Library::open(folder)->read().documents.size(), 1U);
    }
  }
}

// ---- Several at once ----

TEST_F(LibraryTest, ASecondWriterWaits) {
  std::vector<std::string> paths;
  for (unsigned i = 0; i < 24; ++i) paths.push_back(file("t/" + std::to_string(i) + ".txt", prose(i)));
  add({paths[0]});
  std::atomic<int> waited{0};
  {
    std::optional<library::WriterLock> held = *library::WriterLock::take(lib, {});
    std::jthread other([&] {
      ChangeOptions options;
      options.waiting = [&] { ++waited; };
      EXPECT_FALSE(has_error(add_to_library(lib, {paths[1]}, options)));
    });
    while (waited == 0) std::this_thread::yield();
    EXPECT_EQ(Library::open(lib)->sources().size(), 1U);
    held.reset();
  }
  EXPECT_EQ(waited, 1);
  std::vector<std::jthread> writers;
  for (unsigned w = 0; w < 4; ++w)
    writers.emplace_back([&, w] {
      for (unsigned i = w; i < paths.size(); i += 4) EXPECT_FALSE(has_error(add_to_library(lib, {paths[i]})));
    });
  writers.clear();
  EXPECT_EQ(all_of(read()), all_of(read_paths(paths)));
}

TEST_F(LibraryTest, TwoMayMakeIt) {
  std::vector<std::string> paths{file("t/a.txt", prose(1)), file("t/b.txt", prose(2))};
  for (int round = 0; round < 20; ++round) {
    fs::remove_all(lib);
    std::vector<std::jthread> writers;
    for (const std::string& path : paths)
      writers.emplace_back([&] {
        const auto said = add_to_library(lib, {path});
        EXPECT_FALSE(has_error(said)) << say(said);
      });
    writers.clear();
    EXPECT_EQ(read().documents.size(), 2U);
  }
}

TEST_F(LibraryTest, ReadersSeeOneStateWhileItGrows) {
  std::vector<std::string> paths;
  for (unsigned i = 0; i < 60; ++i) paths.push_back(file("t/" + std::to_string(i) + ".txt", prose(i)));
  add({paths[0]});
  const Result<Library> early = Library::open(lib);
  ASSERT_TRUE(early);
  std::atomic<bool> done{false};
  std::jthread writer([&] {
    for (const std::string& path : paths) EXPECT_FALSE(has_error(add_to_library(lib, {path})));
    done = true;
  });
  std::size_t last = 1, seen = 0;
  while (!done) {
    const Result<Library> library = Library::open(lib);
    ASSERT_TRUE(library) << library.error().message;
    const Sources sources = library->read();
    ASSERT_FALSE(has_error(sources.diagnostics)) << say(sources.diagnostics);
    ASSERT_GE(sources.documents.size(), last) << "the library shrank";
    last = sources.documents.size();
    ++seen;
  }
  writer.join();
  EXPECT_GT(seen, 3U);
  EXPECT_EQ(early->read().documents.size(), 1U);
  EXPECT_EQ(read().documents.size(), paths.size());
}

TEST(Manifest, RangesAreKept) {
  library::Ranges ranges;
  for (const std::uint32_t n : {5U, 3U, 4U, 9U, 8U, 3U, 0U}) library::insert(ranges, n);
  EXPECT_EQ(ranges, (library::Ranges{{0, 0}, {3, 5}, {8, 9}}));
  EXPECT_EQ(library::size(ranges), 6U);
  EXPECT_TRUE(library::contains(ranges, 4));
  EXPECT_FALSE(library::contains(ranges, 6));
  library::Manifest manifest{7, 12, {{11, 99, 0xABCDEF, 20, 30, 400, ranges}}};
  const auto again = library::parse_manifest(library::to_text(manifest), "m");
  ASSERT_TRUE(again);
  EXPECT_EQ(library::to_text(*again), library::to_text(manifest));
  EXPECT_EQ(again->segments[0].removed, ranges);
}

}  // namespace
}  // namespace suyuan
