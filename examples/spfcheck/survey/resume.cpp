#include "survey/resume.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "io/csv.hpp"
#include "io/failure.hpp"
#include "io/json.hpp"
#include "io/number.hpp"
#include "spf/base/printable.hpp"
#include "survey/sentences.hpp"

namespace spfcheck {
namespace {

using Says = SurveySentence;

/// Returns a number that is different for nearly all other lines and domains. It need not withstand
/// attacks: the operator chooses both the input and the output.
std::uint64_t hash_of(std::uint64_t line, std::string_view domain) {
    std::uint64_t out = 0xcbf29ce484222325U ^ line;  // FNV-1a
    for (const char c : spf::printable(domain)) {
        out = (out ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    out ^= out >> 32U;
    return out * 0x9e3779b97f4a7c15U;
}

struct Written {
    std::uint64_t line = 0;
    std::string domain;
};

std::optional<Written> written_as_csv(std::string_view text) {
    auto values = csv_values(text, ',');
    const std::string header = header_of(Format::csv);
    const auto columns =
        static_cast<std::size_t>(std::count(header.begin(), header.end(), ',')) + 1;
    if (!values || values->size() != columns) return std::nullopt;
    const auto line = whole_number_in<std::uint64_t>(values->front());
    if (!line || *line == 0) return std::nullopt;
    return Written{*line, std::move((*values)[1])};
}

std::optional<Written> written_as_json(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    const auto line = json.find("line");
    if (line == json.end() || !line->is_number_unsigned() || line->get<std::uint64_t>() == 0) {
        return std::nullopt;
    }
    const auto domain = json.find("domain");
    const bool has_domain = domain != json.end() && domain->is_string();
    if (!has_domain && !json.contains("error")) return std::nullopt;
    return Written{line->get<std::uint64_t>(),
                   has_domain ? domain->get<std::string>() : std::string()};
}

std::optional<Written> written_in(std::string_view text, Format format) {
    return format == Format::json ? written_as_json(text) : written_as_csv(text);
}

/// Reads the lines of an earlier output.
class OutputReader {
public:
    OutputReader(Format format, DoneLines& done)
        : format_(format), done_(done), header_(header_of(format)) {}

    /// Reads to the end of the file.
    /// \return false if a read failed, or if bad_line() is not 0
    bool read(int descriptor) {
        std::array<char, 65536> buffer;  // NOLINT(*-member-init): filled by read()
        while (true) {
            const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return false;
            if (count == 0) return true;
            rest_.append(buffer.data(), static_cast<std::size_t>(count));
            if (!take_lines()) return false;
        }
    }
    [[nodiscard]] std::uint64_t bad_line() const noexcept { return bad_line_; }
    /// Returns the number of octets in whole lines.
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

private:
    bool take_lines() {
        std::size_t begin = 0;
        for (std::size_t end = 0; (end = rest_.find('\n', begin)) != std::string::npos;
             begin = end + 1) {
            ++number_;
            if (!take(std::string_view(rest_).substr(begin, end + 1 - begin))) return false;
        }
        size_ += begin;
        rest_.erase(0, begin);
        // An output line is at most a few times as long as a record.
        constexpr std::size_t longest = std::size_t{4} << 20U;
        if (rest_.size() <= longest) return true;
        bad_line_ = number_ + 1;
        return false;
    }
    bool take(std::string_view line) {
        if (number_ == 1 && !header_.empty()) {
            if (line != header_) bad_line_ = number_;
            return bad_line_ == 0;
        }
        line.remove_suffix(1);
        const auto written = written_in(line, format_);
        if (!written) bad_line_ = number_;
        if (written) done_.add(written->line, written->domain);
        return written.has_value();
    }

    Format format_;
    DoneLines& done_;
    std::string header_;
    std::string rest_;
    std::uint64_t number_ = 0;
    std::uint64_t bad_line_ = 0;
    std::uint64_t size_ = 0;
};

}  // namespace

void DoneLines::add(std::uint64_t line, std::string_view domain) {
    auto after = growing_.upper_bound(line);
    const auto before = after == growing_.begin() ? growing_.end() : std::prev(after);
    if (before != growing_.end() && line <= before->second.last) return;
    ++count_;
    Range range{line, line, hash_of(line, domain)};
    if (after != growing_.end() && after->first == line + 1) {
        range.last = after->second.last;
        range.sum += after->second.sum;
        growing_.erase(after);
    }
    if (before != growing_.end() && before->second.last + 1 == line) {
        before->second.last = range.last;
        before->second.sum += range.sum;
    } else {
        growing_.emplace(line, range);
    }
}

void DoneLines::freeze() {
    for (const auto& [first, range] : growing_) ranges_.push_back(range);
    growing_.clear();
}

DoneLines::Known DoneLines::skip(std::uint64_t line, std::string_view domain) {
    if (ranges_.empty()) return Known::is_new;
    const auto after =
        std::upper_bound(ranges_.begin(), ranges_.end(), line,
                         [](std::uint64_t value, const Range& each) { return value < each.first; });
    if (after == ranges_.begin() || std::prev(after)->last < line) return Known::is_new;
    Range& range = *std::prev(after);
    const std::lock_guard lock{mutex_};
    range.seen_sum += hash_of(line, domain);
    const bool is_whole = ++range.seen == range.last - range.first + 1;
    return is_whole && range.seen_sum != range.sum ? Known::differs : Known::done;
}

std::optional<std::pair<std::uint64_t, std::uint64_t>> DoneLines::difference(bool at_end) const {
    const std::lock_guard lock{mutex_};
    for (const Range& each : ranges_) {
        const bool is_whole = each.seen == each.last - each.first + 1;
        if (is_whole ? each.seen_sum != each.sum : at_end) return std::pair(each.first, each.last);
    }
    return std::nullopt;
}

spf::Expected<ResumedFile, Failure> ResumedFile::open(const std::string& path, Format format,
                                                      DoneLines& done) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return Failure{exit_data, say<Says::cannot_resume>(path, system_message(errno))};
    }
    ResumedFile out(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return Failure{exit_data, errno == EWOULDBLOCK
                                      ? say<Says::in_use>(path)
                                      : say<Says::cannot_resume>(path, system_message(errno))};
    }
    OutputReader reader(format, done);
    if (!reader.read(descriptor)) {
        if (reader.bad_line() == 0)
            return Failure{exit_data, say<Says::cannot_read>(path, system_message(errno))};
        return Failure{exit_data, say<Says::not_a_survey>(path, reader.bad_line())};
    }
    if (::ftruncate(descriptor, static_cast<off_t>(reader.size())) != 0) {
        return Failure{exit_data, say<Says::cannot_resume>(path, system_message(errno))};
    }
    out.is_empty_ = reader.size() == 0;
    done.freeze();
    return out;
}

ResumedFile::ResumedFile(ResumedFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), is_empty_(other.is_empty_) {}

ResumedFile::~ResumedFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace spfcheck
