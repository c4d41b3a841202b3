//! `ww_multipart_start`, `ww_multipart_next`.

use core::ffi::c_void;
use core::ptr::null_mut;

use super::{NONE, span};
use crate::error::{Code, Error};
use crate::ffi::check::{ARGUMENT, fill, slice, slice_mut};
use crate::ffi::guard::guarded;
use crate::ffi::head::types::ww_span;
use crate::ffi::message::octets;
use crate::ffi::status::{WW_DONE, WW_NEED_INPUT, WW_OK, ww_status};
use crate::semantics::multipart::{Multipart, MultipartStep, PartHead};

/// Flag of ww_multipart_start(): any multipart type is taken. The parts have no `name` and no `filename` then.
pub const WW_MULTIPART_ANY: u32 = 1 << 0;

/// `kind` of a ww_part: a part begins. `name`, `filename`, `content_type` and `head` say what it is.
pub const WW_PART_BEGIN: u32 = 1;
/// `kind` of a ww_part: content of the part, in `data`.
pub const WW_PART_DATA: u32 = 2;
/// `kind` of a ww_part: the part is whole.
pub const WW_PART_END: u32 = 3;

/// A reader of multipart content. It is made ready by ww_multipart_start(), and owns nothing: it may be dropped at any time. It must
/// not be moved while a `data` is used.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_multipart {
    /// Not to be looked at.
    pub opaque: [u64; 16],
}

/// What ww_multipart_next() found. Start from WW_PART_INIT. The spans are valid until the next call on the reader, and `data` as long
/// as the octets given to that call. What does not belong to the kind is empty, with a NULL pointer.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_part {
    /// `sizeof(ww_part)`
    pub size: usize,
    /// `name` of Content-Disposition: the field of the form. Without its quotes, and as it came otherwise: browsers write `%22`, `%0D` and `%0A`
    /// for a quote, CR and LF.
    pub name: ww_span,
    /// `filename` there, likewise; a NULL pointer where there is none. It is what the peer says: never a path to write to.
    pub filename: ww_span,
    /// Content-Type of the part; a NULL pointer where there is none. See ww_parse_media_type().
    pub content_type: ww_span,
    /// All field lines of the part and the empty line behind them, for ww_parse_trailers().
    pub head: ww_span,
    /// Content, never empty.
    pub data: ww_span,
    /// `WW_PART_*`
    pub kind: u32,
    /// 0
    pub reserved: u32,
}

/// What is in a `ww_multipart`. All-zero octets are one that was not started.
#[repr(C)]
struct Held {
    is_started: bool,
    room: *mut u8,
    room_len: usize,
    reader: Multipart,
}

const _: () =
    assert!(size_of::<Held>() <= size_of::<ww_multipart>() && align_of::<Held>() <= align_of::<ww_multipart>());

/// Makes `reader` ready for content whose Content-Type is `content_type`: multipart/form-data (RFC 7578), whatever multipart with
/// WW_MULTIPART_ANY (RFC 2046 §5.1). In `room` the head of each part is put together; its `room_len` octets are the limit of a head. 4 KiB are
/// plenty for forms.
///
/// Returns `WW_OK`. Errors, with the reader not started: `WW_E_FIELD_VALUE` for another type (answer 415), or a boundary that is missing, there
/// twice, or no boundary: 1 to 70 octets of those that RFC 2046 allows (answer 400); `WW_E_ARGUMENT` for NULL or an unknown flag.
///
/// Any thread. Does not allocate; looks at each octet of `content_type` a few times.
///
/// `room` belongs to the reader for as long as it is used.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_multipart_start(
    reader: *mut ww_multipart,
    content_type: ww_span,
    flags: u32,
    room: *mut c_void,
    room_len: usize,
) -> ww_status {
    let room = room.cast::<u8>();
    guarded(|| {
        if reader.is_null() {
            return Code::Argument as ww_status;
        }
        // SAFETY: what the caller promised.
        unsafe { reader.write(ww_multipart { opaque: [0; 16] }) };
        // SAFETY: what the caller promised.
        let (Ok(content_type), Ok(_), 0) =
            (unsafe { (octets(content_type), slice_mut(room, room_len), flags & !WW_MULTIPART_ANY) })
        else {
            return Code::Argument as ww_status;
        };
        let Some(made) = Multipart::new(content_type, flags & WW_MULTIPART_ANY == 0) else {
            return Code::FieldValue as ww_status;
        };
        let room = if room_len == 0 { null_mut() } else { room };
        // SAFETY: what the caller promised; it has room for one, as asserted above.
        unsafe { reader.cast::<Held>().write(Held { is_started: true, room, room_len, reader: made }) };
        WW_OK
    })
}

