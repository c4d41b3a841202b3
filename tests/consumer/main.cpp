/* main.c in C++, by the C++ header. */
#include <cstdio>
#include <wireway/wireway.hpp>

int main()
{
    if (wireway::library_version() != WW_VERSION_NUMBER) {
        std::fprintf(stderr, "header and library are of different versions\n");
        return 1;
    }
    std::printf("wireway %s\n", wireway::library_version_text());
    return 0;
}
