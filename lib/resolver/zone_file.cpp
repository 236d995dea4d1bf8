// Reads master files (RFC 1035, 5.1). The entries are read one after the other.
//
// This file reads the owner, the TTL, the class and the type of each record, and the control
// entries, such as $TTL. ldns reads names and the data of records (zone_record.cpp). The functions
// of ldns that read whole files are not used. They do not tell in which line an entry began, they
// accept a missing parenthesis or quotation mark, they require exactly one SOA record, and they do
// not know $STATUS.

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
using Code = ZoneFileError::Code;

/// Returns an error that concerns a file as a whole, not a line in it.
ZoneFileError error_of(const std::filesystem::path& path, Code code) {
    return {code, {}, 0, path.string()};
}

/// Returns the contents of a file. A stream does not pass on the exceptions of its buffer, but sets
/// an error bit. Therefore this function throws nothing, not even for a directory.
Expected<std::string, ZoneFileError> contents(const std::filesystem::path& path) {
    std::error_code unknown;
    if (std::filesystem::is_directory(path, unknown)) return error_of(path, Code::directory);
    std::ifstream file{path, std::ios::binary};
    if (!file) return error_of(path, Code::unreadable);
    std::string text;
    std::array<char, 16384> chunk{};
    while (file.read(chunk.data(), chunk.size()) || file.gcount() > 0) {
        text.append(chunk.data(), static_cast<std::size_t>(file.gcount()));
        if (text.size() > max_zone_file_size) return error_of(path, Code::file_too_large);
        // Reading stops after a NUL octet, which a master file never contains. Otherwise reading a
        // device such as /dev/zero would never end.
        if (std::memchr(chunk.data(), 0, static_cast<std::size_t>(file.gcount())) != nullptr) break;
    }
    if (file.bad()) return error_of(path, Code::unreadable);
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

/// Returns the number of a type or class. `word` is either its name, which `find` knows, or
/// `prefix` with the number, such as TYPE1 or CLASS1 (RFC 3597, 5). Returns nothing if it is
/// neither.
template <class Find>
std::optional<unsigned> number_called(const std::string& word, std::string_view prefix, Find find) {
    if (is_word(std::string_view{word}.substr(0, prefix.size()), prefix)) {
        const auto number = zone_text::number(std::string_view{word}.substr(prefix.size()), 65535);
        return number ? std::optional(static_cast<unsigned>(*number)) : std::nullopt;
    }
    const auto found = static_cast<unsigned>(find(word.c_str()));
    return found == 0 ? std::nullopt : std::optional(found);
}

/// Returns the number of a record type; 0 if the type is unknown. ldns knows the numbers of most
/// types. The table here contains types that only some versions of ldns know.
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
    /// \param zone  the zone to which the records in the text are added
    ZoneFileReader(std::string_view text, ZoneResolver& zone)
        : text_(text), entries_(text), zone_(zone) {}

    /// Reads the whole text. Returns the first error in it, or nothing.
    std::optional<ZoneFileError> read(std::string_view origin);

private:
    using Problem = std::optional<ZoneFileError>;

    [[nodiscard]] ZoneFileError error(Code code, std::string_view found = {}) const {
        return {code, std::string{found}, 0, {}, entries_.line()};
    }
    /// Returns the domain name that a word in the file represents. If the name is relative, the
    /// origin is appended to it.
    [[nodiscard]] Expected<RdfHandle, ZoneFileError> name(std::string_view word) const;

    [[nodiscard]] Problem wrong_octets() const;
    Problem entry(const Words& words);
    Problem control_entry(const Words& words);
    Problem status_entry(const Words& words);
    Problem record_entry(const Words& words);
    Problem read_owner(const Words& words, std::size_t& at);
    Problem read_head(const Words& words, std::size_t& at, zone_text::RecordHead& head,
                      std::optional<unsigned>& record_class);

    std::string_view text_;
    zone_text::Entries entries_;
    RdfHandle origin_;
    /// The owner of the previous record. An entry without an owner has this owner too.
    std::optional<std::string> owner_;
    /// The TTL that applies to the next record if its entry contains no TTL.
    seconds ttl_ = ZoneResolver::default_ttl;
    bool has_default_ttl_ = false;  ///< whether an entry $TTL has been read
    ZoneResolver& zone_;
};

