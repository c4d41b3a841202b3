//! The last field lines written: most responses of a server have the same fields as the one before.

use super::facts::FieldFacts;
use super::field_check::check_fields;
use super::field_ref::FieldRef;
use super::out::Out;
use crate::http1::octet::same;

/// Size of the cache in octets.
const ROOM: usize = 512;

/// Validated field lines without effect on framing, stored as they follow the digits of Content-Length: CRLF, the
/// lines, and the empty line.
///
/// Fields that produce the same octets need no validation if also their number and the sum of their name lengths match:
/// a value with a line end would make fewer fields of the same octets, and a name with a colon a longer name.
#[derive(Clone, Copy, Debug)]
pub struct FieldLineCache {
    octets: [u8; ROOM],
    len: usize,
    shape: usize,
}

/// The contribution of a field to `shape`: one line, and the length of its name.
#[inline(always)]
fn shape(field: FieldRef<'_>) -> usize {
    field.name.len().wrapping_add(LINE)
}

/// More than the sum of all cached name lengths.
const LINE: usize = ROOM;

impl FieldLineCache {
    /// Empty.
    pub const fn new() -> Self {
        let mut octets = [0; ROOM];
        octets[0] = b'\r';
        octets[1] = b'\n';
        octets[2] = b'\r';
        octets[3] = b'\n';
        Self { octets, len: 4, shape: 0 }
    }

    /// The lines of `fields`, if they are cached or can be; `None` for others, including malformed ones.
    #[inline(always)]
    pub fn of<'f>(&mut self, fields: impl Iterator<Item = FieldRef<'f>> + Clone) -> Option<&[u8]> {
        if self.matches(fields.clone()) || self.store(fields) { Some(&self.octets[..self.len]) } else { None }
    }

    #[inline(always)]
    fn matches<'f>(&self, fields: impl Iterator<Item = FieldRef<'f>>) -> bool {
        let mut rest = &self.octets[2..];
        let mut left = self.shape;
        for field in fields {
            left = left.wrapping_sub(shape(field));
            match after_line(rest, field) {
                Some(after) => rest = after,
                None => return false,
            }
        }
        ROOM - rest.len() + 2 == self.len && left == 0
    }

    #[inline(never)]
    fn store<'f>(&mut self, fields: impl Iterator<Item = FieldRef<'f>> + Clone) -> bool {
        let facts = check_fields(fields.clone()).unwrap_or(FieldFacts { flags: u32::MAX, ..FieldFacts::default() });
        let len = facts.octets.saturating_add(4);
        let (0, Some(room)) = (facts.flags, self.octets.get_mut(..len)) else { return false };
        let mut out = Out::new(room);
        out.put(b"\r\n");
        out.fields(fields.clone());
        out.put(b"\r\n");
        // If the iterator yields other fields the second time, the buffer is not full, and its content is unusable.
        let is_whole = out.is_full();
        if is_whole {
            self.len = len;
            self.shape = fields.map(shape).fold(0, usize::wrapping_add);
        } else {
            *self = Self::new();
        }
        is_whole
    }
}

/// The remainder of `text`, if it begins with the line of `field`.
#[inline(always)]
fn after_line<'a>(text: &'a [u8], field: FieldRef<'_>) -> Option<&'a [u8]> {
    let (name, text) = text.split_at_checked(field.name.len())?;
    let (colon, text) = text.split_first_chunk::<2>()?;
    let (value, text) = text.split_at_checked(field.value.len())?;
    let (end, text) = text.split_first_chunk::<2>()?;
    let is_same = same(name, field.name) && colon == b": " && same(value, field.value) && end == b"\r\n";
    is_same.then_some(text)
}

impl Default for FieldLineCache {
    fn default() -> Self {
        Self::new()
    }
}
