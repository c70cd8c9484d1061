// find: one chain whose head is the asked text.
#include <algorithm>
#include <iterator>
#include <numeric>
#include <span>

#include "cli/common.hpp"

namespace suyuan::cli {

namespace {

// The chain's witnesses in another order, the first `kept` of them and the head; numbers follow.
void reorder(Chain& chain, const std::vector<std::uint32_t>& order, std::size_t kept) {
  std::vector<std::uint32_t> taken;
  for (const std::uint32_t i : order)
    if (i == chain.head || i == chain.first || taken.size() < kept) taken.push_back(i);
  std::vector<std::optional<std::uint32_t>> at(chain.witnesses.size());
  for (std::uint32_t n = 0; n < taken.size(); ++n) at[taken[n]] = n;
  Chain out = chain;
  out.witnesses.clear();
  out.rivals.clear();
  for (const std::uint32_t i : taken) {
    Witness w = chain.witnesses[i];
    if (w.nearest) w.nearest = at[*w.nearest];
    const auto take = [&](std::vector<std::uint32_t>& numbers) {
      std::erase_if(numbers, [&](std::uint32_t n) { return !at[n]; });
      for (std::uint32_t& n : numbers) n = *at[n];
    };
    const std::size_t named = w.follows.witnesses.size();
    take(w.follows.witnesses);
    w.follows.more += static_cast<std::uint32_t>(named - w.follows.witnesses.size());
    for (Telling& t : w.follows.readings) {
      take(t.with);
      std::erase_if(t.against, [&](const Telling::Other& o) { return !at[o.witness]; });
      for (Telling::Other& o : t.against) o.witness = *at[o.witness];
    }
    out.witnesses.push_back(std::move(w));
  }
  out.head = at[chain.head].value_or(0);
  out.first = at[chain.first].value_or(0);
  out.first_part = at[chain.first_part].value_or(out.first);
  for (const std::uint32_t r : chain.rivals)
    if (at[r]) out.rivals.push_back(*at[r]);
  chain = std::move(out);
}

}  // namespace

int find(const FindOptions& options, const Common& common) {
  std::string text = options.text;
  if (text == "-") text.assign(std::istreambuf_iterator<char>(std::cin), {});
  std::optional<Corpus> built = build(read(options.paths, common), common);
  if (!built) return exit_error;
  Corpus& corpus = *built;
  const bool failed = report_diagnostics(corpus.diagnostics);
  const std::uint32_t work = add_passage(corpus, from_utf8(text));
  if (corpus.works[work].fold.size() == 0) {
    std::cerr
        << "suyuan: error: the passage has no letter\n  help: give it with --text, or --text - on standard input\n";
    return exit_error;
  }
  const Index index(corpus, std::span(&work, 1));
  Found found{corpus, &index, {}, {build_chain(corpus, align_one(corpus, index, work), work)}, {}};
  Chain& chain = found.chains.front();
  const std::size_t places = chain.witnesses.size() - 1;
  std::erase(chain.rivals, chain.head);  // the asked text precedes nobody
  std::vector<std::uint32_t> order(chain.witnesses.size());
  std::iota(order.begin(), order.end(), 0U);
  if (options.sort == "match")
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
      const Witness &a = chain.witnesses[x], &b = chain.witnesses[y];
      return std::tuple(a.extent, a.against_nearest.similarity) >
             std::tuple(b.extent, b.against_nearest.similarity);
    });
  const std::size_t shown = options.limit == 0 ? places : std::min(options.limit, places);
  if (shown < places) {
    Diagnostic note;
    note.severity = Severity::note;
    note.what = {"limited", std::to_string(places) + " places, shown " + std::to_string(shown), "-", {}, "--limit"};
    corpus.diagnostics.push_back(note);
  }
  if (shown < places || options.sort == "match") reorder(chain, order, shown);
  if (places == 0) found.chains.clear();
  Output out(common.output);
  ReportOptions report;
  report.cited = true;
  if (common.format == "json")
    write_json(out.stream(), found, report);
  else
    write_form(out, Report(found, report), common);
  if (!out.finish() || failed) return exit_error;
  return places == 0 ? exit_none : exit_found;
}

}  // namespace suyuan::cli
