//! `ww_write_sse_event`.

use crate::error::Error;
use crate::ffi::check::{ARGUMENT, prefix};
use crate::ffi::guard::guarded;
use crate::ffi::head::types::ww_span;
use crate::ffi::message::octets;
use crate::ffi::status::ww_status;
use crate::ffi::write::room;
use crate::semantics::event_stream::ServerSentEvent;
use core::ffi::c_void;

/// One event of an event stream. Start from WW_SSE_EVENT_INIT. For ww_write_sse_event() set what is to be written: a span with a NULL pointer
/// is not written, an empty one with another pointer is written as an empty line of its kind. For ww_sse_next() see there.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_sse_event {
    /// `sizeof(ww_sse_event)`
    pub size: usize,
    /// Lines that the reader skips; an empty one keeps proxies from closing a quiet stream.
    pub comment: ww_span,
    /// The type of the event, of one line; without it `message`.
    pub event: ww_span,
    /// The id of the event, of one line, which the reader sends in Last-Event-ID when it connects again. Empty: it forgets the last one.
    pub id: ww_span,
    /// Lines of UTF-8, with CRLF, LF or CR between them; the reader gets each of these as LF. Without it the reader shows no event.
    pub data: ww_span,
    /// Milliseconds that the reader waits before it connects again. 0 is not written.
    pub retry_ms: u32,
    /// 0
    pub reserved: u32,
}

/// Writes an event of content in `text/event-stream` (HTML Standard §9.2.5) to `out`, with the empty line that ends it. Each line of `data`
/// and of `comment` becomes a line of the stream, so that nothing in them is taken for another field.
///
/// ```c
/// ww_sse_event event = WW_SSE_EVENT_INIT;
/// event.data = json;
/// if (ww_write_sse_event(&event, out, sizeof out, &n) == WW_OK) ww_server_send(server, conn, out, n);
/// ```
///
/// Returns `WW_OK` with the octets in `*written`. Returns `WW_E_BUFFER` with the octets needed in `*written` when they are more
/// than `out_cap`: with `out` NULL and `out_cap` 0 that is how to ask. Errors, with 0 in `*written`: `WW_E_FIELD_VALUE` for CR or LF in
/// `event` or `id`, or NUL in `id`; `WW_E_ARGUMENT` for NULL or a wrong `size`. Nothing of `out` is touched unless `WW_OK` is returned.
///
/// Any thread. Does not allocate; looks at each octet a few times. Whether text is UTF-8 is not looked at.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_write_sse_event(
    event: *const ww_sse_event,
    out: *mut c_void,
    out_cap: usize,
    written: *mut usize,
) -> ww_status {
    let out = out.cast::<u8>();
    guarded(|| {
        // SAFETY: what the caller promised; all-zero octets are a valid event.
        unsafe {
            room::write(out, out_cap, written, |room| {
                let event = read(&prefix(event)?)?;
                event.check().map_err(|fault| fault.at(0))?;
                room.gather(|to| event.write(to))
            })
        }
    })
}

/// # Safety
/// The spans are empty or readable during `'a`.
unsafe fn read<'a>(from: &ww_sse_event) -> Result<ServerSentEvent<'a>, Error> {
    if from.reserved != 0 {
        return Err(ARGUMENT);
    }
    // SAFETY: as the caller promises.
    let given = |text: ww_span| unsafe { octets(text) }.map(|octets| Some(octets).filter(|_| !text.data.is_null()));
    Ok(ServerSentEvent {
        comment: given(from.comment)?,
        name: given(from.event)?,
        id: given(from.id)?,
        retry_ms: Some(from.retry_ms).filter(|&retry| retry != 0),
        data: given(from.data)?,
    })
}
