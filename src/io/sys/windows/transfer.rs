//! The calls of the hot path: receiving and sending.

use super::boolean::check;
use super::error::check_size;
use super::posix::EBADF;
use super::vector::{self, Vector};
use crate::io::descriptor::{RawFile, RawSocket};
use core::mem::zeroed;
use core::ptr::null;
use std::io::{self, IoSlice};
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use windows_sys::Win32::Foundation::{ERROR_HANDLE_EOF, ERROR_IO_PENDING, HANDLE};
use windows_sys::Win32::Networking::WinSock::{
    MSG_PEEK, POLLRDNORM, SOCKET, WSAPOLLFD, WSAPoll, recv, send as send_octets,
};
use windows_sys::Win32::Storage::FileSystem::{FILE_TYPE_DISK, FILE_TYPE_UNKNOWN, GetFileType, ReadFile};
use windows_sys::Win32::System::IO::{GetOverlappedResult, OVERLAPPED};
use windows_sys::Win32::System::Threading::CreateEventW;

/// Maximum slices per call.
pub(in crate::io) const MAX_SLICES: usize = 1024;

pub(in crate::io) fn receive(socket: RawSocket, into: &mut [u8]) -> io::Result<usize> {
    // SAFETY: at most `into.len()` octets of our own slice are written.
    check_size(unsafe { recv(socket as SOCKET, into.as_mut_ptr(), size(into.len()), 0) })
}

/// As [`receive`], but leaves the octets where they are. An error is taken.
pub(in crate::io) fn peek(socket: RawSocket, into: &mut [u8]) -> io::Result<usize> {
    // SAFETY: at most `into.len()` octets of our own slice are written.
    check_size(unsafe { recv(socket as SOCKET, into.as_mut_ptr(), size(into.len()), MSG_PEEK) })
}

/// Whether a receive or an accept would return at once: with something, at the end, or with an error. Takes nothing.
pub(in crate::io) fn has_input(socket: RawSocket) -> io::Result<bool> {
    let mut ready = WSAPOLLFD { fd: socket as SOCKET, events: POLLRDNORM, revents: 0 };
    // SAFETY: one struct of our own is read and written. Errors and hang-ups are reported whether asked for or not.
    check_size(unsafe { WSAPoll(&raw mut ready, 1, 0) }).map(|count| count > 0)
}

/// Sends the slices in order, at most [`MAX_SLICES`].
pub(in crate::io) fn send(socket: RawSocket, slices: &[IoSlice<'_>]) -> io::Result<usize> {
    let slices = &slices[..counted(slices)];
    // SAFETY: `IoSlice` has the layout of `WSABUF`, and the borrow stays.
    let vectors = unsafe { core::slice::from_raw_parts(slices.as_ptr().cast::<Vector>(), slices.len()) };
    // SAFETY: the octets are borrowed.
    unsafe { vector::send(socket, vectors) }
}

/// How many of the slices go with one call, whose count of octets has 32 bits.
fn counted(slices: &[IoSlice<'_>]) -> usize {
    let mut octets = 0_u64;
    let fits = |slice: &&IoSlice<'_>| {
        octets += slice.len() as u64;
        octets <= u64::from(u32::MAX)
    };
    slices.iter().take(MAX_SLICES).take_while(fits).count()
}

/// Sends one slice.
#[inline]
pub(in crate::io) fn send_one(socket: RawSocket, octets: &[u8]) -> io::Result<usize> {
    // SAFETY: at most `octets.len()` octets of a borrowed slice are read.
    check_size(unsafe { send_octets(socket as SOCKET, octets.as_ptr(), size(octets.len()), 0) })
}

/// No call that sends what there is room for: `TransmitFile` waits until all is sent. The caller reads the file.
pub(in crate::io) fn send_file(_: RawSocket, _: RawFile, _: u64, _: usize) -> io::Result<usize> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Reads from the file, starting at `offset`; 0 at its end. Moves the position of a file that is not overlapped.
pub(in crate::io) fn read_at(from: RawFile, offset: u64, into: &mut [u8]) -> io::Result<usize> {
    // As on other systems, whose offsets have a sign.
    let offset = u64::try_from(i64::try_from(offset).map_err(|_| io::ErrorKind::Unsupported)?).unwrap_or(0);
    let file: HANDLE = core::ptr::with_exposed_provenance_mut(from.cast_unsigned());
    // A read of a pipe or a console ignores the offset, and waits for whoever writes there.
    // SAFETY: it takes a handle.
    match unsafe { GetFileType(file) } {
        FILE_TYPE_DISK => {}
        // It is no open handle: other types that are unknown leave no error.
        FILE_TYPE_UNKNOWN if is_invalid(&io::Error::last_os_error()) => {
            return Err(io::Error::from_raw_os_error(EBADF));
        }
        _ => return Err(io::ErrorKind::Unsupported.into()),
    }
    READ.with(|ended| {
        let ended = ended.as_ref().ok_or(io::ErrorKind::OutOfMemory)?;
        read_with(ended.as_raw_handle(), file, offset, into)
    })
}

thread_local! {
    /// Is set when a read of this thread is over. The file itself would be set by the operations of others too.
    static READ: Option<OwnedHandle> = event();
}

fn event() -> Option<OwnedHandle> {
    // SAFETY: no pointers but nulls; the result is checked, and handed over unseen.
    unsafe {
        let event = CreateEventW(null(), 1, 0, null());
        (!event.is_null()).then(|| OwnedHandle::from_raw_handle(event))
    }
}

fn read_with(ended: HANDLE, file: HANDLE, offset: u64, into: &mut [u8]) -> io::Result<usize> {
    // SAFETY: a C struct of integers and pointers; zeros and nulls are values of it.
    let mut at: OVERLAPPED = unsafe { zeroed() };
    at.Anonymous.Anonymous.Offset = offset as u32;
    at.Anonymous.Anonymous.OffsetHigh = (offset >> 32) as u32;
    // With the lowest bit, a port that the file's owner has given it gets no packet.
    at.hEvent = ended.map_addr(|address| address | 1);
    let mut count = 0;
    let room = u32::try_from(into.len()).unwrap_or(u32::MAX);
    // SAFETY: at most `room` octets of our own slice are written, a number of ours, and `at`, which stays until the read is
    // over.
    let mut result = check(unsafe { ReadFile(file, into.as_mut_ptr(), room, &raw mut count, &raw mut at) });
    if is(&result, ERROR_IO_PENDING) {
        // SAFETY: as above; waits for the event of this read.
        result = check(unsafe { GetOverlappedResult(file, &raw const at, &raw mut count, 1) });
    }
    if is(&result, ERROR_HANDLE_EOF) {
        return Ok(0);
    }
    result.map(|()| count as usize)
}

fn is(result: &io::Result<()>, number: u32) -> bool {
    result.as_ref().is_err_and(|error| error.raw_os_error() == Some(number.cast_signed()))
}

fn is_invalid(error: &io::Error) -> bool {
    error.raw_os_error() == Some(EBADF)
}

/// A length as the system takes it: of more, it takes the first part.
fn size(len: usize) -> i32 {
    i32::try_from(len).unwrap_or(i32::MAX)
}
