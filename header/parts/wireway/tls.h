/*
 * wireway/tls.h: certificates and other settings of TLS, what a handshake agreed on, and TLS alone as a byte pump.
 *
 * TLS lies under a connection by one pointer, `tls` of its config or of a listener:
 *
 *     const ww_tls_certificate certificate = WW_TLS_CERTIFICATE_FILES("chain.pem", "key.pem");
 *     ww_tls_options options = WW_TLS_OPTIONS_INIT;
 *     options.certificates = &certificate;
 *     options.certificate_count = 1;
 *     ww_tls_config_new(&options, &tls, &error);
 *     ww_server_listen_tls(server, ":8443", tls, &error);
 *
 * In order: a config, for each listener or client connection; later ww_tls_config_swap() when certificates were
 * renewed. For a protocol of your own over TLS there is ww_tls, at the end of this part.
 */
#ifndef WIREWAY_TLS_H
#define WIREWAY_TLS_H

#include "base.h"
#include "config.h"
#include "conn.h"
#include "server.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Configs --------------------------------------------------------------------------------------------------- */

@ww_tls_certificate
@WW_TLS_CERTIFICATE_INIT
/** A certificate in two files, as the initialiser of a ww_tls_certificate. */
#define WW_TLS_CERTIFICATE_FILES(chain, key) \
    { { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, chain, key, NULL, NULL, 0, { 0, 0 } }

@ww_tls_options
@WW_TLS_OPTIONS_INIT

@WW_TLS_1_2
@WW_TLS_1_3

@WW_TLS_REFUSE_UNKNOWN_NAMES
@WW_TLS_CLIENT_CERT_OPTIONAL
@WW_TLS_NO_RESUMPTION
@WW_TLS_NO_ALPN
@WW_TLS_NO_POST_QUANTUM
@WW_TLS_KEY_LOG_ENV
@WW_TLS_KERNEL
@WW_TLS_TRUST_ANYONE

@WW_TLS_PIN_LEN

@ww_tls_config_new

@ww_tls_config_swap

@ww_tls_config_rotate_tickets

@ww_tls_config_ref

@ww_tls_config_free

/* ---- What was agreed on ---------------------------------------------------------------------------------------- */

@ww_tls_info
@WW_TLS_INFO_INIT

@WW_TLS_INFO_RESUMED
@WW_TLS_INFO_KERNEL

@ww_server_tls_info

@ww_conn_tls_info

@ww_server_tls_peer_certificate

@ww_conn_tls_peer_certificate

/* ---- TLS alone ------------------------------------------------------------------------------------------------- */

@ww_tls

@ww_tls_new

@ww_tls_receive

@ww_tls_receive_eof

@ww_tls_next

@WW_TLS_PARTS_MAX

@ww_tls_send

@ww_tls_close

@ww_tls_output

@ww_tls_sent

@ww_tls_state

@ww_tls_error

@ww_tls_session_info

@ww_tls_peer_certificate

@ww_tls_free

#ifdef __cplusplus
}
#endif

#endif /* WIREWAY_TLS_H */
