#include "providers/verify.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include "io/language.hpp"
#include "io/terminal.hpp"
#include "providers/sentences.hpp"
#include "spf/base/printable.hpp"
#include "spf/record/parse.hpp"

namespace spfcheck {
namespace {

using Says = ProvidersSentence;

/// Returns the record of the outermost check_host(); empty if there is none.
std::string record_in(const spf::Outcome& outcome) {
    for (const spf::Step& step : outcome.trace) {
        if (step.kind == spf::Step::Kind::check_host) return step.text;
    }
    return {};
}

/// Returns whether a record has no mechanism besides `all`, and no redirect, so that an include of
/// it matches no address, unless its `all` is `+all` (RFC 7208, 5.2).
bool is_empty(const spf::Record& record) {
    if (record.redirect() != nullptr) return false;
    return std::all_of(record.directives.begin(), record.directives.end(),
                       [](const spf::Directive& each) {
                           return std::holds_alternative<spf::All>(each.mechanism) &&
                                  each.qualifier != spf::Qualifier::pass;
                       });
}

Spoken line_for(const VerifiedInclude& each) {
    switch (each.state) {
        case IncludeState::gone:
            return say<Says::include_gone>(each.name, each.service, each.problem);
        case IncludeState::empty:
            return say<Says::include_empty>(each.name, each.service, each.record);
        case IncludeState::changed:
            return say<Says::include_changed>(each.name, each.service, each.record, each.earlier);
        case IncludeState::unknown:
            return say<Says::include_unknown>(each.name, each.service, each.problem);
        case IncludeState::good: break;
    }
    return {};
}

}  // namespace

std::string_view to_string(IncludeState state) {
    switch (state) {
        case IncludeState::good: return "good";
        case IncludeState::gone: return "gone";
        case IncludeState::empty: return "empty";
        case IncludeState::changed: return "changed";
        case IncludeState::unknown: break;
    }
    return "unknown";
}

VerifiedInclude verified(const Include& include, const spf::Outcome& outcome,
                         std::string_view earlier) {
    VerifiedInclude out{include.service->name, include.name,         IncludeState::good,
                        record_in(outcome),    std::string(earlier), {}};
    const auto record = spf::parse_record(out.record);
    const bool is_changed = !earlier.empty() && earlier != out.record;
    if (!out.record.empty() && record) {
        // A failure below this record says nothing about it.
        if (is_empty(*record)) {
            out.state = IncludeState::empty;
        } else if (is_changed) {
            out.state = IncludeState::changed;
        }
        return out;
    }
    out.state =
        outcome.result == spf::Result::temperror ? IncludeState::unknown : IncludeState::gone;
    if (outcome.problem) out.problem = message_of(*outcome.problem);
    return out;
}

Json to_json(const std::vector<VerifiedInclude>& includes) {
    Json json;
    json["includes"] = Json::array();
    for (const VerifiedInclude& each : includes) {
        Json item;
        item["service"] = each.service;
        item["include"] = each.name;
        item["state"] = to_string(each.state);
        item["record"] = text_or_null(each.record);
        item["earlier"] = text_or_null(each.earlier);
        item["problem"] = text_or_null(each.problem);
        json["includes"].push_back(std::move(item));
    }
    return json;
}

void print(std::ostream& out, const std::vector<VerifiedInclude>& includes, std::size_t width) {
    const auto count = [&includes](IncludeState state) {
        return static_cast<std::size_t>(
            std::count_if(includes.begin(), includes.end(),
                          [state](const VerifiedInclude& each) { return each.state == state; }));
    };
    print_wrapped(out,
                  say<Says::verified>(count(IncludeState::good), includes.size(),
                                      count(IncludeState::gone), count(IncludeState::empty),
                                      count(IncludeState::changed), count(IncludeState::unknown)),
                  width);
    for (const IncludeState state :
         {IncludeState::gone, IncludeState::empty, IncludeState::changed, IncludeState::unknown}) {
        for (const VerifiedInclude& each : includes) {
            if (each.state == state) print_wrapped(out, line_for(each), width, "  ");
        }
    }
}

}  // namespace spfcheck
