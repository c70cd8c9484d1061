// intake.hpp: where the readers of the several forms put what they make of one source.
#pragma once

#include <map>
#include <string>

#include "read/side_file.hpp"

namespace suyuan {

class Intake {
 public:
  // `side` outlives the intake. `part` is the name of what is read of a package; empty where it is all of it.
  Intake(Sources& to, std::string name, std::string sha256, const SideWord& side, std::string part = {})
      : to_(to),
        path_(std::move(name)),
        name_(path_ + (part.empty() ? "" : "#" + part)),
        part_(std::move(part)),
        sha256_(std::move(sha256)),
        side_(side) {}

  const std::string& name() const { return name_; }  // as it stands in messages

  // Of each code the first few are passed on as they are, the others counted.
  void say(Severity severity, std::string code, std::string message, std::optional<std::uint64_t> offset,
           std::string help);

  // Characters of a document that mean nothing outside its fonts.
  void say_glyphs(const Document& document);

  // A document of this source to be filled in.
  Document open(std::string format, std::string encoding) const;

  // What is said of every document of the source that says nothing of it itself.
  void say_outlet(Given outlet) { outlet_ = std::move(outlet); }
  // What its package says of a part outranks what the part says.
  void say_title(Given title) { title_ = std::move(title); }

  // Line table, key, side files; a damaged text is reported and left out.
  void add(Document document);

  // Says how many diagnostics were only counted. Call once, at the end.
  void close();

 private:
  bool sound(Document& document);

  struct Count {
    std::size_t number = 0;
    Severity severity = Severity::note;
    std::string help;
  };
  Sources& to_;
  std::string path_, name_, part_, sha256_;
  const SideWord& side_;
  Given outlet_, title_;
  std::map<std::string, Count> counts_;
};

}  // namespace suyuan
