#include "conformance/check_zone.hpp"

#include <algorithm>
#include <sstream>

#include "conformance/oracle.hpp"

namespace spf::test {
namespace {

using dns::RecordType;

/// The words of a line; escapes in quoted words are resolved.
std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while (at < line.size()) {
        if (line[at] == ' ' || line[at] == '\t') {
            ++at;
            continue;
        }
        if (line[at] == ';') break;
        std::string word;
        const bool quoted = line[at] == '"';
        for (at += quoted ? 1 : 0; at < line.size(); ++at) {
            if (quoted ? line[at] == '"' : line[at] == ' ') break;
            if (quoted && line[at] == '\\' && at + 3 < line.size() && line[at + 1] >= '0' &&
                line[at + 1] <= '2') {
                word += static_cast<char>(std::stoi(std::string(line.substr(at + 1, 3))));
                at += 3;
            } else if (quoted && line[at] == '\\') {
                word += line[++at];
            } else {
                word += line[at];
            }
        }
        if (quoted) ++at;
        words.push_back(word);
    }
    return words;
}

RecordType type_of(const std::string& word) {
    for (const auto type :
         {RecordType::a, RecordType::aaaa, RecordType::mx, RecordType::ptr, RecordType::txt}) {
        if (dns::to_string(type) == word) return type;
    }
    FAIL("no such record type: " << word);
    return {};
}

dns::Status failure_of(const std::string& word) {
    if (word == "!servfail") return dns::Status::servfail;
    if (word == "!timeout") return dns::Status::timeout;
    if (word == "!unreachable") return dns::Status::unreachable;
    REQUIRE(word == "!error");
    return dns::Status::error;
}

void add_line(ZoneResolver& zone, std::string& origin, std::string_view line) {
    const auto words = words_of(line);
    if (words.empty()) return;
    if (words[0] == "$ORIGIN") {
        origin = words.at(1);
        return;
    }
    const auto absolute = [&origin](const std::string& name) {
        if (origin.empty() || (!name.empty() && name.back() == '.')) return name;
        return name == "@" ? origin : name + "." + origin;
    };
    INFO("line: " << line);
    REQUIRE(words.size() >= 3);
    const std::string name = absolute(words[0]);
    const std::string& data = words[2];
    if (words[1] == "CNAME") return zone.add_cname(name, absolute(data));
    const RecordType type = type_of(words[1]);
    if (data.starts_with('!')) return zone.set_status(name, type, failure_of(data));
    switch (type) {
        case RecordType::a: return zone.add_a(name, ip(data));
        case RecordType::aaaa: return zone.add_aaaa(name, ip(data));
        case RecordType::ptr: return zone.add_ptr(name, absolute(data));
        case RecordType::mx:
            return zone.add_mx(name, static_cast<std::uint16_t>(std::stoi(data)),
                               absolute(words.at(3)));
        case RecordType::txt:
            return zone.add_txt(name, std::vector<std::string>(words.begin() + 2, words.end()));
        case RecordType::spf: return zone.add_spf(name, data);
    }
}

dns::AnswerPtr without_selection(const dns::AnswerPtr& answer) {
    if (answer == nullptr || answer->selected == nullptr) return answer;
    auto copy = std::make_shared<dns::Answer>(*answer);
    copy->selected = nullptr;
    return copy;
}

/// Drives an Evaluation to its end. With `ahead`, the questions in hints() are asked at once.
void drive(Evaluation& evaluation, dns::Resolver& resolver, bool ahead, bool preparsed) {
    std::map<std::pair<std::string, RecordType>, dns::AnswerPtr> early;
    for (int steps = 0; !evaluation.done(); ++steps) {
        REQUIRE(steps < 1000);
        const dns::Question question = evaluation.pending();
        if (ahead) {
            for (const auto& hint : evaluation.hints()) {
                early.try_emplace({std::string(hint.name), hint.type}, resolver.resolve(hint));
            }
        }
        const auto found = early.find({std::string(question.name), question.type});
        const auto answer = found != early.end() ? found->second : resolver.resolve(question);
        evaluation.answer(preparsed ? answer : without_selection(answer));
    }
}

Outcome driven(const Request& request, dns::Resolver& resolver, const Options& options, bool ahead,
               bool preparsed) {
    Evaluation evaluation(request, options);
    drive(evaluation, resolver, ahead, preparsed);
    return std::move(evaluation).outcome();
}

bool oracle_knows(const Options& options) {
    const Limits standard;
    return options.explanation && options.limits.dns_lookups == standard.dns_lookups &&
           options.limits.void_lookups == standard.void_lookups &&
           options.limits.mx_names == standard.mx_names &&
           options.limits.ptr_names == standard.ptr_names &&
           options.limits.explanation_length == standard.explanation_length;
}

}  // namespace

