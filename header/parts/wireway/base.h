/*
 * wireway/base.h: status, spans, errors and version. Every other part includes it.
 *
 * THE CONVENTIONS, which hold wherever a comment does not say otherwise
 *
 * Status     WW_OK is 0. A positive status is an answer and no error. -1 to -99 are about the call or this machine. -100 and
 *            below are about what is exchanged: in an event what the peer did, from a call that sends what is wrong with
 *            what it was given. A call that fails has done nothing, unless its comment says what it did; WW_E_PANIC ends the
 *            handle. There is no errno and no last error of a thread: ww_server_error(), ww_conn_error(),
 *            ww_loop_error() and `ww_error_info *error` have the details.
 * Arguments  NULL where something is needed, a value out of range, or a flag that is not known is WW_E_ARGUMENT. What cannot
 *            be checked is the caller's: a pointer is NULL or points to what its type and the length beside it say (NULL is
 *            fine with a length of 0); a handle came from its _new() or _ref() and was not freed; a struct is as large as
 *            its `size` says; what a call writes does not overlap what it reads.
 * Results    A handle behind `out` and a length such as `written` are set whenever a call returns: on an error to NULL or 0.
 *            `error`, `bad` and `taken` are optional: NULL where nobody wants to know.
 * Handles    _new() makes one and _free() frees it, and _free(NULL) does nothing. No other call takes ownership of anything, but
 *            ww_server_listen_fd(), ww_server_adopt() and ww_loop_adopt() of a descriptor.
 * Structs    that you fill, or a call for you, begin with `size`, by which they grow: new members come at the end only. Start
 *            from their WW_*_INIT (in C++ a plain declaration does it). It is `size` and zeros, so designated initialisers do
 *            as well in C99: `ww_conn_config config = { .size = sizeof config, .idle_ms = 15000 };`. In a ww_server_config
 *            set `.conn.size` too. Code in the style of C90, or that C++ compiles too, uses WW_*_INIT. Zero is the default,
 *            the defaults are the secure choice, and `reserved` is 0. Without `size`, and fixed for ever, are those of which
 *            there are many (ww_event, ww_head, ww_field, ww_span, ww_range, ww_address, ww_datagram,
 *            ww_completion, ww_ws_header), parts of others (ww_allocator,
 *            ww_tls_certificate), walks (ww_list, ww_pairs), and those that only the library looks into.
 * Copies     What a call is given it copies before it returns, unless its comment speaks of lending.
 * Lifetimes  What an event or a head points to is valid until the next `next`, `receive`, `reset` or `free` on its handle.
 *            `respond`, `send`, `output`, `sent` and `tick`, and calls on other handles, do not end it.
 * Threads    A handle belongs to one thread at a time. A ww_workspace and all connections made from it belong together.
 *            "Any thread" marks what may be used from several at once: mailboxes, groups, resolvers, TLS configs, the codec.
 *            A `const` handle is no exception: a call only reads it, yet no other thread may be in a call on it.
 * Time       is in milliseconds of a monotonic clock (CLOCK_MONOTONIC, steady_clock; that of the loop and the server is
 *            GetTickCount64() on Windows, in steps of up to 16 ms): `now_ms` never steps back.
 *            ww_conn takes it as an argument: a time up to a day before the last one counts as the last one. ww_server reads
 *            the clock itself.
 * Sizes      are bytes. Texts are spans, not NUL-terminated, unless their type is `const char *`.
 * Octets     A call takes them by `const void *` and writes them by `void *`: any buffer will do. What is to be read is a
 *            ww_span of `uint8_t`.
 * Cost       "Does not allocate" means: neither from the heap nor from the workspace. Tests check it.
 * Names      A call on a handle begins with its type: ww_conn_next() is of ww_conn. Where there is a ww_conn_y(), ww_server_y()
 *            with a ww_id does the same to that connection, and ww_mailbox_y() asks for it from another thread.
 */
#ifndef WIREWAY_BASE_H
#define WIREWAY_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if !defined(_WIN32)
#include <sys/uio.h>
#endif

/* Define WW_STATIC to link the static library; the CMake target and the pkg-config file do. */
#if defined(WW_STATIC)
#define WW_API
#elif defined(_WIN32)
#define WW_API __declspec(dllimport)
#else
#define WW_API __attribute__((visibility("default")))
#endif

/*
 * The headers are for C99, and for C++11 and later; those for C++ alone (wireway/wireway.hpp) are for C++17. In C++ the
 * structs that a caller fills have their defaults by themselves: `ww_response response;`, and in C++20
 * `ww_response response{.status = 404};`. In C they start from their WW_*_INIT, which in C++ needs C++14.
 */
