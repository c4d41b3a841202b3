//! One end: a connection, its owner's part of the contract, and its application.

use wireway::ffi::conn::info::*;
use wireway::ffi::conn::ww_conn;
use wireway::ffi::event::*;
use wireway::ffi::status::*;

use super::handle::{Handle, PIECES_MAX};
use super::heard::MessagePart;
use super::shown::Shown;
use super::speech::Speech;
use super::tokens::Tokens;
use super::wires::Wire;
use crate::api::application::Application;
use crate::api::trace::note;
use crate::api::witness::Witness;

pub struct End {
    pub handle: Handle,
    pub is_server: bool,
    pub has_tls: bool,
    /// The octets that are lent.
    pub lent: Option<Box<[u8]>>,
    pub shown: Shown,
    pub witness: Witness,
    pub tokens: Tokens,
    pub said: Speech,
    pub heard: MessagePart,
    pub app: Application,
    /// What comes from the peer.
    pub incoming: Wire,
    /// Something ended it, or was made to, but a graceful close of both.
    pub is_troubled: bool,
    pub was_aborted: bool,
    /// A call has answered WW_E_NOMEM.
    pub is_short_of_memory: bool,
    is_done: bool,
}

impl End {
    pub fn new(handle: Handle, is_server: bool, has_tls: bool) -> Self {
        Self {
            handle,
            is_server,
            has_tls,
            lent: None,
            shown: Shown::default(),
            witness: Witness::default(),
            tokens: Tokens::default(),
            said: Speech::default(),
            heard: MessagePart::default(),
            app: Application::default(),
            incoming: Wire::default(),
            is_troubled: false,
            was_aborted: false,
            is_short_of_memory: false,
            is_done: false,
        }
    }

    pub fn is(&self, bit: u32) -> bool {
        self.handle.state() & bit != 0
    }

    pub fn is_over(&self) -> bool {
        self.is_done && !self.is(WW_STATE_EVENTS)
    }

    pub fn check(&self) {
        self.witness.check();
        self.shown.check();
    }

    /// The next event, taken down; what its octets say is compared to `said`, what the peer said.
    pub fn next(&mut self, said: Option<&Speech>) -> Result<ww_event, ww_status> {
        self.witness.end();
        let before = self.handle.state();
        let (status, event) = self.handle.next();
        let after = self.handle.state();
        note(format_args!(
            "  next: {status}, {} ({:x}, {}), {before:x} -> {after:x}",
            event.kind, event.flags, event.data.len
        ));
        if status != WW_OK {
            assert!(before & after & WW_STATE_EVENTS == 0 || status < 0, "EVENTS stays set, and next answers {status}");
            self.lent = None;
            self.rest(status, after);
            return Err(status);
        }
        let is_announced = before & WW_STATE_EVENTS != 0 || self.lent.is_some();
        assert!(is_announced, "event {} without EVENTS and without a lend", event.kind);
        self.witness.keep(&event);
        self.note(&event, said);
        Ok(event)
    }

    /// There is no event now.
    fn rest(&mut self, status: ww_status, state: u32) {
        if status == WW_DONE {
            assert!(state & WW_STATE_CLOSE != 0, "DONE, and the transport stays open");
            self.is_done = true;
        }
        self.is_troubled |= status < 0;
        self.is_short_of_memory |= status == WW_E_NOMEM;
    }

    fn note(&mut self, event: &ww_event, said: Option<&Speech>) {
        let is_late = self.is_done && !matches!(event.kind, WW_EVENT_RELEASED | WW_EVENT_ERROR);
        assert!(!is_late, "event {} behind DONE", event.kind);
        match event.kind {
            WW_EVENT_RELEASED => self.tokens.released(event.token, &self.handle),
            WW_EVENT_ERROR => {
                assert!(event.code < 0 && event.code != WW_E_PANIC);
                self.is_troubled = true;
            }
            WW_EVENT_WRITABLE => {
                self.app.refused = self.app.refused.checked_sub(1).expect("WRITABLE that nobody waits for");
            }
            _ => {}
        }
        self.heard.event(event, said);
    }

    /// A call that writes: what it refuses leaves the output as it was.
    pub fn write(&mut self, body: impl FnOnce(*mut ww_conn) -> ww_status) -> ww_status {
        let before = self.queued();
        let status = self.handle.call(body);
        note(format_args!("  write: {status}, {before} -> {} octets", self.queued()));
        self.app.refused += usize::from(status == WW_PAUSED);
        self.is_short_of_memory |= status == WW_E_NOMEM;
        self.is_troubled |= status == WW_E_NOMEM;
        let may_answer = matches!(status, WW_OK | WW_E_BODY_LENGTH | WW_E_WS_HANDSHAKE);
        assert!(may_answer || self.queued() == before, "a call that was refused ({status}) has written");
        status
    }

    /// Octets that output shows; over TLS asking would encrypt some.
    fn queued(&self) -> usize {
        if self.has_tls { 0 } else { self.handle.output(PIECES_MAX).iter().map(|&(_, len)| len).sum() }
    }

    /// For another transport; `handle` was reset.
    pub fn renew(&mut self) {
        self.lent = None;
        self.shown.forget();
        self.tokens.forgive();
        (self.said, self.heard, self.incoming) = (Speech::default(), MessagePart::default(), Wire::default());
        self.app = Application { habits: self.app.habits, ..Application::default() };
        (self.is_troubled, self.was_aborted, self.is_done) = (false, false, false);
    }
}
