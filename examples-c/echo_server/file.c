#define _POSIX_C_SOURCE 200809L
#include "file.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static ww_file whole = WW_FILE_INIT;
const ww_file *served_file;

int file_open(const char *path)
{
    struct stat about;
    int fd;
    if (path == NULL)
        return 0;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &about) != 0) {
        perror(path);
        return -1;
    }
    if (!S_ISREG(about.st_mode)) {
        fprintf(stderr, "%s: not a regular file\n", path);
        return -1;
    }
    whole.fd = fd;
    whole.len = (uint64_t)about.st_size;
    served_file = &whole;
    return 0;
}

void file_close(void)
{
    if (served_file != NULL)
        close((int)served_file->fd);
}
