// Benchmarks of parsing, evaluation and lint. Google Benchmark runs the repetitions of all
// benchmarks in random order. So a busy moment of the machine affects both sides of a ratio.

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <benchmark/benchmark.h>

#include "cases.hpp"
#include "figures.hpp"
#include "floor.hpp"
#include "libspf2.hpp"
#include "memory.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/lint/lint.hpp"
#include "spf/policy/cache.hpp"
#include "spf/policy/policy.hpp"
#include "spf/record/parse.hpp"
#include "spf/report/received_spf.hpp"

namespace bench {
namespace {

/// Collects the time per iteration of every repetition, and prints nothing.
class Collector : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            if (run.run_type != Run::RT_Iteration || run.error_occurred) continue;
            times_[run.run_name.function_name].push_back(run.GetAdjustedCPUTime());
        }
    }
    [[nodiscard]] const std::vector<double>* of(const std::string& name) const {
        const auto found = times_.find(name);
        return found == times_.end() ? nullptr : &found->second;
    }

private:
    std::map<std::string, std::vector<double>> times_;
};

/// Registers a benchmark. `work` is timed repeatedly; if it returns false, the benchmark ends with
/// an error.
template <class Work>
void add(const std::string& name, Work work) {
    benchmark::RegisterBenchmark(name.c_str(), [work](benchmark::State& state) mutable {
        bool good = work() && work();
        for (auto _ : state) good = work() && good;
        if (!good) state.SkipWithError("wrong result");
    });
}

/// Runs one case with this library in several ways. Except in run_afresh(), the Evaluation is
/// reused.
class OurCheck {
public:
    OurCheck(const Case& made, bool preparse, spf::Options options = {})
        : case_(made),
          request_(case_.request()),
          options_(options),
          zone_(made.resolver(preparse)) {}
    OurCheck(const OurCheck&) = delete;
    OurCheck& operator=(const OurCheck&) = delete;

    bool run() {
        evaluation_.reset(request_, options_);
        return finish(evaluation_);
    }
    bool run_afresh() {
        spf::Evaluation fresh{request_, options_};
        return finish(fresh);
    }
    bool run_blocking() { return passed(spf::check_host(evaluation_, request_, zone_, options_)); }
    bool run_with_field() {
        if (!run()) return false;
        benchmark::DoNotOptimize(spf::report::received_spf("", evaluation_.outcome()));
        return true;
    }

private:
    bool finish(spf::Evaluation& evaluation) {
        while (!evaluation.done()) evaluation.answer(zone_.borrow(evaluation.pending()));
        return passed(evaluation.outcome());
    }
    static bool passed(const spf::Outcome& outcome) noexcept {
        return outcome.result == spf::Result::pass;
    }

    Case case_;
    spf::Request request_;
    spf::Options options_;
    spf::ZoneResolver zone_;
    spf::Evaluation evaluation_;
};

/// Checks the case with three includes with a compiled Policy. This is the cost of a later message
/// from a domain with much mail.
class OurPolicy {
public:
    OurPolicy() : client_(made_.request().ip), zone_(made_.resolver(true)) {
        auto policy = spf::Policy::compile("example.com", zone_);
        if (policy) policy_.emplace(*std::move(policy));
    }
    OurPolicy(const OurPolicy&) = delete;
    OurPolicy& operator=(const OurPolicy&) = delete;

    bool run() {
        benchmark::DoNotOptimize(client_);
        return policy_ && policy_->check(client_).result == spf::Result::pass;
    }

private:
    Case made_ = includes(3);
    spf::IpAddress client_;
    spf::ZoneResolver zone_;
    std::optional<spf::Policy> policy_;
};

/// Checks the same case with a PolicyCache, as in a server: from the request to the Outcome, whose
/// object is reused.
class OurKeptPolicy {
public:
    OurKeptPolicy() : request_(made_.request()), zone_(made_.resolver(true)), policies_(answers_) {
        for (int i = 0; i < 3; ++i) (void)spf::check_host(request_, zone_, policies_);
    }
    OurKeptPolicy(const OurKeptPolicy&) = delete;
    OurKeptPolicy& operator=(const OurKeptPolicy&) = delete;

    bool run() {
        return policies_.check(request_, {}, outcome_) && outcome_.result == spf::Result::pass;
    }

private:
    Case made_ = includes(3);
    spf::Request request_;
    spf::ZoneResolver zone_;
    spf::AnswerCache answers_;
    spf::PolicyCache policies_;
    spf::Outcome outcome_;
};

bool parses(const std::string& text) {
    auto record = spf::parse_record(text);
    benchmark::DoNotOptimize(record);
    return record.has_value();
}

/// A record that lint() examines, and the number of its findings. Their messages are not rendered.
struct Linted {
    const char* key;
    const char* label;
    std::string_view text;
    std::size_t findings;

