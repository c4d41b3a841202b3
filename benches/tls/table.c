/* Lines of medians and ratios. */
#include "table.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *numbers, int count)
{
    qsort(numbers, (size_t)count, sizeof *numbers, ascending);
    return (numbers[(count - 1) / 2] + numbers[count / 2]) / 2;
}

/* The median of OpenSSL's time to wireway's in the same round, and its middle half. */
static void show_ratio(double *ratios, int count)
{
    double middle = median(ratios, count);
    printf("  %5.2f (%.2f-%.2f)", middle, ratios[count / 4], ratios[(count * 3 - 1) / 4]);
}

void show_heading(const struct server *const *servers)
{
    int s;
    printf("%-24s", "");
    for (s = 0; s < SERVERS; s++) printf(" %10s", servers[s]->name);
    printf(" %10s  OpenSSL to wireway: memory BIO, lean BIO\n", "libcrypto");
}

void show_line(const char *name, double times[TIMES][ROUNDS_MAX], int rounds)
{
    static double numbers[ROUNDS_MAX];
    int s, r;
    printf("%-24s", name);
    for (s = 0; s < TIMES; s++) {
        memcpy(numbers, times[s], sizeof *numbers * (size_t)rounds);
        printf(" %10.2f", median(numbers, rounds) / 1e3);
    }
    for (s = 1; s < SERVERS; s++) {
        for (r = 0; r < rounds; r++) numbers[r] = times[s][r] / times[0][r];
        show_ratio(numbers, rounds);
    }
    putchar('\n');
    fflush(stdout);
}
