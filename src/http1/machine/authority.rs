//! Server: the authority of a request.
//!
//! Applies the ledger's rules for target and Host (H1-TGT). No state: reads a head and records the result.

use super::facts::{HeadOutcome, head, policy};
use crate::error::{Code, Error, Fault};
use crate::http1::head::{Octets, RequestHead, Summary, method};
use crate::http1::target::{self, Authority, Scheme, TargetForm};
use crate::narrow::place;

static NO_HOST: Fault = Fault::new(Code::Host, 400, c"H1-TGT-10", c"an HTTP/1.1 request has no Host");
static TWO_HOSTS: Fault = Fault::new(Code::Host, 400, c"H1-TGT-11", c"more than one Host");
static OTHER_HOST: Fault = Fault::new(Code::Host, 400, c"H1-TGT-05", c"the target's authority differs from Host");
static MISDIRECTED: Fault =
    Fault::new(Code::Misdirected, 421, c"H1-TGT-08", c"an https target on a cleartext connection");

/// Checks target and Host and records form and authority in `outcome` (RFC 9112 §3.2).
#[inline]
pub fn recv_authority(outcome: &mut HeadOutcome, parsed: &RequestHead, bytes: &[u8], rules: u32) -> Result<(), Error> {
    let form = target::classify(kind(parsed.method_id), parsed.target.of(bytes))
        .map_err(|error| error.fault.at(error.offset + u64::from(parsed.target.offset)))?;
    let summary = &parsed.summary;
    let host = Octets { offset: summary.host, len: summary.host_len };
    if summary.flags & Summary::HOST == 0 && parsed.version_minor > 0 {
        return Err(NO_HOST.at(u64::from(parsed.head_len)));
    }
    if summary.flags & Summary::HOST_REPEATED != 0 {
        return Err(TWO_HOSTS.at(u64::from(host.offset)));
    }
    let named = named_host(host, bytes, rules, summary.flags & Summary::HOST != 0)?;
    outcome.authority = host;
    match form {
        TargetForm::Absolute { scheme, authority, .. } => {
            let target = Named { scheme, authority, at: parsed.target };
            target.replace_host(outcome, bytes, named.map(|named| (host, named)), rules)
        }
        TargetForm::Authority(_) => {
            outcome.authority = parsed.target;
            Ok(())
        }
        TargetForm::Origin | TargetForm::Asterisk => Ok(()),
    }
}

#[inline]
fn kind(method_id: u8) -> target::MethodKind {
    match method_id {
        method::CONNECT => target::MethodKind::Connect,
        method::OPTIONS => target::MethodKind::Options,
        _ => target::MethodKind::Other,
    }
}

/// The authority of an absolute-form target.
struct Named {
    scheme: Scheme,
    authority: Authority,
    /// The whole target.
    at: Octets,
}

impl Named {
    /// The target's authority replaces Host (RFC 9112 §3.2.2; H1-TGT-04, -05, -08).
    #[cold]
    fn replace_host(
        &self,
        outcome: &mut HeadOutcome,
        bytes: &[u8],
        host: Option<(Octets, Authority)>,
        rules: u32,
    ) -> Result<(), Error> {
        let target = self.at.of(bytes);
        if let Some((at, named)) = host
            && target::host_mismatch(self.scheme, (target, self.authority), (at.of(bytes), named))
        {
            outcome.flag(head::HOST_MISMATCH, true);
            if rules & policy::STRICT_HOST != 0 {
                return Err(OTHER_HOST.at(u64::from(at.offset)));
            }
        }
        outcome.authority = authority_of(self.at, target, self.authority);
        if self.scheme == Scheme::Https && rules & policy::SECURE == 0 {
            outcome.refused = Some(&MISDIRECTED);
        }
        Ok(())
    }
}

/// The parsed Host field; `None` if there is none to compare with.
#[inline]
fn named_host(host: Octets, bytes: &[u8], rules: u32, present: bool) -> Result<Option<Authority>, Error> {
    if !present || (host.len == 0 && rules & policy::DEFAULT_AUTHORITY != 0) {
        return Ok(None);
    }
    let at = |error: Error| error.fault.at(u64::from(host.offset) + error.offset);
    target::parse_host(host.of(bytes)).map(Some).map_err(at)
}

/// The range of host and port in an absolute-form target.
fn authority_of(target: Octets, text: &[u8], authority: Authority) -> Octets {
    let start = authority.host.offset;
    let rest = text.get(start..).unwrap_or_default();
    let len = rest.iter().position(|octet| matches!(octet, b'/' | b'?')).unwrap_or(rest.len());
    Octets { offset: target.offset + place(start), len: place(len) }
}
