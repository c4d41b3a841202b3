//! Responses out: final, interim, and the library's own.

use super::Conn;
use super::queue_head::{Kept, queue};
use super::timers::Exchange;
use super::workspace::Workspace;
use crate::error::{Code, Error, Fault};
use crate::http1::machine::{Content, Persistence, Plan};
use crate::http1::write::{
    BodyLine, ConnectionLine, FieldFacts, FieldRef, OwnLines, PlainResponse, ResponseHead, check_fields,
};

static FRAMED: Fault = Fault::new(
    Code::AmbiguousFraming,
    0,
    c"H1-GEN-03",
    c"Content-Length and Transfer-Encoding are the library's fields",
);

/// What became of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// It is in the output queue, whole.
    Queued,
    /// Nothing was done: the queue is above its high-water mark. An event says when it is not.
    Paused,
}

/// A final response, or the 101 or 2xx of a switch, without its fields.
#[derive(Clone, Copy, Debug)]
pub struct Response<'a> {
    /// 200 to 599; 101 or 2xx for a switch.
    pub status: u16,
    /// Empty: the standard phrase.
    pub reason: &'a [u8],
    /// The whole content, when nothing is streamed.
    pub content: &'a [u8],
    /// Content follows; its length, when it is known.
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

    /// Whether there is content, now or to follow.
    pub(super) fn has_content(&self) -> bool {
        !self.content.is_empty() || self.stream.is_some() || self.lent.is_some()
    }

    pub(super) fn reason(&self) -> Option<&[u8]> {
        (!self.reason.is_empty()).then_some(self.reason)
    }
}

impl Conn {
    /// Whether a request is there whose answer is not complete.
    pub fn owes_answer(&self) -> bool {
        self.machine.is_held()
    }

    /// Whether the next answer is the last one, since what comes behind its request was given up, or may be frames: behind a handshake
    /// that it `refuses`.
    #[inline]
    fn ends_behind(&self, ws: &Workspace, refuses: bool) -> bool {
        self.recv.is_given_up(&ws.held) | (refuses && self.has_octets_behind(ws))
    }

