/* The header alone, twice: what it needs it includes, and a second inclusion changes nothing. */
#include "wireway.h"
#include "wireway.h"

#if WW_VERSION_NUMBER < 0x00010000u
#error "WW_VERSION_NUMBER is no number for the preprocessor"
#endif

/* Initialisers of literals are constant expressions, and need no code at the start of the program. */
static const ww_span texts[] = { WW_LIT("one"), WW_LIT("") };
static const ww_field fields[] = { WW_FIELD("A", "1"), { WW_LIT("B"), WW_LIT("2"), 0, 0, 0 } };

size_t header_sizes(const char *text);
size_t header_sizes(const char *text)
{
    ww_response response = WW_RESPONSE_INIT;
    response.content = ww_span_from(text);
    response.fields = fields;
    response.field_count = sizeof fields / sizeof *fields;
    return response.content.len + texts[0].len + response.fields[1].value.len;
}
