/// \file resolver/overlay.hpp  Evaluates a domain as if it published another SPF record: replaces
/// one record in the answers of another resolver.
#pragma once

#include <string>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"

namespace spf {

/// Returns the answers of `upstream`, except for the TXT records of one name: they are replaced by
/// one given text, as if the domain published it. `upstream` must exist longer than this object. Is
/// as thread-safe as `upstream`.
class SPF_EXPORT RecordOverlay final : public dns::Resolver {
public:
    /// Replaces the TXT records of `name` by one record, `text`. `name` may be in upper or lower
    /// case.
    RecordOverlay(std::string_view name, std::string text, dns::Resolver& upstream);

    /// Returns the given text for a TXT question about the name. Passes all other questions to
    /// `upstream`.
    dns::AnswerPtr resolve(const dns::Question& question) override;

private:
    std::string name_;
    dns::AnswerPtr record_;
    dns::Resolver& upstream_;
};

}  // namespace spf
