// The DNS questions that a check will probably ask next (Evaluation::hints()). Their number is
// limited by RFC 7208 section 4.6.4.
#pragma once

#include <vector>

#include "spf/dns/resolver.hpp"
#include "spf/record/record.hpp"

namespace spf {

class Hints {
public:
    /// \param max_terms  the maximum number of terms whose questions are listed during one check
    void reset(bool are_wanted, unsigned max_terms) noexcept {
        questions_.clear();
        are_wanted_ = are_wanted;
        terms_left_ = max_terms;
    }
    void clear() noexcept {
        if (are_wanted_) [[unlikely]]
            questions_.clear();
    }

    /// Lists the questions that the terms of a record will ask, unless an earlier directive
    /// matches. In one check, questions are listed for no more terms than the check may evaluate
    /// (4.6.4). Without this limit, an untrusted sender could cause a hundred queries, with ten
    /// nested records of ten terms each.
    /// \param address_type  the type A or AAAA, depending on the family of the client's address
    void add_terms(const Record& record, dns::RecordType address_type) {
        if (are_wanted_) [[unlikely]]
            list_terms(record, address_type);
    }
    /// Lists one question for the addresses of each host in an MX answer (5.4).
    void add_hosts(const dns::Answer& answer, dns::RecordType address_type) {
        if (are_wanted_) [[unlikely]]
            list_hosts(answer, address_type);
    }

    [[nodiscard]] const std::vector<dns::Question>& questions() const noexcept {
        return questions_;
    }

private:
    void list_terms(const Record& record, dns::RecordType address_type);
    void list_hosts(const dns::Answer& answer, dns::RecordType address_type);
    void add_term(const MacroString* domain, dns::RecordType type);
    void add(const dns::Question& question);

    std::vector<dns::Question> questions_;
    unsigned terms_left_ = 0;
    bool are_wanted_ = false;
};

}  // namespace spf
