//! Sockets that come to a loop.

use super::socket::ww_socket;
use super::socket_options::{OF_CONNECTIONS, OF_LISTENERS, ww_socket_options};
use super::ww_loop;
use crate::error::Error;
use crate::ffi::address::value::ww_address;
use crate::ffi::check::ARGUMENT;
use crate::ffi::descriptor::{self, given};
use crate::ffi::error_info::explain;
use crate::ffi::head::types::ww_error_info;
use crate::ffi::status::{WW_OK, ww_status};
use crate::io::address::Address;
use crate::io::event_loop::SocketId;

/// Runs a call that gives a socket.
///
/// # Safety
/// The loop is as in [`super::run`]; `out` is null or writable; `error` is null or a struct of the size its first member says.
pub(super) unsafe fn open(
    event_loop: *mut ww_loop,
    out: *mut ww_socket,
    error: *mut ww_error_info,
    body: impl FnOnce(&mut ww_loop) -> Result<SocketId, Error>,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        if let Some(out) = out.as_mut() {
            *out = 0;
        }
        super::run(event_loop, |l| {
            let opened = out.as_mut().ok_or(ARGUMENT).and_then(|out| {
                *out = body(l)?.number();
                Ok(WW_OK)
            });
            explain(opened, error)
        })
    }
}

/// # Safety
/// `address` is null or readable.
pub(super) unsafe fn read(address: *const ww_address) -> Result<Address, Error> {
    // SAFETY: as the caller promises.
    unsafe { address.as_ref() }.ok_or(ARGUMENT)?.read()
}

/// Makes a listener at `address`, for TCP or, with a Unix address, for Unix domain streams; its completions carry `token`. It accepts once
/// ww_loop_accept() is called. Port 0 is one that is free: see ww_loop_address(). `options` NULL are all defaults.
///
/// Errors: WW_E_ARGUMENT, WW_E_NOMEM, WW_E_SYSTEM (the address is in use, ...); `*out` is 0 then, and `*error` (start from
/// WW_ERROR_INFO_INIT, or NULL) says what is wrong. Allocates for more sockets than ever before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_listen(
    event_loop: *mut ww_loop,
    address: *const ww_address,
    options: *const ww_socket_options,
    token: u64,
    out: *mut ww_socket,
    error: *mut ww_error_info,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        open(event_loop, out, error, |l| {
            let (options, _) = ww_socket_options::read(options, OF_LISTENERS)?;
            l.core.open(token).listen(&read(address)?, &options)
        })
    }
}

/// Connects a new socket to `address`, TCP or Unix domain: WW_COMPLETION_CONNECTED follows, with `token`, before any other of the socket.
/// `options` NULL are all defaults. For a time limit arm a timer, and close the socket when it comes.
///
/// Errors: as ww_loop_listen(); WW_E_SYSTEM also where the system refuses at once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_connect(
    event_loop: *mut ww_loop,
    address: *const ww_address,
    options: *const ww_socket_options,
    token: u64,
    out: *mut ww_socket,
    error: *mut ww_error_info,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        open(event_loop, out, error, |l| {
            let (options, _) = ww_socket_options::read(options, OF_CONNECTIONS)?;
            l.core.open(token).connect(&read(address)?, &options)
        })
    }
}

/// Takes a socket that somebody else made: a listener or a connection of TCP or Unix domain streams, or one for datagrams. It becomes non-blocking and
/// close-on-exec, and keeps its other options. With WW_OK the descriptor is the loop's, which has it under another number: take it out of
/// other loops before. On failure it stays the caller's.
///
/// Errors: as ww_loop_listen(); WW_E_SYSTEM also where it is not open, no socket, or of another type.
///
/// `fd` is the caller's to give away.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_adopt(
    event_loop: *mut ww_loop,
    fd: isize,
    token: u64,
    out: *mut ww_socket,
    error: *mut ww_error_info,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { open(event_loop, out, error, |l| given(fd, |fd| l.core.open(token).adopt(fd))) }
}

/// Watches a descriptor that stays the caller's, for ww_loop_poll(): a pipe, an eventfd, a socket of another library; on Windows
/// sockets only. Close its ww_socket before the descriptor.
///
/// Errors: as ww_loop_listen(); WW_E_SYSTEM also where it is not open, is watched already, or has no readiness, as a regular file.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_watch(
    event_loop: *mut ww_loop,
    fd: isize,
    token: u64,
    out: *mut ww_socket,
    error: *mut ww_error_info,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { open(event_loop, out, error, |l| l.core.open(token).watch(descriptor::socket(fd)?)) }
}
