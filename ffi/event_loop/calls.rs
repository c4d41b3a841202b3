//! Operations of one socket of a loop.

use super::completion::{WW_READY_READABLE, WW_READY_WRITABLE};
use super::socket::ww_socket;
use super::{run, ww_loop};
use crate::error::{Code, Error, Fault};
use crate::ffi::address::value::ww_address;
use crate::ffi::check::ARGUMENT;
use crate::ffi::descriptor::{self, given_back};
use crate::ffi::status::{WW_OK, WW_PAUSED, ww_status};
use crate::io::driver::{Cancel, Closing, Interest};
use crate::io::event_loop::{SocketCalls, SocketId};

static INTEREST: Fault = Fault::new(
    Code::Argument,
    0,
    c"",
    c"the interest of ww_loop_poll() is none of WW_READY_READABLE and WW_READY_WRITABLE",
);
static KINDS: Fault = Fault::new(Code::Argument, 0, c"", c"what ww_loop_cancel() is to cancel is not all WW_CANCEL_*");

/// Cancel ww_loop_accept().
pub const WW_CANCEL_ACCEPT: u32 = 1 << 0;
/// Cancel ww_loop_connect(), also while it is not reported yet. The socket can only be closed or released then: other operations of it answer
/// WW_E_STATE, and nothing more is reported of it.
pub const WW_CANCEL_CONNECT: u32 = 1 << 1;
/// Cancel ww_loop_receive().
pub const WW_CANCEL_RECEIVE: u32 = 1 << 2;
/// Cancel ww_loop_poll().
pub const WW_CANCEL_POLL: u32 = 1 << 3;
/// Cancel the wait for room. What a send holds stays held until its completion: so after a send that paused a
/// WW_COMPLETION_SENT may still come where the loop has WW_LOOP_INFO_HOLDS_SENDS, and none comes elsewhere.
pub const WW_CANCEL_ROOM: u32 = 1 << 4;

const BOTH: u32 = WW_READY_READABLE | WW_READY_WRITABLE;

const CANCELS: [(u32, Cancel); 5] = [
    (WW_CANCEL_ACCEPT, Cancel::Accept),
    (WW_CANCEL_CONNECT, Cancel::Connect),
    (WW_CANCEL_RECEIVE, Cancel::Receive),
    (WW_CANCEL_POLL, Cancel::Poll),
    (WW_CANCEL_ROOM, Cancel::Send),
];

/// Runs `body` on a socket.
///
/// # Safety
/// As [`run`].
#[inline(always)]
pub(super) unsafe fn on(
    event_loop: *mut ww_loop,
    socket: ww_socket,
    body: impl FnOnce(SocketCalls<'_>) -> Result<ww_status, Error>,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { run(event_loop, |l| body(l.core.at(SocketId::from_number(socket))?)) }
}

/// Completions of the socket carry `token` from now on.
///
/// Errors of this and the following calls: WW_E_ARGUMENT; WW_E_GONE: the loop has no such socket, because it was closed or released. They
/// do not allocate unless they say so.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_set_token(event_loop: *mut ww_loop, socket: ww_socket, token: u64) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        on(event_loop, socket, |socket| {
            socket.set_token(token);
            Ok(WW_OK)
        })
    }
}

/// The descriptor of a socket, in `*fd`, for options that have no call here. It stays the loop's: neither close it nor read or write it.
///
/// Errors: as ww_loop_set_token(), with `*fd` -1; WW_E_STATE for a watched descriptor.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_fd(event_loop: *mut ww_loop, socket: ww_socket, fd: *mut isize) -> ww_status {
    // SAFETY: null or writable by the caller's promise.
    let Some(fd) = (unsafe { fd.as_mut() }) else {
        return ARGUMENT.code() as ww_status;
    };
    *fd = -1;
    // SAFETY: as the caller promises.
    unsafe {
        on(event_loop, socket, |socket| {
            *fd = descriptor::shown(socket.descriptor()?);
            Ok(WW_OK)
        })
    }
}

/// The local address of a socket, in `*out`. Makes a system call.
///
/// Errors: as ww_loop_set_token(); WW_E_STATE for a watched descriptor; WW_E_SYSTEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_address(
    event_loop: *mut ww_loop,
    socket: ww_socket,
    out: *mut ww_address,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        on(event_loop, socket, |socket| {
            *out.as_mut().ok_or(ARGUMENT)? = ww_address::from(&socket.address()?);
            Ok(WW_OK)
        })
    }
}

/// The address of the peer of a connection, in `*out`. Makes a system call.
///
/// Errors: as ww_loop_address(); WW_E_SYSTEM also where it is not connected, or not any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_peer(event_loop: *mut ww_loop, socket: ww_socket, out: *mut ww_address) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        on(event_loop, socket, |socket| {
            *out.as_mut().ok_or(ARGUMENT)? = ww_address::from(&socket.peer()?);
            Ok(WW_OK)
        })
    }
}

/// Accepts connections, each a WW_COMPLETION_ACCEPTED, until cancelled or until that completion is an error.
///
/// Errors: as ww_loop_set_token(); WW_E_STATE: it is no listener, or accepts already; WW_E_SYSTEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_accept(event_loop: *mut ww_loop, listener: ww_socket) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { on(event_loop, listener, |listener| listener.accept().map(|()| WW_OK)) }
}

