//! Sends of a socket of a loop.

use super::calls::on;
use super::socket::ww_socket;
use super::ww_loop;
use crate::error::Error;
use crate::ffi::check::{ARGUMENT, slice};
use crate::ffi::conn::drive::ww_iovec;
use crate::ffi::descriptor;
use crate::ffi::file::ww_file;
use crate::ffi::status::{WW_OK, WW_PAUSED, ww_status};
use crate::io::driver::{Gather, Sent};
use crate::io::event_loop::SocketCalls;

/// Sends the `count` pieces in order, without copying them. `*taken` becomes how many octets were sent.
///
/// Returns WW_OK: all of them. WW_PAUSED: only `*taken` so far, and one WW_COMPLETION_SENT follows, which says how many more were sent; send what
/// is left then, and nothing before. Until it comes no piece may change or go where the loop has WW_LOOP_INFO_HOLDS_SENDS; the array
/// of pieces may at once. One call looks at 32 pieces; more are left.
/// Errors: as ww_loop_set_token(); WW_E_STATE: it is no connection, or a send is in progress; WW_E_SYSTEM: the sending side has ended,
/// close the socket.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_send(
    event_loop: *mut ww_loop,
    socket: ww_socket,
    pieces: *const ww_iovec,
    count: usize,
    taken: *mut usize,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        send(event_loop, socket, taken, |socket| {
            let (octets, offered) = gather(slice(pieces, count)?)?;
            socket.sends()?.send(&octets, offered)
        })
    }
}

/// Sends pieces as ww_loop_send() does, but the system may read them where they are until the peer has acknowledged them, instead of copying
/// them: `*lent` becomes 1 then. Such pieces keep address and content also after the send is over and after the connection has failed, until a
/// WW_COMPLETION_RELEASED counts this send, in the order of the sends. That comes when the peer has acknowledged them, which it may
/// delay (40 ms are usual), or when the connection has ended. It counts the octets that this send has taken, and may come before the
/// WW_COMPLETION_SENT that tells of room for the rest, which is for another send; where the loop has WW_LOOP_INFO_HOLDS_SENDS it comes
/// after the WW_COMPLETION_SENT. So a buffer that takes several sends is free when all of it was taken and all of these are released.
///
/// Pieces are copied, with `*lent` 0, where the loop has no WW_LOOP_INFO_LENDS, on anything but TCP, on a socket that somebody else has
/// set SO_ZEROCOPY on, and while too much is lent. Where the loop has WW_LOOP_INFO_HOLDS_SENDS, `*lent` is decided before anything is taken: it may be 1 for a send of which
/// nothing is, and a WW_COMPLETION_RELEASED counts that too. Elsewhere `*lent` is 0 if nothing was taken, and may be 1 beside an error.
///
/// Lending has a price for each send, about that of copying 10 KiB; measure on the network that it is for, since over loopback the
/// system copies anyhow. Two ends that close while both lend wait for each other, since a socket that closes reads no more: set SO_LINGER, or
/// let one side go on reading. While octets are lent ww_loop_release() answers WW_PAUSED, and so does ww_loop_close(): the peer gets
/// everything and then the end, and WW_COMPLETION_CLOSED comes when it has acknowledged that. With SO_LINGER on and 0 seconds the connection
/// is reset instead, and it comes soon. ww_loop_free() resets connections of which octets are lent, and waits until the system has let go
/// of them; on epoll for ten seconds at most. A network card that has not sent by then still reads the pieces, and nothing says so. To be
/// sure, close such sockets with SO_LINGER on and 0 seconds, and pull their WW_COMPLETION_CLOSED before ww_loop_free().
///
/// Returns and errors as ww_loop_send(); WW_E_ARGUMENT also if `lent` is NULL. Allocates when more sends of the socket are not released than
/// ever before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_send_zero_copy(
    event_loop: *mut ww_loop,
    socket: ww_socket,
    pieces: *const ww_iovec,
    count: usize,
    taken: *mut usize,
    lent: *mut u32,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        if let Some(lent) = lent.as_mut() {
            *lent = 0;
        }
        send(event_loop, socket, taken, |socket| {
            let lent = lent.as_mut().ok_or(ARGUMENT)?;
            let (octets, offered) = gather(slice(pieces, count)?)?;
            let (sent, is_lent) = socket.sends()?.send_zero_copy(&octets, offered);
            *lent = u32::from(is_lent);
            sent
        })
    }
}

/// Sends a stretch of a file without copying it through the process; as ww_loop_send() otherwise. One call sends at most 1 MiB, so that
/// others have their turns, and answers WW_PAUSED then. The descriptor stays open and the stretch unchanged until it was sent. Reading
/// it may wait for the disk.
///
/// Errors: as ww_loop_send(); WW_E_SYSTEM also where the system cannot send this file so, or it ends before the stretch does. Nothing was
/// sent then: read the file and give the octets to ww_loop_send(), which tells whether the connection has failed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_send_file(
    event_loop: *mut ww_loop,
    socket: ww_socket,
    file: *const ww_file,
    taken: *mut usize,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        send(event_loop, socket, taken, |socket| {
            let file = ww_file::read(file)?;
            socket.sends()?.send_file(descriptor::file(file.fd)?, file.offset, file.len)
        })
    }
}

/// # Safety
/// The loop is as in [`super::run`], and `taken` null or writable.
unsafe fn send(
    event_loop: *mut ww_loop,
    socket: ww_socket,
    taken: *mut usize,
    body: impl FnOnce(SocketCalls<'_>) -> Result<Sent, Error>,
) -> ww_status {
    let mut count = 0;
    // SAFETY: as the caller promises.
    let status = unsafe {
        on(event_loop, socket, |socket| {
            let (status, octets) = match body(socket)? {
                Sent::Done(octets) => (WW_OK, octets),
                Sent::Room(octets) => (WW_PAUSED, octets),
                Sent::Held => (WW_PAUSED, 0),
            };
            count = octets;
            Ok(status)
        })
    };
    // SAFETY: null or writable by the caller's promise.
    if let Some(taken) = unsafe { taken.as_mut() } {
        *taken = count;
    }
    status
}

/// The pieces for the driver, and how many octets all of them are.
fn gather(pieces: &[ww_iovec]) -> Result<(Gather<'static>, u64), Error> {
    let (mut octets, mut offered, mut has_room) = (Gather::new(), 0u64, true);
    for piece in pieces {
        #[allow(clippy::unnecessary_cast, reason = "32 bits on Windows")]
        let len = piece.iov_len as usize;
        // No object is larger, nor are all of them together.
        let is_object = len <= isize::MAX as usize && offered <= isize::MAX as u64;
        if !is_object || piece.iov_base.is_null() && len != 0 {
            return Err(ARGUMENT);
        }
        offered += len as u64;
        if has_room && len != 0 {
            has_room = octets.push_place(piece.iov_base.expose_provenance(), len);
        }
    }
    Ok((octets, offered))
}
