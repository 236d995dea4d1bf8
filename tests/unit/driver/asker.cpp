#include "driver/asker.hpp"

#include <string>

#include "spf/resolver/ldns.hpp"
#include "support/catch.hpp"

using spf::cares_adapter::Asker;
using spf::cares_adapter::Lookup;

TEST_CASE("driver: a name that no zone can hold does not exist, and no server is asked",
          "[cares][rfc7208-4.3]") {
    const std::string name = GENERATE(std::string{}, std::string{"."}, std::string{"a..example"},
                                      std::string(64, 'a') + ".example",
                                      std::string(63, 'a') + "." + std::string(63, 'b') + "." +
                                          std::string(63, 'c') + "." + std::string(62, 'd'));
    CAPTURE(name);
    const spf::dns::Question question{name, spf::dns::RecordType::a};
    // No server listens there.
    const spf::dns::NameServer nowhere{spf::IpAddress::v4({127, 0, 0, 1}), 1, {}};
    spf::CaresOptions options;
    options.servers = {nowhere};
    Asker asker{options};
    Lookup& lookup = asker.want(question);
    asker.work();
    REQUIRE(asker.next_answered() == &lookup);
    CHECK(lookup.answer->status == spf::dns::Status::nxdomain);
    CHECK(asker.outstanding() == 0);
    CHECK(asker.watches().all().empty());

    spf::LdnsOptions blocking;
    blocking.servers = {nowhere};
    CHECK(spf::LdnsResolver{blocking}.resolve(question)->status == lookup.answer->status);
}
