// Forms told by their first bytes; LibreOffice asked for those that only it can read.
#include "read/foreign.hpp"

#include <array>

#include "read/child.hpp"
#include "read/files.hpp"

namespace suyuan {

namespace {

constexpr std::string_view kCompound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

// A name in the directory of a compound file, in its two bytes for each letter.
bool holds_name(std::string_view bytes, std::string_view name) {
  std::string wide;
  for (const char c : name) wide += c, wide += '\0';
  return bytes.find(wide) != bytes.npos;
}

struct Sign {
  std::size_t at;
  std::string_view bytes;
  const char* code;
  const char* what;
  const char* help;
};

using namespace std::string_view_literals;

constexpr const char* kPicture = "a picture, not a text";
constexpr const char* kRecognise =
    "recognise its characters first (tesseract -l chi_sim, or make a PDF of it and run ocrmypdf)";
constexpr const char* kCaj = "a file of the CNKI reader (CAJ, KDH, NH, TEB), a form nobody else reads";
constexpr const char* kPrintCaj =
    "fetch the PDF of the article instead, or print it to PDF in the reader; where its pages are pictures, "
    "recognise their characters (ocrmypdf -l chi_sim)";
constexpr const char* kArchive = "an archive";
constexpr const char* kUnpack = "unpack it and name the files in it";

constexpr std::array kSigns{
    Sign{0, "\x89PNG\r\n\x1A\n"sv, "picture", kPicture, kRecognise},
    Sign{0, "\xFF\xD8\xFF"sv, "picture", kPicture, kRecognise},
    Sign{0, "GIF87a"sv, "picture", kPicture, kRecognise},
    Sign{0, "GIF89a"sv, "picture", kPicture, kRecognise},
    Sign{0, "II*\0"sv, "picture", kPicture, kRecognise},
    Sign{0, "MM\0*"sv, "picture", kPicture, kRecognise},
    Sign{8, "WEBPVP8"sv, "picture", kPicture, kRecognise},
    Sign{0, "\0\0\0\x0CjP  \r\n"sv, "picture", kPicture, kRecognise},
    Sign{4, "ftypheic"sv, "picture", kPicture, kRecognise},
    Sign{4, "ftypmif1"sv, "picture", kPicture, kRecognise},
    Sign{4, "ftypavif"sv, "picture", kPicture, kRecognise},
    Sign{0, "AT&TFORM"sv, "picture", "DjVu, pages as pictures",
         "turn it into PDF (ddjvu -format=pdf) and run ocrmypdf"},
    Sign{0, "CAJ\0"sv, "caj", kCaj, kPrintCaj},
    Sign{0, "HN\0"sv, "caj", kCaj, kPrintCaj},
    Sign{0, "HN\xC8\0"sv, "caj", kCaj, kPrintCaj},
    Sign{0, "\xC8\0\0\0"sv, "caj", kCaj, kPrintCaj},
    Sign{0, "KDH "sv, "caj", kCaj, kPrintCaj},
    Sign{0, "TEB\0"sv, "caj", kCaj, kPrintCaj},
    Sign{60, "BOOKMOBI"sv, "mobi", "an e-book for the Kindle", "convert it to EPUB (Calibre)"},
    Sign{60, "TEXtREAd"sv, "mobi", "an e-book for the Palm", "convert it to EPUB (Calibre)"},
    Sign{0, "ITSF\3\0\0\0"sv, "chm", "a compiled help file (CHM)",
         "take its pages out (7z x) and name their folder"},
    Sign{0, "%!PS-Adobe"sv, "postscript", "PostScript, drawing commands for a printer",
         "turn it into PDF (ps2pdf) and read that"},
    Sign{0, "Rar!\x1A\7"sv, "archive", kArchive, kUnpack},
    Sign{0, "7z\xBC\xAF\x27\x1C"sv, "archive", kArchive, kUnpack},
    Sign{0, "BZh91AY&SY"sv, "archive", "a file packed with bzip2", "unpack it (bunzip2)"},
    Sign{0, "\xFD\x37zXZ\0"sv, "archive", "a file packed with xz", "unpack it (unxz)"},
    Sign{0, "\x28\xB5\x2F\xFD"sv, "archive", "a file packed with zstd", "unpack it (unzstd)"},
    Sign{257, "ustar"sv, "archive", kArchive, kUnpack},
    Sign{0, "SQLite format 3\0"sv, "database", "a database", "write its texts out as CSV or JSON Lines"},
    Sign{0, "ID3"sv, "sound", "sound, not text", "write down what is said"},
    Sign{0, "OggS\0"sv, "sound", "sound, not text", "write down what is said"},
    Sign{4, "ftypisom"sv, "sound", "a film or sound, not text", "write down what is said"},
    Sign{4, "ftypmp42"sv, "sound", "a film or sound, not text", "write down what is said"},
    Sign{4, "ftypM4A "sv, "sound", "a film or sound, not text", "write down what is said"},
};

}  // namespace

std::optional<OldForm> old_form(std::string_view bytes) {
  if (bytes.substr(0, kCompound.size()) == kCompound) return OldForm::compound;
  if (bytes.substr(0, 5) == "{\\rtf") return OldForm::rtf;
  return std::nullopt;
}

std::optional<Error> refused_form(std::string_view bytes, const std::string& source) {
  for (const Sign& sign : kSigns)
    if (bytes.size() > sign.at && bytes.substr(sign.at, sign.bytes.size()) == sign.bytes)
      return Error{sign.code, sign.what, source, std::nullopt, sign.help};
  // "BM" alone may begin a text.
  if (bytes.size() > 54 && bytes.substr(0, 2) == "BM" && bytes.substr(6, 4) == "\0\0\0\0"sv)
    return Error{"picture", kPicture, source, std::nullopt, kRecognise};
  return std::nullopt;
}

Result<std::string> convert_old(const std::string& bytes, OldForm form, const std::string& source,
                                std::chrono::seconds limit) {
  const auto fail = [&](const char* code, std::string message, const char* help) {
    return tl::unexpected(Error{code, std::move(message), source, std::nullopt, help});
  };
  static constexpr const char* kSaveAs = "save it as .docx, or as text in UTF-8, and read that";
  if (form == OldForm::compound && !holds_name(bytes, "WordDocument")) {
    if (holds_name(bytes, "EncryptedPackage"))
      return fail("encrypted", "the document is locked with a password", "save it without a password");
    if (holds_name(bytes, "Workbook") || holds_name(bytes, "Book"))
      return fail("spreadsheet", "a spreadsheet of an old form", "save it as .csv in UTF-8 and read that");
    if (holds_name(bytes, "PowerPoint Document"))
      return fail("slides", "slides of an old form", "save them as text or PDF and read that");
    return fail("not-text", "a compound file that holds no text document", kSaveAs);
  }
  if (!find_program("soffice"))
    return fail("no-libreoffice",
                form == OldForm::rtf
                    ? "RTF is read with LibreOffice, which is not installed"
                    : "a document of Word before 2007 or of WPS is read with LibreOffice, which is not "
                      "installed",
                "install libreoffice-writer-nogui, or save it as .docx or as text in UTF-8");
  const TemporaryFolder folder;
  // The name of the form is its ending; LibreOffice judges by the content all the same.
  const std::string in = folder.write(form == OldForm::rtf ? "in.rtf" : "in.doc", bytes);
  if (in.empty())
    return fail("temporary-folder", "no temporary folder could be made for it, or the disk is full",
                "make room, or name another folder in TMPDIR");
  ChildLimits limits;  // the program alone takes a second or two to start, and much address space
  limits.wall = limit;
  limits.cpu_seconds = 60;
  limits.memory = std::uint64_t{6} << 30;
  const ChildEnd end =
      run_child({"soffice", "-env:UserInstallation=file://" + folder.path() + "/profile", "--headless",
                 "--norestore", "--nolockcheck", "--convert-to", "odt", "--outdir", folder.path() + "/out", in},
                folder, limits, [](std::string_view) { return true; });
  if (end.how == ChildEnd::How::out_of_time)
    return fail("office-time",
                "LibreOffice took more than " + std::to_string(limit.count()) + " s for it and was stopped",
                kSaveAs);
  Result<std::string> out = read_file(folder.path() + "/out/in.odt");
  if (end.how != ChildEnd::How::exited || end.status != 0 || !out)
    return fail("office", "LibreOffice could not read it: it is damaged, or locked with a password", kSaveAs);
  return out;
}

}  // namespace suyuan
