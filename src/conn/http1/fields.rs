//! The fields of a head that was received.

use crate::conn::workspace::HeadSlab;
use crate::http1::head::{Field, Summary, field_id};

/// The octets of a field's value.
pub fn value_of<'a>(field: &Field, bytes: &'a [u8]) -> &'a [u8] {
    bytes.get(field.value as usize..(field.value + field.value_len) as usize).unwrap_or_default()
}

/// RFC 9112 §6.3: where Transfer-Encoding overrides Content-Length the latter is not to be seen (H1-TE-03, -04).
#[inline]
pub fn hide_length(slab: &mut HeadSlab, summary: &Summary) {
    const BOTH: u32 = Summary::LENGTH | Summary::TE;
    if summary.flags & BOTH == BOTH {
        slab.fields.as_mut_vec().retain(|field| field.id != field_id::CONTENT_LENGTH);
    }
}
