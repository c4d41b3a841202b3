/* The parts of the test of TLS configs. They run in the root of the sources. */
#ifndef TEST_TLS_CONFIG_H
#define TEST_TLS_CONFIG_H
#include "../harness.h"

#define FILES "tests/tls/"
#define GOOD_FILES WW_TLS_CERTIFICATE_FILES(FILES "server.pem", FILES "server.key")
extern const ww_tls_certificate GOOD;

/* A server's options but for these the defaults. */
ww_tls_options server(const ww_tls_certificate *certificates, size_t count);
/* The file as a span, valid until the load after the next. */
ww_span load(const char *path);
/* Refused with this status, about this certificate, and nothing was made. */
void refuse(const ww_tls_options *options, ww_status status, unsigned index);

void bad_material(void);
void the_place_of_an_error(void);
void bad_arguments(void);
void bad_options(void);
void swap(void);
void threads(void);
void key_log(void);

#endif
