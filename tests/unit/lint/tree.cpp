// The tree of records in the result of lint_domain().

#include "spf/lint/domain.hpp"
#include "spf/resolver/zone.hpp"
#include "support/catch.hpp"

namespace {

spf::ZoneResolver zone() {
    spf::ZoneResolver out;
    out.add_txt("example.com",
                "v=spf1 ip4:192.0.2.1 include:a.example mx include:b.example include:a.example "
                "include:bad.example include:%{i}.example -all a");
    out.add_txt("a.example", "v=spf1 include:b.example exists:c.example -all");
    out.add_txt("b.example", "v=spf1 a redirect=d.example");
    out.add_txt("d.example", "v=spf1 ip4:192.0.2.2 -all");
    out.add_txt("bad.example", "v=spf1 ip4:192.0.2.0/33 -all");
    return out;
}

std::string term_of(const spf::lint::TreeTerm& term) {
    return term.cost.term + ' ' + std::to_string(term.cost.dns_lookups);
}

std::vector<std::string> terms_of(const spf::lint::TreeRecord& record) {
    std::vector<std::string> out;
    for (const auto& each : record.terms) out.push_back(term_of(each));
    return out;
}

}  // namespace

TEST_CASE("each record of the tree is in the result once, with the lookups of its terms",
          "[lint][tree][rfc7208-4.6.4]") {
    auto resolver = zone();
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", resolver);
    REQUIRE(lint.tree.size() == 5);
    using Terms = std::vector<std::string>;
    CHECK(lint.tree[0].domain == "example.com");
    CHECK(terms_of(lint.tree[0]) == Terms{"include:a.example 5", "mx 1", "include:b.example 3",
                                          "include:a.example 5", "include:bad.example 1",
                                          "include:%{i}.example 1"});
    CHECK(lint.dns_lookups == 16);  // the sum of these
    CHECK(lint.tree[1].domain == "a.example");
    CHECK(terms_of(lint.tree[1]) == Terms{"include:b.example 3", "exists:c.example 1"});
    CHECK(lint.tree[2].domain == "b.example");
    CHECK(terms_of(lint.tree[2]) == Terms{"a 1", "redirect=d.example 1"});
    CHECK(lint.tree[3].domain == "bad.example");
    CHECK(lint.tree[3].record.empty());  // it has a syntax error
    CHECK(lint.tree[4].record == "v=spf1 ip4:192.0.2.2 -all");
}

TEST_CASE("a term of the tree names the record to which it leads, and its place", "[lint][tree]") {
    auto resolver = zone();
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", resolver);
    for (const spf::lint::TreeRecord& record : lint.tree) {
        for (const spf::lint::TreeTerm& each : record.terms) {
            CHECK(record.record.substr(each.offset, each.cost.term.size()) == each.cost.term);
        }
    }
    REQUIRE_FALSE(lint.tree.empty());
    const auto& terms = lint.tree[0].terms;
    REQUIRE(terms.size() == 6);
    CHECK(terms[0].leads_to == 1);
    CHECK_FALSE(terms[1].leads_to);
    CHECK(terms[2].leads_to == 2);
    CHECK(terms[3].leads_to == 1);
    CHECK(terms[4].leads_to == 3);
    CHECK_FALSE(terms[5].leads_to);  // depends on the client
    CHECK(terms[5].cost.at_least);
}

TEST_CASE("a loop in the tree leads back to a record above", "[lint][tree][rfc7208-4.6.4]") {
    spf::ZoneResolver resolver;
    resolver.add_txt("example.com", "v=spf1 include:loop.example -all");
    resolver.add_txt("loop.example", "v=spf1 include:example.com -all");
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", resolver);
    REQUIRE(lint.tree.size() == 2);
    REQUIRE(lint.tree[1].terms.size() == 1);
    CHECK(lint.tree[1].terms[0].leads_to == 0);
    CHECK(lint.tree[1].terms[0].cost.dns_lookups == 1000);
}

TEST_CASE("a tree has no more terms than are asked for, and says how many it leaves out",
          "[lint][tree]") {
    auto resolver = zone();
    spf::lint::LintOptions options;
    options.most_terms = 7;
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", resolver, options);
    REQUIRE(lint.tree.size() == 5);
    CHECK(lint.tree[0].left_out == 0);
    CHECK(lint.tree[1].terms.size() == 1);
    CHECK(lint.tree[1].left_out == 1);
    CHECK(lint.tree[2].terms.empty());
    CHECK(lint.tree[2].left_out == 2);
    CHECK(lint.dns_lookups == 16);  // all terms are counted
}

TEST_CASE("a domain without a usable record has no tree", "[lint][tree]") {
    auto resolver = zone();
    CHECK(spf::lint::lint_domain("bad.example", resolver).tree.empty());
    CHECK(spf::lint::lint_domain("absent.example", resolver).tree.empty());
}
