//! Server: the response that opens a WebSocket (RFC 6455 §4.2).

use super::accept_error::AcceptError;
use super::offer::kept_fields;
use crate::conn::delivery::Delivery;
use crate::conn::http1::{Kept, Response, SendResponse, facts_of, queue};
use crate::conn::parts::Parts;
use crate::conn::workspace::{NONE, Workspace};
use crate::conn::write::Write;
use crate::error::{Code, Error, Fault};
use crate::http1::machine::state::Side;
use crate::http1::machine::{NOT_NOW, Server};
use crate::http1::write::{ConnectionLine, FieldRef, LibraryLines, ResponseHead};
use crate::websocket::accept::{accept_key, is_key};
use crate::websocket::extension::{DeflateConfig, OfferResponse, respond};
use crate::websocket::handshake::{
    ACCEPT, EXTENSIONS, Field, PROTOCOL, UPGRADE, VERSION, check_request, check_selected, is_ours, lines,
};

const fn bad(rule: &'static core::ffi::CStr, reason: &'static core::ffi::CStr) -> Fault {
    Fault::new(Code::WsHandshake, 400, rule, reason)
}

static NO_HANDSHAKE: Fault = bad(c"WS-HSS-01", c"the request is no GET of HTTP/1.1 that offers an Upgrade");
static HAS_CONTENT: Fault = bad(c"WS-HSS-10", c"a handshake has no content");
static OUR_FIELD: Fault =
    Fault::new(Code::Argument, 0, c"WS-HSS-11", c"the fields of the handshake are the library's own");

/// How a server opens a WebSocket.
#[derive(Clone, Copy, Debug, Default)]
pub struct Accept<'a> {
    /// One of the offered subprotocols, octet for octet; empty: none.
    pub subprotocol: &'a [u8],
    /// Accepts permessage-deflate, if the config allows it.
    pub deflate: bool,
    /// How messages are delivered; `None`: as the config says.
    pub delivery: Option<Delivery>,
}

/// The parameters of the 101.
struct Opening {
    accept: [u8; 28],
    deflate: Option<OfferResponse>,
    delivery: Delivery,
}

/// A server that opens a WebSocket.
pub struct Acceptor<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Acceptor<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// Server: responds to the current request with the 101 that opens a WebSocket, with these additional `fields`.
    ///
    /// Frames that came before the answer are held and read behind it. A request that is no good handshake is refused, with the version
    /// we speak, and the connection goes on as HTTP, or closes where it has content or frames came before the answer (WS-HSS-10, -12).
    /// After any other error nothing was done: a subprotocol that was not offered, fields that are the library's, no request to answer, no
    /// memory.
    pub fn accept_websocket<'f>(
        &mut self,
        accept: &Accept<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, AcceptError> {
        if !self.parts.sides.awaits_response() {
            return Err(NOT_NOW.into());
        }
        if self.parts.refuses_write() {
            return Ok(Write::Paused);
        }
        if fields.clone().any(|field| is_ours(field.name)) {
            return Err(OUR_FIELD.at(0).into());
        }
        let opening = match self.check(accept) {
            Err(AcceptError::Refused(error)) => return self.refuse_handshake(error),
            checked => checked?,
        };
        self.queue_101(accept, &opening, fields)?;
        self.parts.protocol.server(&mut self.parts.sides)?.begin_switch()?;
        self.parts.open_websocket(opening.deflate.map(|answer| answer.agreed), opening.delivery);
        self.parts.lifecycle.set_input_waiting(true);
        Ok(Write::Queued)
    }

    /// Checks the handshake by the rules of HTTP/1.1.
    fn may_open(&self) -> Result<(), Error> {
        if self.parts.sides.peer_side() == Side::Body {
            return Err(HAS_CONTENT.at(0));
        }
        Server::plan_switch(&self.parts.sides, 101).map_err(|_| NO_HANDSHAKE.at(0))?;
        let has_content = self.parts.head != NONE && self.ws.heads.get(self.parts.head).has_content;
        if has_content { Err(HAS_CONTENT.at(0)) } else { Ok(()) }
    }

    /// What the request is refused for, and then what the application cannot have.
    fn check(&self, accept: &Accept<'_>) -> Result<Opening, AcceptError> {
        let kept = if self.parts.head == NONE { &[] } else { self.ws.heads.get(self.parts.head).handshake.as_slice() };
        let offered = self.may_open().and_then(|()| self.check_offer(kept, accept.deflate));
        let (accept_key, deflate) = offered.map_err(AcceptError::Refused)?;
        if !accept.subprotocol.is_empty() {
            check_selected(kept_fields(kept), accept.subprotocol)?;
        }
        let delivery = self.parts.config.delivery_of(accept.delivery)?;
        Ok(Opening { accept: accept_key, deflate, delivery })
    }

    /// What RFC 6455 has to say of the request: the proof that it was read, and what of permessage-deflate is agreed on.
    fn check_offer(&self, kept: &[u8], deflate: bool) -> Result<([u8; 28], Option<OfferResponse>), Error> {
        if kept.is_empty() {
            return Err(NO_HANDSHAKE.at(0));
        }
        let fields = kept_fields(kept);
        let request = check_request(fields.clone(), is_key)?;
        let terms =
            DeflateConfig { enabled: self.parts.config.deflate.enabled && deflate, ..self.parts.config.deflate };
        Ok((accept_key(&request.key), respond(lines(fields, EXTENSIONS), &terms)?))
    }

    fn queue_101<'f>(
        &mut self,
        accept: &Accept<'_>,
        opening: &Opening,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<(), Error> {
        let extensions = opening.deflate.as_ref().map_or(&[][..], |answer| answer.value.as_bytes());
        let own: [Field<'_>; 4] = [
            (UPGRADE, b"websocket"),
            (ACCEPT, &opening.accept),
            (PROTOCOL, accept.subprotocol),
            (EXTENSIONS, extensions),
        ];
        let own = own.iter().filter(|field| !field.1.is_empty()).map(|&(name, value)| FieldRef { name, value });
        let fields = own.chain(fields.map(|field| FieldRef { name: field.name, value: field.value }));
        let facts = facts_of(fields.clone())?;
        let lines = LibraryLines { connection: ConnectionLine::UPGRADE, ..LibraryLines::default() };
        let head = ResponseHead { status: 101, reason: None, lines };
        queue(&mut self.parts.queue, &mut self.ws.blocks, &head.plan(&facts)?, fields, Kept::Copied(&[]))
    }

    /// Responds in the application's place.
    #[cold]
    fn refuse_handshake(&mut self, error: Error) -> Result<Write, AcceptError> {
        const SPOKEN: [FieldRef<'_>; 2] =
            [FieldRef { name: UPGRADE, value: b"websocket" }, FieldRef { name: VERSION, value: b"13" }];
        let close = error.fault == &HAS_CONTENT;
        let status = error.fault.status;
        let response = Response { status, reason: b"", content: b"", stream: None, lent: None, close };
        let spoken = if status == 426 { &SPOKEN[..] } else { &[] };
        SendResponse::of(self.parts, self.ws).respond(&response, spoken.iter().copied())?;
        self.parts.lifecycle.set_refusal(error);
        Err(AcceptError::Refused(error))
    }
}

#[cfg(test)]
mod tests;
