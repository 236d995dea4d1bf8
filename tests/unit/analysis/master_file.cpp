// Names and texts in the form of zone files.

#include "spf/analysis/master_file.hpp"

#include <string>
#include <vector>

#include "support/catch.hpp"

TEST_CASE("names are escaped if they would be read as something else",
          "[master_file][rfc1035-5.1]") {
    const auto [name, written] = GENERATE(table<std::string, std::string>({
        {"example.com", "example.com."},
        {"_spf.a-b.example", "_spf.a-b.example."},
        {"*.example", "*.example."},
        {"0/25.2.0.192.in-addr.arpa", "0/25.2.0.192.in-addr.arpa."},
        {"x\\y.example", "x\\\\y.example."},
        {";x.example", "\\;x.example."},
        {"a\"b.example", "a\\\"b.example."},
        {"(x).example", "\\(x\\).example."},
        {"@.example", "\\@.example."},
        {"$x.example", "\\$x.example."},
        {"a b.example", "a\\032b.example."},
        {"a\nb.example", "a\\010b.example."},
        {"\xc3\xa9.example", "\\195\\169.example."},
    }));
    CHECK(spf::analysis::master_file_name(name) == written);
}

TEST_CASE("texts are escaped if they would end or change", "[master_file][rfc1035-5.1]") {
    const auto [text, written] = GENERATE(table<std::string, std::string>({
        {"v=spf1 -all", "\"v=spf1 -all\""},
        {"", "\"\""},
        {"a; b (c)", "\"a; b (c)\""},
        {"say \"x\"", "\"say \\\"x\\\"\""},
        {"a\\032", "\"a\\\\032\""},
        {"a\nb", "\"a\\010b\""},
        {std::string("\0\xff", 2), "\"\\000\\255\""},
    }));
    CHECK(spf::analysis::master_file_string(text) == written);
    CHECK(spf::analysis::master_file_strings(std::vector<std::string>{text, "b"}) ==
          written + " \"b\"");
}