TestZone::TestZone(std::string_view text) {
    std::string origin;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        add_line(zone_, origin, text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

void TestZone::give(std::string_view name, RecordType type, dns::AnswerPtr answer) {
    given_[{std::string(name), type}] = std::move(answer);
}

dns::AnswerPtr TestZone::resolve(const dns::Question& question) {
    asked.push_back(std::string(dns::to_string(question.type)) + " " + std::string(question.name));
    const auto given = given_.find({std::string(question.name), question.type});
    return given != given_.end() ? given->second : zone_.resolve(question);
}

Request request_for(std::string_view ip, std::string_view mail_from, std::string_view helo) {
    Request request;
    request.ip = test::ip(ip);
    request.mail_from = mail_from;
    request.helo = helo;
    request.receiver = "mx.receiver.example";
    request.time = std::chrono::sys_seconds(std::chrono::seconds(1'396'310'400));
    return request;
}

std::string describe(const Outcome& o) {
    std::ostringstream out;
    out << to_string(o.result) << "\nip " << o.ip.to_string() << "\nidentity "
        << to_string(o.identity) << "\ndomain " << o.domain << "\nsender " << o.sender << "\nhelo "
        << o.helo << "\nreceiver " << o.receiver << "\nnull sender " << o.null_sender
        << "\nmechanism " << o.mechanism << " of " << o.mechanism_domain << "\nexplanation "
        << o.explanation << " of " << o.explanation_domain << "\nlookups " << o.dns_lookups
        << "\nvoid " << o.void_lookups << "\nttl " << o.ttl.count() << '\n';
    if (o.problem) {
        out << "problem " << to_string(o.problem->code) << " of " << o.problem->domain << ": "
            << o.problem->text << ' ' << dns::to_string(o.problem->type) << ' '
            << dns::to_string(o.problem->status) << ' ' << o.problem->message() << '\n';
        if (const auto& syntax = o.problem->syntax) {
            out << to_string(syntax->code) << ' ' << syntax->offset << '+' << syntax->length
                << '\n';
        }
    }
    return out.str();
}

Outcome check(const Request& request, TestZone& zone, const Options& options) {
    zone.asked.clear();
    const Outcome outcome = check_host(request, zone, options);
    const auto asked = zone.asked;
    const std::string expected = describe(outcome);

    Options hinting = options;
    hinting.hints = true;
    Options tracing = options;
    tracing.trace = true;
    CHECK(describe(driven(request, zone, options, false, true)) == expected);
    CHECK(describe(driven(request, zone, options, false, false)) == expected);
    CHECK(describe(driven(request, zone, hinting, false, true)) == expected);
    CHECK(describe(driven(request, zone, hinting, true, true)) == expected);
    CHECK(describe(check_host(request, zone, tracing)) == expected);
    static Evaluation reused;  // contains whatever the previous case left in it
    CHECK(describe(check_host(reused, request, zone, hinting)) == expected);
    CHECK(describe(check_host(reused, request, zone, options)) == expected);
    if (oracle_knows(options))
        CHECK(oracle::verdict_of(outcome) == oracle::check_host(request, zone));

    zone.asked = asked;
    return outcome;
}

Outcome check(std::string_view ip, std::string_view mail_from, TestZone& zone,
              std::string_view helo) {
    return check(request_for(ip, mail_from, helo), zone);
}

Outcome check(std::string_view ip, std::string_view mail_from, const char* zone,
              std::string_view helo) {
    TestZone made(zone);
    return check(ip, mail_from, made, helo);
}

Outcome check(std::string_view ip, std::string_view mail_from, const std::string& zone,
              std::string_view helo) {
    return check(ip, mail_from, zone.c_str(), helo);
}

Result result_of(std::string_view ip, const std::string& record, const std::string& rest) {
    INFO("record: " << record);
    return check(ip, "ann@example.com", "example.com. TXT \"" + record + "\"\n" + rest).result;
}

}  // namespace spf::test
