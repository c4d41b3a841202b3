//! Requests out: the client's side of the exchange.

use super::answer::{FRAMED, Write, is_upgrade, own_lines, queue};
use super::clock::Reading;
use super::workspace::Workspace;
use super::{Conn, bit};
use crate::error::Error;
use crate::http1::head::method_id;
use crate::http1::machine::Content;
use crate::http1::target::{HostText, MethodKind, RequestTarget};
use crate::http1::write::{ConnectionLine, FieldFacts, FieldRef, RequestHead, check_fields};

/// A request, without its fields.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub method: &'a [u8],
    /// Origin-form, or what the method asks for.
    pub target: &'a [u8],
    /// Host.
    pub authority: &'a [u8],
    /// The whole content, when nothing is streamed.
    pub content: &'a [u8],
    /// Content follows; its length, when it is known.
    pub stream: Option<Option<u64>>,
    /// `content` is lent with this token instead of copied.
    pub lent: Option<u64>,
    /// The connection ends after the exchange.
    pub close: bool,
    /// The content waits for `100 Continue`.
    pub expect: bool,
}

impl Conn {
    /// Client: sends a request; all or nothing. See `ww_conn_request` for the errors.
    pub fn request<'f>(
        &mut self,
        ws: &mut Workspace,
        request: &Request<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        if self.is_above_high_water() {
            return Ok(Write::Paused);
        }
        let fields = fields.chain(request.expect.then_some(EXPECT));
        let facts = check_fields(fields.clone())?;
        if facts.has(FieldFacts::LENGTH | FieldFacts::CHUNKED) {
            return Err(FRAMED.at(0));
        }
        let method = method_id(request.method);
        let content = request.stream.map_or(Content::Whole(request.content.len() as u64), Content::Stream);
        let close = request.close || facts.has(FieldFacts::CLOSE);
        let expect = facts.has(FieldFacts::EXPECT);
        let plan = self.machine.plan_request(method, content, close, expect, self.config.pipeline_max)?;
        let target = RequestTarget::given(MethodKind::of(request.method), request.target)?;
        let mut lines = own_lines(&plan);
        lines.host = Some(HostText::given(request.authority)?);
        lines.connection = connection_line(lines.connection, &facts);
        let head = RequestHead { method: request.method, target, lines };
        let planned = head.plan(&facts)?;
        if facts.has(FieldFacts::UPGRADE) {
            self.keep_offer(ws, fields.clone())?;
        }
        queue(&mut self.output, &mut ws.blocks, &planned, fields, request.content, request.lent)?;
        self.machine.begin_request(method, facts.has(FieldFacts::UPGRADE), expect, &plan)?;
        if expect {
            self.clock.wait(Reading::Continue);
        }
        if plan.complete {
            self.after_message(ws);
        }
        Ok(Write::Queued)
    }
}

impl Conn {
    /// Keeps the Upgrade fields of a request: a 101 must name one of their protocols (H1-UPG-04).
    fn keep_offer<'f>(&mut self, ws: &mut Workspace, fields: impl Iterator<Item = FieldRef<'f>>) -> Result<(), Error> {
        self.head_slab(ws)?;
        self.set(bit::OFFER_KEPT, true);
        let slab = ws.heads.get_mut(self.head);
        fields.filter(|field| is_upgrade(field.name)).try_for_each(|field| slab.add_offer(field.value))
    }
}

/// `Expect: 100-continue`
const EXPECT: FieldRef<'static> = FieldRef { name: b"Expect", value: b"100-continue" };

/// Upgrade and TE each add themselves to Connection (H1-GEN-12).
pub(super) fn connection_line(planned: ConnectionLine, facts: &FieldFacts) -> ConnectionLine {
    if facts.has(FieldFacts::CONNECTION) {
        return if facts.has(FieldFacts::CLOSE) { ConnectionLine::None } else { planned };
    }
    match planned {
        ConnectionLine::None if facts.has(FieldFacts::UPGRADE) => ConnectionLine::Upgrade,
        ConnectionLine::None if facts.has(FieldFacts::TE) => ConnectionLine::Te,
        planned => planned,
    }
}
