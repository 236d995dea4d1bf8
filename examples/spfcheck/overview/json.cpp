#include "io/next.hpp"
#include "overview/print.hpp"

namespace spfcheck {
namespace {

/// Returns the numbers of both families. That of IPv6 is a text, because it may have 39 digits.
Json to_json(const Size& size) {
    Json json;
    json["ip4"] = size.ip4.exact().value_or(0);
    json["ip6"] = size.ip6.to_string();
    return json;
}

Json to_json(const TermView& term) {
    Json json;
    json["term"] = term.text;
    json["meaning"] = term.meaning;
    json["service"] = text_or_null(term.service);
    const unsigned lookups = term.cost ? term.cost->dns_lookups : 0;
    const bool is_known = !term.cost || !term.cost->at_least;
    json["dns_lookups"] = is_known ? Json(lookups) : Json();
    json["dns_lookups_at_least"] = lookups;
    json["void_lookups"] = term.cost ? term.cost->void_lookups : 0;
    json["addresses"] = to_json(term.decides);
    return json;
}

Json to_json(const Ending& ending) {
    Json json;
    json["result"] = ending.depends_on_message ? Json() : Json(spf::to_string(ending.result));
    json["term"] = text_or_null(ending.term);
    json["domain"] = text_or_null(ending.domain);
    return json;
}

}  // namespace

Json to_json(const Picture& picture, const std::vector<spf::advice::Next>& next) {
    Json json = to_json(picture.lint);
    json.erase("costs");
    json["terms"] = Json::array();
    for (const TermView& each : picture.terms) json["terms"].push_back(to_json(each));
    json["void_lookups"] = picture.void_lookups;
    json["addresses"] = to_json(picture.may_send);
    json["all"] = to_json(picture.others);
    json["complete"] = picture.missing.is_complete && picture.map.unknown().empty();
    json["problem"] = problem_or_null(picture.missing.problem);
    json["next"] = spfcheck::to_json(next);
    return json;
}

}  // namespace spfcheck
