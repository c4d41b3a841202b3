//! Server: the exchange that leaves nothing to decide, as nearly every one does, in one step each way.
//!
//! What is done here is what the general rules come to; debug builds hold one against the other.

use super::{Framing, Heard, Machine, Persistence, Plan, Role, Sending, Side, flag};
use crate::guard::Limits;
use crate::http1::head::{Octets, RequestHead, Summary, method};
use crate::http1::target::KnownHost;

impl<S: Clone> Machine<S> {
    /// Server: whether both sides stand between messages.
    #[inline(always)]
    pub fn is_fresh_server(&self) -> bool {
        self.role as u8 | self.ours as u8 | self.theirs as u8 == 0
    }

    /// Server: takes in a request head that leaves nothing to decide, and yields the authority it is for: HTTP/1.1 in a fresh
    /// exchange, a path, one Host, no content, nothing to switch or to close. `None` for any other head: nothing has changed
    /// then, and [`Machine::hear_request`] takes it in.
    #[inline(always)]
    pub fn hear_plain_request(&mut self, parsed: &RequestHead, bytes: &[u8], known: &mut KnownHost) -> Option<Octets> {
        let summary = &parsed.summary;
        let host = Octets { offset: summary.host, len: summary.host_len };
        let is_plain = summary.flags & !Summary::KEEP_ALIVE == Summary::HOST
            && parsed.version_minor > 0
            && parsed.method_id != method::CONNECT
            && self.is_idle()
            && self.flags == 0
            && bytes.get(parsed.target.offset as usize) == Some(&b'/');
        let text = bytes.get(host.offset as usize..host.offset as usize + host.len as usize)?;
        if !is_plain || !known.is_host(text) {
            return None;
        }
        let flags = u16::from(parsed.method_id == method::HEAD) * flag::NO_CONTENT;
        debug_assert!(self.is_plainly(parsed, bytes, flags, host));
        (self.theirs, self.ours, self.flags) = (Side::Done, Side::Await, flags);
        Some(host)
    }

    /// Whether [`Machine::hear_request`] comes to the same; for debug builds.
    fn is_plainly(&self, parsed: &RequestHead, bytes: &[u8], flags: u16, authority: Octets) -> bool {
        let mut machine = self.clone();
        let heard = machine.hear_request(parsed, bytes, &Limits::DEFAULT, 0);
        let is_same = (machine.theirs, machine.ours, machine.flags) == (Side::Done, Side::Await, flags);
        is_same && heard == Ok(Heard { authority, last: true, ..Heard::default() })
    }

    /// Whether the request being answered leaves nothing to decide: complete, HTTP/1.1, to go on, no HEAD, CONNECT or offer.
    /// A final response with content that is whole then gets [`Plan::plain`].
    #[inline(always)]
    pub fn is_plain(&self) -> bool {
        self.role == Role::Server
            && self.ours == Side::Await
            && self.theirs == Side::Done
            && self.flags & !flag::PEER_1_1 == 0
    }

    /// A response planned as [`Plan::plain`] is sent whole: the next exchange.
    #[inline]
    pub fn answered_plainly(&mut self) {
        (self.ours, self.theirs) = (Side::Idle, Side::Idle);
    }
}

impl Plan {
    /// The verdict on a whole response of `len` octets in a plain exchange.
    pub const fn plain(len: u64) -> Self {
        Self {
            framing: Framing::Length(len),
            option: Persistence::Silent,
            with_content: true,
            complete: true,
            sending: Sending::None,
        }
    }
}

#[cfg(test)]
mod tests;
