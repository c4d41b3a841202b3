//! A request head for a caller who owns the connection: checked, framed and written in one step.

use super::facts::FieldFacts;
use super::field_check::check_fields;
use super::field_ref::FieldRef;
use super::framing::{Content, Declared, frame_request};
use super::lines::{ConnectionLine, LibraryLines};
use super::plan::RequestHead;
use crate::error::Error;
use crate::guard::TargetRule;
use crate::http1::head::method_id;
use crate::http1::target::{HostText, MethodKind, RequestTarget};

/// A request, without its fields. The caller knows that the peer speaks HTTP/1.1.
#[derive(Clone, Copy, Debug)]
pub struct StandaloneRequest<'a> {
    /// A token.
    pub method: &'a [u8],
    /// Origin-form, or the form that the method requires.
    pub target: &'a [u8],
    /// The octets allowed in the target.
    pub rule: TargetRule,
    /// Host; empty if the fields have it.
    pub authority: &'a [u8],
    /// The content after the head.
    pub content: Content,
    /// No framing line, unless the caller's fields have one.
    pub unframed: bool,
    /// The connection closes after the exchange.
    pub close: bool,
    /// The content waits for `100 Continue`.
    pub expect: bool,
}

impl StandaloneRequest<'_> {
    /// Writes the head, including the empty line, and returns its length. Never allocates.
    ///
    /// # Errors
    ///
    /// Those of [`check_fields`], [`frame_request`] and [`RequestHead::plan`]; content declared twice (H1-GEN-03); an
    /// invalid Host or target; [`Buffer`](crate::error::Code::Buffer) with the size needed as offset. Nothing is
    /// written.
    pub fn write<'f>(
        &self,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
        out: &mut [u8],
    ) -> Result<usize, Error> {
        let fields = fields.chain(self.expect.then_some(FieldRef::EXPECT_CONTINUE));
        let facts = check_fields(fields.clone())?;
        let host = self.host(&facts)?;
        let declared = Declared::of(self.content, self.unframed, &facts)?;
        let framing = frame_request(method_id(self.method), declared.content, facts.has(FieldFacts::EXPECT))?;
        let connection = ConnectionLine::of(self.close).completed(&facts);
        let lines = LibraryLines { host, date: None, body: declared.line(framing), connection };
        let target = RequestTarget::parse(MethodKind::of(self.method), self.target, self.rule)?;
        RequestHead { method: self.method, target, lines }.plan(&facts)?.write(fields, out)
    }

    /// The Host line, unless the caller's fields have it.
    fn host(&self, facts: &FieldFacts) -> Result<Option<HostText<'_>>, Error> {
        let is_field = self.authority.is_empty() && facts.has(FieldFacts::HOST);
        if is_field { Ok(None) } else { HostText::parse(self.authority).map(Some) }
    }
}
