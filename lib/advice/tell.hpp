// How advice is made: from a sentence, and from the command that its reader should run next.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "advice/sentences.hpp"
#include "spf/advice/advice.hpp"
#include "spf/advice/command.hpp"

namespace spf::advice {

/// Returns advice for the person `to`. The text is that of the message `sentence`, filled in with
/// the arguments.
template <Sentence sentence, class... Arguments>
Advice tell(Advice::To to, Arguments&&... arguments) {
    return {to, say<sentences, sentence>(std::forward<Arguments>(arguments)...)};
}

/// Returns what a finding or a problem says, in the language of the advice.
template <class Described>
Argument message_of(const Described& described, const Context& context) {
    return Argument::sentence(described.message(context.language));
}
/// Returns what to do about a finding or a problem, in the language of the advice.
template <class Described>
Argument remedy_of(const Described& described, const Context& context) {
    return Argument::sentence(described.remedy(context.language));
}

/// Returns the advice with the command that its reader should run next.
inline Advice with_command(Advice advice, std::vector<std::string> words, const Context& context) {
    words.insert(words.end(), context.dns_options.begin(), context.dns_options.end());
    advice.command = command_line(words);
    return advice;
}

/// Returns the advice to the owner of the domain for fail, softfail and neutral: to find out who
/// uses the address of the client, before it is added to the record. Only the owner can know this.
/// If an "all" of the record overrules a redirect, the advice says so first.
[[nodiscard]] std::vector<Advice> ask_whose_it_is(const Outcome& outcome, const Context& context);
/// Returns the advice for the result none. It depends on why the domain has no record.
[[nodiscard]] Advice publish(const Outcome& outcome, const Context& context);
/// Returns the advice for permerror: the remedy, and who has to apply it.
[[nodiscard]] Advice fix(const Outcome& outcome, const Context& context);
/// Returns the advice for temperror: what to check if the error lasts.
[[nodiscard]] Advice look_after_dns(const Outcome& outcome, const Context& context);

}  // namespace spf::advice
