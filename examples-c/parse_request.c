/* The codec alone: shows a request head as wireway reads it, or what is wrong with it.
 *
 *   parse_request [FILE]       without FILE: standard input
 *
 * No handle, no allocation: the octets, the table of fields and the scan are ours. The input is taken in small pieces to
 * show that nothing is read twice; the result never depends on the pieces. Ends with 0 when the head is good. */
#include <stdio.h>
#include <string.h>
#include <wireway.h>

enum { PIECE = 64, HEAD_MAX = 1 << 16, FIELDS_MAX = 100 };

static void show(const char *label, ww_span span)
{
    /* Safe on a terminal: what was parsed has no control characters but tabs. */
    printf("%-8s %.*s\n", label, WW_PRINTF(span));
}

static void show_flags(uint32_t flags)
{
    static const struct { uint32_t flag; const char *text; } names[] = {
        { WW_HEAD_HOST_REPEATED, "more than one Host: refuse it" },
        { WW_HEAD_LENGTH_REPEATED, "the same Content-Length again" },
        { WW_HEAD_LENGTH_DIFFERS, "Content-Lengths that differ: refuse it" },
        { WW_HEAD_LENGTH_INVALID, "a malformed Content-Length: refuse it" },
        { WW_HEAD_TE_CHUNKED, "the content is chunked" },
        { WW_HEAD_TE_OTHER, "a transfer coding other than chunked" },
        { WW_HEAD_TE_CHUNKED_AGAIN, "chunked is not the last coding, or named twice: refuse it" },
        { WW_HEAD_TE_INVALID, "a malformed Transfer-Encoding: refuse it" },
        { WW_HEAD_CONNECTION_CLOSE, "Connection: close" },
        { WW_HEAD_CONNECTION_KEEP_ALIVE, "Connection: keep-alive" },
        { WW_HEAD_UPGRADE_FIELD, "offers an upgrade" },
        { WW_HEAD_EXPECT_CONTINUE, "waits for 100 Continue" },
        { WW_HEAD_EXPECT_OTHER, "an unknown expectation" },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (flags & names[i].flag)
            printf("%-8s %s\n", "fact", names[i].text);
}

static void show_head(const ww_head *head)
{
    show("method", head->method);
    show("target", head->target);
    printf("%-8s HTTP/1.%d\n", "version", head->version_minor);
    for (size_t i = 0; i < head->field_count; i++) {
        const ww_field *field = &head->fields[i];
        printf("%-8s %.*s: ", "field", WW_PRINTF(field->name));
        printf("%.*s\n", WW_PRINTF(field->value));
    }
    if (head->content_length != WW_LENGTH_NONE)
        printf("%-8s %llu octets\n", "content", (unsigned long long)head->content_length);
    show_flags(head->flags);
    printf("%-8s %zu octets\n", "head", head->head_len);
}

static void show_error(const ww_scan *scan)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_scan_error(scan, &error);
    fprintf(stderr, "octet %llu: %s (%s, %s; answer with %d)\n", (unsigned long long)error.offset, error.reason,
            error.rule, ww_status_name(error.code), error.http_status);
}

static ww_status parse(FILE *in, ww_scan *scan, ww_head *head)
{
    static uint8_t octets[HEAD_MAX]; /* more than the default limits let a head have */
    static ww_field fields[FIELDS_MAX];
    size_t len = 0, got;
    ww_status status = WW_NEED_INPUT;
    while (status == WW_NEED_INPUT && len + PIECE <= HEAD_MAX && (got = fread(octets + len, 1, PIECE, in)) > 0) {
        len += got;
        status = ww_parse_request(octets, len, NULL, scan, fields, FIELDS_MAX, head);
    }
    return status;
}

static int usage(FILE *to, int status)
{
    fputs("usage: parse_request [FILE]\n", to);
    return status;
}

/* Answers the exit status where there is nothing to parse, or -1. */
static int check_arguments(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return usage(stdout, 0);
    return argc > 2 || (argc == 2 && argv[1][0] == '-') ? usage(stderr, 2) : -1;
}

int main(int argc, char **argv)
{
    const int ended = check_arguments(argc, argv);
    if (ended >= 0)
        return ended;
    FILE *in = argc > 1 ? fopen(argv[1], "rb") : stdin;
    if (in == NULL) {
        perror(argv[1]);
        return 2;
    }
    ww_scan scan = WW_SCAN_INIT;
    ww_head head;
    ww_status status = parse(in, &scan, &head);
    if (status == WW_OK)
        show_head(&head);
    else if (status == WW_NEED_INPUT)
        fprintf(stderr, "the input ends within the head\n");
    else
        show_error(&scan);
    if (in != stdin)
        fclose(in);
    return status == WW_OK ? 0 : 1;
}
