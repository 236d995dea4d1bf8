// Functions that return the names of record types and of DNS statuses, and a function that
// describes an answer in one line.

#include "spf/dns/resolver.hpp"

#include <algorithm>

namespace spf::dns {

Clock::time_point deadline_after(std::chrono::milliseconds time) noexcept {
    // `time` may be several centuries, which the nanoseconds of the clock cannot represent.
    // Therefore it is compared as a number of milliseconds.
    constexpr std::chrono::milliseconds longest = std::chrono::years{100};
    if (time >= longest) return Clock::time_point::max();
    return Clock::now() + std::max(time, std::chrono::milliseconds{0});
}

AnswerPtr Resolver::borrow(const Question& question) { return resolve(question); }

AnswerPtr DeadlineResolver::resolve(const Question& question) {
    Question timed = question;
    timed.deadline = std::min(question.deadline, deadline_);
    if (Clock::now() >= timed.deadline) return make_answer(Status::timeout);
    AnswerPtr answer = inner_->resolve(timed);
    if (Clock::now() >= timed.deadline) return make_answer(Status::timeout);
    return answer;
}

std::string_view to_string(RecordType type) noexcept {
    switch (type) {
        case RecordType::a: return "A";
        case RecordType::ptr: return "PTR";
        case RecordType::mx: return "MX";
        case RecordType::txt: return "TXT";
        case RecordType::aaaa: return "AAAA";
        case RecordType::spf: return "SPF";
    }
    return "?";
}

std::string_view to_string(Status status) noexcept {
    switch (status) {
        case Status::ok: return "ok";
        case Status::no_data: return "no data";
        case Status::nxdomain: return "nxdomain";
        case Status::servfail: return "servfail";
        case Status::error: return "error";
        case Status::timeout: return "timeout";
        case Status::unreachable: return "unreachable";
        case Status::not_in_zone: return "not in zone";
    }
    return "?";
}

AnswerPtr make_answer(Status status, std::chrono::seconds ttl) {
    auto answer = std::make_shared<Answer>();
    answer->status = status;
    answer->ttl = ttl;
    return answer;
}

std::optional<std::vector<std::string>> published_strings(const Answer& answer, std::size_t index) {
    const std::string& text = answer.texts[index];
    std::vector<std::string> out;
    if (index >= answer.string_lengths.size() || answer.string_lengths[index].empty()) {
        if (text.size() > longest_string) return std::nullopt;
        out.push_back(text);
        return out;
    }
    std::size_t begin = 0;
    for (const std::size_t length : answer.string_lengths[index]) {
        if (length > text.size() - begin) return std::nullopt;
        out.push_back(text.substr(begin, length));
        begin += length;
    }
    if (begin != text.size()) return std::nullopt;
    return out;
}

std::string describe(const Answer& answer, RecordType type) {
    // The maximum number of records that the text lists; nobody would read more.
    constexpr std::size_t most = 12;
    std::string text;
    if (answer.status != Status::ok) return text;
    std::size_t count = 0;
    const auto add = [&](std::string_view item) {
        if (++count > most) return;
        if (!text.empty()) text += ", ";
        text += item;
    };
    switch (type) {
        case RecordType::a:
        case RecordType::aaaa:
            for (const IpAddress address : answer.addresses) add(address.to_string());
            break;
        case RecordType::mx:
            for (const MailExchange& exchange : answer.exchanges) add(exchange.host);
            break;
        case RecordType::ptr:
            for (const std::string& name : answer.names) add(name);
            break;
        case RecordType::txt:
        case RecordType::spf:
            for (const std::string& item : answer.texts) add('"' + item + '"');
            break;
    }
    if (count > most) text += ", and " + std::to_string(count - most) + " more";
    return text;
}

}  // namespace spf::dns
