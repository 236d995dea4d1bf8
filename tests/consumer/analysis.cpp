// A program that analyses records, with DNS answers from memory.
#include <cstdio>

#include <spf/analysis.hpp>
#include <spf/resolver/zone.hpp>

int main() {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 ip4:192.0.2.0/33 -all");
    zone.add_txt("example.org", "v=spf1 ip4:192.0.2.0/24 -all");
    const bool is_found = !spf::lint::lint("v=spf1 ip4:192.0.2.0/33 -all").empty();
    const spf::analysis::NetworkMap map = spf::analysis::map_networks("example.org", zone);
    const bool right = is_found && map.ranges.size() > 1;
    std::puts(right ? "as expected" : "nothing was found");
    return right ? 0 : 1;
}
