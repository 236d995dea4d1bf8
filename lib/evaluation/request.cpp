#include "spf/evaluation/request.hpp"

namespace spf {

std::string_view to_string(Identity identity) noexcept {
    return identity == Identity::helo ? "helo" : "mailfrom";
}

}  // namespace spf
