// Sources and documents as bytes.
#include "library/records.hpp"

#include <array>

#include "library/bytes.hpp"

namespace suyuan::library {

namespace {

constexpr std::array<Given Metadata::*, 8> kFields{&Metadata::title,  &Metadata::outlet, &Metadata::date,
                                                   &Metadata::posted, &Metadata::kind,   &Metadata::copy,
                                                   &Metadata::rank,   &Metadata::url};

void put_metadata(std::string& to, const Metadata& metadata) {
  std::uint8_t flags = 0;
  for (std::size_t i = 0; i < kFields.size(); ++i)
    if (metadata.*kFields[i]) flags = static_cast<std::uint8_t>(flags | 1U << i);
  put(to, flags);
  for (const auto field : kFields) {
    const Given& given = metadata.*field;
    if (!given) continue;
    put(to, static_cast<std::uint8_t>(given.by));
    put_string(to, given.value);
    put_string(to, given.where);
  }
}

Metadata get_metadata(Cursor& from) {
  Metadata out;
  const std::string_view one = from.take(1);
  const unsigned flags = one.empty() ? 0 : static_cast<unsigned char>(one[0]);
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    if ((flags >> i & 1) == 0) continue;
    Given& given = out.*kFields[i];
    given.by = static_cast<Given::By>(from.byte(static_cast<std::uint8_t>(Given::By::side_file) + 1));
    given.value = from.string();
    given.where = from.string();
    if (!given) from.fail();
  }
  return out;
}

std::string digest_bytes(const std::string& hex) {
  const auto value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    out += static_cast<char>(value(hex[i]) * 16 + value(hex[i + 1]));
  return out;
}

std::string digest_hex(std::string_view bytes) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    out += kHex[static_cast<unsigned char>(c) >> 4];
    out += kHex[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

}  // namespace

std::string word_of(const SideWord& side, const ReadOptions& options) {
  std::string bytes;
  put_metadata(bytes, side.metadata);
  for (const auto& [title, metadata] : side.works) {
    put_string(bytes, title);
    put_metadata(bytes, metadata);
  }
  put_string(bytes, options.encoding);
  return suyuan::sha256(bytes);
}

void put_diagnostics(std::string& to, const std::vector<Diagnostic>& diagnostics) {
  put_varint(to, diagnostics.size());
  for (const Diagnostic& d : diagnostics) {
    put(to, static_cast<std::uint8_t>(d.severity));
    put_string(to, d.what.code);
    put_string(to, d.what.message);
    put_string(to, d.what.source);
    put_varint(to, d.what.offset ? *d.what.offset + 1 : 0);
    put_string(to, d.what.help);
  }
}

std::vector<Diagnostic> get_diagnostics(Cursor& from) {
  std::vector<Diagnostic> out(from.count(6));
  for (Diagnostic& d : out) {
    d.severity = static_cast<Severity>(from.byte(static_cast<std::uint8_t>(Severity::error) + 1));
    d.what.code = from.string();
    d.what.message = from.string();
    d.what.source = from.string();
    if (const std::uint64_t offset = from.varint()) d.what.offset = offset - 1;
    d.what.help = from.string();
  }
  return out;
}

std::string encode(const SourceRecord& source) {
  std::string out;
  put_string(out, source.path);
  out += digest_bytes(source.sha256);
  out += digest_bytes(source.word);
  put_varint(out, source.documents);
  put_diagnostics(out, source.diagnostics);
  return out;
}

std::optional<std::vector<SourceRecord>> decode_sources(std::string_view bytes, std::uint32_t count) {
  Cursor from(bytes);
  if (count > bytes.size() / 67) return std::nullopt;  // none is smaller
  std::vector<SourceRecord> out(count);
  for (SourceRecord& source : out) {
    source.path = from.string();
    source.sha256 = digest_hex(from.take(32));
    source.word = digest_hex(from.take(32));
    source.documents = from.varint32();
    source.diagnostics = get_diagnostics(from);
    if (!from.ok()) return std::nullopt;
  }
  if (!from.at_end()) return std::nullopt;
  return out;
}

void put_row(std::string& to, const DocumentRow& row) {
  put(to, row.source);
  put(to, row.characters);
  put(to, row.record);
  put(to, row.text);
  put(to, row.text_size);
  put(to, row.record_size);
  put(to, std::uint32_t{0});
}

DocumentRow get_row(std::string_view bytes) {
  return {get<std::uint32_t>(bytes, 0), get<std::uint32_t>(bytes, 4),  get<std::uint32_t>(bytes, 32),
          get<std::uint64_t>(bytes, 8), get<std::uint64_t>(bytes, 16), get<std::uint64_t>(bytes, 24)};
}

std::string encode(const Document& document) {
  std::string out;
  put_string(out, document.record);
  put_string(out, document.format);
  put_string(out, document.encoding);
  put_metadata(out, document.metadata);
  put_varint(out, document.works.size());
  for (const auto& [title, metadata] : document.works) {
    put_string(out, title);
    put_metadata(out, metadata);
  }
  put_varint(out, document.markup.size());
  std::uint32_t before = 0;
  for (const Markup& m : document.markup) {
    put(out, static_cast<std::uint8_t>(m.kind));
    put(out, m.level);
    put_varint(out, m.span.begin - before);
    put_varint(out, m.span.size());
    before = m.span.begin;
  }
  put_varint(out, document.line_starts.size());
  for (std::size_t i = 1; i < document.line_starts.size(); ++i)
    put_varint(out, document.line_starts[i] - document.line_starts[i - 1]);
  put_varint(out, document.anchors.size());
  before = 0;
  for (const Anchor& a : document.anchors) {
    put_varint(out, a.offset - before);
    put_varint(out, a.line);
    put_varint(out, a.column);
    put_varint(out, a.stride);
    before = a.offset;
  }
  if (document.pages.empty()) return out;  // most have none, and then say nothing of them
  put_varint(out, document.pages.size());
  before = 0;
  for (const PageStart& p : document.pages) {
    put_varint(out, p.offset - before);
    put_varint(out, std::uint64_t{p.number} * 2 + (p.printed ? 1 : 0));
    put_string(out, p.label);
    before = p.offset;
  }
  return out;
}

std::optional<Document> decode_document(std::string_view record, std::string_view text, const DocumentRow& row,
                                        const SourceRecord& source) {
  Document out;
  Cursor from(record);
  out.path = source.path;
  out.sha256 = source.sha256;
  out.record = from.string();
  out.key = out.sha256 + (out.record.empty() ? "" : "#" + out.record);
  out.format = from.string();
  out.encoding = from.string();
  out.metadata = get_metadata(from);
  out.works.resize(from.count(2));
  for (auto& [title, metadata] : out.works) {
    title = from.string();
    metadata = get_metadata(from);
  }
  const std::uint64_t limit = std::uint64_t{row.characters} + 1;
  std::uint64_t at = 0;
  out.markup.resize(from.count(4));
  for (Markup& m : out.markup) {
    m.kind = static_cast<Markup::Kind>(from.byte(static_cast<std::uint8_t>(Markup::Kind::sign) + 1));
    m.level = from.byte(UINT8_MAX);
    at += from.below<std::uint32_t>(limit - at);
    const auto size = from.below<std::uint32_t>(limit - at);
    m.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at) + size};
  }
  at = 0;
  const std::size_t lines = from.count(1);
  if (lines == 0) return std::nullopt;
  out.line_starts.reserve(lines);
  out.line_starts.push_back(0);
  for (std::size_t i = 1; i < lines && from.ok(); ++i) {
    at += from.below<std::uint32_t>(limit - at);
    out.line_starts.push_back(static_cast<std::uint32_t>(at));
  }
  at = 0;
  out.anchors.resize(from.count(4));
  for (Anchor& a : out.anchors) {
    at += from.below<std::uint32_t>(limit - at);
    a.offset = static_cast<std::uint32_t>(at);
    a.line = from.varint32();
    a.column = from.varint32();
    a.stride = from.varint32();
  }
  if (from.ok() && !from.at_end()) {
    at = 0;
    out.pages.resize(from.count(3));
    for (PageStart& p : out.pages) {
      at += from.below<std::uint32_t>(limit - at);
      p.offset = static_cast<std::uint32_t>(at);
      const std::uint32_t number = from.varint32();
      p.number = number / 2;
      p.printed = number % 2 != 0;
      p.label = from.string();
    }
  }
  if (!from.ok() || !from.at_end()) return std::nullopt;
  out.text = from_utf8(text);
  if (out.text.size() != row.characters) return std::nullopt;
  return out;
}

}  // namespace suyuan::library
