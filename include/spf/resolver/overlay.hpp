/// \file resolver/overlay.hpp  "What would be if this were published?": one record in front of a resolver.
#pragma once

#include <string>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"

namespace spf {

/// Another resolver's answers, but with this text as the only TXT record of one name: what would be
/// if a domain published it. `upstream` has to outlive it; as thread-safe as that.
class SPF_EXPORT RecordOverlay final : public dns::Resolver {
public:
    /// `name` in any case.
    RecordOverlay(std::string_view name, std::string text, dns::Resolver& upstream);

    dns::AnswerPtr resolve(const dns::Question& question) override;

private:
    std::string name_;
    dns::AnswerPtr record_;
    dns::Resolver& upstream_;
};

}  // namespace spf
