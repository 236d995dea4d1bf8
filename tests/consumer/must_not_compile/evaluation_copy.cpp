// An Evaluation is a check in progress, so it can be moved, but not copied.
// error: deleted
#include <utility>

#include <spf/evaluation/evaluation.hpp>

bool finish(spf::Evaluation evaluation) {
#ifdef MISUSE
    const spf::Evaluation other = evaluation;
#else
    const spf::Evaluation other = std::move(evaluation);
#endif
    return other.done();
}
