// The catalogue; the one file that knows SQLite.
#include "library/catalogue.hpp"

#include <sqlite3.h>

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <variant>

namespace suyuan::library {

namespace {

constexpr int kVersion = 1;
constexpr const char* kHelp = "the next `suyuan add` brings it up to date";
constexpr const char* kRemove = "remove the file: the next `suyuan add` makes it anew";

constexpr std::array<const char*, 8> kSchema{
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE sources(id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, word TEXT NOT "
    "NULL)",
    "CREATE TABLE documents(id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES sources(id), key TEXT NOT "
    "NULL, "
    "record TEXT, format TEXT NOT NULL, encoding TEXT NOT NULL, characters INTEGER NOT NULL)",
    "CREATE TABLE works(id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents(id), number INTEGER "
    "NOT "
    "NULL, parent INTEGER, title TEXT, outlet TEXT, author TEXT, kind TEXT NOT NULL, copy TEXT NOT NULL, rank "
    "INTEGER, "
    "start INTEGER NOT NULL, \"end\" INTEGER NOT NULL, UNIQUE(document, number))",
    "CREATE TABLE dates(work INTEGER NOT NULL REFERENCES works(id), what TEXT NOT NULL, status TEXT NOT NULL, "
    "earliest "
    "TEXT, latest TEXT, PRIMARY KEY(work, what)) WITHOUT ROWID",
    "CREATE TABLE evidence(work INTEGER NOT NULL REFERENCES works(id), what TEXT NOT NULL, number INTEGER NOT "
    "NULL, rule "
    "TEXT NOT NULL, text TEXT, start INTEGER, \"end\" INTEGER, PRIMARY KEY(work, what, number)) WITHOUT ROWID",
    "CREATE TABLE passages(work INTEGER NOT NULL REFERENCES works(id), number INTEGER NOT NULL, role TEXT NOT "
    "NULL, start "
    "INTEGER NOT NULL, \"end\" INTEGER NOT NULL, PRIMARY KEY(work, number)) WITHOUT ROWID",
    "CREATE INDEX documents_source ON documents(source)"};

using Cell = std::variant<std::monostate, std::int64_t, std::string>;
using Row = std::vector<Cell>;

// What is said of one document: nested as the tables are.
struct Entry {
  Row document;
  struct OfWork {
    Row work;
    std::vector<Row> dates, evidence, passages;
    bool operator==(const OfWork&) const = default;
  };
  std::vector<OfWork> works;
  bool operator==(const Entry&) const = default;
};

Cell text_or_null(const std::string& text) { return text.empty() ? Cell{} : Cell{text}; }
Cell date_or_null(const std::optional<Date>& date) { return date ? Cell{date->to_string()} : Cell{}; }

Entry entry_of(const Document& document, const Segmentation& made) {
  static constexpr std::array<const char*, 3> kStatus{"none", "bounded", "stated"};
  Entry out;
  out.document = {document.key, text_or_null(document.record), document.format, document.encoding,
                  static_cast<std::int64_t>(document.text.size())};
  for (std::size_t w = 0; w < made.works.size(); ++w) {
    const Work& work = made.works[w];
    Entry::OfWork& of = out.works.emplace_back();
    of.work = {static_cast<std::int64_t>(w),  work.parent ? Cell{std::int64_t{*work.parent}} : Cell{},
               text_or_null(work.title),      text_or_null(work.outlet),
               text_or_null(work.author),     std::string(name(work.kind)),
               std::string(name(work.copy)),  work.rank ? Cell{std::int64_t{*work.rank}} : Cell{},
               std::int64_t{work.span.begin}, std::int64_t{work.span.end}};
    const auto evidence = [&](const char* what, const std::vector<Evidence>& list) {
      for (std::size_t n = 0; n < list.size(); ++n) {
        const Evidence& e = list[n];
        const bool here = e.text.empty() && e.document.empty();
        of.evidence.push_back(
            {what, static_cast<std::int64_t>(n), e.rule, here ? Cell{to_utf8(document.view(e.span))} : Cell{e.text},
             here ? Cell{std::int64_t{e.span.begin}} : Cell{}, here ? Cell{std::int64_t{e.span.end}} : Cell{}});
      }
    };
    const auto date = [&](const char* what, const DateInterval& interval) {
      if (interval.status == DateInterval::Status::none) return;
      of.dates.push_back({what, kStatus[static_cast<std::size_t>(interval.status)], date_or_null(interval.earliest),
                          date_or_null(interval.latest)});
      evidence(what, interval.evidence);
    };
    evidence("copy", work.copy_evidence);  // in the order of the key
    date("edition", work.edition);
    evidence("kind", work.kind_evidence);
    date("published", work.published);
    for (std::size_t n = 0; n < work.paragraphs.size(); ++n) {
      const Span span = envelope(work.paragraphs[n].parts);
      of.passages.push_back({static_cast<std::int64_t>(n), std::string(name(work.paragraphs[n].role)),
                             std::int64_t{span.begin}, std::int64_t{span.end}});
    }
  }
  return out;
}

// One database; after the first thing that fails nothing more is done, and failure() says what it was.
class Database {
 public:
  Database(const std::string& path, bool create) {
    const int flags = create ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
    check(sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr));
    if (handle_ == nullptr) return;
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_busy_timeout(handle_, 5000);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    run("PRAGMA cell_size_check = 1");
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database() {
    for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
    sqlite3_close(handle_);
  }

  bool ok() const { return failure_.empty(); }
  bool busy() const { return busy_; }
  const std::string& failure() const { return failure_; }

  void run(const char* sql) {
    if (ok()) check(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr));
  }
  // The id of the row that was put in.
  std::int64_t insert(const char* sql, const Row& before, const Row& row = {}) {
    query(sql, before, row);
    return ok() ? sqlite3_last_insert_rowid(handle_) : 0;
  }
  std::vector<Row> query(const char* sql, const Row& before = {}, const Row& row = {}) {
    std::vector<Row> out;
    if (!ok()) return out;
    sqlite3_stmt*& statement = statements_[sql];
    if (statement == nullptr && !check(sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr))) return out;
    int at = 0;
    for (const Row* cells : {&before, &row})
      for (const Cell& cell : *cells) {
        ++at;
        if (const auto* number = std::get_if<std::int64_t>(&cell))
          sqlite3_bind_int64(statement, at, *number);
        else if (const auto* text = std::get_if<std::string>(&cell))
          sqlite3_bind_text64(statement, at, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
        else
          sqlite3_bind_null(statement, at);
      }
    int result = SQLITE_OK;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
      Row& read = out.emplace_back();
      for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        if (sqlite3_column_type(statement, i) == SQLITE_INTEGER) {
          read.emplace_back(std::int64_t{sqlite3_column_int64(statement, i)});
        } else if (sqlite3_column_type(statement, i) == SQLITE_NULL) {
          read.emplace_back();
        } else {
          const auto* text = static_cast<const char*>(sqlite3_column_blob(statement, i));
          read.emplace_back(text == nullptr
                                ? std::string()
                                : std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, i))));
        }
      }
    }
    if (result != SQLITE_DONE) check(result);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return out;
  }

 private:
  bool check(int result) {
    if (result == SQLITE_OK) return true;
    busy_ = (result & 0xFF) == SQLITE_BUSY || (result & 0xFF) == SQLITE_LOCKED;
    failure_ = handle_ == nullptr ? sqlite3_errstr(result) : sqlite3_errmsg(handle_);
    if (failure_.empty()) failure_ = "unknown";
    return false;
  }

  sqlite3* handle_ = nullptr;
  std::map<std::string, sqlite3_stmt*> statements_;
  std::string failure_;
  bool busy_ = false;
};

