//! Content out of files.

use core::ffi::c_void;

use super::answer::write;
use super::{with, ww_conn};
use crate::conn::{File, FileOutput};
use crate::ffi::check::{fill, slice};
use crate::ffi::file::ww_file;
use crate::ffi::file_response::ww_file_response;
use crate::ffi::head::types::ww_head;
use crate::ffi::semantics::{self, selection::selectors};
use crate::ffi::status::{WW_DONE, WW_NEED_INPUT, WW_OK, ww_status};

/// Sends a stretch of a file as content of a streamed message, or as raw octets after a switch; where the message is chunked, as one
/// chunk. Not an octet of it is read here: when its turn has come, ww_conn_output_file() names it. The descriptor stays the caller's,
/// open, and what it holds there as it is, until WW_EVENT_RELEASED with `token`; that comes, or does not, as for ww_conn_send_lent().
/// A `len` of 0 sends nothing and is released in its turn.
///
/// That event allows the descriptor to be closed. What sendfile() has taken lies in the file's own pages until the peer has it, so
/// overwriting those octets in place changes what is on its way, also after the event: replace a file that changes by another one
/// (rename()).
///
/// Returns WW_PAUSED above the high-water mark, to which a file counts with its whole length; an empty queue always takes one.
/// Errors, nothing done: those of ww_conn_send(); WW_E_ARGUMENT also for a negative descriptor, an end beyond 2^63 - 1, or a length
/// that is greater than the address space has room for. Allocates when no output block is to spare.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_send_file(conn: *mut ww_conn, file: *const ww_file, token: u64) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { write(conn, |core, ws| core.http1(ws).send_file(&ww_file::read(file)?, token)) }
}

/// Answers the request in progress with a file: all of it, the range that `request` asks for (206), or none of it (304, 412, 416), as
/// ww_select_content() tells, with the fields that go with that. To HEAD it sends the fields alone. `request` is the head of the
/// request, or a copy of it (ww_head_copy()). A Last-Modified that is later than Date is sent as Date (RFC 9110 section 8.8.2.1).
///
/// ```c
/// ww_file_response r = WW_FILE_RESPONSE_INIT;
/// r.fd = open(path, O_RDONLY | O_CLOEXEC); // and fstat()
/// r.len = (uint64_t)about.st_size;
/// r.last_modified = about.st_mtime;
/// r.token = (uint64_t)r.fd;                // close() it with WW_EVENT_RELEASED, or unless this call answers WW_OK
/// status = ww_conn_respond_file(conn, event.head, &r);
/// ```
///
/// Content follows as of ww_conn_send_file(): the descriptor stays the caller's until WW_EVENT_RELEASED with `token`, which comes whatever is
/// sent of the file. The response is complete; no ww_conn_finish() is due.
///
/// Returns WW_PAUSED above the high-water mark; nothing was done, WW_EVENT_WRITABLE follows. Errors, nothing done: those of
/// ww_conn_respond() and ww_conn_send_file(); WW_E_ARGUMENT also for NULL, an `etag` that is not an entity tag, an unknown flag, or a
/// `reserved` that is not 0. Allocates when no output block is to spare.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_respond_file(
    conn: *mut ww_conn,
    request: *const ww_head,
    response: *const ww_file_response,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        write(conn, |core, ws| {
            let ((method, sent), (response, fields)) =
                (semantics::request(request)?, ww_file_response::read(response)?);
            core.http1(ws).respond_file(method, selectors(sent), &response, fields)
        })
    }
}

/// The file that the output stops at, in `out` (start from WW_FILE_INIT), as far as it is not sent: ww_conn_output() shows nothing before
/// it. Answers WW_OK where the file may go as it is: send from it, as by sendfile(), and report what the transport took by ww_conn_sent().
/// Returns WW_NEED_INPUT over TLS: read some of it, and ww_conn_send_file_bytes() takes that. WW_DONE: there is none now.
///
/// ```c
/// ww_file file = WW_FILE_INIT;
/// for (;;) {
///     if (flush(fd, c, now_ms) < 0) break; // ww_conn_output(), writev(), ww_conn_sent(); < 0: the transport would block
///     ww_status status = ww_conn_output_file(c, &file);
///     if (status != WW_OK && status != WW_NEED_INPUT) break;
///     off_t at = (off_t)file.offset;
///     if (status == WW_OK) {
///         ssize_t sent = sendfile(fd, (int)file.fd, &at, file.len < MOST ? file.len : MOST);
///         if (sent > 0) { ww_conn_sent(c, (size_t)sent, now_ms); continue; }
///         if (sent < 0 && errno == EAGAIN) break;
///     }
///     ssize_t got = pread((int)file.fd, buf, sizeof buf, (off_t)file.offset); // over TLS, and what sendfile() refuses
///     ww_conn_send_file_bytes(c, buf, got > 0 ? (size_t)got : 0);
/// }
/// ```
///
/// Without the part about WW_OK the loop is right for every connection too, and copies. sendfile() raises SIGPIPE where the peer is
/// gone: ignore it. Both calls wait for the disk.
///
/// Errors: WW_E_ARGUMENT. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_output_file(conn: *mut ww_conn, out: *mut ww_file) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(conn, |c| {
            let (core, ws) = c.core_and_workspace();
            let output = core.shown(ws).file_output();
            let status = match output {
                None => WW_DONE,
                Some(FileOutput::Read(_)) => WW_NEED_INPUT,
                Some(FileOutput::Send(_)) => WW_OK,
            };
            let File { fd, offset, len } = output.map_or(File { fd: -1, offset: 0, len: 0 }, FileOutput::file);
            fill(out, &ww_file { size: 0, fd, offset, len })?;
            Ok(status)
        })
    }
}

/// Takes the next octets of the file that ww_conn_output_file() named, also where it answered WW_OK. They are copied, and become
/// output in the place of those of the file. At most 64 KiB are taken at once, and no more than is left of the file; what else there
/// is in `data` is named again. With `len` 0 the file is shorter than was said, or cannot be read: what was promised cannot be kept, so
/// the connection ends with WW_EVENT_ERROR and WW_E_BODY_LENGTH. Where the end of the transport would be that of the content, as to a client
/// of HTTP/1.0 that was told no length, reset the transport instead of closing it (SO_LINGER of 0), so that it does not look whole.
///
/// Errors: WW_E_ARGUMENT, WW_E_STATE (no file is at the front), nothing done; WW_E_NOMEM: the connection has ended. Allocates when no
/// output block is to spare.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_send_file_bytes(conn: *mut ww_conn, data: *const c_void, len: usize) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(conn, |c| {
            let octets = slice(data.cast::<u8>(), len)?;
            let (core, ws) = c.core_and_workspace();
            core.http1(ws).supply_file(|_, room| {
                let len = octets.len().min(room.len());
                room[..len].copy_from_slice(&octets[..len]);
                len
            })?;
            Ok(WW_OK)
        })
    }
}
