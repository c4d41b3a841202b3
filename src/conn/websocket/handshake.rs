//! Whether the current request asks for a WebSocket, and what its client sent after it.

use super::offer::{has_key, kept_fields};
use crate::conn::parts::Parts;
use crate::conn::workspace::{NONE, Workspace};
use crate::error::{Code, Error};
use crate::http1::machine::flag;
use crate::http1::machine::state::Side;
use crate::websocket::handshake::check_selected;

/// The current request as a handshake, and what came after it.
#[derive(Clone, Copy)]
pub struct Handshake<'a> {
    parts: &'a Parts,
    ws: &'a Workspace,
}

impl<'a> Handshake<'a> {
    #[inline(always)]
    pub fn of(parts: &'a Parts, ws: &'a Workspace) -> Self {
        Self { parts, ws }
    }

    /// Whether the current request is an undecided handshake: any response but a switch refuses it.
    pub fn is_handshake(self) -> bool {
        let is_open = self.parts.sides.peer_side() == Side::MightSwitch && self.parts.head != NONE;
        is_open && has_key(&self.ws.heads.get(self.parts.head).handshake)
    }

    /// Whether octets came after the current request. After a handshake they may be frames, so its refusal closes the
    /// connection (WS-HSS-12).
    pub fn has_octets_behind(self) -> bool {
        !self.parts.recv.is_empty(&self.ws.held)
    }

    /// Whether an error is caused by frames sent after a handshake that was already refused. No request begins like a
    /// masked frame, whose second octet is 128 or more. A response would have no request.
    pub fn is_frame_behind_refusal(self, error: &Error) -> bool {
        self.parts.sides.has(flag::REFUSED)
            && self.parts.sides.is_idle()
            && error.code() == Code::RequestLine
            && error.offset < 2
    }

    /// Server: the first of `supported`, in order of preference, that the current request offers.
    pub fn choose_subprotocol<'s>(self, supported: &[&'s [u8]]) -> Option<&'s [u8]> {
        let kept = if self.parts.head == NONE { &[] } else { self.ws.heads.get(self.parts.head).handshake.as_slice() };
        supported.iter().copied().find(|name| check_selected(kept_fields(kept), name).is_ok())
    }
}