    [[nodiscard]] bool run() const { return spf::lint::lint(text).size() == findings; }
};
constexpr std::array<Linted, 2> linted{{
    {"clean", "nothing to find",
     "v=spf1 mx ip4:192.0.2.0/24 ip6:2001:db8::/32 include:_spf.example.com a:mail.example.com "
     "~all",
     0},
    {"five_findings", "five findings",
     "v=spf1 ip:192.0.2.1 ip4:10.0.0.0/8 a:_spf.google.com include:a.example. ip4:192.0.2.0/33 "
     "-all",
     5},
}};

/// A way to run the case with three includes. Each way differs from the first one in one thing,
/// which shows the cost of this thing.
struct Variant {
    const char* key;
    const char* label;
    bool (OurCheck::*run)();
    spf::Options options;
};
std::vector<Variant> variants() {
    return {{"reused", "three includes, as above", &OurCheck::run, {}},
            {"fresh", "a new Evaluation each time", &OurCheck::run_afresh, {}},
            {"blocking", "check_host(), the loop over a Resolver", &OurCheck::run_blocking, {}},
            {"hints", "with hints", &OurCheck::run, {.limits = {}, .hints = true}},
            {"trace", "with trace", &OurCheck::run, {.limits = {}, .trace = true}},
            {"received_spf", "with its Received-SPF field", &OurCheck::run_with_field, {}}};
}

void register_all() {
    for (const Text& text : texts()) {
        add("parse/" + text.key + "/ours", [text] { return parses(text.text); });
        if (!have_libspf2()) continue;
        const auto theirs = std::make_shared<TheirParser>(text.text);
        if (theirs->run())
            add("parse/" + text.key + "/libspf2", [theirs] { return theirs->run(); });
    }
    for (const Case& made : cases()) {
        const std::string prefix = "evaluate/" + made.key;
        for (const bool preparse : {true, false}) {
            const auto ours = std::make_shared<OurCheck>(made, preparse);
            add(prefix + (preparse ? "/ours" : "/ours_parsing"), [ours] { return ours->run(); });
        }
        if (made.with_floor) {
            const auto floor = std::make_shared<Floor>(made);
            add(prefix + "/floor", [floor] { return floor->run(); });
            add(prefix + "/floor_with_zone", [floor] { return floor->run_with_zone(); });
        }
        if (!have_libspf2()) continue;
        for (const bool cached : {false, true}) {
            const auto theirs = std::make_shared<TheirCheck>(made, cached);
            add(prefix + (cached ? "/libspf2_cached" : "/libspf2"),
                [theirs] { return theirs->run(); });
        }
    }
    const auto policy = std::make_shared<OurPolicy>();
    add("policy/three_includes/ours", [policy] { return policy->run(); });
    const auto kept = std::make_shared<OurKeptPolicy>();
    add("policy/kept/ours", [kept] { return kept->run(); });
    for (const Linted& each : linted) {
        add(std::string{"lint/"} + each.key + "/ours", [each] { return each.run(); });
    }
    for (const Variant& variant : variants()) {
        const auto ours = std::make_shared<OurCheck>(cases()[1], true, variant.options);
        add(std::string{"around/"} + variant.key + "/ours",
            [ours, run = variant.run] { return (*ours.*run)(); });
    }
}

/// Adds the times of the benchmark `<prefix>/<side>` to a row: the shortest time as `<side>_ns`,
/// and all of them under "runs". Returns the shortest time; nothing if the benchmark did not run.
std::optional<double> put(Figures& row, const Collector& times, const std::string& prefix,
                          const std::string& side) {
    const std::vector<double>* const found = times.of(prefix + '/' + side);
    if (found == nullptr) return std::nullopt;
    const double best = *std::min_element(found->begin(), found->end());
    row[side + "_ns"] = best;
    row["runs"][side] = *found;
    return best;
}

void put_ratio(Figures& row, const char* key, std::optional<double> above,
               std::optional<double> below) {
    if (above && below) row[key] = *above / *below;
}

Figures parse_row(const Text& text, const Collector& times) {
    const std::string prefix = "parse/" + text.key;
    Figures row{{"label", text.label}, {"octets", text.text.size()}};
    const auto ours = put(row, times, prefix, "ours");
    const auto theirs = put(row, times, prefix, "libspf2");
    if (ours) row["ours_bytes_per_second"] = static_cast<double>(text.text.size()) / *ours * 1e9;
    row["allocations"] =
        allocations_per_call([&] { parses(text.text); }, text.text.size() > 1000 ? 4 : 64);
    if (have_libspf2()) row["libspf2_accepts"] = TheirParser{text.text}.run();
    put_ratio(row, "libspf2_over_ours", theirs, ours);
    return row;
}

