//! Media types (RFC 9110 §8.3.1), for Content-Type and the media ranges of Accept.
//!
//! Uses the octet table and [`super::parameters`].

use super::parameters::Parameters;
use crate::http1::list::trim;
use crate::http1::octet::is_token;

/// The parts of a media type.
#[derive(Clone, Copy, Debug)]
pub struct MediaType<'a> {
    kind: &'a [u8],
    subtype: &'a [u8],
    parameters: &'a [u8],
}

impl<'a> MediaType<'a> {
    /// Splits a media type; `None` without type or subtype. Parameters are parsed when iterated.
    pub fn parse(value: &'a [u8]) -> Option<Self> {
        let value = trim(value);
        let end = value.iter().position(|&octet| octet == b';').unwrap_or(value.len());
        let (essence, parameters) = value.split_at(end);
        let slash = essence.iter().position(|&octet| octet == b'/')?;
        let (kind, subtype) = (&essence[..slash], trim_end(&essence[slash + 1..]));
        (is_token(kind) && is_token(subtype)).then_some(Self { kind, subtype, parameters })
    }

    /// The type, case-insensitive.
    pub const fn kind(&self) -> &'a [u8] {
        self.kind
    }

    /// The subtype, case-insensitive.
    pub const fn subtype(&self) -> &'a [u8] {
        self.subtype
    }

    /// The text of the parameters, starting with a semicolon, or empty.
    pub const fn parameters_text(&self) -> &'a [u8] {
        self.parameters
    }

    /// The parameters.
    pub const fn parameters(&self) -> Parameters<'a> {
        Parameters::new(self.parameters)
    }
}

/// Removes trailing whitespace.
fn trim_end(mut text: &[u8]) -> &[u8] {
    while let [rest @ .., b' ' | b'\t'] = text {
        text = rest;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h1_sem_11_media_types_in_their_parts() {
        for (value, expected) in [
            ("text/html", Some(("text", "html", ""))),
            (" Text/HTML ;charset=utf-8 ", Some(("Text", "HTML", ";charset=utf-8"))),
            ("a/b;", Some(("a", "b", ";"))),
            ("*/*", Some(("*", "*", ""))),
            ("application/x.y+json\t; a=\"/;\"", Some(("application", "x.y+json", "; a=\"/;\""))),
            ("", None),
            ("text", None),
            ("text;a/b", None),
            ("/html", None),
            ("text/", None),
            ("text /html", None),
            ("text/ html", None),
            ("text/html/x", None),
            ("text/html charset=utf-8", None),
            ("text/html, text/plain", None),
        ] {
            let text = |octets| str::from_utf8(octets).unwrap();
            let parsed = MediaType::parse(value.as_bytes());
            let parts = parsed.map(|it| (text(it.kind()), text(it.subtype()), text(it.parameters_text())));
            assert_eq!(parts, expected, "{value}");
        }
    }
}
