// Master files, entry by entry (RFC 1035, 5.1). Entries are cut out of the text and control entries are
// read here; records are left to ldns. Its own readers of files do not tell where an entry began, take
// a missing parenthesis or quotation mark without a word, insist on one SOA record, and know no
// $STATUS.
//
// An entry is cut out by turning what separates its words into spaces: comments, parentheses, and the
// ends of lines between parentheses. Its first octet still tells whether it has an owner.

#include "spf/resolver/zone_file.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <optional>
#include <utility>
#include <vector>

#include "ascii.hpp"
#include "resolver/ldns_handle.hpp"

namespace spf {
namespace {

using ldns_adapter::field;
using ldns_adapter::octets;
using ldns_adapter::plain_name;
using ldns_adapter::RdfHandle;
using ldns_adapter::RrHandle;
using std::chrono::seconds;

/// The whole file, or nothing where it cannot be read. Streams report what their buffers throw as a
/// state, so that a directory is no exception.
std::optional<std::string> contents(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) return std::nullopt;
    std::string text;
    std::array<char, 16384> chunk{};
    while (file.read(chunk.data(), chunk.size()) || file.gcount() > 0) {
        text.append(chunk.data(), static_cast<std::size_t>(file.gcount()));
    }
    if (file.bad()) return std::nullopt;
    return text;
}

ZoneFileError unreadable(const std::filesystem::path& path) {
    return {path.string(), 0, "cannot be read"};
}

/// What a file holds, whose name an error has.
Expected<ZoneResolver, ZoneFileError> parse_zone_of(const std::filesystem::path& path,
                                                    std::string_view text, std::string_view origin,
                                                    ZoneOptions options) {
    auto zone = parse_zone(text, origin, options);
    if (zone) return zone;
    ZoneFileError problem = zone.error();
    problem.file = path.string();
    return problem;
}

constexpr bool is_blank(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// The words of an entry; an escaped blank is part of a word.
std::vector<std::string_view> words(std::string_view entry) {
    std::vector<std::string_view> found;
    std::size_t at = 0;
    while (true) {
        while (at < entry.size() && is_blank(entry[at])) ++at;
        if (at >= entry.size()) return found;
        const std::size_t begin = at;
        while (at < entry.size() && !is_blank(entry[at])) at += entry[at] == '\\' ? 2U : 1U;
        at = std::min(at, entry.size());
        found.push_back(entry.substr(begin, at - begin));
    }
}

bool is_word(std::string_view word, std::string_view expected) noexcept {
    return ascii::equal_ignoring_case(word, expected);
}

std::optional<dns::RecordType> type_called(std::string_view word) noexcept {
    for (const dns::RecordType type : dns::record_types) {
        if (is_word(word, dns::to_string(type))) return type;
    }
    return std::nullopt;
}

std::optional<dns::Status> status_called(std::string_view word) noexcept {
    using dns::Status;
    constexpr std::array<std::pair<std::string_view, Status>, 6> statuses{{
        {"timeout", Status::timeout},
        {"servfail", Status::servfail},
        {"error", Status::error},
        {"unreachable", Status::unreachable},
        {"nxdomain", Status::nxdomain},
        {"nodata", Status::no_data},
    }};
    for (const auto& [name, status] : statuses) {
        if (is_word(word, name)) return status;
    }
    return std::nullopt;
}

/// RFC 2181, 8: a TTL with the highest bit set is none.
seconds seconds_of(std::uint32_t ttl) noexcept { return seconds{ttl > 0x7fff'ffffU ? 0 : ttl}; }

seconds period(const ldns_rr* rr, std::size_t index) noexcept {
    const ldns_rdf* rdf = field(rr, index, LDNS_RDF_TYPE_PERIOD);
    return rdf == nullptr ? seconds{0} : seconds_of(ldns_rdf2native_int32(rdf));
}

/// The name in a field of a record's data; the root's, where there is none.
std::string name_in(const ldns_rr* rr, std::size_t index) {
    const ldns_rdf* rdf = field(rr, index, LDNS_RDF_TYPE_DNAME);
    return rdf == nullptr ? std::string{} : plain_name(octets(rdf));
}

template <std::size_t Size>
std::array<std::uint8_t, Size> bytes_of(const ldns_rdf* rdf) noexcept {
    std::array<std::uint8_t, Size> bytes{};
    const auto given = octets(rdf);
    std::copy_n(given.begin(), std::min(given.size(), Size), bytes.begin());
    return bytes;
}

void add_record(const ldns_rr* rr, ZoneResolver& zone) {
    if (ldns_rr_get_class(rr) != LDNS_RR_CLASS_IN) return;
    const std::string owner = plain_name(octets(ldns_rr_owner(rr)));
    const seconds ttl = seconds_of(ldns_rr_ttl(rr));
    switch (ldns_rr_get_type(rr)) {
        case LDNS_RR_TYPE_A:
            if (const ldns_rdf* address = field(rr, 0, LDNS_RDF_TYPE_A)) {
                zone.add_a(owner, IpAddress::v4(bytes_of<4>(address)), ttl);
            }
            break;
        case LDNS_RR_TYPE_AAAA:
            if (const ldns_rdf* address = field(rr, 0, LDNS_RDF_TYPE_AAAA)) {
                zone.add_aaaa(owner, IpAddress::v6(bytes_of<16>(address)), ttl);
            }
            break;
        case LDNS_RR_TYPE_MX:
            if (const ldns_rdf* preference = field(rr, 0, LDNS_RDF_TYPE_INT16)) {
                zone.add_mx(owner, ldns_rdf2native_int16(preference), name_in(rr, 1), ttl);
            }
            break;
        case LDNS_RR_TYPE_PTR: zone.add_ptr(owner, name_in(rr, 0), ttl); break;
        case LDNS_RR_TYPE_TXT: zone.add_txt(owner, ldns_adapter::joined_strings(rr), ttl); break;
        case LDNS_RR_TYPE_SPF: zone.add_spf(owner, ldns_adapter::joined_strings(rr), ttl); break;
        case LDNS_RR_TYPE_CNAME: zone.add_cname(owner, name_in(rr, 0), ttl); break;
        case LDNS_RR_TYPE_SOA: {
            constexpr std::size_t minimum = 6;
            zone.add_soa(owner, ttl, period(rr, minimum));
            break;
        }
        default: zone.add_name(owner); break;
    }
}

/// What went wrong reading a record, in words that help.
std::string explain(ldns_status status, std::string_view type) {
    switch (status) {
        case LDNS_STATUS_SYNTAX_DNAME_ERR:
        case LDNS_STATUS_SYNTAX_ERR: return "the owner is not a domain name";
        case LDNS_STATUS_SYNTAX_RDATA_ERR:
            if (is_word(type, "TXT")) return "a string of a TXT record holds 255 octets at most";
            return "the data does not fit the type " + std::string{type};
        case LDNS_STATUS_SYNTAX_MISSING_VALUE_ERR: return "the data is missing";
        default: return ldns_get_errorstr_by_id(status);
    }
}

class ZoneFileReader {
public:
    ZoneFileReader(std::string_view text, ZoneOptions options) : text_(text), zone_(options) {}

    /// The first error, or nothing.
    std::optional<ZoneFileError> read(std::string_view origin);

    ZoneResolver take() && { return std::move(zone_); }

private:
    using Problem = std::optional<ZoneFileError>;

    [[nodiscard]] ZoneFileError error(std::string what) const {
        return {{}, line_, std::move(what)};
    }

    /// A name as it stands in the file; null where it is none.
    [[nodiscard]] RdfHandle name(std::string_view word) const {
        if (word == "@") return RdfHandle{ldns_rdf_clone(origin_.get())};
        const std::string text{word};
        RdfHandle name{ldns_dname_new_frm_str(text.c_str())};
        if (!name || ldns_dname_str_absolute(text.c_str())) return name;
        if (ldns_dname_cat(name.get(), origin_.get()) != LDNS_STATUS_OK) return nullptr;
        return name;
    }

    Problem next_entry();
    Problem control_entry(const std::vector<std::string_view>& words);
    Problem status_entry(const std::vector<std::string_view>& words);
    Problem record_entry(const std::vector<std::string_view>& words);

    std::string_view text_;      ///< what has not been read yet
    std::string entry_;          ///< the current one, in one line
    std::size_t line_ = 0;       ///< where it begins
    std::size_t next_line_ = 1;  ///< where text_ begins
    RdfHandle origin_;
    RdfHandle owner_;  ///< of the record before, for an entry without one
    std::uint32_t ttl_ = static_cast<std::uint32_t>(ZoneResolver::default_ttl.count());
    ZoneResolver zone_;
};

/// Moves the next line, or several where there are parentheses, from text_ to entry_.
ZoneFileReader::Problem ZoneFileReader::next_entry() {
    entry_.clear();
    line_ = next_line_;
    unsigned open = 0;
    bool quoted = false;
    std::size_t at = 0;
    for (; at < text_.size(); ++at) {
        const char c = text_[at];
        if (c == '\n') {
            ++next_line_;
            if (quoted) return error("a quotation mark is missing");
            if (open == 0) break;
            entry_ += ' ';
        } else if (c == '\\' && at + 1 < text_.size() && text_[at + 1] != '\n') {
            entry_ += c;
            entry_ += text_[++at];
        } else if (c == '"') {
            quoted = !quoted;
            entry_ += c;
        } else if (quoted) {
            entry_ += c;
        } else if (c == ';') {
            at = std::min(text_.find('\n', at), text_.size()) - 1;
        } else if (c == '(') {
            ++open;
            entry_ += ' ';
        } else if (c == ')') {
            if (open == 0) return error("a parenthesis was never opened");
            --open;
            entry_ += ' ';
        } else {
            entry_ += c == '\r' ? ' ' : c;
        }
    }
    if (quoted) return error("a quotation mark is missing");
    if (open != 0) return error("a parenthesis is missing");
    text_.remove_prefix(std::min(at + 1, text_.size()));
    return std::nullopt;
}

ZoneFileReader::Problem ZoneFileReader::status_entry(const std::vector<std::string_view>& words) {
    if (words.size() != 3 && words.size() != 4) {
        return error("$STATUS wants a name, perhaps a type, and a status");
    }
    const RdfHandle owner = name(words[1]);
    if (!owner) return error("not a domain name: " + std::string{words[1]});
    const auto status = status_called(words.back());
    if (!status) {
        return error(
            "the status is none of timeout, servfail, error, unreachable, nxdomain, nodata: " +
            std::string{words.back()});
    }
    const std::string plain = plain_name(octets(owner.get()));
    if (words.size() == 3) {
        zone_.set_status(plain, *status);
        return std::nullopt;
    }
    const auto type = type_called(words[2]);
    if (!type) return error("the type is none of A, AAAA, MX, PTR, TXT: " + std::string{words[2]});
    zone_.set_status(plain, *type, *status);
    return std::nullopt;
}

ZoneFileReader::Problem ZoneFileReader::control_entry(const std::vector<std::string_view>& words) {
    if (is_word(words[0], "$STATUS")) return status_entry(words);
    if (is_word(words[0], "$ORIGIN")) {
        RdfHandle origin = words.size() == 2 ? name(words[1]) : nullptr;
        if (!origin) return error("$ORIGIN wants a domain name");
        origin_ = std::move(origin);
        return std::nullopt;
    }
    if (is_word(words[0], "$TTL")) {
        const std::string value{words.size() == 2 ? words[1] : std::string_view{}};
        const char* end = value.c_str();
        if (!value.empty() && ascii::is_digit(value.front())) {
            ttl_ = ldns_str2period(value.c_str(), &end);
        }
        if (value.empty() || *end != '\0') return error("$TTL wants a time, such as 3600 or 1h");
        return std::nullopt;
    }
    return error(std::string{words[0]} + " is not supported");
}

/// `[owner] [TTL] [class] type data`, or class before TTL, which ldns does not know.
ZoneFileReader::Problem ZoneFileReader::record_entry(const std::vector<std::string_view>& words) {
    const bool has_owner = !is_blank(entry_.front());
    if (!has_owner && !owner_) return error("the first record has no owner");
    std::string_view ttl;
    std::string_view type;
    std::string_view record_class = "IN";
    for (std::size_t i = has_owner ? 1 : 0; i < words.size() && type.empty(); ++i) {
        const std::string word{words[i]};
        if (ascii::is_digit(word.front())) {
            ttl = words[i];
        } else if (ldns_get_rr_class_by_name(word.c_str()) != 0) {
            record_class = words[i];
        } else if (ldns_get_rr_type_by_name(word.c_str()) != 0) {
            type = words[i];
        } else {
            return error("not a type of records: " + word);
        }
    }
    if (type.empty()) return error("type and data are missing");

    std::string record{has_owner ? words[0] : std::string_view{}};
    for (const std::string_view word : {ttl, record_class}) {
        if (!word.empty()) record.append(1, ' ').append(word);
    }
    const auto rest = static_cast<std::size_t>(type.data() - entry_.data());
    record.append(1, ' ').append(entry_, rest);

    ldns_rr* read = nullptr;
    ldns_rdf* owner = owner_.release();
    const ldns_status status =
        ldns_rr_new_frm_str(&read, record.c_str(), ttl_, origin_.get(), &owner);
    owner_.reset(owner);
    const RrHandle handle{read};
    if (status != LDNS_STATUS_OK || !handle) return error(explain(status, type));
    add_record(handle.get(), zone_);
    return std::nullopt;
}

std::optional<ZoneFileError> ZoneFileReader::read(std::string_view origin) {
    if (text_.find('\0') != std::string_view::npos) {
        return error("the file holds a NUL octet; write \\000");
    }
    origin_.reset(ldns_dname_new_frm_str("."));
    if (!origin.empty()) origin_ = name(origin);
    if (!origin_) return error("not a domain name: " + std::string{origin});
    while (!text_.empty()) {
        if (auto problem = next_entry()) return problem;
        const std::vector<std::string_view> found = words(entry_);
        if (found.empty()) continue;
        auto problem = entry_.front() == '$' ? control_entry(found) : record_entry(found);
        if (problem) return problem;
    }
    return std::nullopt;
}

}  // namespace

std::string ZoneFileError::message() const {
    std::string text = file;
    if (line != 0) {
        if (!text.empty()) text += ':';
        text += std::to_string(line);
    }
    if (!text.empty()) text += ": ";
    return text + what;
}

Expected<ZoneResolver, ZoneFileError> parse_zone(std::string_view text, std::string_view origin,
                                                 ZoneOptions options) {
    ZoneFileReader reader{text, options};
    if (auto problem = reader.read(origin)) return *std::move(problem);
    return std::move(reader).take();
}

Expected<ZoneResolver, ZoneFileError> load_zone_file(const std::filesystem::path& path,
                                                     std::string_view origin, ZoneOptions options) {
    const std::optional<std::string> text = contents(path);
    if (!text) return unreadable(path);
    return parse_zone_of(path, *text, origin, options);
}

Expected<ZoneResolver, ZoneFileError> load_zone_files(std::span<const std::filesystem::path> paths,
                                                      ZoneOptions options) {
    std::string all;
    for (const std::filesystem::path& path : paths) {
        const std::optional<std::string> text = contents(path);
        if (!text) return unreadable(path);
        // Each for itself first: an error then has the line of its own file.
        auto zone = parse_zone_of(path, *text, {}, options);
        if (!zone || paths.size() == 1) return zone;
        all += "$ORIGIN .\n$TTL 3600\n" + *text + '\n';
    }
    return parse_zone(all, {}, options);
}

}  // namespace spf
