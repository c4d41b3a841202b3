//! The Range field (RFC 9110 §14.1.2, §14.2), applied to a length.
//!
//! Uses the lists of [`crate::http1::list`]. The size of the caller's table limits the number of ranges.

use crate::http1::list::elements;

/// A part of a content, with the layout of the C struct.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct ByteRange {
    /// Offset.
    pub first: u64,
    /// Length, at least 1.
    pub len: u64,
}

/// The result of a Range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeVerdict {
    /// Ignore it: the field is malformed, has a unit other than bytes, or asks for too much. Respond as without it.
    Ignore,
    /// One range, the whole content, in the table: respond with 206 or as without the field.
    Whole,
    /// This many ranges, in the table, in the order of the field: 206.
    Partial(usize),
    /// No octet of the content: 416.
    Unsatisfiable,
}

/// Evaluates a Range for a content of `length` octets. The ranges go into `table`, clipped to the length; ranges
/// without octets are omitted.
///
/// Ignores a Range with more ranges than `table` has room for, or with more octets than the content, since they overlap
/// (RFC 9110 §17.15).
pub fn evaluate(value: &[u8], length: u64, table: &mut [ByteRange]) -> RangeVerdict {
    read(value, length, table).unwrap_or(RangeVerdict::Ignore)
}

/// `None`: ignore the field.
fn read(value: &[u8], length: u64, table: &mut [ByteRange]) -> Option<RangeVerdict> {
    let (_, set) = value.split_at_checked(6).filter(|(unit, _)| unit.eq_ignore_ascii_case(b"bytes="))?;
    let count = fill(table, set, length)?;
    match &table[..count] {
        [] => Some(RangeVerdict::Unsatisfiable),
        // A suffix of an empty content is satisfiable, but no Content-Range can describe it.
        _ if length == 0 => None,
        [only] if only.len == length => Some(RangeVerdict::Whole),
        _ => Some(RangeVerdict::Partial(count)),
    }
}

/// Fills `table` with the clipped ranges and returns their number.
fn fill(table: &mut [ByteRange], set: &[u8], length: u64) -> Option<usize> {
    let mut count = 0;
    elements(set).next()?.ok()?;
    for element in elements(set) {
        if let Some(range) = clip(element.ok()?, length)? {
            *table.get_mut(count)? = range;
            count += 1;
        }
    }
    let sum = table[..count].iter().try_fold(0u64, |sum, range| sum.checked_add(range.len))?;
    (sum <= length).then_some(count)
}

/// A clipped range, `Some(None)` if it has no octets; `None` if it is not a range.
fn clip(range: &[u8], length: u64) -> Option<Option<ByteRange>> {
    let dash = range.iter().position(|&octet| octet == b'-')?;
    let (first, last) = (&range[..dash], &range[dash + 1..]);
    if first.is_empty() {
        let suffix = number(last)?;
        let len = suffix.min(length);
        return Some((suffix != 0).then(|| ByteRange { first: length - len, len }));
    }
    let first = number(first)?;
    let last = if last.is_empty() { u64::MAX } else { number(last).filter(|&last| last >= first)? };
    let end = last.saturating_add(1).min(length);
    Some((first < length).then(|| ByteRange { first, len: end - first }))
}

/// 1*DIGIT, saturating.
fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0u64, |value, octet| {
        octet.is_ascii_digit().then(|| value.saturating_mul(10).saturating_add(u64::from(octet - b'0')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The result with a table of four, and its content.
    fn evaluated(value: &str, length: u64) -> (RangeVerdict, Vec<(u64, u64)>) {
        let mut table = [ByteRange::default(); 4];
        let verdict = evaluate(value.as_bytes(), length, &mut table);
        let count = match verdict {
            RangeVerdict::Whole => 1,
            RangeVerdict::Partial(count) => count,
            _ => 0,
        };
        (verdict, table[..count].iter().map(|range| (range.first, range.len)).collect())
    }

    #[test]
    fn h1_sem_09_ranges_of_a_content_of_ten_thousand_octets() {
        let cases: [(&str, &[(u64, u64)]); 13] = [
            ("bytes=0-499", &[(0, 500)]),
            ("BYTES=9500-", &[(9500, 500)]),
            ("bytes=-500", &[(9500, 500)]),
            ("bytes=0-0,-1", &[(0, 1), (9999, 1)]),
            ("bytes=500-600,601-999", &[(500, 101), (601, 399)]),
            ("bytes=500-700,601-999", &[(500, 201), (601, 399)]),
            ("bytes= 0-1\t, ,5-6", &[(0, 2), (5, 2)]),
            ("bytes=9999-99999999999999999999999", &[(9999, 1)]),
            ("bytes=10000-,0-1", &[(0, 2)]),
            ("bytes=-0,0-1", &[(0, 2)]),
            ("bytes=000-0001", &[(0, 2)]),
            ("bytes=7-7,5-5,3-3,1-1", &[(7, 1), (5, 1), (3, 1), (1, 1)]),
            ("bytes=1-18446744073709551615", &[(1, 9999)]),
        ];
        for (value, expected) in cases {
            assert_eq!(evaluated(value, 10_000), (RangeVerdict::Partial(expected.len()), expected.to_vec()), "{value}");
        }
        for value in ["bytes=0-", "bytes=-10000", "bytes=-99999999999999999999", "bytes=0-9999", "bytes=0-10000,10000-"]
        {
            assert_eq!(evaluated(value, 10_000), (RangeVerdict::Whole, vec![(0, 10_000)]), "{value}");
        }
    }

    #[test]
    fn h1_sem_09_ranges_without_an_octet() {
        for value in ["bytes=10000-", "bytes=-0", "bytes=10000-10001,-0,99999999999999999999999-"] {
            assert_eq!(evaluated(value, 10_000).0, RangeVerdict::Unsatisfiable, "{value}");
        }
        assert_eq!(evaluated("bytes=0-", 0).0, RangeVerdict::Unsatisfiable);
        assert_eq!(evaluated("bytes=-1", 0).0, RangeVerdict::Ignore);
        assert_eq!(evaluated("bytes=-1", u64::MAX), (RangeVerdict::Partial(1), vec![(u64::MAX - 1, 1)]));
        assert_eq!(evaluated("bytes=0-", u64::MAX), (RangeVerdict::Whole, vec![(0, u64::MAX)]));
    }

    #[test]
    fn h1_sem_09_what_is_ignored() {
        for value in [
            "",
            "bytes",
            "bytes=",
            "bytes=,",
            "bytes=-",
            "bytes=--1",
            "bytes=1",
            "bytes=2-1",
            "bytes=0-1,x",
            "bytes=0-1,3-2",
            "bytes=0 -1",
            "bytes=+1-2",
            "bytes=1-2-3",
            "bytes=0-0x1",
            "bytes 0-1",
            "bytes =0-1",
            "items=0-1",
            "bytes=0-1,\"",
            // More ranges than there is room for, and more octets than there are.
            "bytes=0-0,1-1,2-2,3-3,4-4",
            "bytes=0-,0-",
            "bytes=0-5000,4999-",
        ] {
            assert_eq!(evaluated(value, 10_000).0, RangeVerdict::Ignore, "{value}");
        }
        let many = format!("bytes={}0-1", ",".repeat(33));
        assert_eq!(evaluated(&many, 10_000).0, RangeVerdict::Ignore);
        assert_eq!(evaluate(b"bytes=0-1", 10, &mut []), RangeVerdict::Ignore);
    }
}
