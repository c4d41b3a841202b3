//! What is in a head that was parsed, and small helps with octets: names, numbers, lists, copies.
//!
//! The functions work on any `ww_head`: of the codec, of an event, or a copy.

pub mod copy;
pub mod list;
pub mod names;
pub mod text;

use core::ptr::null;

use super::check::slice;
use super::guard::guarded;
use super::head::types::{ww_field, ww_head, ww_span};
use super::message::octets;

/// The first field of `head` whose `id` is this `WW_FIELD_*`; NULL when there is none, and for `id` 0. Further ones with the same
/// name are behind it in `head->fields`.
///
/// Any thread. Does not allocate; looks at each field once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_head_find(head: *const ww_head, id: u16) -> *const ww_field {
    // SAFETY: what the caller promised.
    unsafe { first(head, |field| id != 0 && field.id == id) }
}

/// The first field of `head` with this name, in any case; NULL when there is none. ww_head_find() is quicker for names that have
/// an id.
///
/// Any thread. Does not allocate; looks at each field once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_head_find_name(head: *const ww_head, name: ww_span) -> *const ww_field {
    // SAFETY: what the caller promised.
    let Ok(name) = (unsafe { octets(name) }) else { return null() };
    // SAFETY: what the caller promised.
    let is_it = |field: &ww_field| unsafe { octets(field.name) }.is_ok_and(|own| own.eq_ignore_ascii_case(name));
    // SAFETY: what the caller promised.
    unsafe { first(head, is_it) }
}

/// # Safety
/// `head` is null or a head whose table of fields is readable.
unsafe fn first(head: *const ww_head, is_it: impl Fn(&ww_field) -> bool) -> *const ww_field {
    let mut found: *const ww_field = null();
    guarded(|| {
        // SAFETY: as the caller promises.
        let fields = unsafe { head.as_ref().map(|head| slice(head.fields, head.field_count)) };
        if let Some(Ok(fields)) = fields {
            found = fields.iter().find(|field| is_it(field)).map_or(null(), core::ptr::from_ref);
        }
        0
    });
    found
}
