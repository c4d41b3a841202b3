//! Where a server listens.

use core::ffi::{CStr, c_char};

use super::listen_options::{security, ww_listen_options};
use super::{with, ww_server};
use crate::error::{Code, Error, Fault};
use crate::ffi::check::ARGUMENT;
use crate::ffi::descriptor::{self, given};
use crate::ffi::error_info::explain;
use crate::ffi::event::ww_id;
use crate::ffi::guard::guarded;
use crate::ffi::head::types::ww_error_info;
use crate::ffi::status::{WW_OK, ww_status};
use crate::ffi::tls_config::ww_tls_config;
use crate::io::socket::{FIRST_PASSED, SocketOptions, passed};
use crate::service::Server;

static BOUND: Fault =
    Fault::new(Code::Argument, 0, c"", c"a bound socket takes neither WW_LISTEN_REUSE_PORT nor WW_LISTEN_IPV6_ONLY");

/// As [`with`], telling why the call failed.
///
/// # Safety
/// `server` is null or a server that no other thread uses; `error` is null or points to a struct of the size its first member says.
unsafe fn with_reason(
    server: *mut ww_server,
    error: *mut ww_error_info,
    body: impl FnOnce(&mut Server) -> Result<(), Error>,
) -> ww_status {
    if server.is_null() {
        // SAFETY: as the caller promises.
        let _ = unsafe { explain::<()>(Err(ARGUMENT), error) };
    }
    // SAFETY: as the caller promises.
    unsafe { with(server, |s| explain(body(&mut s.core), error).map(|()| WW_OK)) }
}

/// The octets of a text of the caller's.
///
/// # Safety
/// `text` is null or NUL-terminated, and stays during `'a`.
unsafe fn octets<'a>(text: *const c_char) -> Result<&'a [u8], Error> {
    // SAFETY: not null, and as the caller promises.
    if text.is_null() { Err(ARGUMENT) } else { Ok(unsafe { CStr::from_ptr(text) }.to_bytes()) }
}

/// Listens on `address` too: `"127.0.0.1:8080"`, `"[::1]:8080"`, `"[fe80::1%eth0]:8080"`, `"*:8080"` or `":8080"` (all interfaces of this host: whoever reaches the
/// host reaches the server), `"unix:/run/app.sock"`, `"unix:@name"` (abstract). Port 0 lets the system choose; ww_server_address() tells.
/// ww_address_parse() has all forms. Host names are not resolved. The file of a Unix domain socket is taken over when nobody listens on it, and removed in the end.
///
/// Errors: WW_E_ARGUMENT (NULL, or not an address), WW_E_STATE (the server drains), WW_E_SYSTEM, WW_E_NOMEM. `*error` (start from
/// WW_ERROR_INFO_INIT) says then what is wrong. Of WW_E_SYSTEM `offset` is the system's number for the error (errno), and `reason` says what
/// to do: the address is in use, is not one of this host, or is not permitted, descriptors are used up, the folder of a Unix domain socket
/// does not exist. Of WW_E_ARGUMENT for a text that is no address, `offset` is the octet of the text that does not fit. A call that
/// succeeds leaves `*error` as it is. Allocates.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_listen(
    server: *mut ww_server,
    address: *const c_char,
    error: *mut ww_error_info,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with_reason(server, error, |s| s.listen(octets(address)?)) }
}

/// Listens on `address` too, for connections over TLS: else as ww_server_listen(), whose calls ww_server_address() counts together with
/// these. Each connection is made with the material that `config` has when it is accepted, so that ww_tls_config_swap() renews
/// certificates while the server runs; many servers may share one config. The server keeps what it needs: the handle may be freed.
///
/// WW_EVENT_OPENED comes when a connection is accepted, before its handshake; that this fails is a WW_EVENT_ERROR (WW_E_TLS_*).
///
/// Errors: WW_E_ARGUMENT (NULL, not an address, a client's config); else as ww_server_listen(). Allocates.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_listen_tls(
    server: *mut ww_server,
    address: *const c_char,
    config: *const ww_tls_config,
    error: *mut ww_error_info,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with_reason(server, error, |s| {
            let security = security(Some(config.as_ref().ok_or(ARGUMENT)?))?;
            s.sockets().listen(octets(address)?, &SocketOptions::default(), security)
        })
    }
}

