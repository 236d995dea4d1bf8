#include "batch/item.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "batch/lines.hpp"
#include "batch/sentences.hpp"
#include "check/json.hpp"
#include "io/csv.hpp"
#include "io/language.hpp"
#include "names/idn.hpp"
#include "names/mistakes.hpp"

namespace spfcheck {
namespace {

using Says = BatchSentence;

/// A key of the input line and its value. `text` is absent if the key is missing, or if its value
/// is null or not a string.
struct Field {
    std::string_view key;
    std::optional<std::string> text{};
    bool is_not_string = false;
};

/// Receives the parts of an input line, one after the other, from the parser of the JSON library.
/// The line is not converted to a tree of JSON values, because that would round numbers. The output
/// line must repeat the number in "id" exactly.
class LineReader {
public:
    std::string id = "null";
    std::array<Field, 3> fields{{{"ip"}, {"sender"}, {"helo"}}};
    std::string problem;  ///< why the line is refused; empty if it is not a JSON object

    // The parser calls these functions. The JSON library requires their names and types. A function
    // that returns false ends the parsing.

    bool null() { return scalar("null"); }
    bool boolean(bool value) { return scalar(value ? "true" : "false"); }
    // The parser passes "0" to number_unsigned() and "-0" to this function. So the text for a value
    // of 0 is "-0" here.
    bool number_integer(std::int64_t value) {
        return scalar(value == 0 ? "-0" : std::to_string(value));
    }
    bool number_unsigned(std::uint64_t value) { return scalar(std::to_string(value)); }
    bool number_float(double /*rounded*/, const std::string& digits) { return scalar(digits); }
    bool string(std::string& text) {
        if (depth_ == 1 && field_ != nullptr) {
            field_->text = std::move(text);
            field_->is_not_string = false;
        } else if (in_id_) {
            append(dump(text));
        }
        return depth_ > 0;
    }
    // JSON text has no binary values, so the parser never calls this function.
    bool binary(nlohmann::json::binary_t& /*octets*/) { return false; }

    bool start_object(std::size_t /*size*/) { return open('{'); }
    bool end_object() { return close('}'); }
    bool start_array(std::size_t /*size*/) { return open('['); }
    bool end_array() { return close(']'); }
    bool key(std::string& name) {
        if (depth_ == 1) {
            field_ = nullptr;
            for (Field& each : fields) {
                if (each.key == name) field_ = &each;
            }
            in_id_ = name == "id";
            if (in_id_) id.clear();
        } else if (in_id_) {
            append(dump(name));
            id += ':';
        }
        return true;
    }

    bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                     const nlohmann::json::exception& error) {
        constexpr int number_overflow = 406;
        if (error.id == number_overflow) {
            problem = say<Says::number_too_large>();
        }
        return false;
    }

private:
    /// Handles a number, a boolean or null. Returns false if the whole line is only this value and
    /// not an object, so that the line is refused.
    bool scalar(std::string_view text) {
        if (depth_ == 0) return false;
        if (depth_ == 1 && field_ != nullptr) set_not_string(text != "null");
        if (in_id_) append(text);
        return true;
    }
    bool open(char bracket) {
        constexpr unsigned deepest = 100;
        if (depth_ == 0 && bracket != '{') return false;
        if (depth_ == deepest) {
            problem = say<Says::nested_too_deep>(deepest);
            return false;
        }
        if (depth_ == 1 && field_ != nullptr) set_not_string(true);
        if (in_id_) append({&bracket, 1});
        ++depth_;
        return true;
    }
    bool close(char bracket) {
        if (--depth_ > 0 && in_id_) id += bracket;
        return true;
    }
    void set_not_string(bool is_not_string) {
        field_->text.reset();
        field_->is_not_string = is_not_string;
    }
    void append(std::string_view text) {
        const bool follows =
            !id.empty() && std::string_view("[{:").find(id.back()) == std::string::npos;
        if (follows) id += ',';
        id += text;
    }

