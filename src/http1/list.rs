//! List values: `#element` of RFC 9110 §5.6.1 as received (H1-FIELD-11).
//!
//! Uses [`crate::error`]. Elements borrow from the value.

use crate::error::{Code, Fault};

static EMPTY: Fault = Fault::new(Code::FieldValue, 400, c"H1-FIELD-11", c"a list has too many empty elements");
static QUOTE: Fault = Fault::new(Code::FieldValue, 400, c"H1-FIELD-11", c"a quoted string in a list does not end");

/// Maximum number of empty elements skipped in one list; a recipient must accept "a reasonable number" of them.
const EMPTY_MAX: u32 = 32;

/// The elements of one list value, without surrounding whitespace; empty ones are skipped. Commas in quoted strings do
/// not separate.
///
/// Stops at the first fault: more than 32 empty elements, or an unterminated quoted string.
pub fn elements(value: &[u8]) -> Elements<'_> {
    Elements { rest: Some(value), empty: 0 }
}

/// Whether one of the elements is `token`, case-insensitively.
///
/// # Errors
///
/// A fault before `token` is found.
pub fn names(value: &[u8], token: &[u8]) -> Result<bool, &'static Fault> {
    for element in elements(value) {
        if element?.eq_ignore_ascii_case(token) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The iterator of [`elements`].
#[derive(Clone, Debug)]
pub struct Elements<'a> {
    /// The text after the last comma; `None` after the end.
    rest: Option<&'a [u8]>,
    empty: u32,
}

impl<'a> Elements<'a> {
    /// Continues from the [`Elements::position`] of another iterator.
    pub const fn resume(rest: &'a [u8], empty: u32) -> Self {
        Self { rest: Some(rest), empty }
    }

    /// The remaining text, `None` after the end, and the number of empty elements skipped.
    pub const fn position(&self) -> (Option<&'a [u8]>, u32) {
        (self.rest, self.empty)
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = Result<&'a [u8], &'static Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(text) = self.rest.take() {
            let Some(end) = element_end(text) else { return Some(Err(&QUOTE)) };
            let element = trim(&text[..end]);
            self.rest = text.get(end + 1..);
            if !element.is_empty() {
                return Some(Ok(element));
            }
            self.empty += 1;
            if self.empty > EMPTY_MAX {
                self.rest = None;
                return Some(Err(&EMPTY));
            }
        }
        None
    }
}

/// Removes SP and HTAB from both ends (OWS, RFC 9110 §5.6.3).
pub fn trim(text: &[u8]) -> &[u8] {
    let is_inner = |octet: &u8| !matches!(octet, b' ' | b'\t');
    let Some(start) = text.iter().position(is_inner) else { return &text[..0] };
    let end = text.iter().rposition(is_inner).map_or(start, |last| last + 1);
    &text[start..end]
}

/// The end of the first element: a comma outside of quotes or the end. `None` within an unterminated quoted string.
fn element_end(text: &[u8]) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    for (at, &octet) in text.iter().enumerate() {
        match octet {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b',' if !quoted => return Some(at),
            _ => {}
        }
    }
    (!quoted).then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(value: &str) -> Vec<&str> {
        elements(value.as_bytes()).map(|element| str::from_utf8(element.unwrap()).unwrap()).collect()
    }

    #[test]
    fn h1_field_11_elements() {
        assert_eq!(all("a"), ["a"]);
        assert_eq!(all(" a\t, b ,c d,"), ["a", "b", "c d"]);
        assert_eq!(all(",CLOSE,,"), ["CLOSE"]);
        assert_eq!(all(""), [""; 0]);
        assert_eq!(all(" \t , ,"), [""; 0]);
        assert_eq!(all("\u{b}a"), ["\u{b}a"], "only SP and HTAB are whitespace");
    }

    #[test]
    fn h1_field_11_quoted_commas() {
        assert_eq!(all(r#"a="1,2", b="\",", c"#), [r#"a="1,2""#, r#"b="\",""#, "c"]);
        assert_eq!(all(r#"a\, b"#), [r#"a\"#, "b"], "a backslash escapes in quotes only");
    }

    #[test]
    fn h1_field_11_faults_end_the_list() {
        for (value, rest) in [(r#"a, "b, c"#, 1), (r#"a, "b\""#, 1), (r#"a, ""","#, 1)] {
            let found: Vec<_> = elements(value.as_bytes()).collect();
            assert_eq!(found.len(), rest + 1, "{value}");
            assert_eq!(found[rest], Err(&QUOTE));
        }
    }

    #[test]
    fn h1_field_11_empty_elements_are_bounded() {
        assert_eq!(names(format!("{}close", ",".repeat(32)).as_bytes(), b"Close"), Ok(true));
        assert_eq!(names(format!("{}close", ",".repeat(33)).as_bytes(), b"Close"), Err(&EMPTY));
        // The limit applies to the whole list, not to each run.
        let mut list = elements(b",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,a,,b");
        assert_eq!(list.by_ref().last(), Some(Err(&EMPTY)));
        assert_eq!(list.next(), None);
    }

    #[test]
    fn h1_field_11_a_walk_goes_on_where_another_was() {
        let value = b", a,, \"b,c\" ,,,d,";
        let mut whole = elements(value);
        let mut resumed = elements(value);
        for _ in 0..5 {
            assert_eq!(resumed.next(), whole.next());
            let (Some(rest), empty) = resumed.position() else { break };
            resumed = Elements::resume(rest, empty);
        }
        assert_eq!((resumed.position(), whole.position()), ((None, 5), (None, 5)));
    }

    #[test]
    fn h1_field_11_tokens_in_any_case() {
        assert_eq!(names(b"keep-alive, CLOSE", b"close"), Ok(true));
        assert_eq!(names(b"closed, xclose", b"close"), Ok(false));
    }
}