struct Live {
  const Segment* segment = nullptr;
  std::uint32_t source = 0;
  const SourceRecord& record() const { return segment->sources[source]; }
};

std::map<std::string, Live> live_sources(const std::vector<const Segment*>& segments) {
  std::map<std::string, Live> out;
  for (const Segment* segment : segments)
    for (std::uint32_t s = 0; s < segment->sources.size(); ++s)
      if (segment->live(s)) out[segment->sources[s].path] = {segment, s};
  return out;
}

// The documents of a source that can be read.
template <class Each>
void each_entry(const Live& live, Each each) {
  for (std::uint32_t row = live.segment->first_row[live.source]; row < live.segment->first_row[live.source + 1];
       ++row) {
    const Result<Document> document = live.segment->document(row);
    if (!document) continue;
    std::optional<Error> damage;
    const std::shared_ptr<Segmentation> made = live.segment->segmentation(row, damage);
    each(entry_of(*document, made ? *made : segment(*document)));
  }
}

// What the database was made by; anything else in it, and it is not ours.
bool is_ours(Database& db) {
  const std::vector<Row> schema = db.query("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid");
  if (schema.size() != kSchema.size()) return false;
  for (std::size_t i = 0; i < kSchema.size(); ++i)
    if (schema[i] != Row{kSchema[i]}) return false;
  const std::vector<Row> rules = db.query("SELECT value FROM meta WHERE key = 'rules'");
  const std::vector<Row> version = db.query("PRAGMA user_version");
  return db.ok() && rules == std::vector<Row>{{std::string(fingerprint())}} &&
         version == std::vector<Row>{{std::int64_t{kVersion}}};
}

