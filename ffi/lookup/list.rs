//! List values, one element after the other.

use core::ptr::null;

use crate::error::Code;
use crate::ffi::guard::guarded;
use crate::ffi::head::types::ww_span;
use crate::ffi::message::octets;
use crate::ffi::status::{WW_DONE, WW_OK, ww_status};
use crate::http1::list::Elements;

/// A walk through a list value. Start from WW_LIST_INIT with the value of a field.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_list {
    /// What is still to be walked.
    pub rest: ww_span,
    /// Empty elements so far.
    pub empty: u32,
    /// What the next call answers, unless 0.
    pub state: ww_status,
}

/// The next element of a list value as Accept, Connection and Vary have it (RFC 9110 §5.6.1), in `element`: whitespace around it
/// removed, empty elements skipped. A comma in a quoted string separates nothing; the quotes stay.
///
/// ```c
/// ww_list list = WW_LIST_INIT(field->value);
/// while (ww_list_next(&list, &element) == WW_OK) use(element);
/// ```
///
/// Returns `WW_OK` with an element, `WW_DONE` after the last one, `WW_E_FIELD_VALUE` where the list goes wrong: a quoted string
/// without its end, or more than 32 empty elements. `element` is empty with a NULL pointer then, and later calls say the same. A
/// folded value is to be unfolded first, see ww_field_unfold(). `WW_E_ARGUMENT` for NULL.
///
/// Any thread; a walk belongs to one at a time. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_list_next(list: *mut ww_list, element: *mut ww_span) -> ww_status {
    guarded(|| {
        // SAFETY: what the caller promised.
        let (Some(list), Some(element)) = (unsafe { (list.as_mut(), element.as_mut()) }) else {
            return Code::Argument as ww_status;
        };
        *element = ww_span { data: null(), len: 0 };
        if list.state != WW_OK {
            return list.state;
        }
        // SAFETY: what the caller promised.
        let Ok(rest) = (unsafe { octets(list.rest) }) else { return Code::Argument as ww_status };
        let mut elements = Elements::resume(rest, list.empty);
        let status = match elements.next() {
            Some(Ok(text)) => {
                *element = ww_span { data: text.as_ptr(), len: text.len() };
                WW_OK
            }
            Some(Err(fault)) => fault.code as ww_status,
            None => WW_DONE,
        };
        match elements.position() {
            (Some(rest), empty) if status == WW_OK => {
                list.rest = ww_span { data: rest.as_ptr(), len: rest.len() };
                list.empty = empty;
            }
            _ => list.state = if status == WW_OK { WW_DONE } else { status },
        }
        status
    })
}
