// intake.hpp: where the readers of the several forms put what they make of one source.
#pragma once

#include <map>
#include <string>

#include "read/side_file.hpp"

namespace suyuan {

class Intake {
 public:
  // `side` outlives the intake.
  Intake(Sources& to, std::string name, std::string sha256, const SideWord& side)
      : to_(to), name_(std::move(name)), sha256_(std::move(sha256)), side_(side) {}

  const std::string& name() const { return name_; }

  // Of each code the first few are passed on as they are, the others counted.
  void say(Severity severity, std::string code, std::string message, std::optional<std::uint64_t> offset,
           std::string help);

  // A document of this source to be filled in.
  Document open(std::string format, std::string encoding) const;

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
  std::string name_, sha256_;
  const SideWord& side_;
  std::map<std::string, Count> counts_;
};

}  // namespace suyuan
