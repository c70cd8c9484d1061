// data.hpp: the tables of data/, compiled into the library, so that a program finds them wherever it is put.
#pragma once

#include <string_view>
#include <vector>

namespace suyuan::data {

std::string_view variants();     // data/variants/variants.tsv
std::string_view readings();     // data/readings/readings.tsv
std::string_view lines();        // data/lexicons/lines.tsv
std::string_view outlets();      // data/lexicons/outlets.tsv
std::string_view introducers();  // data/lexicons/introducers.tsv
std::string_view speakers();     // data/lexicons/speakers.tsv
std::string_view titles();       // data/lexicons/titles.tsv
std::string_view collectives();  // data/lexicons/collectives.tsv
std::string_view meetings();     // data/lexicons/meetings.tsv
std::string_view offices();      // data/lexicons/offices.tsv
std::string_view surnames();     // data/lexicons/surnames.tsv
std::string_view kinds();        // data/lexicons/kinds.tsv
std::string_view conversions();  // data/lexicons/conversions.tsv
std::string_view not_names();    // data/lexicons/not_names.tsv
std::string_view speech();       // data/lexicons/speech.tsv
std::string_view sensitive();    // data/lexicons/sensitive.tsv
std::string_view reporting();    // data/lexicons/reporting.tsv
std::string_view context();      // data/lexicons/context.tsv
std::string_view citations();    // data/lexicons/citations.tsv
std::string_view rites();        // data/lexicons/rites.tsv
std::string_view places();       // data/lexicons/places.tsv
std::string_view fields();       // data/lexicons/fields.tsv
std::string_view page();         // data/lexicons/page.tsv
std::string_view background();   // data/background/background.bin, bytes
std::string_view lookalikes();   // data/lookalikes/lookalikes.tsv
std::string_view points();       // data/points/points.tsv
std::string_view labels();       // data/labels/labels.tsv
std::string_view messages();     // data/labels/messages.tsv
std::string_view page_shell();   // src/web/page/shell.html
std::string_view page_style();   // src/web/page/style.css
std::string_view page_script();  // src/web/page/app.js

// The rows of a tab-separated table, comment (#) and empty lines left out, each split into its columns.
std::vector<std::vector<std::string_view>> rows(std::string_view table);

}  // namespace suyuan::data