void put_source(Database& db, const Live& live) {
  const SourceRecord& record = live.record();
  const std::int64_t source = db.insert("INSERT INTO sources(path, sha256, word) VALUES(?, ?, ?)",
                                        {record.path, record.sha256, record.word});
  each_entry(live, [&](const Entry& entry) {
    const std::int64_t document = db.insert(
        "INSERT INTO documents(source, key, record, format, encoding, characters) VALUES(?, ?, ?, ?, ?, ?)",
        {source}, entry.document);
    for (const Entry::OfWork& of : entry.works) {
      const std::int64_t work = db.insert(
          "INSERT INTO works(document, number, parent, title, outlet, author, kind, copy, rank, start, \"end\") "
          "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          {document}, of.work);
      for (const Row& row : of.dates) db.insert("INSERT INTO dates VALUES(?, ?, ?, ?, ?)", {work}, row);
      for (const Row& row : of.evidence) db.insert("INSERT INTO evidence VALUES(?, ?, ?, ?, ?, ?, ?)", {work}, row);
      for (const Row& row : of.passages) db.insert("INSERT INTO passages VALUES(?, ?, ?, ?, ?)", {work}, row);
    }
  });
}

void drop_source(Database& db, const Cell& source) {
  for (const char* table : {"dates", "evidence", "passages"})
    db.query(("DELETE FROM " + std::string(table) +
              " WHERE work IN (SELECT w.id FROM works w JOIN documents d ON w.document = d.id WHERE d.source = ?)")
                 .c_str(),
             {source});
  db.query("DELETE FROM works WHERE document IN (SELECT id FROM documents WHERE source = ?)", {source});
  db.query("DELETE FROM documents WHERE source = ?", {source});
  db.query("DELETE FROM sources WHERE id = ?", {source});
}

// Puts in what is missing, takes out what is gone. False where the database cannot be used.
bool synchronise(Database& db, const std::map<std::string, Live>& live) {
  db.run("BEGIN IMMEDIATE");
  std::map<std::string, bool> held;
  for (const Row& row : db.query("SELECT id, path, sha256, word FROM sources")) {
    const auto* path = std::get_if<std::string>(&row[1]);
    const auto found = path == nullptr ? live.end() : live.find(*path);
    if (found != live.end() && row[2] == Cell{found->second.record().sha256} &&
        row[3] == Cell{found->second.record().word})
      held[*path] = true;
    else
      drop_source(db, row[0]);
  }
  for (const auto& [path, source] : live)
    if (!held[path]) put_source(db, source);
  db.run("COMMIT");
  return db.ok();
}

bool is_file_or_nothing(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::symlink_status(path, error);
  return !std::filesystem::exists(status) || std::filesystem::is_regular_file(status);
}

Error unusable(const std::string& path, const std::string& why, const char* help = kHelp) {
  return {"catalogue", "the catalogue " + why, path, std::nullopt, help};
}

}  // namespace

bool is_catalogue_name(const std::string& name) {
  const std::string own(kCatalogueName);
  return name == own || name == own + "-journal" || name == own + "-wal" || name == own + "-shm" ||
         name == own + ".new" || name == own + ".new-journal";
}