    unsigned depth_ = 0;      // number of open arrays and objects; 1 directly in the line's object
    Field* field_ = nullptr;  // the field with the key read last; null if the key is another one
    bool in_id_ = false;
};

constexpr const char* example = R"({"id": 1, "ip": "192.0.2.1", "sender": "alice@example.com"})";

/// Returns the check for these values, which are absent if the line does not have them.
spf::Expected<BatchItem, BatchItemError> item_of(std::string id,
                                                 const std::optional<std::string>& ip,
                                                 const std::optional<std::string>& sender,
                                                 const std::optional<std::string>& helo) {
    BatchItemError error{std::move(id), {}};
    if (!ip) {
        error.message = say<Says::ip_missing>();
        return error;
    }
    const auto address = spf::IpAddress::parse(*ip);
    if (!address) {
        error.message = say<Says::bad_ip>(*ip, message_of(address.error()));
        return error;
    }
    if (!sender && !helo) {
        error.message = say<Says::sender_missing>();
        return error;
    }
    const Spoken odd = sender_problem(sender.value_or(""));
    if (!odd.empty()) {
        error.message = say<Says::bad_sender>(odd);
        return error;
    }
    BatchItem item;
    item.id = std::move(error.id);
    item.ip = *address;
    item.identity = sender ? spf::Identity::mail_from : spf::Identity::helo;
    item.sender = ascii_sender(sender.value_or(""));
    item.helo = ascii_domain(helo.value_or(""));
    return item;
}

/// Returns the words of a line, which blanks separate.
std::vector<std::string> words_of(std::string_view line) {
    constexpr std::string_view blanks = " \t\r";
    std::vector<std::string> out;
    while (true) {
        line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
        if (line.empty()) return out;
        const std::size_t end = std::min(line.find_first_of(blanks), line.size());
        out.emplace_back(line.substr(0, end));
        line.remove_prefix(end);
    }
}

/// Returns a sender or HELO name of a table or of words; nothing if it is left out.
std::optional<std::string> if_given(std::string text) {
    if (text.empty()) return std::nullopt;
    if (text == "<>" || text == "\"\"") text.clear();
    return text;
}

spf::Expected<BatchItem, BatchItemError> item_of_words(std::string_view line, std::string id) {
    std::vector<std::string> words = words_of(line);
    if (words.size() < 2 || !spf::IpAddress::parse(words.front())) {
        return BatchItemError{"null", say<Says::not_line>(example)};
    }
    if (words.size() > 3) {
        return BatchItemError{std::move(id), say<Says::too_many_words>(words[3])};
    }
    words.resize(3);
    return item_of(std::move(id), words[0], if_given(std::move(words[1])),
                   if_given(std::move(words[2])));
}

spf::Expected<BatchItem, BatchItemError> item_of_row(std::string_view line, std::string id,
                                                     const BatchColumns& columns) {
    auto values = csv_values(line, columns.separator);
    if (!values) return BatchItemError{std::move(id), say<Says::bad_quotes>()};
    const auto value = [&values](std::optional<std::size_t> column) -> std::optional<std::string> {
        if (!column || *column >= values->size()) return std::nullopt;
        return if_given(std::move((*values)[*column]));
    };
    const auto own_id = value(columns.id);
    if (own_id) id = dump(Json(*own_id));
    const auto ip = value(columns.ip);
    const auto sender = value(columns.sender);
    return item_of(std::move(id), ip, sender, value(columns.helo));
}

/// Returns an error if a line has been cut off because it is too long.
std::optional<BatchItemError> too_long(std::string_view line) {
    if (line.size() <= LineSource::longest_line) return std::nullopt;
    return BatchItemError{"null",
                          say<Says::line_too_long>(std::uint64_t{LineSource::longest_line})};
}

}  // namespace

std::optional<BatchColumns> columns_named_in(std::string_view line) {
    if (line.size() > LineSource::longest_line || line.find('{') != std::string_view::npos) {
        return std::nullopt;
    }
    BatchColumns out;
    out.separator = separator_in(line);
    const auto names = csv_values(line, out.separator);
    if (!names) return std::nullopt;
    const auto ip = column_named(*names, "ip");
    out.id = column_named(*names, "id");
    out.sender = column_named(*names, "sender");
    out.helo = column_named(*names, "helo");
    if (!ip || (!out.sender && !out.helo)) return std::nullopt;
    out.ip = *ip;
    return out;
}

spf::Expected<BatchItem, BatchItemError> read_item(std::string_view line) {
    if (auto error = too_long(line)) return *std::move(error);
    LineReader read;
    if (!nlohmann::json::sax_parse(line, &read)) {
        return BatchItemError{"null", !read.problem.empty() ? std::move(read.problem)
                                                            : say<Says::not_object>(example)};
    }
    for (const Field& field : read.fields) {
        if (field.is_not_string) {
            return BatchItemError{std::move(read.id), say<Says::not_string>(field.key)};
        }
    }
    const auto& [ip, sender, helo] = read.fields;
    return item_of(std::move(read.id), ip.text, sender.text, helo.text);
}

spf::Expected<BatchItem, BatchItemError> read_item(std::string_view line, std::uint64_t number,
                                                   const std::optional<BatchColumns>& columns) {
    const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
    const bool is_json = line.substr(begin).starts_with('{') || line.substr(begin).starts_with('[');
    if (is_json) return read_item(line);
    if (auto error = too_long(line)) return *std::move(error);
    std::string id = std::to_string(number);
    return columns ? item_of_row(line, std::move(id), *columns)
                   : item_of_words(line, std::move(id));
}

void append_answer(std::string& out, const std::string& id, const spf::Outcome& outcome) {
    out.append("{\"id\":").append(id) += ',';
    append_members(out, outcome);
    out += "}\n";
}

void append_error(std::string& out, const BatchItemError& error, std::uint64_t line) {
    Json json;
    json["line"] = line;
    json["error"] = error.message;
    out.append("{\"id\":").append(error.id).append(",").append(dump(json), 1) += '\n';
}

}  // namespace spfcheck
