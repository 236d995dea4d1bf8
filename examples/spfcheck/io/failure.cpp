#include "io/failure.hpp"

#include <ostream>
#include <utility>

#include "io/language.hpp"
#include "io/sentences.hpp"

namespace spfcheck {

int tell(const Failure& failure, std::ostream& err) {
    err << "spfcheck: " << failure.message << '\n';
    return failure.exit_status;
}

void tell_note(std::string_view note, std::ostream& err) {
    err << "spfcheck: " << say<ProgramSentence::note>(Spoken(note)) << '\n';
}

int tell_usage(const Failure& failure, std::string_view command, std::ostream& err) {
    tell(failure, err);
    err << (command.empty() ? say<ProgramSentence::try_help>()
                            : say<ProgramSentence::try_help_of>(command))
        << '\n';
    return failure.exit_status;
}

int tell_usage(std::string message, std::string_view command, std::ostream& err) {
    return tell_usage(Failure{exit_usage, std::move(message)}, command, err);
}

}  // namespace spfcheck
