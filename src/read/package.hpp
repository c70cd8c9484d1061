// package.hpp: what a zip package is (a Word document, an OpenDocument text, an e-book, files packed together), and
// who reads it.
#pragma once

#include <string>
#include <string_view>

#include "read/intake.hpp"
#include "read/source.hpp"
#include "read/zip.hpp"

namespace suyuan {

// A zip, or the frame that Office puts around a document with a password.
bool is_package(std::string_view bytes);

// The parameters are those of read_source; `intake` takes what is said of the package.
void read_package(Sources& to, Intake& intake, const std::string& bytes, const std::string& digest,
                  const std::string& name, const ReadOptions& options, const SideWord& side, const PartOf& within);

// Says what a document's own part of properties says: title, author, the day it was made. They are those of the
// file, often of the one it was copied from, and nothing is concluded from them.
void say_properties(Intake& to, Package& package, const std::string& part);

// Adds the text of an office document; `properties` is the part that holds them, empty where there is none.
void add_flow(Intake& to, Document document, Package& package, const std::string& properties);

void read_odt(Intake& to, Package& package);

// A document for each chapter's file, in the order of reading; the list of chapters is no text.
void read_epub(Sources& to, Intake& intake, Package& package, const std::string& digest, const std::string& name,
               const ReadOptions& options, const SideWord& side, const PartOf& within);

}  // namespace suyuan
