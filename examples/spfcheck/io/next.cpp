#include "io/next.hpp"

#include <utility>

namespace spfcheck {

Json to_json(std::span<const spf::advice::Next> steps) {
    Json json = Json::array();
    for (const spf::advice::Next& each : steps) {
        Json item;
        item["command"] = text_or_null(each.command());
        item["why"] = each.text();
        json.push_back(std::move(item));
    }
    return json;
}

}  // namespace spfcheck
