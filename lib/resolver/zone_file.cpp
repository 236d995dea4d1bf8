// Reads master files (RFC 1035, 5.1). The entries are read one after the other.
//
// This file reads the owner, the TTL, the class and the type of each record, and the control
// entries, such as $TTL. ldns reads names and the data of records (zone_record.cpp). The functions
// of ldns that read whole files are not used. They do not tell in which line an entry began, they
// accept a missing parenthesis or quotation mark, they require exactly one SOA record, and they do
// not know $STATUS.

#include "spf/resolver/zone_file.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "resolver/zone_contents.hpp"
#include "resolver/zone_places.hpp"
#include "resolver/zone_record.hpp"
#include "resolver/zone_types.hpp"
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

constexpr auto is_word = ascii::equal_ignoring_case;

/// What the records of all files are added to, and what has been read so far.
struct Loading {
    ZoneResolver& zone;
    bool locates = false;           ///< whether `texts` are wanted
    std::vector<ZoneText> texts{};  ///< the TXT records, and where they are
    std::size_t files = 0;          ///< how many files were included
    std::size_t octets = 0;         ///< how many octets they have
};

/// Returns whether the data of a record has the generic form (RFC 3597, 5), in which a text cannot
/// be read.
bool is_generic(std::span<const Word> data) noexcept {
    return !data.empty() && !data[0].is_quoted && data[0].text == "\\#";
}

class ZoneFileReader {
public:
    /// \param loading  receives the records in the text
    /// \param path     the path of the file with this text; empty if it is in no file
    ZoneFileReader(std::string_view text, Loading& loading, std::filesystem::path path = {})
        : text_(text),
          entries_(text, loading.locates),
          cursor_(text),
          path_(std::move(path)),
          loading_(loading) {}

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
    Problem read_entries();
    Problem entry(const Words& words);
    Problem control_entry(const Words& words);
    Problem status_entry(const Words& words);
    Problem include_entry(const Words& words);
    Problem record_entry(const Words& words);
    Problem read_owner(const Words& words, std::size_t& at);
    Problem read_head(const Words& words, std::size_t& at, zone_text::RecordHead& head,
                      std::optional<unsigned>& record_class);

    std::string_view text_;
    zone_text::Entries entries_;
    zone_text::Cursor cursor_;
    std::filesystem::path path_;
    unsigned depth_ = 0;  ///< how many files include this one
    RdfHandle origin_;
    /// The owner of the previous record. An entry without an owner has this owner too.
    std::optional<std::string> owner_;
    /// The TTL that applies to the next record if its entry contains no TTL.
    seconds ttl_ = ZoneResolver::default_ttl;
    bool has_default_ttl_ = false;  ///< whether an entry $TTL has been read
    Loading& loading_;
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
    const auto status = zone_text::status_called(words.back().text);
    if (!status) return error(Code::status, words.back().text);
    const std::string plain = plain_name(octets(owner->get()));
    if (words.size() == 3) {
        loading_.zone.set_status(plain, *status);
        return std::nullopt;
    }
    const auto type = zone_text::type_called(words[2].text);
    if (!type) return error(Code::status_type, words[2].text);
    loading_.zone.set_status(plain, *type, *status);
    return std::nullopt;
}

/// Reads an included file as if its entries were here. What it changes, such as the origin, is as
/// before after it (RFC 1035, 5.1, for the origin; BIND does so for the owner, too).
ZoneFileReader::Problem ZoneFileReader::include_entry(const Words& words) {
    constexpr unsigned most_depth = 8;
    constexpr std::size_t most_files = 1000;
    if (path_.empty()) return error(Code::unknown_control, words[0].text);
    if (words.size() != 2 && words.size() != 3) return error(Code::include_arguments);
    const std::string file = zone_text::unescaped(words[1].text);
    if (depth_ == most_depth || ++loading_.files > most_files)
        return error(Code::include_limit, file);
    const std::filesystem::path path = zone_text::included_path(path_, file);
    const auto text = zone_text::contents(path);
    if (!text) return text.error();
    loading_.octets += text->size();
    if (loading_.octets > max_zone_file_size) return error(Code::include_limit, file);

    ZoneFileReader inner{*text, loading_, path};
    inner.depth_ = depth_ + 1;
    auto origin = name(words.size() == 3 ? words[2].text : "@");
    if (!origin) return origin.error();
    inner.origin_ = *std::move(origin);
    inner.owner_ = owner_;
    inner.ttl_ = ttl_;
    inner.has_default_ttl_ = has_default_ttl_;
    return inner.read_entries();
}

