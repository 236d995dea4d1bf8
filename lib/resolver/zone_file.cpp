// Master files, entry by entry (RFC 1035, 5.1). What an entry begins with and control entries are read
// here; names and the data of records are left to ldns (zone_record.cpp). Its own readers of files do not
// tell where an entry began, take a missing parenthesis or quotation mark without a word, insist on one
// SOA record, and know no $STATUS.

#include "spf/resolver/zone_file.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "resolver/zone_record.hpp"
#include "resolver/zone_words.hpp"
#include "wire/handle.hpp"

namespace spf {
namespace {

using ldns_adapter::octets;
using ldns_adapter::plain_name;
using ldns_adapter::RdfHandle;
using std::chrono::seconds;
using zone_text::Word;
using zone_text::Words;

/// What is said of a file as a whole.
ZoneFileError error_of(const std::filesystem::path& path, std::string what) {
    return {path.string(), 0, std::move(what)};
}

/// The whole file. Streams report what their buffers throw as a state, so that a directory is no exception.
Expected<std::string, ZoneFileError> contents(const std::filesystem::path& path) {
    std::error_code unknown;
    if (std::filesystem::is_directory(path, unknown))
        return error_of(path, "cannot be read, as it is a directory");
    std::ifstream file{path, std::ios::binary};
    if (!file) return error_of(path, "cannot be read");
    std::string text;
    std::array<char, 16384> chunk{};
    while (file.read(chunk.data(), chunk.size()) || file.gcount() > 0) {
        text.append(chunk.data(), static_cast<std::size_t>(file.gcount()));
        if (text.size() > max_zone_file_size) {
            return error_of(path, "is larger than " + std::to_string(max_zone_file_size >> 20U) +
                                      " MiB, and no more is read of a zone file");
        }
        // A device such as /dev/zero need not be read to its end.
        if (std::memchr(chunk.data(), 0, static_cast<std::size_t>(file.gcount())) != nullptr) break;
    }
    if (file.bad()) return error_of(path, "cannot be read");
    return text;
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

/// A type or class by its name, or as TYPE1 and CLASS1 (RFC 3597, 5).
template <class Find>
std::optional<unsigned> number_called(const std::string& word, std::string_view prefix, Find find) {
    if (is_word(std::string_view{word}.substr(0, prefix.size()), prefix)) {
        const auto number = zone_text::number(std::string_view{word}.substr(prefix.size()), 65535);
        return number ? std::optional(static_cast<unsigned>(*number)) : std::nullopt;
    }
    const auto found = static_cast<unsigned>(find(word.c_str()));
    return found == 0 ? std::nullopt : std::optional(found);
}

/// The type of records of that name, or 0: what ldns knows, and types that not every ldns does.
unsigned type_number(const char* name) noexcept {
    using Type = std::pair<std::string_view, unsigned>;
    constexpr std::array others{
        Type{"NINFO", 56},      Type{"RKEY", 57},     Type{"CDS", 59},     Type{"CDNSKEY", 60},
        Type{"OPENPGPKEY", 61}, Type{"CSYNC", 62},    Type{"ZONEMD", 63},  Type{"SVCB", 64},
        Type{"HTTPS", 65},      Type{"DSYNC", 66},    Type{"AVC", 258},    Type{"DOA", 259},
        Type{"AMTRELAY", 260},  Type{"RESINFO", 261}, Type{"WALLET", 262}, Type{"TA", 32768}};
    for (const auto& [known, number] : others) {
        if (is_word(name, known)) return number;
    }
    return static_cast<unsigned>(ldns_get_rr_type_by_name(name));
}

class ZoneFileReader {
public:
    /// Adds to `zone` what is in the text.
    ZoneFileReader(std::string_view text, ZoneResolver& zone)
        : text_(text), entries_(text), zone_(zone) {}

    /// The first error, or nothing.
    std::optional<ZoneFileError> read(std::string_view origin);

private:
    using Problem = std::optional<ZoneFileError>;

    [[nodiscard]] ZoneFileError error(std::string what) const {
        return {{}, entries_.line(), std::move(what)};
    }
    /// A name as it stands in the file; null where it is none, and `problem` says why.
    RdfHandle name(std::string_view word, std::string& problem) const;

    [[nodiscard]] Problem wrong_octets() const;
    Problem entry(const Words& words);
    Problem control_entry(const Words& words);
    Problem status_entry(const Words& words);
    Problem record_entry(const Words& words);

    std::string_view text_;
    zone_text::Entries entries_;
    RdfHandle origin_;
    std::optional<std::string> owner_;         ///< of the record before, for an entry without one
    seconds ttl_ = ZoneResolver::default_ttl;  ///< of a record without one
    bool has_default_ttl_ = false;             ///< whether $TTL has told
    ZoneResolver& zone_;
};

RdfHandle ZoneFileReader::name(std::string_view word, std::string& problem) const {
    if (word == "@") return RdfHandle{ldns_rdf_clone(origin_.get())};
    const std::string text{word};
    ldns_rdf* read = nullptr;
    const ldns_status status = ldns_str2rdf_dname(&read, text.c_str());
    RdfHandle name{read};
    if (status == LDNS_STATUS_OK && name && !ldns_dname_str_absolute(text.c_str()) &&
        ldns_dname_cat(name.get(), origin_.get()) != LDNS_STATUS_OK) {
        name = nullptr;
    }
    const bool is_long = status == LDNS_STATUS_DOMAINNAME_OVERFLOW ||
                         (name && ldns_rdf_size(name.get()) > LDNS_MAX_DOMAINLEN);
    if (status == LDNS_STATUS_OK && name && !is_long) return name;
    problem = "not a domain name: " + text;
    if (is_long) problem = "a domain name is longer than 255 octets: " + text;
    if (status == LDNS_STATUS_LABEL_OVERFLOW) problem = "a label is longer than 63 octets: " + text;
    return nullptr;
}

/// Octets that no master file holds.
ZoneFileReader::Problem ZoneFileReader::wrong_octets() const {
    for (const std::string_view mark : {"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"}) {
        if (text_.starts_with(mark))
            return ZoneFileError{{}, 1, "a byte order mark stands in front; save the file without"};
    }
    const std::size_t at = text_.find('\0');
    if (at == std::string_view::npos) return std::nullopt;
    const auto lines =
        std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    return ZoneFileError{{}, static_cast<std::size_t>(lines) + 1, "a NUL octet; write \\000"};
}

ZoneFileReader::Problem ZoneFileReader::status_entry(const Words& words) {
    if (words.size() != 3 && words.size() != 4) {
        return error("$STATUS wants a name, perhaps a type, and a status");
    }
    std::string problem;
    const RdfHandle owner = name(words[1].text, problem);
    if (!owner) return error(problem);
    const auto status = status_called(words.back().text);
    if (!status) {
        return error(
            "the status is none of timeout, servfail, error, unreachable, nxdomain, nodata: " +
            std::string{words.back().text});
    }
    const std::string plain = plain_name(octets(owner.get()));
    if (words.size() == 3) {
        zone_.set_status(plain, *status);
        return std::nullopt;
    }
    const auto type = type_called(words[2].text);
    if (!type)
        return error("the type is none of A, AAAA, MX, PTR, TXT: " + std::string{words[2].text});
    zone_.set_status(plain, *type, *status);
    return std::nullopt;
}

ZoneFileReader::Problem ZoneFileReader::control_entry(const Words& words) {
    const std::string_view control = words[0].text;
    if (is_word(control, "$STATUS")) return status_entry(words);
    if (is_word(control, "$ORIGIN")) {
        std::string problem = "$ORIGIN wants a domain name";
        RdfHandle origin = words.size() == 2 ? name(words[1].text, problem) : nullptr;
        if (!origin) return error(problem);
        origin_ = std::move(origin);
        return std::nullopt;
    }
    if (is_word(control, "$TTL")) {
        const auto ttl = zone_text::time(words.size() == 2 ? words[1].text : std::string_view{});
        if (!ttl) return error("$TTL" + std::string{zone_text::time_wanted});
        ttl_ = seconds{*ttl};
        has_default_ttl_ = true;
        return std::nullopt;
    }
    return error(std::string{control} + " is not supported");
}

/// `[owner] [TTL] [class] type data`, or class before TTL.
ZoneFileReader::Problem ZoneFileReader::record_entry(const Words& words) {
    std::size_t at = 0;
    if (entries_.has_owner()) {
        std::string problem;
        const RdfHandle owner = words[0].is_quoted ? nullptr : name(words[0].text, problem);
        if (!owner) return error(problem.empty() ? "the owner is in quotation marks" : problem);
        owner_ = plain_name(octets(owner.get()));
        at = 1;
    } else if (!owner_) {
        return error("the first record has no owner");
    }
    zone_text::RecordHead head{*owner_, ttl_, 0, {}};
    bool has_ttl = false;
    std::optional<unsigned> record_class;
    for (; at < words.size() && head.type_word.empty(); ++at) {
        const std::string word{words[at].text};
        if (!words[at].is_quoted && !word.empty() && ascii::is_digit(word.front())) {
            const auto ttl = zone_text::time(word);
            if (!ttl)
                return error("the TTL" + std::string{zone_text::time_wanted} + ", found " + word);
            if (std::exchange(has_ttl, true)) return error("a second TTL: " + word);
            head.ttl = seconds{*ttl};
            // Without $TTL, what is left out is as it was stated last (RFC 1035, 5.1; RFC 2308, 4).
            if (!has_default_ttl_) ttl_ = head.ttl;
        } else if (const auto found = number_called(word, "CLASS", ldns_get_rr_class_by_name)) {
            if (record_class) return error("a second class: " + word);
            record_class = found;
        } else if (const auto type = number_called(word, "TYPE", type_number)) {
            head.type = *type;
            head.type_word = words[at].text;
        } else {
            return error("neither a class nor a type of records: " + word);
        }
    }
    if (head.type_word.empty()) return error("type and data are missing");
    const auto data = std::span{words}.subspan(at);
    if (data.empty() && head.type != LDNS_RR_TYPE_APL) return error("the data is missing");
    if (record_class.value_or(LDNS_RR_CLASS_IN) != LDNS_RR_CLASS_IN) return std::nullopt;
    const std::string_view entry = entries_.entry();
    const std::string_view rest =
        entry.substr(static_cast<std::size_t>(head.type_word.data() - entry.data()));
    auto problem = add_record(head, data, rest, origin_.get(), zone_);
    if (!problem.empty()) return error(std::move(problem));
    return std::nullopt;
}

ZoneFileReader::Problem ZoneFileReader::entry(const Words& words) {
    for (const Word& word : words) {
        const auto escape = zone_text::bad_escape(word.text);
        if (!escape) continue;
        return error("not an escape, which is \\ and three digits up to 255, or \\ and no digit: " +
                     std::string{*escape});
    }
    return entries_.entry().front() == '$' ? control_entry(words) : record_entry(words);
}

std::optional<ZoneFileError> ZoneFileReader::read(std::string_view origin) {
    if (auto problem = wrong_octets()) return problem;
    origin_.reset(ldns_dname_new_frm_str("."));
    std::string wrong;
    if (!origin.empty()) origin_ = name(origin, wrong);
    if (!origin_) return error(wrong);
    while (!entries_.at_end()) {
        if (auto what = entries_.next()) return error(*what);
        const Words words = entries_.words();
        if (words.empty()) continue;
        if (auto problem = entry(words)) return problem;
    }
    return std::nullopt;
}

/// The files as they are called where a name is in none of them.
std::string called(std::span<const std::filesystem::path> paths) {
    constexpr std::size_t most = 3;
    const std::size_t shown = paths.size() > most ? most - 1 : paths.size();
    std::string names;
    for (std::size_t i = 0; i < shown; ++i) {
        if (i > 0) names += i + 1 == paths.size() ? " or " : ", ";
        names += paths[i].string();
    }
    if (shown < paths.size())
        names += " or " + std::to_string(paths.size() - shown) + " more files";
    return names;
}

/// Adds what is in a file to a zone.
std::optional<ZoneFileError> load(const std::filesystem::path& path, std::string_view origin,
                                  ZoneResolver& zone) {
    const auto text = contents(path);
    if (!text) return text.error();
    auto problem = ZoneFileReader{*text, zone}.read(origin);
    if (problem) problem->file = path.string();
    return problem;
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
    ZoneResolver zone{std::move(options)};
    if (auto problem = ZoneFileReader{text, zone}.read(origin)) return *std::move(problem);
    return zone;
}

Expected<ZoneResolver, ZoneFileError> load_zone_file(const std::filesystem::path& path,
                                                     std::string_view origin, ZoneOptions options) {
    if (options.source.empty()) options.source = called({&path, 1});
    ZoneResolver zone{std::move(options)};
    if (auto problem = load(path, origin, zone)) return *std::move(problem);
    return zone;
}

Expected<ZoneResolver, ZoneFileError> load_zone_files(std::span<const std::filesystem::path> paths,
                                                      ZoneOptions options) {
    if (options.source.empty()) options.source = called(paths);
    ZoneResolver zone{std::move(options)};
    for (const std::filesystem::path& path : paths) {
        if (auto problem = load(path, {}, zone)) return *std::move(problem);
    }
    return zone;
}

}  // namespace spf
