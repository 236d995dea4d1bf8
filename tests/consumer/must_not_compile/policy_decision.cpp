// A decision is part of its Policy, so a reference to a decision of a temporary Policy is refused.
// error: deleted
#include <spf/policy/policy.hpp>

spf::Policy make_policy();

spf::Result result_of_some_policy(spf::IpAddress client) {
#ifdef MISUSE
    const spf::PolicyDecision& decision = make_policy().check(client);
#else
    const spf::Policy policy = make_policy();
    const spf::PolicyDecision& decision = policy.check(client);
#endif
    return decision.result;
}
