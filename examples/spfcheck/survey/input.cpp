#include "survey/input.hpp"

#include <utility>

#include "io/csv.hpp"
#include "io/json.hpp"
#include "io/language.hpp"
#include "io/number.hpp"
#include "names/idn.hpp"
#include "names/mistakes.hpp"
#include "names/parts.hpp"
#include "spf/base/printable.hpp"
#include "spf/dns/name.hpp"
#include "survey/sentences.hpp"

namespace spfcheck {
namespace {

using Says = SurveySentence;
using Text = spf::Expected<std::string, Failure>;

bool is_object(std::string_view line) {
    const std::size_t begin = line.find_first_not_of(" \t");
    return begin != std::string_view::npos && line[begin] == '{';
}

Failure bad(std::string message) { return {exit_data, std::move(message)}; }

Text value_of_key(std::string_view line, const std::string& key) {
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object()) return bad(say<Says::not_object>(R"({"domain": "example.com"})"));
    const auto found = json.find(key);
    if (found == json.end() || !found->is_string()) return bad(say<Says::key_missing>(key));
    return found->get<std::string>();
}

/// Returns the name that the output has for a domain, as spf::lint::lint_domain() does.
std::string canonical(std::string domain) {
    if (spf::dns::check_host_domain_problem(domain)) return domain;
    return spf::dns::canonical_name(domain).value_or(domain);
}

}  // namespace

spf::Expected<SurveyInput, Failure> SurveyInput::of(const FirstLine& first,
                                                    const std::string& column) {
    SurveyInput out;
    if (column.empty()) return out;
    out.key_ = column;
    if (first.text.empty() || is_object(first.text)) return out;
    out.separator_ = separator_in(first.text);
    const auto number = whole_number_in<std::size_t>(column);
    if (number && *number > 0) {
        out.column_ = *number - 1;
        return out;
    }
    const auto names = csv_values(first.text, out.separator_);
    if (names) out.column_ = column_named(*names, column);
    if (out.column_) {
        out.header_line_ = first.number;
        return out;
    }
    return bad(say<Says::no_column>(column, spf::printable(first.text, 200)));
}

Text SurveyInput::text_in(std::string_view line) const {
    if (line.size() > LineSource::longest_line) {
        return bad(say<Says::line_too_long>(std::uint64_t{LineSource::longest_line}));
    }
    if (is_object(line)) return value_of_key(line, key_);
    if (!column_) return std::string(line);
    auto values = csv_values(line, separator_);
    if (!values) return bad(say<Says::bad_quotes>());
    if (*column_ >= values->size()) return bad(say<Says::column_missing>(*column_ + 1));
    return std::move((*values)[*column_]);
}

Text SurveyInput::domain_in(std::string_view line) const {
    auto text = text_in(line);
    if (!text) return text;
    std::string domain(trimmed(*text));
    if (domain.empty()) return bad(say<Says::no_domain>());
    if (auto meant = domain_meant(domain)) domain = std::move(meant->domain);
    const bool is_row = !column_ && domain.find_first_of(",;\t") != std::string::npos;
    if (is_row) return bad(say<Says::several_values>());
    const Spoken problem = mistaken_for_domain(domain);
    if (!problem.empty()) return bad(problem);
    return canonical(ascii_domain(domain));
}

}  // namespace spfcheck
