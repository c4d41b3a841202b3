/* A request by its target: the path in decoded segments, the query in decoded pairs. */
#include <wireway.h>
#include <stdio.h>
#include <string.h>

/* One segment, name or value. A NUL in it would end a C text early, so here it is refused. */
static int print_decoded(ww_span text, uint32_t flags)
{
    uint8_t out[256];
    size_t n;
    if (ww_percent_decode(text, flags, out, sizeof out, &n, NULL) != WW_OK || memchr(out, '\0', n) != NULL) return 0;
    printf("%.*s\n", (int)n, (const char *)out);
    return 1;
}

/* First split, then decode: %2F is no slash that separates. */
static int print_path(ww_span path)
{
    while (path.len > 0) {
        const uint8_t *start = path.data + 1, *end = memchr(start, '/', path.len - 1);
        ww_span segment;
        segment.data = start;
        segment.len = end == NULL ? path.len - 1 : (size_t)(end - start);
        if (!print_decoded(segment, 0)) return 0;
        path.data = start + segment.len;
        path.len -= 1 + segment.len;
    }
    return 1;
}

static int print_query(ww_span query)
{
    ww_pairs pairs = WW_PAIRS_INIT(query);
    ww_span name, value;
    while (ww_form_next(&pairs, &name, &value) == WW_OK)
        if (!print_decoded(name, WW_DECODE_FORM) || !print_decoded(value, WW_DECODE_FORM)) return 0;
    return 1;
}

/* Answers the status to respond with. */
int route(const ww_head *head)
{
    ww_target target = WW_TARGET_INIT;
    if (ww_target_split(head->method, head->target, &target) != WW_OK) return 400;
    if (target.path.len == 0 || target.path.data[0] != '/') return 404; /* of CONNECT, or `*` */
    return print_path(target.path) && print_query(target.query) ? 200 : 400;
}