ZoneFileReader::Problem ZoneFileReader::control_entry(const Words& words) {
    const std::string_view control = words[0].text;
    if (is_word(control, "$STATUS")) return status_entry(words);
    if (is_word(control, "$INCLUDE")) return include_entry(words);
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
        } else if (const auto found = zone_text::class_number(word)) {
            if (record_class) return error(Code::second_class, word);
            record_class = found;
        } else if (const auto type = zone_text::type_number(word)) {
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
    auto problem = add_record(head, data, rest, origin_.get(), loading_.zone);
    if (problem) {
        problem->line = entries_.line();
    } else if (loading_.locates && head.type == LDNS_RR_TYPE_TXT && !is_generic(data)) {
        loading_.texts.push_back(located(*owner_, data, entries_, cursor_));
        loading_.texts.back().file = path_.string();
    }
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
    origin_.reset(ldns_dname_new_frm_str("."));
    if (!origin.empty()) {
        auto given = name(origin);
        if (!given) return given.error();
        origin_ = *std::move(given);
    }
    if (!origin_) return error(Code::name, origin);
    return read_entries();
}

ZoneFileReader::Problem ZoneFileReader::read_entries() {
    auto problem = wrong_octets();
    while (!problem && !entries_.at_end()) {
        if (const auto code = entries_.next()) {
            problem = error(*code);
            break;
        }
        const Words words = entries_.words();
        if (!words.empty()) problem = entry(words);
    }
    if (problem && problem->file.empty()) problem->file = path_.string();
    return problem;
}

/// Reads a file and adds its records to a zone.
std::optional<ZoneFileError> load(const std::filesystem::path& path, std::string_view origin,
                                  Loading& loading) {
    const auto text = zone_text::contents(path);
    if (!text) return text.error();
    return ZoneFileReader{*text, loading, path}.read(origin);
}

std::optional<ZoneFileError> load_all(std::span<const std::filesystem::path> paths,
                                      Loading& loading) {
    std::optional<ZoneFileError> problem;
    for (std::size_t i = 0; i < paths.size() && !problem; ++i)
        problem = load(paths[i], {}, loading);
    return problem;
}

}  // namespace

Expected<ZoneResolver, ZoneFileError> parse_zone(std::string_view text, std::string_view origin,
                                                 ZoneOptions options) {
    ZoneResolver zone{std::move(options)};
    Loading loading{zone};
    if (auto problem = ZoneFileReader{text, loading}.read(origin)) return *std::move(problem);
    return zone;
}

Expected<ZoneResolver, ZoneFileError> load_zone_file(const std::filesystem::path& path,
                                                     std::string_view origin, ZoneOptions options) {
    if (options.source.empty()) options.source = zone_text::called({&path, 1});
    ZoneResolver zone{std::move(options)};
    Loading loading{zone};
    if (auto problem = load(path, origin, loading)) return *std::move(problem);
    return zone;
}

Expected<ZoneResolver, ZoneFileError> load_zone_files(std::span<const std::filesystem::path> paths,
                                                      ZoneOptions options) {
    if (options.source.empty()) options.source = zone_text::called(paths);
    ZoneResolver zone{std::move(options)};
    Loading loading{zone};
    if (auto problem = load_all(paths, loading)) return *std::move(problem);
    return zone;
}

Expected<LocatedZone, ZoneFileError> load_located_zone_files(
    std::span<const std::filesystem::path> paths, ZoneOptions options) {
    if (options.source.empty()) options.source = zone_text::called(paths);
    ZoneResolver zone{std::move(options)};
    Loading loading{zone, true};
    if (auto problem = load_all(paths, loading)) return *std::move(problem);
    return LocatedZone{std::move(zone), std::move(loading.texts)};
}

}  // namespace spf
