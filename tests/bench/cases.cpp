// Records as domains publish them, and as an attacker might publish them.

#include "cases.hpp"

namespace bench {
namespace {

using spf::dns::RecordType;

constexpr std::string_view client = "192.0.2.77";

std::string number(std::size_t value) { return std::to_string(value); }

/// Returns the i-th of many /20 networks that do not contain the client.
std::string network(std::size_t i) {
    const std::size_t first = 64 + i / 150 + (i % 10 < 3 ? 100 : 0);
    return number(first) + '.' + number(100 + i % 150) + ".176.0/20";
}

/// Returns a record of 214 octets with ten ip4 terms and "~all", like that of
/// _netblocks.google.com. If `matches`, the last network contains the client; otherwise no network
/// does.
std::string ten_ip4(std::size_t first, bool matches) {
    std::string text = "v=spf1";
    for (std::size_t i = 0; i < 10; ++i) {
        text += " ip4:" + (matches && i == 9 ? std::string{"192.0.2.0/24"} : network(first + i));
    }
    return text + " ~all";
}

/// Returns a record of at most `size` octets: the version, as many of piece(0), piece(1), ... as
/// fit, and `end`.
template <class Piece>
std::string filled(std::size_t size, Piece piece, std::string_view end = {}) {
    std::string text = "v=spf1";
    text.reserve(size + 64);
    for (std::size_t i = 0;; ++i) {
        const std::string next = piece(i);
        if (text.size() + next.size() + end.size() > size) break;
        text += next;
    }
    return text.append(end);
}

std::string of_ip4(std::size_t size) {
    return filled(
        size, [](std::size_t i) { return " ip4:" + network(i % 13000); }, " -all");
}
std::string of_a(std::size_t size) {
    return filled(size, [](std::size_t) { return std::string{" a"}; });
}
std::string of_macros(std::size_t size) {
    return filled(size, [](std::size_t) {
        return std::string{" exists:%{ir}.%{l1r-+=}._%{d2}.%{v}.%{h3r./}"};
    });
}
std::string of_modifiers(std::size_t size) {
    return filled(size, [](std::size_t i) { return " x" + number(i) + "=%{d}"; });
}
std::string of_spaces(std::size_t size) {
    return filled(
        size, [](std::size_t) { return std::string{"  "}; }, "a");
}
std::string of_one_name(std::size_t size) {
    return filled(
        size,
        [](std::size_t i) { return i == 0 ? std::string{" exists:"} : std::string{"%{d}.a/1"}; },
        ".example.com");
}
std::string of_broken_end(std::size_t size) {
    return filled(
        size, [](std::size_t i) { return " include:" + number(i) + ".example.net"; },
        " ip4:1.2.3.4/33");
}

ZoneRecord txt(std::string name, std::string value) {
    return {std::move(name), RecordType::txt, std::move(value)};
}

/// Adds ten mail exchanges; if `matches`, the last one is the client.
void add_exchanges(std::vector<ZoneRecord>& zone, const std::string& domain, std::size_t block,
                   bool matches) {
    for (std::size_t i = 0; i < 10; ++i) {
        const std::string host = "mx" + number(i) + '.' + domain;
        zone.push_back({domain, RecordType::mx, host});
        const bool last = matches && i == 9;
        zone.push_back({host, RecordType::a,
                        last ? std::string{client} : "198.51." + number(block) + '.' + number(i)});
    }
}

Case make(std::string key, std::string label, std::vector<ZoneRecord> zone) {
    return {std::move(key), std::move(label), std::move(zone), std::string{client},
            "bob-list@example.com"};
}

Case mx_of_ten_hosts() {
    std::vector<ZoneRecord> zone{txt("example.com", "v=spf1 mx -all")};
    add_exchanges(zone, "example.com", 100, true);
    return make("mx", "mx, ten hosts", std::move(zone));
}

Case exists_with_macros() {
    Case made = make("exists", "exists with macros",
                     {txt("example.com", "v=spf1 exists:%{ir}.%{l1r-}._spf.%{d} -all"),
                      {"77.2.0.192.bob._spf.example.com", RecordType::a, "127.0.0.2"}});
    made.with_floor = false;  // lookups are not all the work: macros make the name
    return made;
}

/// Returns the check with the most lookups that RFC 7208 allows: ten mx terms with ten mail
/// exchanges each, 111 questions in all.
Case worst_legal() {
    std::vector<ZoneRecord> zone;
    std::string text = "v=spf1";
    for (std::size_t i = 0; i < 10; ++i) {
        const std::string domain = "d" + number(i) + ".example.com";
        text += " mx:" + domain;
        add_exchanges(zone, domain, 100 + i, i == 9);
    }
    zone.push_back(txt("example.com", text + " -all"));
    return make("worst_legal", "ten mx, ten hosts each", std::move(zone));
}

}  // namespace

std::vector<Text> texts() {
    constexpr std::size_t hostile = 65536;
    return {{"simple", "v=spf1 mx ip4 -all", "v=spf1 mx ip4:192.0.2.0/24 -all"},
            {"ten_ip4", "ten ip4 (google-like)", ten_ip4(0, false)},
            {"three_includes", "three includes",
             "v=spf1 include:_netblocks.google.com include:_netblocks2.google.com "
             "include:_netblocks3.google.com ~all"},
            {"macros", "macros",
             "v=spf1 exists:%{ir}.%{l1r-}._spf.%{d} exists:%{i}._ip.%{h}._ehlo.%{d2}.example.net "
             "include:%{d1r}.%{v}.example.org exp=explain._spf.%{d} redirect=%{o2}.example.com"},
            {"hostile_a", "64 KiB of \" a\"", of_a(hostile)},
            {"hostile_macros", "64 KiB of macros", of_macros(hostile)}};
}

spf::ZoneResolver Case::resolver(bool preparse) const {
    spf::ZoneResolver made{{.preparse = preparse}};
    for (const ZoneRecord& record : zone) {
        if (record.type == RecordType::a)
            made.add_a(record.name, *spf::IpAddress::parse(record.value));
        if (record.type == RecordType::mx) made.add_mx(record.name, 10, record.value);
        if (record.type == RecordType::txt) made.add_txt(record.name, record.value);
    }
    return made;
}

Case one_ip4() {
    return make("one_ip4", "one ip4", {txt("example.com", "v=spf1 ip4:192.0.2.0/24 -all")});
}

Case includes(std::size_t count) {
    std::vector<ZoneRecord> zone;
    std::string text = "v=spf1";
    for (std::size_t i = 0; i < count; ++i) {
        const std::string name = "_netblocks" + number(i) + ".example.com";
        text += " include:" + name;
        zone.push_back(txt(name, ten_ip4(i * 10, i + 1 == count)));
    }
    zone.push_back(txt("example.com", text + " ~all"));
    return make("includes_" + number(count), number(count) + " includes", std::move(zone));
}

Case nested_includes(std::size_t count) {
    std::vector<ZoneRecord> zone;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string name = i == 0 ? "example.com" : "_n" + number(i) + ".example.com";
        zone.push_back(txt(name, "v=spf1 include:_n" + number(i + 1) + ".example.com ~all"));
    }
    zone.push_back(txt("_n" + number(count) + ".example.com", ten_ip4(0, true)));
    return make("nested_" + number(count), number(count) + " nested includes", std::move(zone));
}

Case long_record(std::size_t size) {
    const std::string end = " ip4:192.0.2.0/24 -all";
    std::string text = of_ip4(size - end.size());
    text.resize(text.size() - std::string_view{" -all"}.size());
    return make("long_" + number(size), number(size) + " octets", {txt("example.com", text + end)});
}

std::vector<Case> cases() {
    Case three = includes(3);
    three.key = "three_includes";
    three.label = "three includes";
    return {one_ip4(), std::move(three), mx_of_ten_hosts(), exists_with_macros(), worst_legal()};
}

const std::vector<NamedShape>& shapes() {
    static const std::vector<NamedShape> all{
        {"ip4", "parse ip4 terms", of_ip4},
        {"a", "parse \" a\" terms", of_a},
        {"macros", "parse macros", of_macros},
        {"modifiers", "parse unknown modifiers", of_modifiers},
        {"spaces", "parse spaces", of_spaces},
        {"one_name", "parse one long name", of_one_name},
        {"broken_end", "parse, error at the end", of_broken_end, false},
    };
    return all;
}

}  // namespace bench
