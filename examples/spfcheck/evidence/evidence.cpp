#include "evidence/evidence.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <system_error>
#include <utility>

#include "evidence/sentences.hpp"
#include "io/language.hpp"

namespace spfcheck {
namespace {

using Says = EvidenceSentence;

constexpr std::string_view format = "spfcheck evidence 1";

Spoken last_error() { return system_message(errno != 0 ? errno : EIO); }

}  // namespace

std::string to_text(const Evidence& evidence) {
    Json json;
    json["format"] = format;
    json["spfcheck"] = evidence.version;
    json["time"] = evidence.time;
    json["arguments"] = evidence.arguments;
    json["name_servers"] = text_or_null(evidence.name_servers);
    json["files"] = Json::object();
    for (const auto& [path, contents] : evidence.files) json["files"][path] = characters(contents);
    json["answers"] = evidence.answers.to_json();
    json["exit_status"] = evidence.exit_status;
    json["result"] = evidence.result;
    constexpr bool ascii_only = true;
    return json.dump(2, ' ', ascii_only, Json::error_handler_t::replace) + "\n";
}

spf::Expected<Evidence, Spoken> parse_evidence(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) return say<Says::no_json>();
    if (!json.is_object() || json.value("format", Json()) != format)
        return say<Says::other_format>();
    try {
        Evidence evidence;
        auto answers = UsedAnswers::from_json(json.at("answers"));
        if (!answers) return say<Says::malformed>(answers.error());
        evidence.answers = *std::move(answers);
        evidence.version = json.at("spfcheck").get<std::string>();
        evidence.time = json.at("time").get<std::string>();
        json.at("arguments").get_to(evidence.arguments);
        if (json.at("name_servers").is_string())
            evidence.name_servers = json["name_servers"].get<std::string>();
        for (const auto& [path, contents] : json.at("files").items()) {
            auto octets = octets_of_characters(contents.get_ref<const std::string&>());
            if (!octets) return say<Says::malformed>(path);
            evidence.files.emplace(path, *std::move(octets));
        }
        evidence.exit_status = json.at("exit_status").get<int>();
        evidence.result = json.at("result");
        return evidence;
    } catch (const Json::exception& error) {
        return say<Says::malformed>(error.what());
    }
}

std::optional<Failure> write_evidence(const Evidence& evidence, const std::string& path) {
    errno = 0;
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wxe"),
                                                               &std::fclose);
    const std::string text = to_text(evidence);
    const bool written = file != nullptr &&
                         std::fwrite(text.data(), 1, text.size(), file.get()) == text.size() &&
                         std::fflush(file.get()) == 0;
    if (written) return std::nullopt;
    return Failure{exit_data, say<Says::unwritable>(path, last_error())};
}

spf::Expected<Evidence, Failure> read_evidence(const std::string& path) {
    errno = 0;
    const auto text = contents_of(path);
    if (!text) return Failure{exit_data, say<Says::unreadable>(path, last_error())};
    auto evidence = parse_evidence(*text);
    if (!evidence) return Failure{exit_data, say<Says::unreadable>(path, evidence.error())};
    return *std::move(evidence);
}

std::optional<std::string> contents_of(const std::string& path) {
    std::error_code unknown;
    // A folder would make the standard library throw when it is read.
    if (std::filesystem::is_directory(path, unknown)) {
        errno = EISDIR;
        return std::nullopt;
    }
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) return std::nullopt;
    return text;
}

}  // namespace spfcheck
