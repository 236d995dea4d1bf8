// Writes markup that is well-formed XML and HTML at the same time, whatever texts it contains.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace spfcheck {

/// Returns a text with which a markup text or an attribute in quotes can only be that text: markup
/// characters are escaped. Octets that are no character of UTF-8, and characters that XML forbids
/// or that people cannot see (controls, those that change the direction of text, zero width), are
/// replaced by escapes such as `\x1b`, as spf::printable() does.
[[nodiscard]] std::string markup_text(std::string_view text);

/// A document that is being written. Each start() needs an end().
class Markup {
public:
    struct Attribute {
        std::string_view name;
        std::string value;
    };
    using Attributes = std::initializer_list<Attribute>;

    /// Appends the start of an element. The names of elements and attributes are literals in the
    /// source; the values may be any text.
    void start(std::string_view name, Attributes attributes = {});
    /// Appends the end of the element that was started last.
    void end();
    /// Appends a text, escaped.
    void text(std::string_view text) { out_ += markup_text(text); }
    /// Appends text of untrusted senders, any octets: those beyond US-ASCII are shown as escapes. A
    /// short word with a hyphen, such as `-all`, becomes an element `span` of the class `word`, so
    /// that a style sheet can keep it in one line.
    void data(std::string_view octets);
    /// Appends an element with a text.
    void element(std::string_view name, Attributes attributes, std::string_view text);
    /// Appends an element without contents.
    void empty(std::string_view name, Attributes attributes);
    /// Appends a constant of the source that is markup, or rules of a style sheet, already.
    void constant(std::string_view markup) { out_ += markup; }

    [[nodiscard]] const std::string& str() const noexcept { return out_; }

private:
    void open(std::string_view name, Attributes attributes);

    std::string out_;
    std::vector<std::string_view> open_;
};

}  // namespace spfcheck
