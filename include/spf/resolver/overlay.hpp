/// \file resolver/overlay.hpp  What if a domain published this record? One record over another
/// resolver.
#pragma once

#include <string>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"

namespace spf {

/// Answers as `upstream` does, but with a given text as the only TXT record of one name, as if the
/// domain published it. `upstream` has to outlive this object. As thread-safe as `upstream`.
class SPF_EXPORT RecordOverlay final : public dns::Resolver {
public:
    /// Replaces the TXT records of `name` (in any case) with one record, `text`.
    RecordOverlay(std::string_view name, std::string text, dns::Resolver& upstream);

    /// The text for TXT at the name; otherwise the answer of the other resolver.
    dns::AnswerPtr resolve(const dns::Question& question) override;

private:
    std::string name_;
    dns::AnswerPtr record_;
    dns::Resolver& upstream_;
};

}  // namespace spf
