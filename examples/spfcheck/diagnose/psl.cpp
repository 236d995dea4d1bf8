#include "diagnose/psl.hpp"

#include <memory>

#include <libpsl.h>

namespace spfcheck {
namespace {

struct PslFree {
    void operator()(psl_ctx_t* list) const noexcept { psl_free(list); }
};

/// Returns the list that the system keeps up to date, or the one in libpsl. Null if there is none.
const psl_ctx_t* public_suffixes() {
    static const std::unique_ptr<psl_ctx_t, PslFree> latest(psl_latest(nullptr));
    return latest ? latest.get() : psl_builtin();
}

}  // namespace

bool has_public_suffixes() noexcept { return true; }

std::optional<std::string> organizational_domain(const std::string& domain) {
    const psl_ctx_t* const list = public_suffixes();
    if (list == nullptr) return std::nullopt;
    const char* const found = psl_registrable_domain(list, domain.c_str());
    return found == nullptr ? domain : std::string(found);
}

}  // namespace spfcheck