    /// Answers the request in progress; all or nothing. See `ww_conn_respond` for the errors.
    #[inline(never)]
    pub fn respond<'f>(
        &mut self,
        ws: &mut Workspace,
        response: &Response<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        if self.is_above_high_water() {
            return Ok(Write::Paused);
        }
        let facts = check_fields(fields.clone())?;
        refuse_framing(&facts)?;
        let refuses = self.is_handshake(ws);
        let close = self.ends_behind(ws, refuses) | response.close | facts.has(FieldFacts::CLOSE);
        let drain_max = u64::from(self.config.limits.drain_max);
        let plan = self.machine.plan_response(response.status, response.content(), close, drain_max)?;
        let mut lines = OwnLines { date: ws.date.line(), ..own_lines(&plan) };
        lines.connection = lines.connection.completed(&facts);
        let head = ResponseHead { status: response.status, reason: response.reason(), lines };
        let planned = head.plan(&facts)?;
        let content = if plan.with_content { response.content } else { &[] };
        let content = self.keeping(content, response.lent);
        queue(&mut self.queue, &mut ws.blocks, &planned, fields, content)?;
        if refuses {
            self.machine.refuse_switch();
        }
        self.machine.begin_response(&plan)?;
        self.after_message(ws);
        Ok(Write::Queued)
    }

    /// Answers with 200 and the whole content, as nearly every response does, in one go. `None`: it is for [`Conn::respond`] to
    /// answer, or to refuse, and nothing was done.
    #[inline(always)]
    pub fn respond_ok<'f>(
        &mut self,
        ws: &mut Workspace,
        content: &[u8],
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Option<Write> {
        let date = ws.date.line()?;
        if self.is_full() || self.recv.is_held() || !self.machine.is_plain() {
            return None;
        }
        let plain = PlainResponse::new(date, &mut ws.known_lines, fields, content)?;
        plain.write(self.queue.extend(&mut ws.blocks, plain.size()).ok()?);
        debug_assert_eq!(
            Ok(Plan::plain(content.len() as u64)),
            self.machine.plan_response(200, Content::Whole(content.len() as u64), false, 0)
        );
        self.machine.answered_plainly();
        self.timers.end_message(Exchange::of(&self.machine));
        Some(Write::Queued)
    }

    /// Sends an interim response (RFC 9110 §15.2).
    pub fn inform<'f>(
        &mut self,
        ws: &mut Workspace,
        status: u16,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        if self.is_above_high_water() {
            return Ok(Write::Paused);
        }
        self.machine.plan_interim(status)?;
        let facts = facts_of(fields.clone())?;
        let head = ResponseHead { status, reason: None, lines: OwnLines::default() };
        let planned = head.plan(&facts)?;
        queue(&mut self.queue, &mut ws.blocks, &planned, fields, Kept::Copied(&[]))?;
        self.machine.begin_interim(status)?;
        Ok(Write::Queued)
    }

    /// The interim answer the request waits for, when its content has not begun to arrive and is wanted (H1-EXP-01, -03).
    #[cold]
    pub(super) fn send_continue(&mut self, ws: &mut Workspace) {
        if self.is_full() {
            return self.queue.expect_room();
        }
        // Without memory for it the answer is still owed and is tried with the next look at the input; a client sends its content after
        // a while all the same (H1-EXP-06).
        let _ = self.inform(ws, 100, core::iter::empty());
    }

    /// The same, where it waited for room and no content has come meanwhile.
    pub(super) fn send_waiting_continue(&mut self, ws: &mut Workspace) {
        if self.lifecycle.is_open() && self.machine.owes_continue() && self.recv.is_empty(&ws.held) {
            self.send_continue(ws);
        }
    }

    /// The library's own answer to a request it cannot let through.
    pub(super) fn answer_error(&mut self, ws: &mut Workspace, status: u16, close: bool) -> Result<(), Error> {
        let connection = if close { ConnectionLine::CLOSE } else { ConnectionLine::NONE };
        let lines = OwnLines { date: ws.date.line(), body: BodyLine::Length(0), connection, host: None };
        let (head, facts) = (ResponseHead { status, reason: None, lines }, FieldFacts::default());
        let planned = head.plan(&facts)?;
        queue(&mut self.queue, &mut ws.blocks, &planned, core::iter::empty(), Kept::Copied(&[]))?;
        self.machine.answered_error(close)
    }
}

/// What the caller's fields are; framing is not for them to say.
#[inline(never)]
pub(super) fn facts_of<'f>(fields: impl Iterator<Item = FieldRef<'f>>) -> Result<FieldFacts, Error> {
    let facts = check_fields(fields)?;
    refuse_framing(&facts).map(|()| facts)
}

fn refuse_framing(facts: &FieldFacts) -> Result<(), Error> {
    if facts.has(FieldFacts::LENGTH | FieldFacts::CHUNKED) { Err(FRAMED.at(0)) } else { Ok(()) }
}

impl Conn {
    /// How content is kept that may be lent: TLS makes records of a copy, unless the kernel does.
    #[inline]
    pub(super) fn keeping<'a>(&self, content: &'a [u8], lent: Option<u64>) -> Kept<'a> {
        match lent {
            None => Kept::Copied(content),
            Some(token) if self.seals() => Kept::CopiedOfLent(content, token),
            Some(token) => Kept::Lent(content, token),
        }
    }
}

/// The framing of a plan as lines of its head.
#[inline(always)]
pub(super) fn own_lines(plan: &Plan) -> OwnLines<'static> {
    let connection = match plan.option {
        Persistence::Silent => ConnectionLine::NONE,
        Persistence::Close => ConnectionLine::CLOSE,
        Persistence::KeepAlive => ConnectionLine::KEEP_ALIVE,
    };
    OwnLines { body: plan.framing.line(), connection, ..OwnLines::default() }
}