Expected<RdfHandle, ZoneFileError> ZoneFileReader::name(std::string_view word) const {
    const std::string text{word};
    ldns_rdf* read = nullptr;
    const bool is_origin = word == "@";
    if (is_origin) read = ldns_rdf_clone(origin_.get());
    const ldns_status status = is_origin ? LDNS_STATUS_OK : ldns_str2rdf_dname(&read, text.c_str());
    RdfHandle name{read};
    if (status == LDNS_STATUS_OK && name && !is_origin && !ldns_dname_str_absolute(text.c_str()) &&
        ldns_dname_cat(name.get(), origin_.get()) != LDNS_STATUS_OK) {
        name = nullptr;
    }
    const bool is_long = status == LDNS_STATUS_DOMAINNAME_OVERFLOW ||
                         (name && ldns_rdf_size(name.get()) > LDNS_MAX_DOMAINLEN);
    if (status == LDNS_STATUS_OK && name && !is_long) return name;
    if (status == LDNS_STATUS_LABEL_OVERFLOW) return error(Code::label_too_long, word);
    return error(is_long ? Code::name_too_long : Code::name, word);
}

/// Returns an error if the text contains octets that a master file cannot contain.
ZoneFileReader::Problem ZoneFileReader::wrong_octets() const {
    for (const std::string_view mark : {"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"}) {
        if (text_.starts_with(mark)) return ZoneFileError{Code::byte_order_mark, {}, 0, {}, 1};
    }
    const std::size_t at = text_.find('\0');
    if (at == std::string_view::npos) return std::nullopt;
    const auto lines =
        std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    return ZoneFileError{Code::nul_octet, {}, 0, {}, static_cast<std::size_t>(lines) + 1};
}

ZoneFileReader::Problem ZoneFileReader::status_entry(const Words& words) {
    if (words.size() != 3 && words.size() != 4) return error(Code::status_arguments);
    const auto owner = name(words[1].text);
    if (!owner) return owner.error();
    const auto status = status_called(words.back().text);
    if (!status) return error(Code::status, words.back().text);
    const std::string plain = plain_name(octets(owner->get()));
    if (words.size() == 3) {
        zone_.set_status(plain, *status);
        return std::nullopt;
    }
    const auto type = type_called(words[2].text);
    if (!type) return error(Code::status_type, words[2].text);
    zone_.set_status(plain, *type, *status);
    return std::nullopt;
}

ZoneFileReader::Problem ZoneFileReader::control_entry(const Words& words) {
    const std::string_view control = words[0].text;
    if (is_word(control, "$STATUS")) return status_entry(words);
    if (is_word(control, "$ORIGIN")) {
        if (words.size() != 2) return error(Code::origin_argument);
        auto origin = name(words[1].text);
        if (!origin) return origin.error();
        origin_ = *std::move(origin);
        return std::nullopt;
    }
    if (is_word(control, "$TTL")) {
        const auto ttl = zone_text::time(words.size() == 2 ? words[1].text : std::string_view{});
        if (!ttl) return error(Code::ttl_argument);
        ttl_ = seconds{*ttl};
        has_default_ttl_ = true;
        return std::nullopt;
    }
    return error(Code::unknown_control, control);
}

/// Reads the owner of a record, if the entry has one, and moves `at` to the word after it.
ZoneFileReader::Problem ZoneFileReader::read_owner(const Words& words, std::size_t& at) {
    if (!entries_.has_owner()) {
        if (owner_) return std::nullopt;
        return error(Code::missing_owner);
    }
    if (words[0].is_quoted) return error(Code::quoted_owner);
    const auto owner = name(words[0].text);
    if (!owner) return owner.error();
    owner_ = plain_name(octets(owner->get()));
    at = 1;
    return std::nullopt;
}

