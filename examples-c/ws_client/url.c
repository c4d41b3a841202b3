#include "url.h"
#include <stdio.h>
#include <string.h>

/* Copies `len` octets, if they fit with the end of a string. */
static int copy(char *to, size_t room, const char *from, size_t len)
{
    if (len == 0 || len >= room)
        return -1;
    memcpy(to, from, len);
    to[len] = '\0';
    return 0;
}

/* An IPv6 address has brackets, and colons within. Answers what follows the host. */
static const char *after_host(const char *host)
{
    size_t bracket = strcspn(host, "]/?");
    return host[bracket] == ']' ? host + bracket + 1 : host + strcspn(host, ":/?");
}

/* getaddrinfo() wants an IPv6 address without its brackets. */
static void strip_brackets(char *host)
{
    if (host[0] == '[') {
        memmove(host, host + 1, strlen(host));
        host[strcspn(host, "]")] = '\0';
    }
}

int url_parse(struct url *url, const char *text)
{
    const char *host, *end, *colon;
    memset(url, 0, sizeof *url);
    if (strncmp(text, "ws://", 5) != 0 || strchr(text, '#') != NULL)
        return -1;
    host = text + 5;
    end = host + strcspn(host, "/?");
    colon = after_host(host);
    if (copy(url->authority, sizeof url->authority, host, (size_t)(end - host)) != 0 ||
        copy(url->host, sizeof url->host, host, (size_t)(colon - host)) != 0)
        return -1;
    if (*colon != ':')
        strcpy(url->port, "80");
    else if (copy(url->port, sizeof url->port, colon + 1, (size_t)(end - colon - 1)) != 0)
        return -1;
    strip_brackets(url->host);
    snprintf(url->target, sizeof url->target, "%s%s", *end == '/' ? "" : "/", end);
    return strlen(end) + 1 < sizeof url->target ? 0 : -1;
}
