//! `ww_sse_start`, `ww_sse_next`.

use core::ffi::c_void;
use core::ptr::null_mut;

use super::event_stream::ww_sse_event;
use super::{NONE, span};
use crate::error::Code;
use crate::ffi::check::{fill, slice, slice_mut};
use crate::ffi::guard::{answer, guarded};
use crate::ffi::status::{WW_NEED_INPUT, WW_OK, ww_status};
use crate::semantics::event_reader::{EventReader, EventStep, ReceivedEvent};

/// A reader of an event stream. It is made ready by ww_sse_start(), and owns nothing: it may be dropped at any time.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_sse_reader {
    /// Not to be looked at.
    pub opaque: [u64; 10],
}

/// What is in a `ww_sse_reader`. It is not started where `room` is null.
#[repr(C)]
struct Held {
    room: *mut u8,
    room_len: usize,
    reader: EventReader,
}

const _: () =
    assert!(size_of::<Held>() <= size_of::<ww_sse_reader>() && align_of::<Held>() <= align_of::<ww_sse_reader>());

/// Makes `reader` ready for content in `text/event-stream` (HTML Standard §9.2.6). In `room` one event is put together: its `room_len`
/// octets are the limit of its data, type and id, with the line that is being read.
///
/// Returns `WW_OK`, or `WW_E_ARGUMENT` for NULL or no room, with the reader not started.
///
/// Any thread. Does not allocate.
///
/// `room` belongs to the reader for as long as it is used.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_sse_start(reader: *mut ww_sse_reader, room: *mut c_void, room_len: usize) -> ww_status {
    let room = room.cast::<u8>();
    guarded(|| {
        if reader.is_null() {
            return Code::Argument as ww_status;
        }
        let is_good = !room.is_null() && (1..=isize::MAX as usize).contains(&room_len);
        let (room, room_len) = if is_good { (room, room_len) } else { (null_mut(), 0) };
        // SAFETY: what the caller promised; it has room for one, as asserted above.
        unsafe { reader.cast::<Held>().write(Held { room, room_len, reader: EventReader::default() }) };
        if is_good { WW_OK } else { Code::Argument as ww_status }
    })
}

/// Looks at an event stream up to the end of the next event, which is in `event`. The stream may come in any pieces: `in` has the next `len`
/// octets of it, and nothing of them has to be kept when they are consumed.
///
/// ```c
/// while ((status = ww_sse_next(&reader, in, len, &consumed, &event)) == WW_OK) {
///     in += consumed, len -= consumed;
///     use(event.data);
/// }
/// ```
///
/// - `consumed` is always written: how many octets of `in` are done with. The next call gets those after them.
/// - `event` of the event has a NULL pointer for the usual type, `message`. Lines of `data` are separated by LF. `comment` is always NULL.
/// - `id` is what was said last, by this event or one before, and NULL before that: it is for Last-Event-ID. So is `retry_ms`, or 0.
/// - The spans are in the room, and valid until the next call on the reader.
///
/// Returns `WW_OK` with an event. Returns `WW_NEED_INPUT` when all `len` octets are consumed and more have to come; an event that the end
/// of the stream cuts off is dropped. Comments, and fields that are unknown or malformed, are skipped: no stream is malformed. Text is not
/// checked to be UTF-8.
///
/// Errors: `WW_E_TOO_LARGE` for an event that does not fit into the room, and then always; `WW_E_STATE` for a reader that was not started;
/// `WW_E_ARGUMENT` for NULL or a wrong `event->size`, and nothing has happened then.
///
/// Any thread; a reader belongs to one at a time. Does not allocate; looks at each octet a few times.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_sse_next(
    reader: *mut ww_sse_reader,
    r#in: *const c_void,
    len: usize,
    consumed: *mut usize,
    event: *mut ww_sse_event,
) -> ww_status {
    let r#in = r#in.cast::<u8>();
    guarded(|| {
        // SAFETY: what the caller promised.
        let Some(consumed) = (unsafe { consumed.as_mut() }) else { return Code::Argument as ww_status };
        *consumed = 0;
        // SAFETY: what the caller promised; what is written before the event is known shows that there is a place for it.
        let (Ok(input), Ok(()), false) = (unsafe { (slice(r#in, len), fill(event, &NOTHING), reader.is_null()) })
        else {
            return Code::Argument as ww_status;
        };
        // SAFETY: what the caller promised; a null pointer is the start of a reader that was not started, whatever is behind it.
        if unsafe { reader.cast::<*mut u8>().read() }.is_null() {
            return Code::State as ww_status;
        }
        // SAFETY: it was started, so a `Held` was written there.
        let held = unsafe { &mut *reader.cast::<Held>() };
        // SAFETY: as the caller promised, to the call that started it.
        let Ok(room) = (unsafe { slice_mut(held.room, held.room_len) }) else { return Code::Argument as ww_status };
        let (used, step) = held.reader.next(input, room);
        *consumed = used;
        match step {
            EventStep::NeedInput => WW_NEED_INPUT,
            EventStep::Failed(fault) => fault.code as ww_status,
            EventStep::Event(found) => {
                // SAFETY: what the caller promised; it was written to before.
                answer(unsafe { fill(event, &ww_sse_event::from(&found)) })
            }
        }
    })
}

const NOTHING: ww_sse_event =
    ww_sse_event { size: 0, comment: NONE, event: NONE, id: NONE, data: NONE, retry_ms: 0, reserved: 0 };

impl From<&ReceivedEvent<'_>> for ww_sse_event {
    fn from(from: &ReceivedEvent<'_>) -> Self {
        let given = |text: Option<&[u8]>| text.map_or(NONE, span);
        let (data, retry_ms) = (span(from.data), from.retry_ms.unwrap_or(0));
        Self { event: given(from.name), id: given(from.id), data, retry_ms, ..NOTHING }
    }
}
