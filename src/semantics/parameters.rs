//! Parameters of media types and similar values (RFC 9110 §5.6.6).
//!
//! Uses [`crate::error`] and the octet table. Values are returned as written, with quotes: [`unquoted`] removes them.

use crate::error::{Code, Fault};
use crate::http1::list::trim;
use crate::http1::octet::{TCHAR, TEXT, find_other, is};

static MALFORMED: Fault =
    Fault::new(Code::FieldValue, 400, c"H1-SEM-11", c"a parameter is not a name, an equals sign and a value");

/// A name and its value.
type Pair<'a> = (&'a [u8], &'a [u8]);

/// Names and values, in order, of a text that is empty or starts with a semicolon. Empty parameters are skipped. Stops
/// at the first fault.
#[derive(Clone, Debug)]
pub struct Parameters<'a> {
    rest: &'a [u8],
}

impl<'a> Parameters<'a> {
    /// Starts at `text`, or at the [`Parameters::rest`] of another iterator.
    pub const fn new(text: &'a [u8]) -> Self {
        Self { rest: text }
    }

    /// The remaining text.
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The `name=value` at the start of `text`, and the remainder.
    fn take(text: &'a [u8]) -> Option<(Pair<'a>, &'a [u8])> {
        let (name, rest) = text.split_at(token_len(text));
        let rest = rest.strip_prefix(b"=").filter(|_| !name.is_empty())?;
        let len = if rest.starts_with(b"\"") { quoted_len(rest)? } else { token_len(rest) };
        let (value, rest) = rest.split_at(len);
        (!value.is_empty()).then_some(((name, value), rest))
    }
}

impl<'a> Iterator for Parameters<'a> {
    type Item = Result<Pair<'a>, &'static Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.rest = trim(self.rest);
            if self.rest.is_empty() {
                return None;
            }
            let behind = self.rest.strip_prefix(b";").map(trim);
            if let Some(behind @ ([] | [b';', ..])) = behind {
                self.rest = behind;
                continue;
            }
            let taken = behind.and_then(Self::take);
            self.rest = taken.map_or(&self.rest[..0], |(_, rest)| rest);
            return Some(taken.map(|(pair, _)| pair).ok_or(&MALFORMED));
        }
    }
}

/// The octets of a token or quoted string, without quotes and escaping backslashes.
pub fn unquoted(value: &[u8]) -> impl Iterator<Item = u8> + Clone {
    let inner = value.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
    let is_quoted = inner.is_some();
    let mut is_escaped = false;
    inner.unwrap_or(value).iter().copied().filter(move |&octet| {
        is_escaped = is_quoted && octet == b'\\' && !is_escaped;
        !is_escaped
    })
}

/// Whether `text` is a token or a complete quoted string.
pub fn is_value(text: &[u8]) -> bool {
    let len = if text.starts_with(b"\"") { quoted_len(text) } else { Some(token_len(text)) };
    !text.is_empty() && len == Some(text.len())
}

fn token_len(text: &[u8]) -> usize {
    find_other(text, TCHAR).unwrap_or(text.len())
}

/// The length of the quoted string at the start of `text`.
fn quoted_len(text: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += match *text.get(at..)? {
            [b'"', ..] => return Some(at + 1),
            [b'\\', octet, ..] if is(octet, TEXT) => 2,
            [octet, ..] if octet != b'\\' && is(octet, TEXT) => 1,
            _ => return None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names and values, and whether a fault ended them.
    fn walked(text: &str) -> (Vec<(&str, &str)>, bool) {
        let text_of = |octets| str::from_utf8(octets).unwrap();
        let mut parameters = Parameters::new(text.as_bytes());
        let mut found = Vec::new();
        loop {
            match parameters.next() {
                Some(Ok((name, value))) => found.push((text_of(name), text_of(value))),
                Some(Err(_)) => {
                    assert!(parameters.next().is_none(), "{text}");
                    return (found, true);
                }
                None => return (found, false),
            }
            parameters = Parameters::new(parameters.rest());
        }
    }

    #[test]
    fn h1_sem_11_parameters_in_order() {
        for (text, expected) in [
            ("", &[][..]),
            (" ;; ;", &[]),
            (";a=b", &[("a", "b")]),
            (" ; A=b\t;;c=\"d;e=f\" ; g=\"\"", &[("A", "b"), ("c", "\"d;e=f\""), ("g", "\"\"")]),
            (r#";a="\"\\;";b=c"#, &[("a", r#""\"\\;""#), ("b", "c")]),
        ] {
            assert_eq!(walked(text), (expected.to_vec(), false), "{text}");
        }
    }

    #[test]
    fn h1_sem_11_a_fault_ends_them() {
        for text in [
            "a=b",
            ";a",
            ";=b",
            ";a=",
            ";a =b",
            ";a= b",
            ";a=b c",
            ";a=\"b",
            ";a=\"b\\\"",
            ";a=\"b\"c",
            ";a=b,c=d",
            ";a=\"\n\"",
            ";a=\"\\\n\"",
            ";a=b=c",
        ] {
            let (found, is_faulty) = walked(text);
            assert!(is_faulty && found.len() <= 1, "{text:?} {found:?}");
        }
        assert_eq!(walked(";a=b;c"), (vec![("a", "b")], true));
    }

    #[test]
    fn h1_sem_11_values_without_their_quotes() {
        for (value, expected) in [
            ("a", Some("a")),
            (r#""""#, Some("")),
            (r#""a\"b\\c\d""#, Some(r#"a"b\cd"#)),
            ("\"", None),
            ("\"a\\\"", None),
            ("", None),
            ("a b", None),
            (r#""a"b"#, None),
        ] {
            assert_eq!(is_value(value.as_bytes()), expected.is_some(), "{value}");
            if let Some(expected) = expected {
                assert_eq!(unquoted(value.as_bytes()).collect::<Vec<_>>(), expected.as_bytes(), "{value}");
            }
        }
    }
}
