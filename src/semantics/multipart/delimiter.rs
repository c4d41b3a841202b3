//! The delimiter between parts: CRLF, two hyphens and the boundary (RFC 2046 §5.1.1).
//!
//! Uses the media type of the content. CR occurs only as its first octet, so after a mismatch nothing has to be
//! searched again.

use crate::semantics::media_type::MediaType;
use crate::semantics::parameters::unquoted;

/// Maximum length of a boundary.
const BOUNDARY_MAX: usize = 70;
/// Before the boundary.
const START: &[u8; 4] = b"\r\n--";

/// A delimiter.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Delimiter {
    octets: [u8; START.len() + BOUNDARY_MAX],
    len: u8,
}

impl Delimiter {
    /// The delimiter for a multipart type's `boundary`; `None` if the boundary is missing, repeated or invalid: 1 to 70
    /// octets of certain kinds, the last not a space.
    pub fn of(media_type: &MediaType<'_>) -> Option<Self> {
        let mut found = None;
        for parameter in media_type.parameters() {
            let (name, value) = parameter.ok()?;
            if name.eq_ignore_ascii_case(b"boundary") && found.replace(value).is_some() {
                return None;
            }
        }
        let boundary = unquoted(found?);
        let len = boundary.clone().count();
        let is_good = (1..=BOUNDARY_MAX).contains(&len) && boundary.clone().all(is_bchar);
        if !is_good || boundary.clone().last() == Some(b' ') {
            return None;
        }
        let len = START.len() + len;
        let mut octets = [0; START.len() + BOUNDARY_MAX];
        let all = START.iter().copied().chain(boundary);
        octets.iter_mut().zip(all).for_each(|(to, octet)| *to = octet);
        Some(Self { octets, len: crate::narrow::octet(len) })
    }

    /// Its octets.
    pub fn octets(&self) -> &[u8] {
        &self.octets[..usize::from(self.len)]
    }

    /// The offset of the delimiter in `input`, and how many of its octets are there: all, or those up to the end of the
    /// input. If there is none, the length of the input and 0.
    pub fn find(&self, input: &[u8]) -> (usize, usize) {
        let mut from = 0;
        while let Some(at) = input[from..].iter().position(|&octet| octet == b'\r') {
            let start = from + at;
            let same = same(self.octets(), &input[start..]);
            if same == self.octets().len() || start + same == input.len() {
                return (start, same);
            }
            from = start + same;
        }
        (input.len(), 0)
    }

    /// How many octets of `input` continue a delimiter with `count` octets so far.
    pub fn goes_on(&self, count: usize, input: &[u8]) -> usize {
        same(&self.octets()[count..], input)
    }
}

/// The length of the common prefix.
fn same(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}

/// RFC 2046 §5.1.1: bchars.
fn is_bchar(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&octet)
}
