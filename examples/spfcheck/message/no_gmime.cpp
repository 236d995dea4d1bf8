// Replaces trace_fields.cpp if the program is built without gmime.

#include "message/trace_fields.hpp"

namespace spfcheck {

spf::Expected<TraceFields, Failure> trace_fields_of(std::string_view) {
    return Failure{exit_data, "this spfcheck was built without gmime, so it reads no messages"};
}

spf::Expected<TraceFields, Failure> read_trace_fields(const std::string&) {
    return trace_fields_of({});
}

}  // namespace spfcheck
