//! The head of a part: its field lines, and the facts needed for multipart/form-data (RFC 7578 §4.2).
//!
//! Uses the parser of trailer sections, which have the same syntax.

use crate::error::{Code, Fault};
use crate::guard::HeadLimits;
use crate::http1::head::field_id::{CONTENT_DISPOSITION, CONTENT_TYPE};
use crate::http1::head::{Field, FieldSink, Scan, parse_trailers};
use crate::http1::list::trim;
use crate::semantics::parameters::Parameters;

static HEAD: Fault = Fault::new(
    Code::Multipart,
    400,
    c"H1-SEM-14",
    c"the head of a part is malformed, or does not name a field of a form",
);
pub(super) static TOO_LARGE: Fault = Fault::new(Code::TooLarge, 413, c"H1-SEM-14", c"the head of a part is too large");

/// Limited by the caller's memory and the number of fields.
const LIMITS: HeadLimits = HeadLimits { line_max: 1 << 30, section_max: 1 << 30, ..HeadLimits::TRAILERS };

/// The head of a part, not decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartHead<'a> {
    /// All field lines, including the empty line.
    pub text: &'a [u8],
    /// `name` of Content-Disposition, without quotes; `None` if the type is not multipart/form-data.
    pub name: Option<&'a [u8]>,
    /// `filename` of Content-Disposition, without quotes.
    pub filename: Option<&'a [u8]>,
    /// Content-Type.
    pub content_type: Option<&'a [u8]>,
}

impl<'a> PartHead<'a> {
    /// The head in `text`, which ends with its empty line.
    pub(super) fn parse(text: &'a [u8], is_form: bool) -> Result<Self, &'static Fault> {
        let mut lines = Lines { text, disposition: None, content_type: None, is_repeated: false };
        match parse_trailers(text, &mut Scan::default(), &LIMITS, &mut lines) {
            Ok(Some(len)) if len == text.len() && !lines.is_repeated => {}
            Err(error) if error.code() == Code::TooLarge => return Err(&TOO_LARGE),
            _ => return Err(&HEAD),
        }
        let head = Self { text, name: None, filename: None, content_type: lines.content_type };
        if is_form { head.with_disposition(lines.disposition).ok_or(&HEAD) } else { Ok(head) }
    }

    /// Extracts `name`, which is required, and `filename` of `form-data`.
    fn with_disposition(mut self, value: Option<&'a [u8]>) -> Option<Self> {
        let value = value?;
        let end = value.iter().position(|&octet| octet == b';').unwrap_or(value.len());
        let (disposition, parameters) = value.split_at(end);
        if !trim(disposition).eq_ignore_ascii_case(b"form-data") {
            return None;
        }
        for parameter in Parameters::new(parameters) {
            let (name, value) = parameter.ok()?;
            let place = match name {
                _ if name.eq_ignore_ascii_case(b"name") => &mut self.name,
                _ if name.eq_ignore_ascii_case(b"filename") => &mut self.filename,
                _ => continue,
            };
            if place.replace(without_quotes(value)).is_some() {
                return None;
            }
        }
        self.name.is_some().then_some(self)
    }
}

fn without_quotes(value: &[u8]) -> &[u8] {
    value.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")).unwrap_or(value)
}

/// The relevant lines.
struct Lines<'a> {
    text: &'a [u8],
    disposition: Option<&'a [u8]>,
    content_type: Option<&'a [u8]>,
    is_repeated: bool,
}

impl FieldSink for Lines<'_> {
    fn push(&mut self, field: Field) -> bool {
        let start = field.value as usize;
        let value = &self.text[start..start + field.value_len as usize];
        let place = match field.id {
            CONTENT_DISPOSITION => &mut self.disposition,
            CONTENT_TYPE => &mut self.content_type,
            _ => return true,
        };
        self.is_repeated |= place.replace(value).is_some();
        true
    }
}
