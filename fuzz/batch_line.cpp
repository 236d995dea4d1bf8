// Tests the lines of a batch. Each line is either a request or an error. A second parser, which
// builds a tree, determines the expected request. The output for each input line is one line of
// JSON.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "batch/item.hpp"
#include "batch/lines.hpp"
#include "names/idn.hpp"
#include "require.hpp"

namespace {

using Tree = nlohmann::json;
using spfcheck::BatchItem;

bool is_one_line(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; });
}

/// Reads a line of the output as another program would. The line must contain one object.
Tree read_back(const std::string& line) {
    REQUIRE_THAT(line.ends_with('\n') &&
                 is_one_line(std::string_view(line).substr(0, line.size() - 1)));
    const Tree json = Tree::parse(line, nullptr, false);
    REQUIRE_THAT(json.is_object());
    return json;
}

/// Returns the text of a key, or null if the key is missing or its value is null.
const std::string* text_of(const Tree& line, const char* key) {
    const auto found = line.find(key);
    if (found == line.end() || found->is_null()) return nullptr;
    REQUIRE_THAT(found->is_string());
    return found->get_ptr<const std::string*>();
}

void check_item(std::string_view line, const BatchItem& item) {
    const Tree tree = Tree::parse(line, nullptr, false);
    REQUIRE_THAT(tree.is_object());
    REQUIRE_THAT(Tree::parse(item.id) == (tree.contains("id") ? tree["id"] : Tree()));
    const std::string* const ip = text_of(tree, "ip");
    const std::string* const sender = text_of(tree, "sender");
    const std::string* const helo = text_of(tree, "helo");
    REQUIRE_THAT(ip != nullptr && (sender != nullptr || helo != nullptr));
    const auto address = spf::IpAddress::parse(*ip);
    REQUIRE_THAT(address && *address == item.ip);
    REQUIRE_THAT((item.identity == spf::Identity::helo) == (sender == nullptr));
    REQUIRE_THAT(item.sender == spfcheck::ascii_sender(sender == nullptr ? "" : *sender));
    REQUIRE_THAT(item.helo == spfcheck::ascii_domain(helo == nullptr ? "" : *helo));
    const spf::Request request = item.request();
    REQUIRE_THAT(request.ip == item.ip && request.mail_from == item.sender &&
                 request.helo == item.helo);

    // The same request is written with its keys in another order and with an additional key that
    // has no meaning.
    Tree plain;
    plain["zzz"] = {{"ip", 1}, {"id", nullptr}};
    plain["ip"] = item.ip.to_string();
    if (sender != nullptr) plain["sender"] = *sender;
    if (helo != nullptr) plain["helo"] = *helo;
    std::string written = plain.dump(-1, ' ', true);
    written.insert(written.size() - 1, ",\"id\":" + item.id);
    if (written.size() > spfcheck::LineSource::longest_line) return;
    const auto again = spfcheck::read_item(written);
    REQUIRE_THAT(again);
    REQUIRE_THAT(again->id == item.id && again->ip == item.ip && again->sender == item.sender);
    REQUIRE_THAT(again->helo == item.helo && again->identity == item.identity);

    std::string answer;
    spfcheck::append_answer(answer, item.id, spf::Outcome{});
    REQUIRE_THAT(read_back(answer)["id"] == Tree::parse(item.id));
}

void check_error(std::string_view line, const spfcheck::BatchItemError& error) {
    REQUIRE_THAT(!error.message.empty() && !error.message.ends_with('.'));
    REQUIRE_THAT(std::all_of(error.message.begin(), error.message.end(), spf::ascii::is_printable));
    std::string answer;
    spfcheck::append_error(answer, error, 7);
    const Tree json = read_back(answer);
    REQUIRE_THAT(json["line"] == 7 && json["error"] == error.message);
    REQUIRE_THAT(json["id"] == Tree::parse(error.id));
    const Tree tree = Tree::parse(line, nullptr, false);
    if (!tree.is_object() || !tree.contains("id") || error.id == "null") return;
    REQUIRE_THAT(json["id"] == tree["id"]);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string line(data, data + size);
    const auto item = spfcheck::read_item(line);
    if (item) {
        check_item(line, *item);
    } else {
        check_error(line, item.error());
    }
    // The line as words, and as a row of the table whose columns the line itself names.
    for (const auto& columns :
         {std::optional<spfcheck::BatchColumns>(), spfcheck::columns_named_in(line)}) {
        const auto any = spfcheck::read_item(line, 7, columns);
        if (any) {
            REQUIRE_THAT(!Tree::parse(any->id, nullptr, false).is_discarded());
        } else {
            check_error(line, any.error());
        }
    }
    return 0;
}
