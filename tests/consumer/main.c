/* Prints the version of the library, if it is the one the header speaks of. */
#include <stdio.h>
#include <wireway.h>

int main(void)
{
    if (ww_version() != WW_VERSION_NUMBER) {
        fprintf(stderr, "header and library are of different versions\n");
        return 1;
    }
    printf("wireway %s\n", ww_version_text());
    return 0;
}
