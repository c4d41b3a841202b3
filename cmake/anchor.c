/* CMake wants a source in every library; this one has the user's compiler read the header. */
#include "wireway.h"
