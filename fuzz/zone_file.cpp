// Tests the reading of master files. A zone that is printed, record by record, and read again must
// give the same answers. Line ends must not change the result. A comment line in front of the text
// must not hide an error. An error must name a line of the text.

#include "spf/resolver/zone_file.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.hpp"
#include "require.hpp"

namespace {

using spf::dns::Answer;
using spf::dns::RecordType;
using spf::dns::Status;

void append_octet(std::string& out, char c) {
    const auto octet = static_cast<unsigned char>(c);
    out += '\\';
    for (const unsigned unit : {100U, 10U, 1U}) out += static_cast<char>('0' + octet / unit % 10U);
}

/// Returns a plain name as an absolute name in a master file. A dot within a label is `\046` in
/// both.
std::string written_name(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (name.substr(i).starts_with("\\046")) {
            out += "\\046";
            i += 3;
        } else if (spf::ascii::is_alnum(c) || c == '.' || c == '-' || c == '*') {
            out += c;
        } else {
            append_octet(out, c);
        }
    }
    return out + '.';
}

std::string written_text(std::string_view text) {
    std::string out;
    do {
        out += " \"";
        for (const char c : text.substr(0, 255)) {
            if (spf::ascii::is_alnum(c)) {
                out += c;
            } else {
                append_octet(out, c);
            }
        }
        out += '"';
        text.remove_prefix(std::min<std::size_t>(text.size(), 255));
    } while (!text.empty());
    return out;
}

/// Returns the lines of a master file that result in this answer.
std::string written(const std::string& name, RecordType type, const Answer& answer) {
    const std::string owner = written_name(name);
    const std::string kind(to_string(type));
    switch (answer.status) {
        case Status::ok: break;
        case Status::no_data: return "$STATUS " + owner + ' ' + kind + " nodata\n";
        default:
            return "$STATUS " + owner + ' ' + kind + ' ' + std::string(to_string(answer.status)) +
                   '\n';
    }
    const std::string head = owner + ' ' + std::to_string(answer.ttl.count()) + " IN " + kind + ' ';
    std::string out;
    for (const spf::IpAddress address : answer.addresses) {
        // An AAAA record may contain an IPv4-mapped address.
        const bool mapped = type == RecordType::aaaa && address.is_v4();
        out += head + (mapped ? "::ffff:" : "") + address.to_string() + '\n';
    }
    for (const auto& each : answer.exchanges)
        out += head + std::to_string(each.preference) + ' ' + written_name(each.host) + '\n';
    for (const std::string& each : answer.names) out += head + written_name(each) + '\n';
    for (const std::string& each : answer.texts) out += head + written_text(each) + '\n';
    return out;
}

std::string written(const spf::ZoneResolver& zone) {
    std::string out;
    for (const std::string& name : zone.names()) {
        out += written_name(name) + " TYPE65280 \\# 0\n";
        for (const RecordType type : spf::dns::record_types)
            out += written(name, type, *zone.lookup({name, type}));
    }
    return out;
}

void require_same(const spf::ZoneResolver& left, const spf::ZoneResolver& right) {
    REQUIRE_THAT(left.names() == right.names());
    for (const std::string& name : left.names()) {
        for (const RecordType type : spf::dns::record_types) {
            const auto one = left.lookup({name, type});
            const auto other = right.lookup({name, type});
            REQUIRE_THAT(one->status == other->status && one->addresses == other->addresses);
            REQUIRE_THAT(one->exchanges == other->exchanges && one->names == other->names);
            REQUIRE_THAT(one->texts == other->texts && one->ttl == other->ttl);
        }
    }
}

/// Checks that a printed zone can be read and gives the same answers. The TTL of a negative answer
/// is not compared, because it comes from the zone's SOA record, which is not printed.
void check_written(const spf::ZoneResolver& zone) {
    const auto again = spf::parse_zone(written(zone));
    REQUIRE_THAT(again);
    for (const std::string& name : zone.names()) {
        for (const RecordType type : spf::dns::record_types) {
            const auto one = zone.lookup({name, type});
            const auto other = again->lookup({name, type});
            REQUIRE_THAT(one->status == other->status && one->addresses == other->addresses);
            REQUIRE_THAT(one->exchanges == other->exchanges && one->names == other->names);
            REQUIRE_THAT(one->texts == other->texts);
            REQUIRE_THAT(one->status != Status::ok || one->ttl == other->ttl);
        }
    }
}

/// Checks what the data contains if it does not cover all of DNS: everything about names in its
/// zones, and nothing about other names.
void check_owned(const spf::ZoneResolver& zone, std::string_view text) {
    spf::ZoneOptions options;
    options.knows_all = false;
    const auto part = spf::parse_zone(text, {}, options);
    REQUIRE_THAT(part);
    REQUIRE_THAT(part->names() == zone.names());
    for (const std::string& name : zone.names()) {
        for (const std::string& each : {name, "fuzz." + name}) {
            if (each.size() > 253) continue;
            const Status all = zone.lookup({each, RecordType::txt})->status;
            const Status own = part->lookup({each, RecordType::txt})->status;
            // Data that is missing at or below a zone cut is unknown too.
            REQUIRE_THAT(own == all || (own == Status::not_in_zone && spf::dns::is_void(all)));
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 8192) return 0;
    const std::string text(data, data + size);
    const auto zone = spf::parse_zone(text);
    std::string crlf;
    for (const char c : text) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    if (!zone) {
        const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
        REQUIRE_THAT(zone.error().line >= 1 && zone.error().line <= lines + 1);
        REQUIRE_THAT(!zone.error().message().empty() && zone.error().file.empty());
        const auto shifted = spf::parse_zone("; one line\n" + text);
        REQUIRE_THAT(!shifted || text.starts_with("\xef\xbb\xbf") || text.starts_with("\xff\xfe") ||
                     text.starts_with("\xfe\xff"));
        REQUIRE_THAT(shifted || shifted.error().line == zone.error().line + 1 ||
                     zone.error().line == 1);
        return 0;
    }
    const auto other_ends = spf::parse_zone(crlf);
    REQUIRE_THAT(other_ends);
    require_same(*zone, *other_ends);
    check_written(*zone);
    check_owned(*zone, text);
    return 0;
}
