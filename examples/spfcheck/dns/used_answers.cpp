#include "dns/used_answers.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <memory>
#include <optional>

#include "dns/sentences.hpp"
#include "io/language.hpp"
#include "spf/net/ip.hpp"
#include "spf/record/select.hpp"

namespace spfcheck {
namespace {

using spf::dns::Answer;
using spf::dns::RecordType;
using spf::dns::Status;

constexpr std::string_view zone_name = "the evidence";

constexpr std::array statuses{Status::ok,          Status::no_data,    Status::nxdomain,
                              Status::servfail,    Status::error,      Status::timeout,
                              Status::unreachable, Status::not_in_zone};

Json answer_json(const Answer& answer) {
    Json json;
    json["status"] = spf::dns::to_string(answer.status);
    json["ttl"] = answer.ttl.count();
    json["authoritative"] = answer.is_authoritative;
    if (!answer.canonical_name.empty()) json["canonical_name"] = characters(answer.canonical_name);
    for (const spf::IpAddress& ip : answer.addresses) json["addresses"].push_back(ip.to_string());
    for (const auto& [preference, host] : answer.exchanges)
        json["exchanges"].push_back({{"preference", preference}, {"host", characters(host)}});
    for (const std::string& name : answer.names) json["names"].push_back(characters(name));
    for (const std::string& text : answer.texts) json["texts"].push_back(characters(text));
    if (!answer.string_lengths.empty()) json["string_lengths"] = answer.string_lengths;
    return json;
}

/// What is wrong with an answer of an evidence file. It is thrown and caught in this file only,
/// together with the exceptions of the JSON library.
struct Malformed {
    Spoken what;
};

std::string octets_of(const Json& json) {
    auto text = octets_of_characters(json.get_ref<const std::string&>());
    if (!text) throw Malformed{say<DnsSentence::evidence_text>()};
    return *std::move(text);
}

Status status_of(const Json& json) {
    const auto found = std::find_if(statuses.begin(), statuses.end(), [&](Status status) {
        return spf::dns::to_string(status) == json.get_ref<const std::string&>();
    });
    if (found == statuses.end()) throw Malformed{say<DnsSentence::evidence_status>()};
    return *found;
}

RecordType type_of(const Json& json) {
    const auto& types = spf::dns::record_types;
    const auto found = std::find_if(types.begin(), types.end(), [&](RecordType type) {
        return spf::dns::to_string(type) == json.get_ref<const std::string&>();
    });
    if (found == types.end()) throw Malformed{say<DnsSentence::evidence_type>()};
    return *found;
}

spf::dns::AnswerPtr answer_of(const Json& json) {
    auto answer = std::make_shared<Answer>();
    answer->status = status_of(json.at("status"));
    answer->ttl = std::chrono::seconds(json.at("ttl").get<std::uint32_t>());
    answer->is_authoritative = json.value("authoritative", false);
    if (json.contains("canonical_name")) answer->canonical_name = octets_of(json["canonical_name"]);
    for (const Json& each : json.value("addresses", Json::array())) {
        const auto ip = spf::IpAddress::parse(each.get_ref<const std::string&>());
        if (!ip) throw Malformed{say<DnsSentence::evidence_address>()};
        answer->addresses.push_back(*ip);
    }
    for (const Json& each : json.value("exchanges", Json::array()))
        answer->exchanges.push_back(
            {each.at("preference").get<std::uint16_t>(), octets_of(each.at("host"))});
    for (const Json& each : json.value("names", Json::array()))
        answer->names.push_back(octets_of(each));
    for (const Json& each : json.value("texts", Json::array()))
        answer->texts.push_back(octets_of(each));
    if (json.contains("string_lengths")) json["string_lengths"].get_to(answer->string_lengths);
    return spf::with_selected_record(std::move(answer));
}

}  // namespace

std::string characters(std::string_view octets) {
    std::string out;
    for (const char c : octets) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet < 0x80) {
            out += c;
        } else {
            out += static_cast<char>(0xc0 | octet >> 6U);
            out += static_cast<char>(0x80 | (octet & 0x3fU));
        }
    }
    return out;
}

std::optional<std::string> octets_of_characters(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0x80) {
            out += text[i];
            continue;
        }
        const bool is_known = (lead == 0xc2 || lead == 0xc3) && i + 1 < text.size();
        if (!is_known) return std::nullopt;
        const auto next = static_cast<unsigned char>(text[++i]);
        out += static_cast<char>((lead & 0x03U) << 6U | (next & 0x3fU));
    }
    return out;
}

std::string current_time() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm utc{};
    gmtime_r(&now, &utc);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

Json UsedAnswers::to_json() const {
    Json json = Json::array();
    for (const auto& [question, used] : answers_) {
        Json each;
        each["name"] = characters(question.first);
        each["type"] = spf::dns::to_string(question.second);
        each["time"] = used.time;
        each.update(answer_json(*used.answer));
        json.push_back(std::move(each));
    }
    return json;
}

spf::Expected<UsedAnswers, Spoken> UsedAnswers::from_json(const Json& json) {
    UsedAnswers read;
    try {
        for (const Json& each : json) {
            Used used{answer_of(each), each.at("time").get<std::string>()};
            read.answers_.insert_or_assign(
                std::pair(octets_of(each.at("name")), type_of(each.at("type"))), std::move(used));
        }
    } catch (const Json::exception&) {
        return say<DnsSentence::evidence_member>();
    } catch (const Malformed& error) {
        return error.what;
    }
    return read;
}

spf::dns::AnswerPtr UsedAnswers::find(const spf::dns::Question& question) {
    std::string name(question.name);
    const auto found = answers_.find({name, question.type});
    if (found != answers_.end()) return found->second.answer;
    if (!is_closed_) return nullptr;
    ++missing_;
    auto answer = std::make_shared<Answer>();
    answer->status = Status::not_in_zone;
    answer->texts = {std::string(zone_name), std::move(name)};
    return answer;
}

spf::dns::AnswerPtr UsedAnswers::record(const spf::dns::Question& question,
                                        spf::dns::AnswerPtr answer) {
    const auto recorded = answers_.try_emplace({std::string(question.name), question.type},
                                               Used{std::move(answer), current_time()});
    return recorded.first->second.answer;
}

bool UsedAnswers::is_unreachable() const noexcept {
    return !answers_.empty() && std::all_of(answers_.begin(), answers_.end(), [](const auto& each) {
        return each.second.answer->status == Status::unreachable;
    });
}

}  // namespace spfcheck
