//! Quality values (RFC 9110 §12.4.2).
//!
//! Uses nothing.

/// The maximum weight, in thousandths.
pub const MOST: u16 = 1000;
/// The minimum weight of something acceptable.
pub const LEAST: u16 = 1;

/// A qvalue in thousandths; `None` if invalid. The 0 before the point may be missing: Java's client sends `q=.2`.
pub fn parse(text: &[u8]) -> Option<u16> {
    let (whole, digits) = match text {
        [whole @ (b'0' | b'1')] => (whole, &[][..]),
        [whole @ (b'0' | b'1'), b'.', digits @ ..] if digits.len() <= 3 => (whole, digits),
        [b'.', digits @ ..] if matches!(digits.len(), 1..=3) => (&b'0', digits),
        _ => return None,
    };
    let mut value = u16::from(whole - b'0');
    for place in 0..3 {
        let digit = digits.get(place).copied().unwrap_or(b'0');
        value = value * 10 + u16::from(digit.checked_sub(b'0').filter(|&digit| digit <= 9)?);
    }
    (value <= MOST).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn h1_sem_10_quality_values() {
        for (text, value) in [
            ("0", Some(0)),
            ("1", Some(1000)),
            ("0.", Some(0)),
            ("1.", Some(1000)),
            ("0.5", Some(500)),
            ("0.05", Some(50)),
            ("0.001", Some(1)),
            ("0.999", Some(999)),
            ("1.000", Some(1000)),
            ("1.001", None),
            ("0.0001", None),
            ("1.0000", None),
            ("2", None),
            ("00", None),
            (".5", Some(500)),
            (".125", Some(125)),
            (".", None),
            (".5000", None),
            ("1.5", None),
            ("0,5", None),
            ("-0", None),
            ("0.5 ", None),
            ("0.a", None),
            ("0./", None),
            ("", None),
        ] {
            assert_eq!(parse(text.as_bytes()), value, "{text}");
        }
    }
}
