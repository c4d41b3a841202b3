//! Known names and their numbers.

use core::ptr::null;

use crate::ffi::guard::guarded;
use crate::ffi::head::types::ww_span;
use crate::ffi::message::octets;
use crate::http1::head::{field_id, field_name, method_name};

/// The `WW_FIELD_*` of a field name, in any case; 0 for any other name.
///
/// Any thread. Does not allocate; one look into a table.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_field_id(name: ww_span) -> u16 {
    let mut id = 0;
    guarded(|| {
        // SAFETY: what the caller promised.
        id = unsafe { octets(name) }.map_or(0, |name| u16::from(field_id(name)));
        0
    });
    id
}

/// The name of a `WW_FIELD_*` as its standard writes it; empty with a NULL pointer for 0 and unknown values. Static.
///
/// Any thread. Does not allocate.
#[unsafe(no_mangle)]
pub extern "C" fn ww_field_name(id: u16) -> ww_span {
    text(u8::try_from(id).ok().and_then(field_name))
}

/// The name of a `WW_METHOD_*`; empty with a NULL pointer for WW_METHOD_OTHER and unknown values. Static.
///
/// Any thread. Does not allocate.
#[unsafe(no_mangle)]
pub extern "C" fn ww_method_name(id: u8) -> ww_span {
    text(method_name(id))
}

fn text(text: Option<&'static str>) -> ww_span {
    text.map_or(ww_span { data: null(), len: 0 }, |text| ww_span { data: text.as_ptr(), len: text.len() })
}
