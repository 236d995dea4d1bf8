#include "batch/item.hpp"

#include <array>
#include <cstddef>
#include <utility>

#include "batch/lines.hpp"
#include "batch/sentences.hpp"
#include "check/json.hpp"
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

}  // namespace

spf::Expected<BatchItem, BatchItemError> read_item(std::string_view line) {
    BatchItemError error;
    if (line.size() > LineSource::longest_line) {
        error.message = say<Says::line_too_long>(std::uint64_t{LineSource::longest_line});
        return error;
    }
    LineReader read;
    if (!nlohmann::json::sax_parse(line, &read)) {
        error.message = read.problem;
        if (error.message.empty()) {
            error.message = say<Says::not_object>(
                R"({"id": 1, "ip": "192.0.2.1", "sender": "alice@example.com"})");
        }
        return error;
    }
    error.id = std::move(read.id);
    for (const Field& field : read.fields) {
        if (!field.is_not_string) continue;
        error.message = say<Says::not_string>(field.key);
        return error;
    }
    const auto& [ip, sender, helo] = read.fields;
    if (!ip.text) {
        error.message = say<Says::ip_missing>();
        return error;
    }
    const auto address = spf::IpAddress::parse(*ip.text);
    if (!address) {
        error.message = say<Says::bad_ip>(*ip.text, address.error().message());
        return error;
    }
    if (!sender.text && !helo.text) {
        error.message = say<Says::sender_missing>();
        return error;
    }
    const std::string odd = sender_problem(sender.text.value_or(""));
    if (!odd.empty()) {
        error.message = say<Says::bad_sender>(odd);
        return error;
    }
    BatchItem item;
    item.id = error.id;
    item.ip = *address;
    item.identity = sender.text ? spf::Identity::mail_from : spf::Identity::helo;
    item.sender = ascii_sender(sender.text.value_or(""));
    item.helo = ascii_domain(helo.text.value_or(""));
    return item;
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