/// Looks at multipart content up to the next event, which is in `part`. The content may come in any pieces: `in` has the next `len` octets of
/// it, and nothing of them has to be kept when they are consumed. Events and errors do not depend on the pieces, but for the places where
/// WW_PART_DATA is divided and a head that is too large is found.
///
/// ```c
/// while ((status = ww_multipart_next(&reader, in, len, &consumed, &part)) == WW_OK) {
///     in += consumed, len -= consumed;
///     if (part.kind == WW_PART_DATA) use(part.data);
/// }
/// ```
///
/// - `consumed` is always written: how many octets of `in` are done with. The next call gets those after them.
/// - Each part is one WW_PART_BEGIN, any number of WW_PART_DATA, and one WW_PART_END.
/// - Octets that could have been a boundary, at the end of an input, are shown later: `data` is in `reader` then.
/// - What is before the first boundary and behind the last one is skipped. Lines end in CRLF; a boundary behind a bare LF is content.
///
/// Returns `WW_OK` with an event. Returns `WW_NEED_INPUT` when all `len` octets are consumed and more have to come. Returns `WW_DONE` behind
/// the last boundary, and in every later call, with all octets consumed: only then the content is whole, and a content that ends without
/// it was cut off (answer 400). How many parts there are, and how long they are, is for the caller to bound.
///
/// Errors, which every later call returns too, with the octet at `in[*consumed]`: `WW_E_MULTIPART` for a boundary with something else behind
/// it in its line, a malformed head, and a part of a form that is not `form-data` with one `name`; `WW_E_TOO_LARGE` for a head that does not
/// fit into the room or has more than 32 fields. `WW_E_STATE` for a reader that was not started; `WW_E_ARGUMENT` for NULL or a wrong
/// `part->size`, and nothing has happened then.
///
/// Any thread; a reader belongs to one at a time. Does not allocate; linear, and copies heads only.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_multipart_next(
    reader: *mut ww_multipart,
    r#in: *const c_void,
    len: usize,
    consumed: *mut usize,
    part: *mut ww_part,
) -> ww_status {
    let r#in = r#in.cast::<u8>();
    guarded(|| {
        // SAFETY: what the caller promised; a reader is zeroed or was left by a call before, and both are a `Held`.
        let (held, consumed) = unsafe { (reader.cast::<Held>().as_mut(), consumed.as_mut()) };
        let Some(consumed) = consumed else { return Code::Argument as ww_status };
        *consumed = 0;
        // SAFETY: what the caller promised; what is written before the event is known shows that there is a place for it.
        let (Some(held), Ok(input), Ok(())) = (held, unsafe { slice(r#in, len) }, unsafe { fill(part, &NOTHING) })
        else {
            return Code::Argument as ww_status;
        };
        // SAFETY: as the caller promised, to the call that started it.
        let Ok(room) = (unsafe { slice_mut(held.room, held.room_len) }) else { return Code::Argument as ww_status };
        if !held.is_started {
            return Code::State as ww_status;
        }
        let (used, step) = held.reader.next(input, room);
        *consumed = used;
        // SAFETY: what the caller promised.
        status(&step, |found| unsafe { fill(part, &found) }).unwrap_or(ARGUMENT.code() as ww_status)
    })
}

/// The status of a step, and what it shows.
fn status(step: &MultipartStep<'_>, show: impl FnOnce(ww_part) -> Result<(), Error>) -> Result<ww_status, Error> {
    let found = match *step {
        MultipartStep::NeedInput => return Ok(WW_NEED_INPUT),
        MultipartStep::Done => return Ok(WW_DONE),
        MultipartStep::Failed(fault) => return Ok(fault.code as ww_status),
        MultipartStep::Head(ref head) => ww_part::from(head),
        MultipartStep::Content(octets) => ww_part { data: span(octets), kind: WW_PART_DATA, ..NOTHING },
        MultipartStep::End => ww_part { kind: WW_PART_END, ..NOTHING },
    };
    show(found).map(|()| WW_OK)
}

const NOTHING: ww_part =
    ww_part { size: 0, name: NONE, filename: NONE, content_type: NONE, head: NONE, data: NONE, kind: 0, reserved: 0 };

impl From<&PartHead<'_>> for ww_part {
    fn from(head: &PartHead<'_>) -> Self {
        let given = |text: Option<&[u8]>| text.map_or(NONE, span);
        Self {
            name: given(head.name),
            filename: given(head.filename),
            content_type: given(head.content_type),
            head: span(head.text),
            kind: WW_PART_BEGIN,
            ..NOTHING
        }
    }
}
