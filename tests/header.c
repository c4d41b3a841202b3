/* The header alone, twice: what it needs it includes, and a second inclusion changes nothing. */
#include "wireway.h"
#include "wireway.h"

#if WW_VERSION_NUMBER < 0x00010000u
#error "WW_VERSION_NUMBER is no number for the preprocessor"
#endif