#if defined(__cplusplus)
#define WW_SIZE_OF(type) = sizeof(type)
#define WW_ZERO = {}
#else
#define WW_SIZE_OF(type)
#define WW_ZERO
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Status ---------------------------------------------------------------------------------------------------- */

@ww_status

@WW_OK
@WW_NEED_INPUT
@WW_PAUSED
@WW_TIMEOUT
@WW_DONE

/* -1 to -99: the call, or this machine. */

@WW_E_ARGUMENT
@WW_E_STATE
@WW_E_NOMEM
@WW_E_BUFFER
@WW_E_GONE
@WW_E_SYSTEM
@WW_E_UNSUPPORTED
@WW_E_ENTROPY
@WW_E_UTF8
@WW_E_SLOW
@WW_E_LIMIT
@WW_E_RESOLVE
@WW_E_TLS_CERTIFICATE
@WW_E_TLS_KEY
@WW_E_TLS_TRUST
@WW_E_STALLED
@WW_E_PANIC

/* -100 to -129: messages of HTTP and their content. */

@WW_E_REQUEST_LINE
@WW_E_STATUS_LINE
@WW_E_VERSION
@WW_E_LINE_END
@WW_E_FIELD_NAME
@WW_E_FIELD_VALUE
@WW_E_TARGET
@WW_E_HOST
@WW_E_CONTENT_LENGTH
@WW_E_TRANSFER_ENCODING
@WW_E_AMBIGUOUS_FRAMING
@WW_E_CHUNK
@WW_E_TRAILER
@WW_E_TOO_LARGE
@WW_E_TRUNCATED
@WW_E_UNEXPECTED_DATA
@WW_E_UPGRADE
@WW_E_EXPECTATION
@WW_E_MISDIRECTED
@WW_E_BODY_LENGTH
@WW_E_NOT_SWITCHED
@WW_E_CLOSING
@WW_E_ENCODING
@WW_E_MULTIPART
@WW_E_METHOD

/* -130 to -149: time, and the end of the transport. */

@WW_E_TIMEOUT_*
@WW_E_CLOSED
@WW_E_ABORTED

/* -150 to -169: WebSocket. */

@WW_E_WS_*

/* -170 to -189: TLS. */

@WW_E_TLS_RECORD
@WW_E_TLS_PLAINTEXT_HTTP
@WW_E_TLS_HANDSHAKE
@WW_E_TLS_INCOMPATIBLE
@WW_E_TLS_ALPN
@WW_E_TLS_VERIFY
@WW_E_TLS_DECRYPT
@WW_E_TLS_ALERT
@WW_E_TLS_TIMEOUT

/* -190 to -199: what a load balancer sends before. */
@WW_E_PROXY_HEADER

@ww_status_name

@ww_status_text

/* ---- Octets ---------------------------------------------------------------------------------------------------- */

@ww_span

/** A text literal as the initialiser of a ww_span, a static one too: a constant expression in C. */
#define WW_LIT(text) { (const uint8_t *)("" text), sizeof(text) - 1 }

/** No octets, as an initialiser; `ww_span none = WW_SPAN_EMPTY;` and a struct of zeros are the same. */
#define WW_SPAN_EMPTY { NULL, 0 }

/** The octets of a NUL-terminated text, without its NUL; for what is no literal, and for assignments. `text` is not NULL. */
static inline ww_span ww_span_from(const char *text)
{
    ww_span span;
    span.data = (const uint8_t *)text;
    span.len = strlen(text);
    return span;
}

/** Two arguments of printf() for `%.*s`: the octets of a ww_span, up to the first NUL among them. */
#define WW_PRINTF(span) (int)(span).len, (const char *)(span).data

@ww_span_equal

@ww_span_equal_nocase

/** A piece of output, in the form the system's own gather-write takes: writev() or WSASend(). */
#if defined(_WIN32)
typedef struct ww_iovec {
    unsigned long iov_len;
    char *iov_base;
} ww_iovec;
#else
typedef struct iovec ww_iovec;
#endif

/* ---- Errors ---------------------------------------------------------------------------------------------------- */

@ww_error_info
@WW_ERROR_INFO_INIT

/* ---- Version --------------------------------------------------------------------------------------------------- */

/** The version of this header; see ww_version() for that of the loaded library. */
@WW_VERSION_MAJOR
@WW_VERSION_MINOR
@WW_VERSION_PATCH
#define WW_VERSION_NUMBER \
    (WW_VERSION_MAJOR * 0x1000000u + WW_VERSION_MINOR * 0x10000u + WW_VERSION_PATCH * 0x100u)

@ww_version

@ww_version_text

#ifdef __cplusplus
}
#endif

#endif /* WIREWAY_BASE_H */