std::optional<Error> update_catalogue(const std::string& folder, const std::vector<const Segment*>& segments) {
  const std::string path = folder + '/' + std::string(kCatalogueName), fresh = path + ".new";
  const std::map<std::string, Live> live = live_sources(segments);
  if (!is_file_or_nothing(path) || !is_file_or_nothing(fresh))
    return unusable(path, "is not a file, and cannot be made");
  std::error_code error;
  if (std::filesystem::exists(path, error)) {
    Database db(path, false);
    if (is_ours(db) && synchronise(db, live)) return std::nullopt;
    if (db.busy()) return unusable(path, "is in use by another program, and was not brought up to date");
  }
  // Nothing of an old one is used.
  for (const std::string& rest : {fresh, fresh + "-journal"}) std::filesystem::remove(rest, error);
  {
    Database db(fresh, true);
    for (const char* table : kSchema) db.run(table);
    db.run("PRAGMA user_version = 1");
    db.insert("INSERT INTO meta VALUES('rules', ?)", {std::string(fingerprint())});
    if (!synchronise(db, live)) {
      const Error failure = unusable(path, "cannot be made: " + db.failure());
      std::filesystem::remove(fresh, error);
      return failure;
    }
  }
  for (const char* rest : {"-journal", "-wal", "-shm"}) std::filesystem::remove(path + rest, error);
  std::filesystem::rename(fresh, path, error);
  if (error) return unusable(path, "cannot be put in its place: " + error.message());
  return std::nullopt;
}

std::optional<Error> check_catalogue(const std::string& folder, const std::vector<const Segment*>& segments) {
  const std::string path = folder + '/' + std::string(kCatalogueName);
  std::error_code error;
  if (!std::filesystem::exists(std::filesystem::symlink_status(path, error))) return unusable(path, "is missing");
  if (!is_file_or_nothing(path)) return unusable(path, "is not a file");
  Database db(path, false);
  if (!is_ours(db)) {
    if (db.busy()) return unusable(path, "is in use by another program, and was not checked");
    return unusable(path, db.ok() ? "was made by another version" : "is damaged: " + db.failure());
  }
  if (db.query("PRAGMA integrity_check(1)") != std::vector<Row>{{std::string("ok")}})
    return unusable(path, "is damaged", kRemove);
  const std::map<std::string, Live> live = live_sources(segments);
  const std::vector<Row> sources = db.query("SELECT id, path, sha256, word FROM sources ORDER BY path");
  bool same = sources.size() == live.size();
  auto at = sources.begin();
  for (auto source = live.begin(); same && source != live.end(); ++source, ++at) {
    const SourceRecord& record = source->second.record();
    same = (*at)[1] == Cell{record.path} && (*at)[2] == Cell{record.sha256} && (*at)[3] == Cell{record.word};
    const std::vector<Row> documents =
        db.query("SELECT id, key, record, format, encoding, characters FROM documents WHERE source = ? ORDER BY id",
                 {(*at)[0]});
    std::size_t number = 0;
    each_entry(source->second, [&](const Entry& expected) {
      if (!same || number == documents.size()) {
        same = false;
        return;
      }
      const Row& row = documents[number++];
      Entry found;
      found.document.assign(row.begin() + 1, row.end());
      for (const Row& work :
           db.query("SELECT id, number, parent, title, outlet, author, kind, copy, rank, start, \"end\" "
                    "FROM works WHERE document = ? ORDER BY number",
                    {row[0]})) {
        Entry::OfWork& of = found.works.emplace_back();
        of.work.assign(work.begin() + 1, work.end());
        of.dates =
            db.query("SELECT what, status, earliest, latest FROM dates WHERE work = ? ORDER BY what", {work[0]});
        of.evidence = db.query(
            "SELECT what, number, rule, text, start, \"end\" FROM evidence WHERE work = ? ORDER BY what, number",
            {work[0]});
        of.passages =
            db.query("SELECT number, role, start, \"end\" FROM passages WHERE work = ? ORDER BY number", {work[0]});
      }
      same = found == expected;
    });
    same = same && number == documents.size();
  }
  if (!db.ok()) return unusable(path, "is damaged: " + db.failure(), kRemove);
  if (!same) return unusable(path, "does not say what the library holds", kRemove);
  return std::nullopt;
}

}  // namespace suyuan::library
