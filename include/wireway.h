/*
 * wireway: HTTP/1.1, WebSocket and TLS as sans-I/O state machines.
 *
 * Generated from ffi/ by `./dev header`; do not edit. SPDX-License-Identifier: MIT OR Apache-2.0
 */
#ifndef WIREWAY_H
#define WIREWAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#if !defined(_WIN32)
#include <sys/uio.h>
#endif

/** The version of this header; see ww_version() for that of the loaded library. */
#define WW_VERSION_MAJOR 0
#define WW_VERSION_MINOR 1
#define WW_VERSION_PATCH 0
#define WW_VERSION_NUMBER \
    (WW_VERSION_MAJOR * 0x1000000u + WW_VERSION_MINOR * 0x10000u + WW_VERSION_PATCH * 0x100u)

/* Define WW_STATIC to link the static library; the CMake target and the pkg-config file do. */
#if defined(WW_STATIC)
#define WW_API
#elif defined(_WIN32)
#define WW_API __declspec(dllimport)
#else
#define WW_API __attribute__((visibility("default")))
#endif

/** A piece of output, in the form the system's own gather-write takes: writev() or WSASend(). */
#if defined(_WIN32)
typedef struct ww_iovec {
    unsigned long iov_len;
    char *iov_base;
} ww_iovec;
#else
typedef struct iovec ww_iovec;
#endif

/**
 * What a call returns: `WW_OK`, a positive answer that is no error, or a negative `WW_E_*`.
 *
 * `-1` to `-99` are about the call or this machine; `-100` and below say what the peer did. Values never change, and
 * new ones may come: treat an unknown negative value as an error like the others.
 */
typedef int32_t ww_status;

/** Done. */
#define WW_OK 0

/** Nothing more to say before more input comes. */
#define WW_NEED_INPUT 1

/** Held back for now: a limit on queued output, or a request that is not answered yet. Try again when told. */
#define WW_PAUSED 2

/** The given time passed and nothing happened. */
#define WW_TIMEOUT 3

/** The end: there will be nothing more. */
#define WW_DONE 4

/** An argument is null, out of range or of an unknown value. */
#define WW_E_ARGUMENT (-1)

/** The call is not allowed in this state. */
#define WW_E_STATE (-2)

/** Memory or its budget is used up. */
#define WW_E_NO_MEMORY (-3)

/** The output buffer is too small; the size needed was written. */
#define WW_E_BUFFER (-4)

/** The connection of this id has ended. */
#define WW_E_GONE (-5)

/** A system call failed. */
#define WW_E_SYSTEM (-6)

/** Not built in, or not on this platform. */
#define WW_E_UNSUPPORTED (-7)

/** A bug in the library; the handle is poisoned. */
#define WW_E_PANIC (-99)

/** The request line is malformed. */
#define WW_E_REQUEST_LINE (-100)

/** The status line is malformed. */
#define WW_E_STATUS_LINE (-101)

/** Not HTTP/1.x. */
#define WW_E_VERSION (-102)

/** A line ends in something other than CRLF. */
#define WW_E_LINE_END (-103)

/** A field name is malformed. */
#define WW_E_FIELD_NAME (-104)

/** A field value is malformed. */
#define WW_E_FIELD_VALUE (-105)

/** The request target is malformed or of the wrong form for its method. */
#define WW_E_TARGET (-106)

/** Host is missing, repeated or malformed. */
#define WW_E_HOST (-107)

/** Content-Length is malformed or contradicts itself. */
#define WW_E_CONTENT_LENGTH (-108)

/** Transfer-Encoding is malformed, unsupported or not allowed here. */
#define WW_E_TRANSFER_ENCODING (-109)

/** Content-Length and Transfer-Encoding together. */
#define WW_E_AMBIGUOUS_FRAMING (-110)

/** Chunked framing is malformed. */
#define WW_E_CHUNK (-111)

/** The trailer section is malformed. */
#define WW_E_TRAILER (-112)

/** A limit was crossed. */
#define WW_E_TOO_LARGE (-113)

/** The transport ended inside a message. */
#define WW_E_TRUNCATED (-114)

/** Bytes arrived where no message was due. */
#define WW_E_UNEXPECTED_DATA (-115)

/** An upgrade or CONNECT broke its rules. */
#define WW_E_UPGRADE (-116)

/** An expectation other than 100-continue. */
#define WW_E_EXPECTATION (-117)

/** The target names another scheme or authority than this connection serves. */
#define WW_E_MISDIRECTED (-118)

/** More or fewer content octets than declared. */
#define WW_E_BODY_LENGTH (-119)

/** Raw bytes before the switch of protocols. */
#define WW_E_NOT_SWITCHED (-120)

/** The connection is closing; no further request is possible. */
#define WW_E_CLOSING (-121)

/** The head did not arrive in time. */
#define WW_E_TIMEOUT_HEAD (-130)

/** The content stalled or came too slowly. */
#define WW_E_TIMEOUT_BODY (-131)

/** The peer does not read. */
#define WW_E_TIMEOUT_WRITE (-132)

/** No request came on a kept-alive connection. */
#define WW_E_TIMEOUT_IDLE (-133)

/** The peer closed the transport between messages. */
#define WW_E_CLOSED (-140)

/** The transport was reset or failed. */
#define WW_E_ABORTED (-141)

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * Returns the name of `status` as written in this header, as `"WW_E_CHUNK"`, or `"WW_E_UNKNOWN"` for a value it does
 * not define: static, NUL-terminated, never NULL.
 *
 * Any thread, any time. Does not allocate.
 */
WW_API const char *ww_status_name(ww_status status);

/**
 * Returns what `status` means in a few words for a log, as `"chunked framing is malformed"`, or `"unknown status"`:
 * static, NUL-terminated, never NULL. The wording may change.
 *
 * Any thread, any time. Does not allocate.
 */
WW_API const char *ww_status_text(ww_status status);

/**
 * Returns the version of the loaded library as `0xMMmmpp00` (major, minor, patch), comparable as a number.
 * `WW_VERSION_NUMBER` is the version of this header: before 1.0 the two must agree in major and minor.
 *
 * Any thread, any time. Does not allocate.
 */
WW_API uint32_t ww_version(void);

/**
 * Returns the version of the loaded library as text, as `"0.1.0"`: static, NUL-terminated, never NULL.
 *
 * Any thread, any time. Does not allocate.
 */
WW_API const char *ww_version_text(void);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif /* WIREWAY_H */