/// Receives, each time a WW_COMPLETION_RECEIVED, or of UDP a WW_COMPLETION_DATAGRAMS, until cancelled or until that completion is the end or
/// an error. Needs no buffer: the loop has one.
///
/// Errors: as ww_loop_set_token(); WW_E_STATE: it does not receive, does so already, or its stream has ended; WW_E_SYSTEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_receive(event_loop: *mut ww_loop, socket: ww_socket) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { on(event_loop, socket, |socket| socket.receive().map(|()| WW_OK)) }
}

/// Waits until a watched descriptor is ready, once: one WW_COMPLETION_READY. `interest` is WW_READY_READABLE, WW_READY_WRITABLE or both, and
/// replaces that of a call before. Asking again with the same interest at each completion costs no system call.
///
/// Errors: as ww_loop_set_token(); WW_E_ARGUMENT for another interest; WW_E_STATE: it is not watched; WW_E_SYSTEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_poll(event_loop: *mut ww_loop, socket: ww_socket, interest: u32) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        on(event_loop, socket, |socket| {
            let interest = match interest {
                WW_READY_READABLE => Interest::READABLE,
                WW_READY_WRITABLE => Interest::WRITABLE,
                BOTH => Interest::READABLE | Interest::WRITABLE,
                _ => return Err(INTEREST.at(0)),
            };
            socket.poll(interest).map(|()| WW_OK)
        })
    }
}

/// Waits for room to send, once: one WW_COMPLETION_SENT with `n` 0. To let others have their turns before a long send goes on.
///
/// Errors: as ww_loop_set_token(); WW_E_STATE: it does not send, or waits already; WW_E_SYSTEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_room(event_loop: *mut ww_loop, socket: ww_socket) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { on(event_loop, socket, |socket| socket.sends()?.room().map(|()| WW_OK)) }
}

/// Cancels operations, WW_CANCEL_*: no more of them is reported, not even what ww_loop_next() would have handed out next, until they are
/// asked for again. Nothing is lost: whatever had arrived by then (octets, the end, an error, a connection) is reported first after the
/// operation is asked for again. Only a connection that fails meanwhile is told at once, and what it had received is gone. No error where
/// there is none in progress.
///
/// Errors: as ww_loop_set_token(); WW_E_ARGUMENT for other bits, and nothing was cancelled; WW_E_STATE for a server's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_cancel(event_loop: *mut ww_loop, socket: ww_socket, operations: u32) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        run(event_loop, |l| {
            if operations & !CANCELS.iter().fold(0, |all, (bit, _)| all | bit) != 0 {
                return Err(KINDS.at(0));
            }
            for (_, which) in CANCELS.iter().filter(|(bit, _)| operations & bit != 0) {
                l.core.at(SocketId::from_number(socket))?.cancel(*which)?;
            }
            l.core.at(SocketId::from_number(socket)).map(|_| WW_OK)
        })
    }
}

/// Ends the sending side of a connection: the peer reads the end after all that was sent. Call it after the last WW_COMPLETION_SENT: what
/// is not sent yet is not sent any more.
///
/// Errors: as ww_loop_set_token(); WW_E_STATE: it is no connection; WW_E_SYSTEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_shutdown_write(event_loop: *mut ww_loop, socket: ww_socket) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { on(event_loop, socket, |socket| socket.shutdown_write().map(|()| WW_OK)) }
}

/// Ends all operations and closes the socket; a watched descriptor stays open. The ww_socket is dead: later calls answer WW_E_GONE.
///
/// Returns WW_OK: it is closed, and no completion of it follows. WW_PAUSED: a send still holds its pieces, some are lent
/// (ww_loop_send_zero_copy()), or a listener has accepted more connections, each of which still comes as WW_COMPLETION_ACCEPTED; the last completion is WW_COMPLETION_CLOSED, and until then pieces must
/// not change.
/// Errors: as ww_loop_set_token(); WW_E_STATE for that of a server, which ends with ww_server_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_close(event_loop: *mut ww_loop, socket: ww_socket) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        on(event_loop, socket, |socket| {
            Ok(match socket.close()? {
                Closing::Done => WW_OK,
                Closing::Pending => WW_PAUSED,
            })
        })
    }
}

/// Takes a socket out of the loop: ends all operations, and `*fd` is the caller's to close; -1 for a watched descriptor, which the
/// caller owns already. The file of a Unix domain listener stays. Octets that the loop has received and not reported are lost, and
/// connections that it has accepted and not reported are closed.
///
/// Returns WW_OK, or WW_PAUSED: a send holds its pieces, some are lent, or a failure of the connection is to be reported, and nothing was
/// done: try again after that completion.
/// Errors: as ww_loop_close(), with `*fd` -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_release(event_loop: *mut ww_loop, socket: ww_socket, fd: *mut isize) -> ww_status {
    // SAFETY: null or writable by the caller's promise.
    let Some(fd) = (unsafe { fd.as_mut() }) else {
        return ARGUMENT.code() as ww_status;
    };
    *fd = -1;
    // SAFETY: as the caller promises.
    unsafe {
        on(event_loop, socket, |socket| {
            let Some(released) = socket.release()? else { return Ok(WW_PAUSED) };
            if let Some(socket) = released {
                *fd = given_back(socket.into());
            }
            Ok(WW_OK)
        })
    }
}
