#include "options.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int parse_number(const char *text, uint64_t least, uint64_t most, uint64_t *out)
{
    char *end;
    errno = 0;
    *out = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && errno == 0 && *out >= least && *out <= most ? 0 : -1;
}

static int take_rule(struct rules *rules, const char *name, const char *value)
{
    if (strcmp(name, "--delay-ms") == 0)
        return parse_number(value, 0, UINT32_MAX, &rules->delay_ms);
    if (strcmp(name, "--trickle") == 0)
        return parse_number(value, 1, UINT32_MAX, &rules->trickle);
    if (strcmp(name, "--cut-after") == 0)
        return parse_number(value, 0, INT64_MAX, &rules->cut_after);
    return strcmp(name, "--reset-after") == 0 ? parse_number(value, 0, INT64_MAX, &rules->reset_after) : -1;
}

/* The option is for the directions `first` to `last`. Answers how many arguments it takes, or 0. */
static int take(struct options *options, char **argv, int first, int last)
{
    const char *const name = argv[0], *const value = argv[1];
    int failed = 0;
    if (strcmp(name, "--half-close-drop") == 0) {
        for (int i = first; i <= last; i++)
            options->rules[i].half_close_drop = 1;
        return 1;
    }
    if (value == NULL)
        return 0;
    if (strcmp(name, "--listen") == 0)
        options->listen = value;
    else if (strcmp(name, "--to") == 0)
        options->to = value;
    else if (strcmp(name, "--seed") == 0)
        failed = parse_number(value, 1, UINT64_MAX, &options->seed);
    else
        for (int i = first; i <= last; i++)
            failed |= take_rule(&options->rules[i], name, value);
    return failed ? 0 : 2;
}

int options_parse(struct options *options, int argc, char **argv)
{
    int first = FROM_CLIENT, last = FROM_SERVER, taken = 1;
    memset(options, 0, sizeof *options);
    for (int i = FROM_CLIENT; i <= FROM_SERVER; i++)
        options->rules[i].cut_after = options->rules[i].reset_after = UINT64_MAX;
    for (int i = 1; i < argc && taken > 0; i += taken) {
        if (strcmp(argv[i], "--up") == 0)
            first = last = FROM_CLIENT, taken = 1;
        else if (strcmp(argv[i], "--down") == 0)
            first = last = FROM_SERVER, taken = 1;
        else
            taken = take(options, argv + i, first, last);
    }
    return taken > 0 && options->listen != NULL && options->to != NULL ? 0 : -1;
}

int options_usage(FILE *to, int status)
{
    fputs("usage: mangler --listen ADDRESS --to ADDRESS [--seed N] [[--up|--down] [--delay-ms N] [--trickle OCTETS]\n"
          "       [--cut-after OCTETS] [--reset-after OCTETS] [--half-close-drop]]...\n", to);
    return status;
}
