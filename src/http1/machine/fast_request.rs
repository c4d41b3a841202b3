//! Server: the fast way of receiving a request, for the common kind.
//!
//! Has the same effect as the full way; debug builds compare the two.

use super::exchange::Exchange;
use super::facts::{HeadOutcome, Role, flag};
use super::server::Server;
use super::sides::Sides;
use crate::guard::Limits;
use crate::http1::head::{Octets, RequestHead, Summary, method};
use crate::http1::target::HostCache;

/// Receives a request head and returns its authority, if it is HTTP/1.1 in a fresh exchange, with a path, one Host, no
/// content, no upgrade and no close. `None` for any other head: nothing has changed, and [`Server::recv_request`]
/// handles it.
#[inline(always)]
pub fn recv_request_fast(
    sides: &mut Sides,
    parsed: &RequestHead,
    bytes: &[u8],
    known: &mut HostCache,
) -> Option<Octets> {
    let summary = &parsed.summary;
    let host = Octets { offset: summary.host, len: summary.host_len };
    let is_simple = summary.flags & !Summary::KEEP_ALIVE == Summary::HOST
        && parsed.version_minor > 0
        && parsed.method_id != method::CONNECT
        && sides.is_idle()
        && sides.has_only(0)
        && bytes.get(parsed.target.offset as usize) == Some(&b'/');
    let text = bytes.get(host.offset as usize..host.offset as usize + host.len as usize)?;
    if !is_simple || !known.is_host(text) {
        return None;
    }
    let mut full = Sides::new(Role::Server);
    debug_assert_eq!(recv_request_full(&mut full, parsed, bytes), Some(host));
    sides.begin_exchange_fast(u16::from(parsed.method_id == method::HEAD) * flag::NO_CONTENT);
    debug_assert_eq!(*sides, full);
    Some(host)
}

/// The result of [`Server::recv_request`], for debug builds.
fn recv_request_full(sides: &mut Sides, parsed: &RequestHead, bytes: &[u8]) -> Option<Octets> {
    let mut exchange = Exchange::NONE;
    let outcome = Server::new(sides, &mut exchange).recv_request(parsed, bytes, &Limits::DEFAULT, 0).ok()?;
    let plain = HeadOutcome { authority: outcome.authority, last: true, ..HeadOutcome::default() };
    (outcome == plain).then_some(outcome.authority)
}

#[cfg(test)]
mod tests;
