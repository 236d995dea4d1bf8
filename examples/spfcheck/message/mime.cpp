// gmime takes mails apart and decodes them. Its objects are walked without recursion beyond
// `deepest`, and what it makes of a text is at most a few times as long as the text.

#include "message/mime.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "message/gmime.hpp"
#include "message/sentences.hpp"
#include "names/parts.hpp"

namespace spfcheck {
namespace {

using Says = MessageSentence;

/// How deep parts within parts are read.
constexpr int deepest = 12;

std::string text_of(const char* text) { return text == nullptr ? std::string{} : text; }

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return g_ascii_tolower(c); });
    return text;
}

/// Returns what was written to a stream in memory.
std::string contents(GMimeStream* stream) {
    const GByteArray* const octets = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    if (octets == nullptr || octets->data == nullptr) return {};
    return {octets->data, octets->data + octets->len};
}

/// Returns a text in UTF-8, or nothing if the charset is unknown.
std::optional<std::string> converted(const std::string& text, const char* charset) {
    const Owned<GMimeFilter> filter(g_mime_filter_charset_new(charset, "UTF-8"));
    if (!filter) return std::nullopt;
    const Owned<GMimeStream> memory(g_mime_stream_mem_new());
    const Owned<GMimeStream> filtered(g_mime_stream_filter_new(memory.get()));
    g_mime_stream_filter_add(GMIME_STREAM_FILTER(filtered.get()), filter.get());
    g_mime_stream_write(filtered.get(), text.data(), text.size());
    g_mime_stream_flush(filtered.get());
    return contents(memory.get());
}

std::string in_utf8(std::string text, const char* charset) {
    const std::string named = lower(text_of(charset));
    const bool valid = g_utf8_validate_len(text.data(), text.size(), nullptr) != FALSE;
    // A text of ISO-2022-JP is valid US-ASCII, with escapes.
    const bool escaped = text.find("\x1b$") != std::string::npos;
    if (valid && !escaped && !named.starts_with("iso-2022") && named != "utf-7" &&
        !named.starts_with("utf-16")) {
        return text;
    }
    const bool plain = named.empty() || named == "us-ascii" || named == "utf-8";
    if (!plain) {
        if (auto out = converted(text, named.c_str())) return std::move(*out);
    }
    if (escaped) {
        if (auto out = converted(text, "iso-2022-jp")) return std::move(*out);
    }
    return valid ? text : converted(text, "iso-8859-1").value_or(text);
}

std::string type_of(GMimeObject* object) {
    GMimeContentType* const type = g_mime_object_get_content_type(object);
    if (type == nullptr) return "text/plain";
    return lower(text_of(g_mime_content_type_get_media_type(type)) + '/' +
                 text_of(g_mime_content_type_get_media_subtype(type)));
}

bool is_read(std::string_view type) noexcept {
    return type.starts_with("text/") || type.starts_with("message/");
}

/// Returns the text of a part that has no parts.
std::string decoded(GMimePart* part) {
    GMimeDataWrapper* const content = g_mime_part_get_content(part);
    if (content == nullptr) return {};
    const Owned<GMimeStream> memory(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(content, memory.get());
    const char* const charset =
        g_mime_object_get_content_type_parameter(&part->parent_object, "charset");
    return with_line_feeds(in_utf8(contents(memory.get()), charset));
}

/// Returns the text of a message within a message, as it stands there.
std::string whole(GMimeMessagePart* part) {
    GMimeMessage* const message = g_mime_message_part_get_message(part);
    if (message == nullptr) return {};
    const Owned<GMimeStream> memory(g_mime_stream_mem_new());
    g_mime_object_write_to_stream(&message->parent_object, nullptr, memory.get());
    return with_line_feeds(contents(memory.get()));
}

void add_parts(GMimeObject* object, int depth, std::vector<MailPart>& out) {
    if (object == nullptr || out.size() >= most_parts || depth > deepest) return;
    if (GMIME_IS_MULTIPART(object)) {
        GMimeMultipart* const parts = GMIME_MULTIPART(object);
        const int count = g_mime_multipart_get_count(parts);
        for (int i = 0; i < count && out.size() < most_parts; ++i)
            add_parts(g_mime_multipart_get_part(parts, i), depth + 1, out);
        // Where the boundary does not fit, all of it stands before the first part.
        if (count == 0) {
            std::string text = with_line_feeds(text_of(g_mime_multipart_get_prologue(parts)));
            if (!text.empty()) out.push_back({"text/plain", in_utf8(std::move(text), nullptr)});
        }
        return;
    }
    MailPart part{type_of(object), {}};
    if (GMIME_IS_MESSAGE_PART(object)) {
        part.text = whole(GMIME_MESSAGE_PART(object));
    } else if (GMIME_IS_PART(object) && is_read(part.type)) {
        part.text = decoded(GMIME_PART(object));
    }
    out.push_back(std::move(part));
}

/// Returns a text without line ends and the blanks around them.
std::string on_one_line(std::string_view text) {
    std::string out;
    for (const char c : trimmed(text)) {
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0';
        if (blank && (out.empty() || out.back() == ' ')) continue;
        out += blank ? ' ' : c;
    }
    return out;
}

void add_fields(GMimeMessage& message, std::vector<MailField>& out) {
    GMimeHeaderList* const fields = g_mime_object_get_header_list(&message.parent_object);
    const int count = g_mime_header_list_get_count(fields);
    for (int i = 0; i < count; ++i) {
        GMimeHeader* const field = g_mime_header_list_get_header_at(fields, i);
        out.push_back({text_of(g_mime_header_get_name(field)),
                       on_one_line(text_of(g_mime_header_get_value(field)))});
    }
}

/// Removes what may precede a header: a byte order mark, empty lines, and the line "From ..." of an
/// mbox file.
void drop_preamble(std::string& text) {
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    std::size_t begin = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    while (begin < text.size() && text[begin] == '\n') ++begin;
    const std::string_view rest = std::string_view(text).substr(begin);
    if (rest.starts_with("From ") || rest.starts_with(">From ")) {
        const std::size_t end = rest.find('\n');
        begin += end == std::string_view::npos ? rest.size() : end + 1;
    }
    text.erase(0, begin);
}

}  // namespace

spf::Expected<Mail, Failure> read_mail(std::string_view text) {
    std::string lines = with_line_feeds(text);
    drop_preamble(lines);
    if (lines.empty()) return Failure{exit_data, say<Says::no_header>()};
    const Owned<GMimeMessage> message = parsed_message(lines);
    if (!message) return Failure{exit_data, say<Says::header_unreadable>()};
    Mail out;
    add_fields(*message, out.fields);
    GMimeObject* const body = g_mime_message_get_mime_part(message.get());
    if (body == nullptr) return out;
    out.type = type_of(body);
    out.report_type = lower(text_of(g_mime_object_get_content_type_parameter(body, "report-type")));
    add_parts(body, 0, out.parts);
    return out;
}

}  // namespace spfcheck
