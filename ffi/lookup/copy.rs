//! A head as one flat piece of memory.

use core::ffi::c_void;

use crate::error::Error;
use crate::ffi::check::{ARGUMENT, slice};
use crate::ffi::guard::guarded;
use crate::ffi::head::types::{ww_field, ww_head, ww_span};
use crate::ffi::message::octets;
use crate::ffi::status::{WW_E_BUFFER, WW_OK, ww_status};

/// Copies a head, its fields and all octets it points to into `out`, for an answer that comes later than the end of the event or
/// of the input. `out` then begins with a ww_head, behind it its fields, behind them the octets; nothing in it points elsewhere, and all
/// functions on heads take it. It ends with the memory of `out`: there is nothing to free. It points into itself: move it by
/// copying it again with this function, not with memcpy().
///
/// Returns `WW_OK` with the octets used in `*needed`. Returns `WW_E_BUFFER` with the octets needed in `*needed` when they are
/// more than `out_cap`: with `out` NULL and `out_cap` 0 that is how to ask. Errors, with 0 in `*needed`: `WW_E_ARGUMENT`
/// (NULL, or `out` not aligned for a ww_head). Nothing of `out` is touched unless `WW_OK` is returned.
///
/// Any thread. Does not allocate.
///
/// `out` is aligned as malloc() does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_head_copy(
    head: *const ww_head,
    out: *mut c_void,
    out_cap: usize,
    needed: *mut usize,
) -> ww_status {
    guarded(|| {
        // SAFETY: what the caller promised.
        let Some(needed) = (unsafe { needed.as_mut() }) else { return ARGUMENT.code() as ww_status };
        *needed = 0;
        // SAFETY: what the caller promised.
        let Ok(size) = (unsafe { size_of_copy(head) }) else { return ARGUMENT.code() as ww_status };
        if !out.cast::<ww_head>().is_aligned() || (out.is_null() && out_cap != 0) {
            return ARGUMENT.code() as ww_status;
        }
        *needed = size;
        if size > out_cap {
            return WW_E_BUFFER;
        }
        // SAFETY: aligned, and there is room for all that was measured.
        unsafe { copy(&*head, out.cast()) };
        WW_OK
    })
}

/// Octets of the copy: every span was looked at and is readable, and the sum is one of an object that can be.
///
/// # Safety
/// `head` is null or a head whose pointers are alive.
unsafe fn size_of_copy(head: *const ww_head) -> Result<usize, Error> {
    // SAFETY: as the caller promises.
    let head = unsafe { head.as_ref() }.ok_or(ARGUMENT)?;
    // SAFETY: as the caller promises.
    let (fields, trailers) =
        unsafe { (slice(head.fields, head.field_count)?, slice(head.trailers, head.trailer_count)?) };
    let in_fields = fields.iter().chain(trailers).flat_map(|field| [field.name, field.value]);
    let tables = size_of_val(fields).checked_add(size_of_val(trailers)).ok_or(ARGUMENT)?;
    let mut size = tables.checked_add(size_of::<ww_head>()).ok_or(ARGUMENT)?;
    for span in [head.method, head.target, head.reason, head.host].into_iter().chain(in_fields) {
        // SAFETY: as the caller promises.
        let len = unsafe { octets(span) }?.len();
        size = size.checked_add(len).filter(|&size| size <= isize::MAX as usize).ok_or(ARGUMENT)?;
    }
    Ok(size)
}

/// # Safety
/// `out` is aligned and has the room that `size_of_copy` says, which has looked at `head`.
unsafe fn copy(head: &ww_head, out: *mut u8) {
    // SAFETY: the head and its fields come first, and both have the same alignment or a smaller one.
    let (to, fields) = unsafe { (out.cast::<ww_head>(), out.add(size_of::<ww_head>()).cast::<ww_field>()) };
    // SAFETY: behind the fields, with their alignment.
    let trailers = unsafe { fields.add(head.field_count) };
    // SAFETY: behind the trailers.
    let mut place = Place(unsafe { trailers.add(head.trailer_count) }.cast());
    // SAFETY: all was measured; the tables have as many fields as they say, and so has the room for them.
    unsafe {
        place.keep_table(head.fields, head.field_count, fields);
        place.keep_table(head.trailers, head.trailer_count, trailers);
        to.write(ww_head {
            trailers: if head.trailer_count == 0 { core::ptr::null() } else { trailers },
            method: place.keep(head.method),
            target: place.keep(head.target),
            reason: place.keep(head.reason),
            host: place.keep(head.host),
            fields,
            ..*head
        });
    }
}

const _: () = assert!(align_of::<ww_field>() <= align_of::<ww_head>());
const _: () = assert!(size_of::<ww_head>().is_multiple_of(align_of::<ww_field>()));

/// Where the next octets go.
struct Place(*mut u8);

impl Place {
    /// The same fields, in the copy.
    ///
    /// # Safety
    /// There are `count` of them, their octets are readable, and there is room for all.
    unsafe fn keep_table(&mut self, from: *const ww_field, count: usize, to: *mut ww_field) {
        for at in 0..count {
            // SAFETY: as the caller promises.
            unsafe {
                let field = *from.add(at);
                to.add(at).write(ww_field { name: self.keep(field.name), value: self.keep(field.value), ..field });
            }
        }
    }

    /// The same span, in the copy.
    ///
    /// # Safety
    /// The octets are readable, and there is room for them.
    unsafe fn keep(&mut self, span: ww_span) -> ww_span {
        if span.len == 0 {
            return ww_span { data: if span.data.is_null() { span.data } else { self.0 }, len: 0 };
        }
        let kept = ww_span { data: self.0, len: span.len };
        // SAFETY: as the caller promises; the copy does not overlap what it is of.
        unsafe {
            self.0.copy_from_nonoverlapping(span.data, span.len);
            self.0 = self.0.add(span.len);
        }
        kept
    }
}
