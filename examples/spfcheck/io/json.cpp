#include "io/json.hpp"

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>

namespace spfcheck {

Json problem_or_null(const std::optional<spf::Problem>& problem) {
    if (!problem) return {};
    Json json;
    json["code"] = spf::to_string(problem->code);
    json["message"] = problem->message();
    json["domain"] = problem->domain;
    json["text"] = problem->text;
    json["offset"] = problem->syntax ? Json(problem->syntax->offset) : Json();
    json["length"] = problem->syntax ? Json(problem->syntax->length) : Json();
    json["rfc"] = "RFC 7208, " + std::string(problem->section());
    json["remedy"] = problem->remedy();
    json["loop"] = text_or_null(problem->loop);
    return json;
}

Json text_or_null(std::string_view text) { return text.empty() ? Json() : Json(text); }

std::string dump(const Json& json) {
    // The JSON may be shown on a terminal. So C1 controls, characters that change the direction of
    // text, and invisible characters are escaped, too.
    constexpr bool ascii_only = true;
    return json.dump(-1, ' ', ascii_only, Json::error_handler_t::replace);
}

void append_json_string(std::string& out, std::string_view text) {
    // Control characters and non-ASCII octets are rare and difficult to escape, so the JSON library
    // writes texts with them.
    const auto is_special = [](char c) { return c < ' ' || c > '~'; };
    if (std::any_of(text.begin(), text.end(), is_special)) {
        out += dump(Json(text));
        return;
    }
    out += '"';
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '"' && text[at] != '\\') continue;
        out.append(text, begin, at - begin) += '\\';
        begin = at;
    }
    out.append(text.substr(begin)) += '"';
}

void write(std::ostream& out, const Json& json) { out << dump(json) << '\n'; }

}  // namespace spfcheck
