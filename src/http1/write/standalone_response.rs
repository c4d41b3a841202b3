//! A response head for a caller who owns the connection: checked, framed and written in one step.

use super::field_check::check_fields;
use super::field_ref::FieldRef;
use super::framing::{Content, Declared, frame_response};
use super::lines::{ConnectionLine, LibraryLines};
use super::plan::ResponseHead;
use crate::error::Error;

/// A response, without its fields. The caller knows the request it is for (HEAD, CONNECT, HTTP/1.0).
#[derive(Clone, Copy, Debug)]
pub struct StandaloneResponse<'a> {
    /// 100 to 599.
    pub status: u16,
    /// The reason phrase; empty for the standard one.
    pub reason: &'a [u8],
    /// The content after the head.
    pub content: Content,
    /// No framing line, unless the caller's fields have one.
    pub unframed: bool,
    /// The connection closes after it.
    pub close: bool,
}

impl StandaloneResponse<'_> {
    /// Writes the head, including the empty line, and returns its length. Never allocates.
    ///
    /// # Errors
    ///
    /// Those of [`check_fields`], [`frame_response`] and [`ResponseHead::plan`]; content declared twice (H1-GEN-03);
    /// [`Buffer`](crate::error::Code::Buffer) with the size needed as offset. Nothing is written.
    pub fn write<'f>(
        &self,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
        out: &mut [u8],
    ) -> Result<usize, Error> {
        let facts = check_fields(fields.clone())?;
        let declared = Declared::of(self.content, self.unframed, &facts)?;
        let framing = frame_response(self.status, declared.content)?;
        let connection = ConnectionLine::of(self.close).completed(&facts);
        let lines = LibraryLines { host: None, date: None, body: declared.line(framing), connection };
        let reason = (!self.reason.is_empty()).then_some(self.reason);
        ResponseHead { status: self.status, reason, lines }.plan(&facts)?.write(fields, out)
    }
}
