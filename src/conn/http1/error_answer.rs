//! Server: the response to an error: a malformed head, content that is too long or too late, an unsupported
//! expectation, CONNECT without tunnels.
//!
//! Its event comes first, and the application may then respond with its own content. If it does not, the library
//! responds before the next event, with the status alone, so that a peer never waits for an application that ignores
//! errors.

use super::head_out::{Kept, facts_of, queue};
use super::send_response::Response;
use crate::conn::ending::Ending;
use crate::conn::event::Event;
use crate::conn::exchange_end::ExchangeEnd;
use crate::conn::parts::Parts;
use crate::conn::recv_outcome::RecvOutcome;
use crate::conn::websocket::Handshake;
use crate::conn::workspace::Workspace;
use crate::conn::write::Write;
use crate::error::Error;
use crate::http1::machine::state::Side;
use crate::http1::machine::{NOT_NOW, flag};
use crate::http1::write::{BodyLine, ConnectionLine, FieldFacts, FieldRef, LibraryLines, ResponseHead};

fn connection(close: bool) -> ConnectionLine {
    if close { ConnectionLine::CLOSE } else { ConnectionLine::NONE }
}

/// A server that owes the response to an error.
pub struct ErrorAnswer<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> ErrorAnswer<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// The application does not get the current request; the connection persists if its framing is intact.
    #[cold]
    pub fn refuse(&mut self, error: Error) -> RecvOutcome {
        if self.ends_connection() {
            self.parts.lifecycle.set_error(error);
        } else {
            self.parts.lifecycle.set_refusal(error);
        }
        self.parts.sides.set_refusing(true);
        RecvOutcome::Event(Event::Error(error))
    }

    /// Whether the response is the last. Octets behind a CONNECT may have been meant for the tunnel (H1-UPG-08).
    fn ends_connection(&self) -> bool {
        let sides = &self.parts.sides;
        matches!(sides.peer_side(), Side::Failed | Side::Body)
            || sides.has(flag::LAST | flag::CONNECT)
            || (self.refuses_handshake() && Handshake::of(self.parts, self.ws).has_octets_behind())
    }

    fn refuses_handshake(&self) -> bool {
        Handshake::of(self.parts, self.ws).is_handshake()
    }

    /// The application's response. Fails with `State` if its status is not an error, or if it streams.
    pub fn give<'f>(
        &mut self,
        response: &Response<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        if !matches!(response.status, 400..=599) || response.stream.is_some() || !self.parts.lifecycle.is_open() {
            return Err(NOT_NOW);
        }
        let facts = facts_of(fields.clone())?;
        let close = self.ends_connection() | response.close | facts.has(FieldFacts::CLOSE);
        let connection = connection(close).completed(&facts);
        let body = BodyLine::Length(response.content.len() as u64);
        let lines = LibraryLines { date: self.ws.date.line(), body, connection, host: None };
        let head = ResponseHead { status: response.status, reason: response.reason(), lines };
        let planned = head.plan(&facts)?;
        let content = if self.parts.sides.has(flag::NO_CONTENT) { &[] } else { response.content };
        let content = Kept::of(content, response.lent, self.parts.seals());
        queue(&mut self.parts.queue, &mut self.ws.blocks, &planned, fields, content)?;
        self.given(close)?;
        Ok(Write::Queued)
    }

    /// The library's own response.
    #[cold]
    pub fn respond_default(&mut self) -> Result<(), Error> {
        let close = self.ends_connection();
        match self.queue_own(close) {
            Ok(()) => self.given(close),
            Err(error) => {
                self.parts.sides.set_refusing(false);
                self.missed(error);
                Ok(())
            }
        }
    }

    fn queue_own(&mut self, close: bool) -> Result<(), Error> {
        let Some(error) = self.parts.lifecycle.error() else { return Err(NOT_NOW) };
        let (body, connection) = (BodyLine::Length(0), connection(close));
        let lines = LibraryLines { date: self.ws.date.line(), body, connection, host: None };
        let head = ResponseHead { status: error.fault.status, reason: None, lines };
        let (facts, none) = (FieldFacts::default(), core::iter::empty());
        queue(&mut self.parts.queue, &mut self.ws.blocks, &head.plan(&facts)?, none, Kept::Copied(&[]))
    }

    /// The response is queued; with `close` it is the last.
    fn given(&mut self, close: bool) -> Result<(), Error> {
        let refuses_handshake = self.refuses_handshake();
        let has_failed = self.parts.sides.peer_side() == Side::Failed;
        self.parts.sides.set_refusing(false);
        self.parts.protocol.server(&mut self.parts.sides)?.begin_error(close)?;
        if has_failed {
            Ending::of(self.parts, self.ws).end_after_failure(false);
            return Ok(());
        }
        if refuses_handshake {
            self.parts.sides.refuse_switch();
        }
        self.parts.drop_head(self.ws);
        ExchangeEnd::of(self.parts, self.ws).after_message();
        Ok(())
    }

    /// There is no memory for the response.
    fn missed(&mut self, error: Error) {
        if self.parts.sides.peer_side() == Side::Failed {
            Ending::of(self.parts, self.ws).end_after_failure(true);
        } else {
            Ending::of(self.parts, self.ws).close_now_for(error);
        }
    }
}
