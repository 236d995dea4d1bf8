#include "verify/verify.hpp"

#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "evidence/evidence.hpp"
#include "io/exit_status.hpp"
#include "io/failure.hpp"
#include "io/json.hpp"
#include "spf/advice/command.hpp"
#include "spf/base/printable.hpp"
#include "verify/sentences.hpp"

namespace spfcheck {
namespace {

using Says = VerifySentence;

constexpr int exit_different = 1;
constexpr std::size_t most_changes = 5;     // lines
constexpr std::size_t longest_value = 120;  // octets

/// A folder with the files of the evidence, which is removed with this object.
class Files {
public:
    explicit Files(const std::map<std::string, std::string>& files) {
        if (files.empty()) return;
        std::string name = std::filesystem::temp_directory_path() / "spfcheck-XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
        folder_ = name;
        for (const auto& [path, contents] : files) {
            const std::string copy = folder_ / std::to_string(copies_.size());
            std::ofstream(copy, std::ios::binary) << contents;
            copies_.emplace_back(path, copy);
        }
    }
    Files(Files&&) = delete;
    Files& operator=(Files&&) = delete;
    ~Files() {
        std::error_code ignored;
        if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
    }

    /// Returns the arguments with the copies in the place of the files.
    [[nodiscard]] std::vector<std::string> with_copies(std::vector<std::string> arguments) const {
        for (std::string& argument : arguments) {
            for (const auto& [path, copy] : copies_) {
                const bool is_value = argument.starts_with("--") && argument.ends_with("=" + path);
                if (is_value || argument == path)
                    argument.replace(argument.size() - path.size(), path.size(), copy);
            }
        }
        return arguments;
    }
    /// Writes the paths of the files in the place of those of the copies.
    void restore(Json& json) const {
        if (json.is_structured()) {
            for (Json& each : json) restore(each);
        }
        if (!json.is_string()) return;
        std::string& text = json.get_ref<std::string&>();
        for (const auto& [path, copy] : copies_) {
            for (std::size_t at = 0; (at = text.find(copy, at)) != std::string::npos;
                 at += path.size())
                text.replace(at, copy.size(), path);
        }
    }

private:
    std::filesystem::path folder_;
    std::vector<std::pair<std::string, std::string>> copies_;
};

/// What became of the evidence.
struct Verification {
    int exit_status = 0;
    Json result;
    std::size_t missing = 0;
    /// The differences as RFC 6902 describes, with the former values as "was".
    Json changes = Json::array();

    /// Returns whether the result follows from the answers, and from them alone.
    [[nodiscard]] bool is_same() const { return changes.empty() && missing == 0; }
};

Verification verify(const Evidence& evidence, const RunAgain& run_again, std::ostream& err) {
    const Files files(evidence.files);
    const auto answers = std::make_shared<UsedAnswers>(evidence.answers);
    answers->close();
    std::ostringstream out;
    Verification found;
    found.exit_status = run_again(files.with_copies(evidence.arguments), answers, out, err);
    found.result = Json::parse(out.str(), nullptr, false);
    found.missing = answers->missing();
    files.restore(found.result);
    for (const Json& change : Json::diff(evidence.result, found.result)) {
        const Json::json_pointer place(change["path"].get<std::string>());
        found.changes.push_back(
            {{"path", change["path"]},
             {"was", evidence.result.contains(place) ? evidence.result[place] : Json()},
             {"is", change.value("value", Json())}});
    }
    if (found.exit_status != evidence.exit_status)
        found.changes.push_back(
            {{"path", "exit status"}, {"was", evidence.exit_status}, {"is", found.exit_status}});
    return found;
}

std::string command_line(const Evidence& evidence) {
    std::string line;
    for (const std::string& argument : evidence.arguments) {
        if (!line.empty()) line += ' ';
        line += spf::advice::shell_word(argument);
    }
    return line;
}

std::string short_value(const Json& value) {
    return spf::printable(value.is_string() ? value.get_ref<const std::string&>() : dump(value),
                          longest_value);
}

void print(std::ostream& out, const Evidence& evidence, const Verification& found,
           const std::string& file) {
    const std::size_t count = evidence.answers.size();
    out << (found.is_same()         ? say<Says::same>(count, file)
            : found.changes.empty() ? say<Says::incomplete>(count, file)
                                    : say<Says::different>(count, file))
        << "\n\n  " << say<Says::command>(command_line(evidence)) << "\n  "
        << say<Says::asked>(evidence.time, evidence.version) << '\n';
    if (found.missing != 0) out << "  " << say<Says::missing>(found.missing) << '\n';
    std::size_t lines = 0;
    for (const Json& change : found.changes) {
        if (lines == most_changes) {
            out << "  " << say<Says::more_changes>(found.changes.size() - lines) << '\n';
            break;
        }
        ++lines;
        out << "  "
            << say<Says::changed>(change["path"].get_ref<const std::string&>(),
                                  short_value(change["was"]), short_value(change["is"]))
            << '\n';
    }
}

Json to_json(const Evidence& evidence, const Verification& found) {
    Json json;
    json["same"] = found.is_same();
    json["time"] = evidence.time;
    json["spfcheck"] = evidence.version;
    json["arguments"] = evidence.arguments;
    json["answers"] = evidence.answers.size();
    json["missing"] = found.missing;
    json["changes"] = found.changes;
    json["result"] = found.result;
    return json;
}

}  // namespace

void setup(CLI::App& app, VerifyOptions& options) {
    app.add_option("FILE", options.file, "what --evidence wrote")
        ->type_name("")
        ->required()
        ->group("What to verify");
    setup(app, options.output);
    app.footer(R"(The DNS answers are those of the file; no network is needed. The result in the
file does not count: it is only compared.

Examples:
  spfcheck check --ip 192.0.2.10 --sender alice@example.com --evidence e.json
  spfcheck verify e.json

Exit status:
  0 the same result, 1 another result, or one that needs further answers,
  64 wrong usage, 65 unreadable file, 70 internal error)");
}

int run(const VerifyOptions& options, const RunAgain& run_again, std::ostream& out,
        std::ostream& err) {
    const auto evidence = read_evidence(options.file);
    if (!evidence) return tell(evidence.error(), err);
    const Verification found = verify(*evidence, run_again, err);
    if (options.output.json) {
        write(out, to_json(*evidence, found));
    } else {
        print(out, *evidence, found, options.file);
    }
    return found.is_same() ? exit_ok : exit_different;
}

}  // namespace spfcheck