Figures evaluate_row(const Case& made, const Collector& times) {
    const std::string prefix = "evaluate/" + made.key;
    Figures row{{"label", made.label}, {"questions", Floor{made}.lookups()}};
    const auto ours = put(row, times, prefix, "ours");
    const auto parsing = put(row, times, prefix, "ours_parsing");
    const auto theirs = put(row, times, prefix, "libspf2");
    const auto cached = put(row, times, prefix, "libspf2_cached");
    const auto floor = put(row, times, prefix, "floor");
    const auto zone = put(row, times, prefix, "floor_with_zone");
    OurCheck check{made, true};
    OurCheck parsing_check{made, false};
    row["allocations"] = allocations_per_call([&] { check.run(); });
    row["allocations_parsing"] = allocations_per_call([&] { parsing_check.run(); });
    // The ratios use the faster of libspf2's two times, without and with its cache.
    const auto best = cached.value_or(0) < theirs.value_or(0) ? cached : theirs;
    put_ratio(row, "libspf2_over_ours", best, ours);
    put_ratio(row, "libspf2_over_ours_parsing", best, parsing);
    put_ratio(row, "ours_over_floor", ours, floor);
    put_ratio(row, "ours_over_floor_with_zone", ours, zone);
    return row;
}

/// Returns the row of a compiled policy, with ratios to other ways to do the same check.
template <class Ours>
Figures policy_row(const std::string& key, const char* label, const Collector& times) {
    Figures row{{"label", label}};
    const auto ours = put(row, times, "policy/" + key, "ours");
    const std::string evaluated = "evaluate/three_includes";
    const auto cached = put(row, times, evaluated, "libspf2_cached");
    const auto floor = put(row, times, evaluated, "floor");
    Ours policy;
    row["allocations"] = allocations_per_call([&] { policy.run(); });
    put_ratio(row, "libspf2_cached_over_ours", cached, ours);
    put_ratio(row, "floor_over_ours", floor, ours);
    return row;
}

}  // namespace

Figures measure_speed(std::span<char*> arguments) {
    int count = static_cast<int>(arguments.size());
    benchmark::Initialize(&count, arguments.data());
    register_all();
    Collector times;
    benchmark::RunSpecifiedBenchmarks(&times);

    Figures figures;
    const auto keep = [&figures](const char* section, const std::string& key, Figures row) {
        if (row.contains("runs"))
            figures[section][key] = std::move(row);  // otherwise --benchmark_filter excluded it
    };
    for (const Text& text : texts()) keep("parse", text.key, parse_row(text, times));
    for (const Case& made : cases()) keep("evaluate", made.key, evaluate_row(made, times));
    keep("policy", "three_includes",
         policy_row<OurPolicy>("three_includes", "Policy::check()", times));
    keep("policy", "kept", policy_row<OurKeptPolicy>("kept", "PolicyCache::check()", times));
    for (const Linted& each : linted) {
        Figures row{{"label", each.label}, {"octets", each.text.size()}};
        put(row, times, std::string{"lint/"} + each.key, "ours");
        row["allocations"] = allocations_per_call([&] { (void)each.run(); });
        keep("lint", each.key, std::move(row));
    }
    std::optional<double> plain;
    for (const Variant& variant : variants()) {
        Figures row{{"label", variant.label}};
        const auto ours = put(row, times, std::string{"around/"} + variant.key, "ours");
        if (!plain) plain = ours;
        OurCheck check{cases()[1], true, variant.options};
        row["allocations"] = allocations_per_call([&] { (check.*variant.run)(); });
        put_ratio(row, "ours_over_reused", ours, plain);
        keep("around", variant.key, std::move(row));
    }
    return figures;
}

bool results_agree(std::ostream& out) {
    bool all = true;
    const auto expect = [&](bool good, const std::string& what) {
        if (!good) out << "bench: " << what << "\n";
        all = all && good;
    };
    for (const Text& text : texts()) {
        expect(parses(text.text), text.key + ": not parsed");
        // libspf2 may refuse the hostile texts.
        if (!have_libspf2() || text.text.size() > 1000) continue;
        expect(TheirParser{text.text}.run(), text.key + ": libspf2 does not accept it");
    }
    for (const NamedShape& shape : shapes()) {
        for (const std::size_t size : {128U, 65536U}) {
            expect(parses(shape.make(size)) == shape.valid,
                   std::string{shape.key} + ": not as it should be");
        }
    }
    for (const Linted& each : linted)
        expect(each.run(), std::string{"lint "} + each.key + ": not as many findings");
    expect(OurPolicy{}.run(), "policy: no pass");
    expect(OurKeptPolicy{}.run(), "policy: none is kept");
    std::vector<Case> checks = cases();
    checks.insert(checks.end(),
                  {includes(9), nested_includes(9), long_record(128), long_record(65536)});
    for (const Case& made : checks) {
        expect(OurCheck{made, true}.run(), made.key + ": no pass");
        expect(OurCheck{made, false}.run(), made.key + ": no pass when parsed each time");
        expect(OurCheck{made, true}.run_blocking(), made.key + ": no pass from check_host()");
        if (made.with_floor) {
            Floor floor{made};
            expect(floor.run() && floor.run_with_zone(), made.key + ": the floor finds no match");
        }
        for (const bool cached : {false, true}) {
            if (!have_libspf2() || made.key == "long_65536") continue;
            TheirCheck theirs{made, cached};
            expect(theirs.run() && theirs.run(),
                   made.key +
                       (cached ? ": no pass from libspf2 with cache" : ": no pass from libspf2"));
        }
    }
    return all;
}

}  // namespace bench
