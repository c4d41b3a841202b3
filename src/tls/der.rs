//! Minimal DER reader for certificates and OCSP responses (X.690 §8.1, §10.1).

pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;

/// Reads the first element of `der`: tag and content. `None`: there is none, or it is truncated.
pub(super) fn take<'a>(der: &mut &'a [u8]) -> Option<(u8, &'a [u8])> {
    let (&[tag, first], rest) = der.split_first_chunk()?;
    let (len, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x81..=0x84 => {
            let (len, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (len.iter().fold(0, |sum, &octet| sum << 8 | usize::from(octet)), rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(len)?;
    *der = rest;
    Some((tag, content))
}

/// Reads the first element of `der`, which must have this tag: its content.
pub(super) fn take_of<'a>(der: &mut &'a [u8], tag: u8) -> Option<&'a [u8]> {
    take(der).filter(|element| element.0 == tag).map(|element| element.1)
}