/// Listens on `address` too, as `options` say: else as ww_server_listen(). NULL options are all defaults.
///
/// Errors: as ww_server_listen(); WW_E_ARGUMENT also for options out of range. Allocates.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_listen_with(
    server: *mut ww_server,
    address: *const c_char,
    options: *const ww_listen_options,
    error: *mut ww_error_info,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with_reason(server, error, |s| {
            let (options, security) = ww_listen_options::read(options)?;
            s.sockets().listen(octets(address)?, &options, security)
        })
    }
}

/// Listens on a socket that somebody else made and bound: inherited from a parent, passed by a service manager (see ww_listen_fds()), or made
/// by the program itself. TCP and Unix domain stream sockets. It is made non-blocking and close-on-exec, and listens from now on if it does
/// not yet. ww_server_address() counts it as a call of ww_server_listen(). With WW_OK the descriptor is the server's; on failure it stays the
/// caller's. The file of a Unix domain socket stays its maker's.
///
/// Errors: WW_E_ARGUMENT (NULL, options that must be said before a socket is bound: WW_LISTEN_REUSE_PORT, WW_LISTEN_IPV6_ONLY); WW_E_STATE;
/// WW_E_SYSTEM (not open, no socket, no stream, ...); WW_E_NOMEM. `*error` is as for ww_server_listen(). Allocates.
///
/// `fd` is the caller's to give away.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_listen_fd(
    server: *mut ww_server,
    fd: isize,
    options: *const ww_listen_options,
    error: *mut ww_error_info,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with_reason(server, error, |s| {
            let (options, security) = ww_listen_options::read(options)?;
            if options.reuse_port || options.ipv6_only {
                return Err(BOUND.at(0));
            }
            given(fd, |fd| s.sockets().listen_fd(fd, &options, security))
        })
    }
}

/// Takes a connection that somebody else accepted a moment ago, plain or, with `tls`, over TLS from its first octet on. Its id is in `*conn`:
/// it begins with this call and has no WW_EVENT_OPENED; else it is as any other, and its clocks run from now. The socket gets the options that
/// connections of ww_server_listen() have. With WW_OK the descriptor is the server's; on failure it stays the caller's.
///
/// Errors: WW_E_ARGUMENT (NULL, a client's config); WW_E_LIMIT (there are `connections_max` connections); WW_E_STATE (the server drains);
/// WW_E_SYSTEM (not open, no stream socket, not connected, ...); WW_E_NOMEM. `*conn` is 0 then, and `*error` as for ww_server_listen().
/// Allocates.
///
/// `fd` is the caller's to give away.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_adopt(
    server: *mut ww_server,
    fd: isize,
    tls: *const ww_tls_config,
    conn: *mut ww_id,
    error: *mut ww_error_info,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        if let Some(conn) = conn.as_mut() {
            *conn = 0;
        }
        with_reason(server, error, |s| {
            let conn = conn.as_mut().ok_or(ARGUMENT)?;
            let security = security(tls.as_ref())?;
            *conn = given(fd, |fd| s.sockets().adopt(fd, &security))?.number();
            Ok(())
        })
    }
}

/// How many descriptors a service manager passed to this process (systemd socket activation: the environment's LISTEN_FDS, where its
/// LISTEN_PID is this process), in `*count`, and the first of them in `*first`; the others follow it. 0 where there are none. Each is for
/// ww_server_listen_fd(). Reads the environment: not while another thread changes it.
///
/// Errors: WW_E_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_listen_fds(first: *mut isize, count: *mut usize) -> ww_status {
    guarded(|| {
        // SAFETY: null or writable by the caller's promise.
        let (Some(first), Some(count)) = (unsafe { first.as_mut() }, unsafe { count.as_mut() }) else {
            return ARGUMENT.code() as ww_status;
        };
        (*first, *count) = (descriptor::shown(FIRST_PASSED), passed() as usize);
        WW_OK
    })
}
