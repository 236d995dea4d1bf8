// Replaces trace_fields.cpp and mime.cpp if the program is built without gmime.

#include "message/mime.hpp"
#include "message/sentences.hpp"
#include "message/trace_fields.hpp"

namespace spfcheck {

spf::Expected<TraceFields, Failure> trace_fields_of(std::string_view) {
    return Failure{exit_data, say<MessageSentence::no_gmime>()};
}

spf::Expected<TraceFields, Failure> read_trace_fields(const std::string&) {
    return trace_fields_of({});
}

spf::Expected<Mail, Failure> read_mail(std::string_view) {
    return Failure{exit_data, say<MessageSentence::no_gmime>()};
}

}  // namespace spfcheck
