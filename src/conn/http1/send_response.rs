//! Sending responses: final and interim.

use super::head_out::{Kept, facts_of, own_lines, queue, refuse_framing};
use crate::conn::exchange_end::ExchangeEnd;
use crate::conn::parts::Parts;
use crate::conn::timers::Exchange;
use crate::conn::websocket::Handshake;
use crate::conn::workspace::Workspace;
use crate::conn::write::Write;
use crate::error::Error;
use crate::http1::machine::{Content, Plan, Server};
use crate::http1::write::{FastResponse, FieldFacts, FieldRef, LibraryLines, ResponseHead, check_fields};

/// A final response, or the 101 or 2xx of a switch, without its fields.
#[derive(Clone, Copy, Debug)]
pub struct Response<'a> {
    /// 200 to 599; 101 or 2xx for a switch.
    pub status: u16,
    /// Empty: the standard phrase.
    pub reason: &'a [u8],
    /// The whole content, if nothing is streamed.
    pub content: &'a [u8],
    /// Content follows; its length, if known.
    pub stream: Option<Option<u64>>,
    /// `content` is lent with this token instead of copied.
    pub lent: Option<u64>,
    /// The connection ends after it.
    pub close: bool,
}

impl Response<'_> {
    fn content(&self) -> Content {
        Content::of(self.content, self.stream)
    }

    /// Whether there is content, now or later.
    pub(super) fn has_content(&self) -> bool {
        !self.content.is_empty() || self.stream.is_some() || self.lent.is_some()
    }

    pub(super) fn reason(&self) -> Option<&[u8]> {
        (!self.reason.is_empty()).then_some(self.reason)
    }
}

/// A connection that sends responses.
pub struct SendResponse<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> SendResponse<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// Whether the next response is the last, because input after its request was evicted, or may be frames: after a
    /// handshake that it `refuses`.
    #[inline]
    fn ends_behind(&self, refuses: bool) -> bool {
        self.parts.recv.is_evicted(&self.ws.held) | (refuses && Handshake::of(self.parts, self.ws).has_octets_behind())
    }

    /// [`Http1::respond`](super::Http1::respond), where no error is to be answered.
    #[inline(never)]
    pub fn respond<'f>(
        self,
        response: &Response<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        let seals = self.parts.seals();
        self.respond_with(response, response.content(), fields, |with_content| {
            Kept::of(if with_content { response.content } else { &[] }, response.lent, seals)
        })
    }

    /// Responds with content that is `kept` outside the response; it is called with whether the content is sent.
    #[inline(always)]
    pub(super) fn respond_with<'f, 'k>(
        mut self,
        response: &Response<'_>,
        content: Content,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
        kept: impl FnOnce(bool) -> Kept<'k>,
    ) -> Result<Write, Error> {
        if self.parts.refuses_write() {
            return Ok(Write::Paused);
        }
        let facts = check_fields(fields.clone())?;
        refuse_framing(&facts)?;
        let refuses = Handshake::of(self.parts, self.ws).is_handshake();
        let close = self.ends_behind(refuses) | response.close | facts.has(FieldFacts::CLOSE);
        let plan = self.plan(response.status, content, close)?;
        let mut lines = LibraryLines { date: self.ws.date.line(), ..own_lines(&plan) };
        lines.connection = lines.connection.completed(&facts);
        let head = ResponseHead { status: response.status, reason: response.reason(), lines };
        let planned = head.plan(&facts)?;
        queue(&mut self.parts.queue, &mut self.ws.blocks, &planned, fields, kept(plan.with_content))?;
        if refuses {
            self.parts.sides.refuse_switch();
        }
        self.begin(&plan)?;
        ExchangeEnd::of(self.parts, self.ws).after_message();
        Ok(Write::Queued)
    }

    #[inline(always)]
    fn plan(&mut self, status: u16, content: Content, close: bool) -> Result<Plan, Error> {
        let drain_max = u64::from(self.parts.config.limits.drain_max);
        let server = self.parts.protocol.server(&mut self.parts.sides)?;
        server.plan_response(status, content, close, drain_max)
    }

    #[inline(always)]
    fn begin(&mut self, plan: &Plan) -> Result<(), Error> {
        self.parts.protocol.server(&mut self.parts.sides)?.begin_response(plan)
    }

    /// [`Http1::respond_ok`](super::Http1::respond_ok).
    #[inline(always)]
    pub fn respond_ok<'f>(
        &mut self,
        content: &[u8],
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Option<Write> {
        let date = self.ws.date.line()?;
        if self.parts.is_full() || self.parts.recv.is_held() || !self.parts.sides.may_respond_fast() {
            return None;
        }
        let plain = FastResponse::new(date, &mut self.ws.field_line_cache, fields, content)?;
        plain.write(self.parts.queue.extend(&mut self.ws.blocks, plain.size()).ok()?);
        debug_assert_eq!(
            Ok(Plan::fast(content.len() as u64)),
            self.parts.protocol.server(&mut self.parts.sides).and_then(|server| server.plan_response(
                200,
                Content::Whole(content.len() as u64),
                false,
                0
            ))
        );
        self.parts.sides.finish_response_fast();
        self.parts.timers.end_message(Exchange::of(&self.parts.sides));
        Some(Write::Queued)
    }

    /// [`Http1::send_interim`](super::Http1::send_interim).
    pub fn send_interim<'f>(
        &mut self,
        status: u16,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        if self.parts.refuses_write() {
            return Ok(Write::Paused);
        }
        Server::plan_interim(&self.parts.sides, status)?;
        let facts = facts_of(fields.clone())?;
        let head = ResponseHead { status, reason: None, lines: LibraryLines::default() };
        let planned = head.plan(&facts)?;
        queue(&mut self.parts.queue, &mut self.ws.blocks, &planned, fields, Kept::Copied(&[]))?;
        self.parts.protocol.server(&mut self.parts.sides)?.begin_interim(status)?;
        Ok(Write::Queued)
    }
}
