//! The field lines that were written last: nearly every response of a server has those of the response before.

use super::facts::FieldFacts;
use super::field_check::check_fields;
use super::field_ref::FieldRef;
use super::out::Out;
use crate::http1::octet::same;

/// Octets that are remembered.
const ROOM: usize = 512;

/// Field lines that were found well-formed and mean nothing to the writer, as what follows the last digit of a Content-Length: the
/// end of that line, they, and the empty line.
///
/// Fields that come to the same octets need not be looked at again, where they are as many and their names are together as long: a value
/// with the end of a line in it would make fewer lines of those octets, and a name with a colon a longer name.
#[derive(Clone, Copy, Debug)]
pub struct KnownLines {
    octets: [u8; ROOM],
    len: usize,
    shape: usize,
}

/// What a field adds to the shape of all: one line, and the octets of its name.
#[inline(always)]
fn shape(field: FieldRef<'_>) -> usize {
    field.name.len().wrapping_add(LINE)
}

/// More than the names that are remembered have together.
const LINE: usize = ROOM;

impl KnownLines {
    /// None.
    pub const fn new() -> Self {
        let mut octets = [0; ROOM];
        octets[0] = b'\r';
        octets[1] = b'\n';
        octets[2] = b'\r';
        octets[3] = b'\n';
        Self { octets, len: 4, shape: 0 }
    }

    /// The lines of `fields`, where these are known or such as can be; `None` for others, malformed ones among them.
    #[inline(always)]
    pub fn of<'f>(&mut self, fields: impl Iterator<Item = FieldRef<'f>> + Clone) -> Option<&[u8]> {
        if self.are(fields.clone()) || self.learn(fields) { Some(&self.octets[..self.len]) } else { None }
    }

    #[inline(always)]
    fn are<'f>(&self, fields: impl Iterator<Item = FieldRef<'f>>) -> bool {
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
    fn learn<'f>(&mut self, fields: impl Iterator<Item = FieldRef<'f>> + Clone) -> bool {
        let facts = check_fields(fields.clone()).unwrap_or(FieldFacts { flags: u32::MAX, ..FieldFacts::default() });
        let len = facts.octets.saturating_add(4);
        let (0, Some(room)) = (facts.flags, self.octets.get_mut(..len)) else { return false };
        let mut out = Out::new(room);
        out.put(b"\r\n");
        out.fields(fields.clone());
        out.put(b"\r\n");
        // Fields that are not the same when they are walked again leave room; what is there then is no field line.
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

/// What follows in `text`, if it begins with the line of `field`.
#[inline(always)]
fn after_line<'a>(text: &'a [u8], field: FieldRef<'_>) -> Option<&'a [u8]> {
    let (name, text) = text.split_at_checked(field.name.len())?;
    let (colon, text) = text.split_first_chunk::<2>()?;
    let (value, text) = text.split_at_checked(field.value.len())?;
    let (end, text) = text.split_first_chunk::<2>()?;
    let is_same = same(name, field.name) && colon == b": " && same(value, field.value) && end == b"\r\n";
    is_same.then_some(text)
}

impl Default for KnownLines {
    fn default() -> Self {
        Self::new()
    }
}
