//! `ww_range_verdict`.

use crate::error::{Code, Error};
use crate::ffi::check::ARGUMENT;
use crate::ffi::guard::guarded;
use crate::ffi::head::types::ww_span;
use crate::ffi::message::octets;
use crate::ffi::status::{WW_OK, ww_status};
use crate::semantics::range::{ByteRange, RangeVerdict, evaluate};

/// Verdict on a Range: answer as without the field. It is malformed, of another unit than bytes, or asks for too much.
pub const WW_RANGE_IGNORE: u32 = 0;
/// Verdict on a Range: it is one range, in the table, that is the whole content. Answer with 206, or as without the field.
pub const WW_RANGE_WHOLE: u32 = 200;
/// Verdict on a Range: answer with 206 and the ranges in the table.
pub const WW_RANGE_PARTIAL: u32 = 206;
/// Verdict on a Range: there is no octet of what it asks for. Answer with 416, and with the length in Content-Range (RFC 9110 §15.5.17).
pub const WW_RANGE_UNSATISFIABLE: u32 = 416;

/// A part of a content. Its Content-Range is `bytes first-(first + len - 1)/length`.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_range {
    /// Octets before it.
    pub first: u64,
    /// Octets of it, at least 1.
    pub len: u64,
}

/// What the value of Range (RFC 9110 §14.1.2, §14.2) asks of a content of `length` octets, in `verdict`: `WW_RANGE_*`. The ranges are in
/// `table`, how many in `count`: in the order of the field, clipped to the content, without those of which there is no octet.
///
/// `room` is how many ranges you are willing to send, 1 if you do not make multipart/byteranges: a field with more of them is ignored.
/// So is one whose ranges have more octets together than the content: they overlap. An answer is never longer than the content for it.
///
/// Range is for GET alone, and ignored when ww_check_preconditions() says WW_VERDICT_PROCEED_WHOLE.
///
/// Returns `WW_OK`. Errors: `WW_E_ARGUMENT` for NULL, with nothing touched. Of the table nothing beyond `room` is touched, and what is
/// beyond `count` means nothing. `*count` is 0 but for WW_RANGE_WHOLE and WW_RANGE_PARTIAL.
///
/// Any thread. Does not allocate; looks at each octet a few times.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_range_verdict(
    value: ww_span,
    length: u64,
    table: *mut ww_range,
    room: usize,
    count: *mut usize,
    verdict: *mut u32,
) -> ww_status {
    guarded(|| {
        // SAFETY: what the caller promised.
        let (Ok(value), Ok(table), Some(count), Some(verdict)) =
            (unsafe { (octets(value), ranges(table, room), count.as_mut(), verdict.as_mut()) })
        else {
            return Code::Argument as ww_status;
        };
        (*verdict, *count) = match evaluate(value, length, table) {
            RangeVerdict::Ignore => (WW_RANGE_IGNORE, 0),
            RangeVerdict::Whole => (WW_RANGE_WHOLE, 1),
            RangeVerdict::Partial(count) => (WW_RANGE_PARTIAL, count),
            RangeVerdict::Unsatisfiable => (WW_RANGE_UNSATISFIABLE, 0),
        };
        WW_OK
    })
}

/// # Safety
/// `table` is null or points to `room` writable ranges that nothing else looks at during `'a`.
unsafe fn ranges<'a>(table: *mut ww_range, room: usize) -> Result<&'a mut [ByteRange], Error> {
    match (table.is_null(), room) {
        (_, 0) => Ok(&mut []),
        (true, _) => Err(ARGUMENT),
        (false, room) if room > isize::MAX as usize / size_of::<ww_range>() => Err(ARGUMENT),
        // SAFETY: as the caller promises; both types have two numbers of the same layout.
        (false, _) => Ok(unsafe { core::slice::from_raw_parts_mut(table.cast(), room) }),
    }
}

const _: () = assert!(size_of::<ww_range>() == size_of::<ByteRange>());
