//! Comma-separated lists (RFC 9110 §5.6.1.2).

/// The non-empty elements of a list, without surrounding whitespace. Commas in quoted strings do not separate (RFC 9110
/// §5.6.4); an unterminated string extends to the end.
pub(super) struct Elements<'a> {
    rest: &'a [u8],
}

impl<'a> Elements<'a> {
    pub fn of(value: &'a [u8]) -> Self {
        Self { rest: value }
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.is_empty() {
            let end = element_end(self.rest);
            let (element, rest) = self.rest.split_at(end);
            self.rest = rest.get(1..).unwrap_or_default();
            let element = trim(element);
            if !element.is_empty() {
                return Some(element);
            }
        }
        None
    }
}

/// The first comma outside quoted strings, or the end.
fn element_end(list: &[u8]) -> usize {
    let mut quoted = false;
    let mut escaped = false;
    for (at, octet) in list.iter().enumerate() {
        match octet {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b',' if !quoted => return at,
            _ => {}
        }
    }
    list.len()
}

/// Removes whitespace at both ends. CR and LF occur in a value only in an obs-fold, which is whitespace.
pub(super) fn trim(octets: &[u8]) -> &[u8] {
    let mut octets = trim_start(octets);
    while let [rest @ .., b' ' | b'\t' | b'\r' | b'\n'] = octets {
        octets = rest;
    }
    octets
}

/// Removes leading whitespace.
pub(super) fn trim_start(mut octets: &[u8]) -> &[u8] {
    while let [b' ' | b'\t' | b'\r' | b'\n', rest @ ..] = octets {
        octets = rest;
    }
    octets
}
