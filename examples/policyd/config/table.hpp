// Reads the values of a table of TOML, and notes what is wrong with them. This is the only place
// that depends on the library toml++, apart from the parse itself.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <toml++/toml.h>

#include "config/toml.hpp"

namespace policyd {

/// A table of a configuration. Each take() function reads the value of one key. After the last of
/// them, finish() notes the keys that none of them has read.
class Table {
public:
    /// `name` is the table as a person writes it, such as "actions.helo"; empty for the whole file.
    Table(const toml::table& table, std::string name, ConfigErrors& errors)
        : table_(&table), name_(std::move(name)), errors_(&errors) {}

    /// Reads texts, truth values and whole numbers. An absent key leaves the value as it is.
    void take(std::string_view key, std::string& value);
    void take(std::string_view key, bool& value);
    /// Reads a whole number from `least` to `most`.
    void take(std::string_view key, std::int64_t least, std::int64_t most,
              const std::function<void(std::int64_t)>& set);
    /// Reads a text. `set` returns what is wrong with it, or an empty text.
    using SetText = std::function<std::string(const std::string&)>;
    void take_text(std::string_view key, const SetText& set);
    /// Calls `begin` if the key is there, then `set` with each text of the list.
    void take_texts(std::string_view key, const std::function<void()>& begin, const SetText& set);
    /// Calls `read` with the table of the key, then finish() of that table.
    void take_table(std::string_view key, const std::function<void(Table&)>& read);
    /// Calls `read` with the key and the table of every key of this table. `read` returns what is
    /// wrong with the key, or an empty text.
    void take_tables(const std::function<std::string(std::string_view, Table&)>& read);
    /// Notes an error for each key that no function has read. It lists those that were.
    void finish();

private:
    /// Returns the value of a key, or null if the key is absent.
    const toml::node* find(std::string_view key);
    void wrong(const toml::source_region& where, std::string message);
    /// Notes that a value is not of the type that is expected.
    void wrong_type(const toml::node& node, std::string_view key, std::string_view expected);
    [[nodiscard]] std::string path(std::string_view key) const;

    const toml::table* table_;
    std::string name_;
    ConfigErrors* errors_;
    std::vector<std::string_view> known_;
};

}  // namespace policyd
