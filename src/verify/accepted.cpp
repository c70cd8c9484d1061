// What was decided of findings, and errors counted by data/points.
#include "base/data.hpp"
#include "suyuan/verify.hpp"

namespace suyuan {

std::vector<std::string> accept(std::vector<Finding>& findings, const std::vector<Accepted>& accepted) {
  std::vector<std::string> idle;
  for (const Accepted& a : accepted) {
    bool met = false;
    for (Finding& f : findings)
      if (f.form != Finding::Form::unmarked && f.key.starts_with(a.key)) f.accepted = a, met = true;
    if (!met) idle.push_back(a.key);
  }
  return idle;
}

Points points(const std::vector<Finding>& findings) {
  struct Rule {
    std::string_view op;
    std::uint32_t from, to;
    double points;
  };
  static const std::vector<Rule> kRules = [] {
    std::vector<Rule> out;
    for (const auto& row : data::rows(data::points())) {
      const auto number = [&](std::size_t i) { return std::stod(std::string(row.at(i))); };
      out.push_back(
          {row.at(0), static_cast<std::uint32_t>(number(1)), static_cast<std::uint32_t>(number(2)), number(3)});
    }
    return out;
  }();
  Points out;
  for (const Finding& f : findings) {
    if (!f.accepted || !f.accepted->error) continue;
    ++out.findings;
    for (std::uint32_t n = 0; n < f.parts_of_base && n < f.sources.size(); ++n)
      for (const Edit& e : f.sources[n].comparison.edits)
        for (const Rule& r : kRules)
          if ((e.kind == EditClass::wording || e.kind == EditClass::form) && r.op == name(e.op) &&
              r.from <= e.letters && e.letters <= r.to)
            out.points += r.points;
  }
  return out;
}

}  // namespace suyuan
