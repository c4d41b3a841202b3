//! Tokens and lists of tokens in handshake fields (RFC 9110 §5.6).
//!
//! Uses nothing. Never allocates.

/// Whether `octet` is a tchar (RFC 9110 §5.6.2).
pub const fn is_tchar(octet: u8) -> bool {
    octet.is_ascii_alphanumeric()
        || matches!(
            octet,
            b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~'
        )
}

/// Whether `text` is a token.
pub fn is_token(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|&octet| is_tchar(octet))
}

/// The elements of a list without quoted strings: surrounding whitespace removed, empty ones skipped (RFC 9110 §5.6.1.2).
pub fn elements(value: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
    value.split(|&octet| octet == b',').map(trim).filter(|element| !element.is_empty())
}

/// Removes SP and HTAB from both ends.
pub fn trim(text: &[u8]) -> &[u8] {
    let is_inner = |octet: &u8| !matches!(octet, b' ' | b'\t');
    let Some(start) = text.iter().position(is_inner) else { return &[] };
    let end = text.iter().rposition(is_inner).map_or(start, |last| last + 1);
    &text[start..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tchar_is_what_the_rfc_lists() {
        for octet in 0..=255u8 {
            let listed = octet.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&octet);
            assert_eq!(is_tchar(octet), listed, "{octet:#x}");
        }
        assert!(is_token(b"x-Foo.1") && !is_token(b"") && !is_token(b"a b"));
    }

    #[test]
    fn elements_are_trimmed_and_not_empty() {
        let all: Vec<_> = elements(b" a\t, b c ,,\t ,\x0bd").collect();
        assert_eq!(all, [&b"a"[..], b"b c", b"\x0bd"]);
        assert_eq!(elements(b" ,").count(), 0);
    }
}
