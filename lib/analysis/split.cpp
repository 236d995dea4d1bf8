#include "spf/analysis/split.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "spf/analysis/networks.hpp"
#include "spf/record/parse.hpp"
#include "spf/resolver/overlay.hpp"

namespace spf::analysis {
namespace {

constexpr std::string_view version = "v=spf1";
constexpr std::string_view part_end = " -all";

/// The terms of a record, each after a space.
struct Terms {
    std::string early;                 ///< `a` and `mx` of the domain itself, which stay
    std::string late;                  ///< those whose result depends on the message, which stay
    std::vector<std::string> movable;  ///< those that mean the same in another record
    std::string end;                   ///< `all` and the modifiers
    bool is_ordered = false;           ///< whether the order of the terms may change a result
};

bool is_movable(const Directive& directive) {
    if (network_of(directive.mechanism) != nullptr) return true;
    const MacroString* const name = domain_spec_of(directive.mechanism);
    return name != nullptr && !name->has_macros();
}

Terms terms_of(const Record& record) {
    Terms out;
    for (const Directive& each : record.directives) {
        std::string text(1, ' ');
        text += each.text;
        if (is_all(each.mechanism)) {
            out.end += text;
            break;  // later directives are never evaluated (5.1)
        }
        if (each.qualifier != Qualifier::pass) out.is_ordered = true;
        if (is_movable(each)) {
            out.movable.push_back(std::move(text));
        } else {
            const bool is_known = network_of(each.mechanism) == nullptr &&
                                  domain_spec_of(each.mechanism) == nullptr &&
                                  !std::holds_alternative<Ptr>(each.mechanism);
            (is_known ? out.early : out.late) += text;
        }
    }
    for (const Modifier& each : record.modifiers) (out.end += ' ') += each.text;
    return out;
}

/// Finds names for the parts that publish no text yet.
class Names {
public:
    Names(std::string_view domain, dns::Resolver& resolver)
        : domain_(domain), resolver_(resolver) {}

    /// Returns the next name; empty if too many are taken.
    std::string next() {
        constexpr unsigned most = 100;
        while (number_ < most) {
            std::string name = "_spf" + std::to_string(++number_) + '.' + domain_;
            if (resolver_.resolve({name, dns::RecordType::txt})->texts.empty()) return name;
        }
        return {};
    }

private:
    std::string domain_;
    dns::Resolver& resolver_;
    unsigned number_ = 0;
};

/// Moves terms from the end of the record to parts until it is short enough.
std::vector<FlatRecord> divided(std::string_view domain, const Terms& terms, std::size_t most,
                                Names names) {
    constexpr std::size_t most_parts = 10;
    std::size_t kept = terms.movable.size();
    std::size_t size = version.size() + terms.early.size() + terms.late.size() + terms.end.size();
    for (const std::string& each : terms.movable) size += each.size();
    std::string includes;
    std::vector<FlatRecord> parts;
    while (size + includes.size() > most) {
        if (kept == 0) return {};
        const std::string& term = terms.movable[--kept];
        size -= term.size();
        const bool has_room =
            !parts.empty() && parts.back().record.size() + term.size() + part_end.size() <= most;
        if (!has_room) {
            if (parts.size() == most_parts) return {};
            std::string name = names.next();
            if (name.empty()) return {};
            parts.push_back({std::move(name), std::string(version)});
            includes += " include:" + parts.back().name;
        }
        parts.back().record += term;
    }
    std::string text(version);
    text += terms.early;
    for (std::size_t i = 0; i < kept; ++i) text += terms.movable[i];
    std::vector<FlatRecord> out{{std::string(domain), text + includes + terms.late + terms.end}};
    for (FlatRecord& each : parts) {
        each.record += part_end;
        out.push_back(std::move(each));
    }
    return out;
}

bool has_error(const NetworkMap& map) {
    return !map.with(Result::permerror).empty() || !map.with(Result::temperror).empty();
}

/// Returns whether every address whose result is known before has the same result after, and no
/// address gets an error.
bool are_same(const NetworkMap& before, const NetworkMap& after) {
    if (has_error(before) || has_error(after)) return false;
    constexpr std::array results{Result::none, Result::neutral, Result::pass, Result::fail,
                                 Result::softfail};
    for (const Result each : results) {
        if (!after.with(each).contains(before.with(each))) return false;
    }
    return true;
}

}  // namespace

std::vector<FlatRecord> split_record(std::string_view domain, std::string_view record,
                                     dns::Resolver& resolver, const FlattenOptions& options) {
    if (record.size() <= options.max_length) return {};
    const Expected<Record> parsed = parse_record(record);
    if (!parsed) return {};
    const Terms terms = terms_of(*parsed);
    if (terms.is_ordered) return {};
    std::vector<FlatRecord> out =
        divided(domain, terms, options.max_length, Names(domain, resolver));
    std::vector<std::unique_ptr<RecordOverlay>> overlays;
    dns::Resolver* published = &resolver;
    for (const FlatRecord& each : out) {
        overlays.push_back(std::make_unique<RecordOverlay>(each.name, each.record, *published));
        published = overlays.back().get();
    }
    RecordOverlay whole(domain, std::string(record), resolver);
    const bool is_proved = are_same(map_networks(domain, whole, options.networks),
                                    map_networks(domain, *published, options.networks));
    return is_proved ? out : std::vector<FlatRecord>();
}

}  // namespace spf::analysis