/// Reads TTL, class and type, the first two of which may be missing and come in any order. Moves
/// `at` to the word after the type.
ZoneFileReader::Problem ZoneFileReader::read_head(const Words& words, std::size_t& at,
                                                  zone_text::RecordHead& head,
                                                  std::optional<unsigned>& record_class) {
    bool has_ttl = false;
    for (; at < words.size() && head.type_word.empty(); ++at) {
        const std::string word{words[at].text};
        if (!words[at].is_quoted && !word.empty() && ascii::is_digit(word.front())) {
            const auto ttl = zone_text::time(word);
            if (!ttl) return error(Code::ttl, word);
            if (std::exchange(has_ttl, true)) return error(Code::second_ttl, word);
            head.ttl = seconds{*ttl};
            // If the file has no $TTL, a record without a TTL has the same TTL as the last record
            // for which the file contains a TTL (RFC 1035, 5.1; RFC 2308, 4).
            if (!has_default_ttl_) ttl_ = head.ttl;
        } else if (const auto found = number_called(word, "CLASS", ldns_get_rr_class_by_name)) {
            if (record_class) return error(Code::second_class, word);
            record_class = found;
        } else if (const auto type = number_called(word, "TYPE", type_number)) {
            head.type = *type;
            head.type_word = words[at].text;
        } else {
            return error(Code::unknown_type, word);
        }
    }
    return std::nullopt;
}

/// Reads an entry of the form `[owner] [TTL] [class] type data` or `[owner] [class] [TTL] type
/// data`.
ZoneFileReader::Problem ZoneFileReader::record_entry(const Words& words) {
    std::size_t at = 0;
    if (auto problem = read_owner(words, at)) return problem;
    zone_text::RecordHead head{*owner_, ttl_, 0, {}};
    std::optional<unsigned> record_class;
    if (auto problem = read_head(words, at, head, record_class)) return problem;
    if (head.type_word.empty()) return error(Code::missing_type);
    const auto data = std::span{words}.subspan(at);
    if (data.empty() && head.type != LDNS_RR_TYPE_APL) return error(Code::missing_data);
    if (record_class.value_or(LDNS_RR_CLASS_IN) != LDNS_RR_CLASS_IN) return std::nullopt;
    const std::string_view entry = entries_.entry();
    const std::string_view rest =
        entry.substr(static_cast<std::size_t>(head.type_word.data() - entry.data()));
    auto problem = add_record(head, data, rest, origin_.get(), zone_);
    if (problem) problem->line = entries_.line();
    return problem;
}

ZoneFileReader::Problem ZoneFileReader::entry(const Words& words) {
    for (const Word& word : words) {
        const auto escape = zone_text::bad_escape(word.text);
        if (escape) return error(Code::escape, *escape);
    }
    return entries_.entry().front() == '$' ? control_entry(words) : record_entry(words);
}

std::optional<ZoneFileError> ZoneFileReader::read(std::string_view origin) {
    if (auto problem = wrong_octets()) return problem;
    origin_.reset(ldns_dname_new_frm_str("."));
    if (!origin.empty()) {
        auto given = name(origin);
        if (!given) return given.error();
        origin_ = *std::move(given);
    }
    if (!origin_) return error(Code::name, origin);
    while (!entries_.at_end()) {
        if (const auto code = entries_.next()) return error(*code);
        const Words words = entries_.words();
        if (words.empty()) continue;
        if (auto problem = entry(words)) return problem;
    }
    return std::nullopt;
}

/// Returns a list of file names, such as "a.zone, b.zone or c.zone". If the name in a question is
/// in no zone, the message about this contains the list and thus tells in which files the name was
/// searched for.
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

/// Reads a file and adds its records to a zone.
std::optional<ZoneFileError> load(const std::filesystem::path& path, std::string_view origin,
                                  ZoneResolver& zone) {
    const auto text = contents(path);
    if (!text) return text.error();
    auto problem = ZoneFileReader{*text, zone}.read(origin);
    if (problem) problem->file = path.string();
    return problem;
}

}  // namespace

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
