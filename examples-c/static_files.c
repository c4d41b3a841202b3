/* Files of a folder as browsers want them: with types, in ranges, and only when they have changed.
 *
 *   static_files FOLDER [ADDRESS:PORT]
 *
 * `/` and `/folder/` are their index.html. A name that begins with a dot is not served. Symbolic links are followed. */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wireway.h>

#define RESPOND(...) ww_server_respond(server, event->conn, &(ww_response){ .size = sizeof(ww_response), __VA_ARGS__ })

static const char *const types[][2] = {
    { ".html", "text/html; charset=utf-8" }, { ".css", "text/css; charset=utf-8" }, { ".js", "text/javascript; charset=utf-8" },
    { ".json", "application/json" }, { ".svg", "image/svg+xml" }, { ".png", "image/png" }, { "", "application/octet-stream" },
};

static const char *const usage = "usage: static_files FOLDER [ADDRESS:PORT]\n";

static ww_span type_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    size_t i = 0;
    while (*types[i][0] != '\0' && (dot == NULL || strcmp(dot, types[i][0]) != 0))
        i++;
    return ww_span_from(types[i][1]);
}

/* Opens what a target means. No part of its path begins with a dot, so that none leads out of the folder. -1: there is no such file. */
static int open_target(const ww_head *head, int folder, char path[4096])
{
    ww_target target = WW_TARGET_INIT;
    size_t len = 0, bad;
    *path = '.'; /* before the slash */
    if (ww_target_split(head->method, head->target, &target) != WW_OK || target.path.len == 0 || *target.path.data != '/' ||
        ww_percent_decode(target.path, WW_DECODE_LENIENT, (uint8_t *)path + 1, 4000, &len, &bad) != WW_OK)
        return -1;
    strcpy(path + 1 + len, path[len] == '/' ? "index.html" : "");
    /* What is behind a decoded NUL would be lost. A FIFO is not waited for. */
    return strlen(path) <= len || strstr(path, "/.") != NULL ? -1 : openat(folder, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

static void on_request(ww_server *server, const ww_event *event, int folder)
{
    static const ww_field allow = WW_FIELD("Allow", "GET, HEAD");
    const int reads = event->head->method_id == WW_METHOD_GET || event->head->method_id == WW_METHOD_HEAD;
    char path[4096], etag[64];
    struct stat about;
    const int fd = reads ? open_target(event->head, folder, path) : -1;
    if (fd < 0 || fstat(fd, &about) != 0 || !S_ISREG(about.st_mode))
        RESPOND(.status = reads ? 404 : 405, .fields = &allow, .field_count = !reads);
    else {
        snprintf(etag, sizeof etag, "\"%llx.%lx-%llx\"", (long long)about.st_mtim.tv_sec, about.st_mtim.tv_nsec, (long long)about.st_size);
        const ww_file_response file = { .size = sizeof file, .fd = fd, .len = (uint64_t)about.st_size, .token = (uint64_t)fd,
                                        .content_type = type_of(path), .etag = ww_span_from(etag), .last_modified = about.st_mtim.tv_sec };
        if (ww_server_respond_file(server, event->conn, event->head, &file) == WW_OK)
            return; /* it is closed when it is released */
    }
    if (fd >= 0)
        close(fd);
}

/* Answers the exit status where there is no server, or -1. */
static int open_server(int argc, char **argv, ww_server **server, int *folder)
{
    const char *address = argc == 3 ? argv[2] : "127.0.0.1:8080";
    ww_error_info error = { .size = sizeof error, .reason = "FOLDER is to be a folder" };
    char name[128];
    size_t len;
    *folder = argc == 2 || argc == 3 ? open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    ww_status status = *folder < 0 ? WW_E_ARGUMENT : ww_server_new(NULL, server, &error);
    if (status == WW_OK && (status = ww_server_listen(*server, address, &error)) == WW_OK)
        status = ww_server_address(*server, 0, name, sizeof name, &len);
    if (status == WW_OK)
        return dprintf(1, "listening on %s\n", name) < 0 ? 1 : -1;
    fprintf(stderr, "%s: %s\n%s", address, error.reason, status == WW_E_ARGUMENT ? usage : "");
    return status == WW_E_ARGUMENT ? 2 : 1;
}

int main(int argc, char **argv)
{
    ww_server *server = NULL;
    ww_event event;
    int folder;
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return fputs(usage, stdout) < 0;
    const int ended = open_server(argc, argv, &server, &folder);
    while (ended < 0 && ww_server_next(server, &event, -1) == WW_OK)
        if (event.kind == WW_EVENT_REQUEST)
            on_request(server, &event, folder);
        else if (event.kind == WW_EVENT_RELEASED)
            close((int)event.token);
    ww_server_free(server);
    return ended < 0 ? 1 : ended; /* it serves until it fails */
}
