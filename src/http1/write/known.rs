//! The field lines that were written last: nearly every response of a server has those of the response before.

use super::facts::{FieldFacts, FieldRef, check_fields};
use super::out::Out;
use crate::http1::octet::same;

/// Octets that are remembered, and field lines.
const ROOM: usize = 512;
const LINES: usize = 16;

/// The lengths of a field that is remembered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Lengths {
    name: usize,
    value: usize,
}

impl Lengths {
    #[inline(always)]
    fn of(field: FieldRef<'_>) -> Self {
        Self { name: field.name.len(), value: field.value.len() }
    }
}

/// Field lines that were found well-formed and mean nothing to the writer, as what follows the last digit of a Content-Length: the
/// end of that line, they, and the empty line.
///
/// Fields of the same names and values need not be looked at again. Fields of other ones may come to the same octets, with a value that
/// contains the end of a line: so lengths are compared as well.
#[derive(Clone, Copy, Debug)]
pub struct KnownLines {
    octets: [u8; ROOM],
    len: usize,
    lengths: [Lengths; LINES],
    count: usize,
}

impl KnownLines {
    /// None.
    pub const fn new() -> Self {
        let mut octets = [0; ROOM];
        octets[0] = b'\r';
        octets[1] = b'\n';
        octets[2] = b'\r';
        octets[3] = b'\n';
        Self { octets, len: 4, lengths: [Lengths { name: 0, value: 0 }; LINES], count: 0 }
    }

    /// The lines of `fields`, where these are known or such as can be; `None` for others, malformed ones among them.
    #[inline(always)]
    pub fn of<'f>(&mut self, fields: impl Iterator<Item = FieldRef<'f>> + Clone) -> Option<&[u8]> {
        if self.are(fields.clone()) || self.learn(fields) { Some(&self.octets[..self.len]) } else { None }
    }

    #[inline(always)]
    fn are<'f>(&self, fields: impl Iterator<Item = FieldRef<'f>>) -> bool {
        let (mut rest, mut known) = (&self.octets[2..], self.lengths[..self.count].iter());
        for field in fields {
            match known.next() {
                Some(lengths) if *lengths == Lengths::of(field) => {}
                _ => return false,
            }
            match after_line(rest, field) {
                Some(after) => rest = after,
                None => return false,
            }
        }
        known.next().is_none()
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
        let is_whole = out.is_full() && self.learn_lengths(fields);
        if is_whole {
            self.len = len;
        } else {
            *self = Self::new();
        }
        is_whole
    }

    /// Whether there are not too many.
    fn learn_lengths<'f>(&mut self, fields: impl Iterator<Item = FieldRef<'f>>) -> bool {
        self.count = 0;
        for field in fields {
            let Some(lengths) = self.lengths.get_mut(self.count) else { return false };
            *lengths = Lengths::of(field);
            self.count += 1;
        }
        true
    }
}

/// What follows in `text`, if it begins with the line of `field`, whose lengths are those of that line.
#[inline(always)]
fn after_line<'a>(text: &'a [u8], field: FieldRef<'_>) -> Option<&'a [u8]> {
    let (name, text) = text.split_at_checked(field.name.len())?;
    let (value, text) = text.get(2..)?.split_at_checked(field.value.len())?;
    let is_same = same(name, field.name) && same(value, field.value);
    is_same.then(|| text.get(2..)).flatten()
}

impl Default for KnownLines {
    fn default() -> Self {
        Self::new()
    }
}
