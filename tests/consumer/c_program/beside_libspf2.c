/* Both headers in one file: no name of ours is one of libspf2's. */
#include <netinet/in.h>
#include <spf/c.h>
#include <spf2/spf.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/types.h>

int result_of_both(void);
int result_of_both(void) { return SPF_RESULT_PASS + SPFC_RESULT_PASS + SPF_VERSION; }
