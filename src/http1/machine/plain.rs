//! Server: the request that leaves nothing to decide, as nearly every one does, in one step.
//!
//! What is done here is what the general rules come to; debug builds hold one against the other.

use super::exchange::Exchange;
use super::facts::{HeadOutcome, Role, flag};
use super::server::Server;
use super::sides::Sides;
use crate::guard::Limits;
use crate::http1::head::{Octets, RequestHead, Summary, method};
use crate::http1::target::KnownHost;

/// Takes in a request head that leaves nothing to decide, and yields the authority it is for: HTTP/1.1 in a fresh
/// exchange, a path, one Host, no content, nothing to switch or to close. `None` for any other head: nothing has changed
/// then, and [`Server::recv_request`] takes it in.
#[inline(always)]
pub fn recv_plain_request(
    sides: &mut Sides,
    parsed: &RequestHead,
    bytes: &[u8],
    known: &mut KnownHost,
) -> Option<Octets> {
    let summary = &parsed.summary;
    let host = Octets { offset: summary.host, len: summary.host_len };
    let is_plain = summary.flags & !Summary::KEEP_ALIVE == Summary::HOST
        && parsed.version_minor > 0
        && parsed.method_id != method::CONNECT
        && sides.is_idle()
        && sides.has_none_but(0)
        && bytes.get(parsed.target.offset as usize) == Some(&b'/');
    let text = bytes.get(host.offset as usize..host.offset as usize + host.len as usize)?;
    if !is_plain || !known.is_host(text) {
        return None;
    }
    let mut full = Sides::new(Role::Server);
    debug_assert_eq!(recv_fully(&mut full, parsed, bytes), Some(host));
    sides.begin_plain_exchange(u16::from(parsed.method_id == method::HEAD) * flag::NO_CONTENT);
    debug_assert_eq!(*sides, full);
    Some(host)
}

/// What [`Server::recv_request`] comes to; for debug builds.
fn recv_fully(sides: &mut Sides, parsed: &RequestHead, bytes: &[u8]) -> Option<Octets> {
    let mut exchange = Exchange::NONE;
    let outcome = Server::new(sides, &mut exchange).recv_request(parsed, bytes, &Limits::DEFAULT, 0).ok()?;
    let plain = HeadOutcome { authority: outcome.authority, last: true, ..HeadOutcome::default() };
    (outcome == plain).then_some(outcome.authority)
}

#[cfg(test)]
mod tests;
