// How time grows with what an attacker controls. A straight line is fitted to the points by least
// squares of the relative deviations, so small points count as much as large ones.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "cases.hpp"
#include "figures.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/record/parse.hpp"

namespace bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Point {
    double x = 0;
    std::function<void()> work;
    unsigned batch = 1;
    double ns = std::numeric_limits<double>::infinity();  ///< the shortest time so far
};

struct Curve {
    std::string key;
    std::string label;
    std::string unit;
    std::vector<Point> points;
    double bound = 0;   ///< the allowed maximum of steepness()
    double square = 0;  ///< what steepness() would be for quadratic cost
};

double time_once(const Point& point) {
    const auto begin = Clock::now();
    for (unsigned i = 0; i < point.batch; ++i) point.work();
    const std::chrono::duration<double, std::nano> taken = Clock::now() - begin;
    return taken.count() / point.batch;
}

/// Measures the points in turn, again and again, so that noise affects all of them alike.
void measure(Curve& curve, unsigned repetitions) {
    for (Point& point : curve.points) {
        point.work();
        while (time_once(point) * point.batch < 200'000 && point.batch < 1U << 20U)
            point.batch *= 2;
    }
    for (unsigned i = 0; i < repetitions; ++i) {
        for (Point& point : curve.points) point.ns = std::min(point.ns, time_once(point));
    }
}

struct Line {
    double slope = 0;
    double intercept = 0;
    double r_squared = 0;
    double max_deviation = 0;  ///< relative to the measured time
};

Line fit(const std::vector<Point>& points) {
    double w = 0, wx = 0, wy = 0, wxx = 0, wxy = 0;
    for (const Point& p : points) {
        const double weight = 1 / (p.ns * p.ns);
        w += weight;
        wx += weight * p.x;
        wy += weight * p.ns;
        wxx += weight * p.x * p.x;
        wxy += weight * p.x * p.ns;
    }
    Line line;
    line.slope = (w * wxy - wx * wy) / (w * wxx - wx * wx);
    line.intercept = (wy - line.slope * wx) / w;
    double residual = 0, total = 0;
    for (const Point& p : points) {
        const double off = line.intercept + line.slope * p.x - p.ns;
        residual += off * off / (p.ns * p.ns);
        total += (p.ns - wy / w) * (p.ns - wy / w) / (p.ns * p.ns);
        line.max_deviation = std::max(line.max_deviation, std::abs(off) / p.ns);
    }
    line.r_squared = 1 - residual / total;
    return line;
}

/// Returns the time per unit at the last point divided by the time per unit at the point with the
/// index points.size() / 3. The result is 1 for a straight line through the origin, less than 1 if
/// there is a constant part, and the ratio of both sizes for quadratic cost.
double steepness(const std::vector<Point>& points) {
    const Point& middle = points[points.size() / 3];
    const Point& last = points.back();
    return last.ns / last.x / (middle.ns / middle.x);
}

std::function<void()> parsing(const std::string& text) {
    return [text] { benchmark::DoNotOptimize(spf::parse_record(text)); };
}

std::function<void()> checking(const Case& made, bool preparse) {
    struct State {
        Case made;
        spf::ZoneResolver zone;
        spf::Evaluation evaluation{};
    };
    const auto state = std::make_shared<State>(State{made, made.resolver(preparse)});
    return [state] {
        state->evaluation.reset(state->made.request());
        while (!state->evaluation.done()) {
            state->evaluation.answer(state->zone.borrow(state->evaluation.pending()));
        }
        benchmark::DoNotOptimize(state->evaluation.outcome().result);
    };
}

/// Returns a curve with points at 128, 256, ... 65536 octets.
template <class Work>
Curve by_octets(std::string key, std::string label, Work work) {
    Curve curve{std::move(key), std::move(label), "octet", {}, 6, 64};
    for (std::size_t size = 128; size <= 65536; size *= 2) {
        curve.points.push_back({static_cast<double>(size), work(size)});
    }
    return curve;
}

template <class Work>
Curve by_includes(std::string key, std::string label, Work work) {
    Curve curve{std::move(key), std::move(label), "include", {}, 1.8, 9.0 / 4};
    for (std::size_t count = 1; count <= 9; ++count) {
        curve.points.push_back({static_cast<double>(count), work(count)});
    }
    return curve;
}

std::vector<Curve> curves() {
    std::vector<Curve> all;
    for (const NamedShape& shape : shapes()) {
        all.push_back(by_octets("parse_" + std::string{shape.key}, std::string{shape.label},
                                [&](std::size_t size) { return parsing(shape.make(size)); }));
    }
    all.push_back(by_octets("evaluate_ip4", "evaluate ip4 terms",
                            [](std::size_t size) { return checking(long_record(size), true); }));
    all.push_back(by_octets("evaluate_ip4_parsing", "parse and evaluate ip4 terms",
                            [](std::size_t size) { return checking(long_record(size), false); }));
    all.push_back(by_includes("includes", "evaluate includes",
                              [](std::size_t count) { return checking(includes(count), true); }));
    all.push_back(by_includes("includes_parsing", "parse and evaluate includes",
                              [](std::size_t count) { return checking(includes(count), false); }));
    all.push_back(by_includes("nested_includes", "evaluate nested includes", [](std::size_t count) {
        return checking(nested_includes(count), true);
    }));
    return all;
}

}  // namespace

Figures measure_growth(unsigned repetitions) {
    Figures figures;
    for (Curve& curve : curves()) {
        measure(curve, repetitions);
        const Line line = fit(curve.points);
        Figures row{{"label", curve.label},
                    {"unit", curve.unit},
                    {"slope_ns", line.slope},
                    {"intercept_ns", line.intercept},
                    {"r_squared", line.r_squared},
                    {"max_deviation", line.max_deviation},
                    {"steepness", steepness(curve.points)},
                    {"steepness_bound", curve.bound},
                    {"steepness_of_square", curve.square}};
        for (const Point& point : curve.points) row["points"].push_back({point.x, point.ns});
        figures[curve.key] = std::move(row);
    }
    return figures;
}

bool grows_linearly(const Figures& growth, std::ostream& out) {
    bool all = true;
    for (const auto& [key, row] : growth.items()) {
        const double steepness = row["steepness"];
        const bool good = steepness <= row["steepness_bound"].get<double>();
        all = all && good;
        out << (good ? "  fine  " : "  STEEP ") << key << ": cost per "
            << row["unit"].get<std::string>() << " grows by a factor of " << steepness << " (bound "
            << row["steepness_bound"] << ", a square " << row["steepness_of_square"] << ")\n";
    }
    return all;
}

}  // namespace bench
