#include "config/table.hpp"

#include <algorithm>

#include "spf/base/printable.hpp"

namespace policyd {
namespace {

std::string in_quotes(std::string_view text) { return '"' + spf::printable(text, 100) + '"'; }

}  // namespace

std::string Table::path(std::string_view key) const {
    return name_.empty() ? std::string(key) : name_ + "." + std::string(key);
}

const toml::node* Table::find(std::string_view key) {
    known_.push_back(key);
    return table_->get(key);
}

void Table::wrong(const toml::source_region& where, std::string message) {
    errors_->push_back({where.begin.line, where.begin.column, std::move(message)});
}

void Table::wrong_type(const toml::node& node, std::string_view key, std::string_view expected) {
    wrong(node.source(), in_quotes(path(key)) + " is to be " + std::string(expected));
}

void Table::take(std::string_view key, std::string& value) {
    take_text(key, [&value](const std::string& text) {
        value = text;
        return std::string();
    });
}

void Table::take(std::string_view key, bool& value) {
    const toml::node* const node = find(key);
    if (node == nullptr) return;
    if (const auto truth = node->value_exact<bool>()) {
        value = *truth;
    } else {
        wrong_type(*node, key, "true or false");
    }
}

void Table::take(std::string_view key, std::int64_t least, std::int64_t most,
                 const std::function<void(std::int64_t)>& set) {
    const toml::node* const node = find(key);
    if (node == nullptr) return;
    const auto number = node->value_exact<std::int64_t>();
    if (number && *number >= least && *number <= most) return set(*number);
    wrong_type(*node, key,
               "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
}

void Table::take_text(std::string_view key, const SetText& set) {
    const toml::node* const node = find(key);
    if (node == nullptr) return;
    const auto text = node->value_exact<std::string>();
    if (!text) return wrong_type(*node, key, "a text in quotes");
    std::string problem = set(*text);
    if (!problem.empty()) wrong(node->source(), in_quotes(path(key)) + ": " + problem);
}

void Table::take_texts(std::string_view key, const std::function<void()>& begin,
                       const SetText& set) {
    constexpr std::string_view expected = "a list of texts, such as [\"a\", \"b\"]";
    const toml::node* const node = find(key);
    if (node == nullptr) return;
    const toml::array* const list = node->as_array();
    if (list == nullptr) return wrong_type(*node, key, expected);
    begin();
    for (const toml::node& each : *list) {
        const auto text = each.value_exact<std::string>();
        if (!text) {
            wrong_type(each, key, expected);
            continue;
        }
        std::string problem = set(*text);
        if (!problem.empty()) wrong(each.source(), in_quotes(path(key)) + ": " + problem);
    }
}

void Table::take_table(std::string_view key, const std::function<void(Table&)>& read) {
    const toml::node* const node = find(key);
    if (node == nullptr) return;
    const toml::table* const table = node->as_table();
    if (table == nullptr) return wrong_type(*node, key, "a table");
    Table inner(*table, path(key), *errors_);
    read(inner);
    inner.finish();
}

void Table::take_tables(const std::function<std::string(std::string_view, Table&)>& read) {
    for (const auto& [key, node] : *table_) {
        known_.push_back(key.str());
        const toml::table* const table = node.as_table();
        if (table == nullptr) {
            wrong_type(node, key.str(), "a table");
            continue;
        }
        Table inner(*table, path(in_quotes(key.str())), *errors_);
        std::string problem = read(key.str(), inner);
        if (!problem.empty()) wrong(key.source(), in_quotes(key.str()) + ' ' + problem);
        inner.finish();
    }
}

void Table::finish() {
    for (const auto& [key, node] : *table_) {
        if (std::find(known_.begin(), known_.end(), key.str()) != known_.end()) continue;
        std::string message = "there is no key " + in_quotes(key.str());
        if (!name_.empty()) message += " in [" + name_ + "]";
        std::string_view before = "; there are ";
        for (const std::string_view known : known_) {
            message.append(before).append(known);
            before = ", ";
        }
        wrong(key.source(), std::move(message));
    }
}

}  // namespace policyd
