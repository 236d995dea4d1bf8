// An Evaluation has a check in progress: it can be moved, but not copied.
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
