// A strict reader of both header fields, written from the grammars alone, to check the writers.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace report_test {

/// Undoes folding (RFC 5322, 2.2.3). Returns nothing if a line is blank, longer than 998 octets, or
/// contains anything but printable US-ASCII.
inline std::optional<std::string> unfolded(const std::string& field) {
    std::string out;
    std::size_t begin = 0;
    while (true) {
        const std::size_t end = field.find("\r\n", begin);
        const std::string line = field.substr(begin, end - begin);
        if (line.find_first_not_of(' ') == std::string::npos || line.size() > 998)
            return std::nullopt;
        if (begin > 0 && line.front() != ' ') return std::nullopt;
        for (const char c : line) {
            if (c < ' ' || c > '~') return std::nullopt;
        }
        out += line;
        if (end == std::string::npos) return out;
        begin = end + 2;
    }
}

class HeaderReader {
public:
    explicit HeaderReader(std::string_view text) : text_(text) {}

    [[nodiscard]] bool at_end() const { return text_.empty(); }
    bool literal(std::string_view wanted) {
        if (!text_.starts_with(wanted)) return false;
        text_.remove_prefix(wanted.size());
        return true;
    }
    /// Reads at least one character of a set.
    std::optional<std::string> run(bool (*in_set)(char)) {
        std::size_t length = 0;
        while (length < text_.size() && in_set(text_[length])) ++length;
        if (length == 0) return std::nullopt;
        std::string out(text_.substr(0, length));
        text_.remove_prefix(length);
        return out;
    }
    std::optional<std::string> word() {
        return run([](char c) { return (c >= 'a' && c <= 'z') || c == '-' || c == '.'; });
    }
    std::optional<std::string> quoted_string() {
        if (!literal("\"")) return std::nullopt;
        std::string out;
        while (!text_.empty()) {
            char c = take();
            if (c == '"') return out;
            if (c == '\\') {
                if (text_.empty()) return std::nullopt;
                c = take();
            }
            out += c;
        }
        return std::nullopt;
    }
    std::optional<std::string> dot_atom() {
        auto out = run([](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
        });
        const bool legal = out && out->front() != '.' && out->back() != '.' &&
                           out->find("..") == std::string::npos;
        return legal ? out : std::nullopt;
    }
    std::optional<std::string> token() {
        return run([](char c) {
            return c > ' ' && c <= '~' &&
                   std::string_view("()<>@,;:\\\"/[]?=").find(c) == std::string_view::npos;
        });
    }
    bool comment() {
        if (!literal("(")) return false;
        int depth = 1;
        while (depth > 0) {
            if (text_.empty()) return false;
            const char c = take();
            if (c == '(') ++depth;
            if (c == ')') --depth;
            if (c == '\\') {
                if (text_.empty()) return false;
                take();
            }
        }
        return true;
    }
    [[nodiscard]] char next() const { return text_.empty() ? '\0' : text_.front(); }

private:
    char take() {
        const char c = text_.front();
        text_.remove_prefix(1);
        return c;
    }
    std::string_view text_;
};

using Pairs = std::map<std::string, std::string>;

/// RFC 7208, 9.1. Returns the pairs, and the result as "result"; nothing if the grammar is broken.
inline std::optional<Pairs> read_received_spf(const std::string& field) {
    const auto line = unfolded(field);
    if (!line) return std::nullopt;
    HeaderReader reader(*line);
    Pairs pairs;
    if (!reader.literal("Received-SPF: ")) return std::nullopt;
    const auto result = reader.word();
    if (!result || !reader.literal(" ")) return std::nullopt;
    pairs["result"] = *result;
    if (reader.next() == '(' && (!reader.comment() || !reader.literal(" "))) return std::nullopt;
    while (true) {
        const auto key = reader.word();
        if (!key || !reader.literal("=")) return std::nullopt;
        const auto value = reader.next() == '"' ? reader.quoted_string() : reader.dot_atom();
        if (!value || !pairs.emplace(*key, *value).second) return std::nullopt;
        if (reader.at_end()) return pairs;
        if (!reader.literal("; ")) return std::nullopt;
    }
}

/// RFC 8601, 2.2, with one resinfo. Returns the service as "id", the result as "spf".
inline std::optional<Pairs> read_authentication_results(const std::string& field) {
    const auto line = unfolded(field);
    if (!line) return std::nullopt;
    HeaderReader reader(*line);
    Pairs pairs;
    const auto value = [&reader] {
        return reader.next() == '"' ? reader.quoted_string() : reader.token();
    };
    if (!reader.literal("Authentication-Results: ")) return std::nullopt;
    const auto service = value();
    if (!service || !reader.literal("; spf=")) return std::nullopt;
    pairs["id"] = *service;
    const auto result = reader.word();
    if (!result) return std::nullopt;
    pairs["spf"] = *result;
    while (!reader.at_end()) {
        if (!reader.literal(" ")) return std::nullopt;
        const auto key = reader.word();
        if (!key || !reader.literal("=")) return std::nullopt;
        const auto text = value();
        if (!text || !pairs.emplace(*key, *text).second) return std::nullopt;
    }
    return pairs;
}

}  // namespace report_test
