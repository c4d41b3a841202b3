/* ws://host[:port][/path][?query] */
#ifndef URL_H
#define URL_H

struct url {
    char host[256], port[6];
    char authority[264]; /* host, and the port where it is not 80 */
    char target[1024];   /* path and query */
};

/* Answers 0, or -1 for anything else. There is no TLS here, so no wss. */
int url_parse(struct url *url, const char *text);

#endif
