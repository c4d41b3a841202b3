//! Server: request heads in.

use super::facts::head;
use super::{Cue, Heard, Machine, Receiving, Role, Side, flag, policy};
use crate::error::{Code, Error, Fault};
use crate::guard::Limits;
use crate::http1::framing::{self, BodyLength};
use crate::http1::head::{Octets, RequestHead, Summary, method};
use crate::http1::target::{self, Authority, Scheme, TargetForm};
use crate::narrow::place;

static NO_HOST: Fault = Fault::new(Code::Host, 400, c"H1-TGT-10", c"an HTTP/1.1 request has no Host");
static TWO_HOSTS: Fault = Fault::new(Code::Host, 400, c"H1-TGT-11", c"more than one Host");
static OTHER_HOST: Fault = Fault::new(Code::Host, 400, c"H1-TGT-05", c"the target's authority is not Host's");
static MISDIRECTED: Fault =
    Fault::new(Code::Misdirected, 421, c"H1-TGT-08", c"an https target on a cleartext connection");
static EXPECTATION: Fault = Fault::new(Code::Expectation, 417, c"H1-EXP-04", c"an expectation other than 100-continue");

impl<S> Machine<S> {
    /// Server: takes a request head in. `bytes` are the octets the head's ranges are relative to; `rules`: `policy::*` bits.
    ///
    /// The checks run in the ledger's order: target form, Host, Transfer-Encoding, Content-Length, body limit, Expect, Upgrade.
    pub fn hear_request(
        &mut self,
        parsed: &RequestHead,
        bytes: &[u8],
        limits: &Limits,
        rules: u32,
    ) -> Result<Heard, Error> {
        let is_connect = parsed.method_id == method::CONNECT;
        let mut heard = Heard::default();
        let form = target::classify(kind(parsed.method_id), parsed.target.of(bytes))
            .map_err(|error| error.fault.at(error.offset + u64::from(parsed.target.offset)))?;
        hear_authority(&mut heard, parsed, bytes, form, rules)?;
        let framing_rules = framing::RequestRules {
            body_max: limits.body_max,
            admit_length_with_te: rules & policy::LENIENT_LENGTH_AND_CHUNKED != 0,
        };
        let length = framing::request_framing(&parsed.summary, parsed.version_minor, is_connect, &framing_rules)?;
        self.note_request(parsed, is_connect, length, &mut heard);
        self.step_theirs(Cue::Request)?;
        self.step_ours(Cue::Asked)?;
        self.exchange_mut().receiving = Receiving::start(length);
        heard.last = matches!(self.exchange().receiving, Receiving::None);
        if heard.last {
            self.end_theirs()?;
        }
        Ok(heard)
    }

    /// What the head says of the exchange and the connection.
    fn note_request(&mut self, parsed: &RequestHead, is_connect: bool, length: BodyLength, heard: &mut Heard) {
        let summary = &parsed.summary;
        let all = |bits| summary.flags & bits == bits;
        let is_1_0 = parsed.version_minor == 0;
        let persists = framing::persistence(summary, parsed.version_minor);
        let upgrades = all(Summary::UPGRADE | Summary::CONNECTION_UPGRADE) & !is_1_0 & !is_connect;
        let has_content = !matches!(length, BodyLength::None | BodyLength::Length(0));
        let expects = all(Summary::EXPECT_CONTINUE) & !is_1_0 & has_content;
        let kept = self.flags & ((flag::STICKY | flag::DROPPING) & !flag::REFUSED);
        self.flags = kept
            | (u16::from(is_1_0) * flag::PEER_1_0)
            | (u16::from(is_1_0 & persists) * flag::KEEP_ALIVE_1_0)
            | (u16::from(!persists) * flag::LAST)
            | (u16::from(is_connect) * flag::CONNECT)
            | (u16::from(upgrades) * flag::UPGRADE)
            | (u16::from(parsed.method_id == method::HEAD) * flag::NO_CONTENT)
            | (u16::from(expects) * flag::EXPECT);
        heard.content_length = match length {
            BodyLength::Length(n) => Some(n),
            _ => None,
        };
        heard.flags |= (u32::from(!persists) * head::CLOSE)
            | (u32::from(length == BodyLength::Chunked) * head::CHUNKED)
            | (u32::from(expects) * head::EXPECT)
            | (u32::from(upgrades) * head::UPGRADE)
            | (u32::from(all(Summary::LENGTH | Summary::TE)) * head::LENIENT);
        if all(Summary::EXPECT_OTHER) & !is_1_0 {
            heard.refused = heard.refused.or(Some(&EXPECTATION));
        }
    }

    /// Whether an Upgrade was offered and is not decided: the offer must be kept.
    pub fn has_open_offer(&self) -> bool {
        match self.role {
            Role::Server => self.has(flag::UPGRADE) && self.ours == Side::Await,
            Role::Client => {
                self.exchange().pending.last().offers_upgrade() && !self.theirs.is_over() && !self.is_switched()
            }
        }
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

/// Host and the target's authority (RFC 9112 §3.2).
#[inline]
fn hear_authority(
    heard: &mut Heard,
    parsed: &RequestHead,
    bytes: &[u8],
    form: TargetForm,
    rules: u32,
) -> Result<(), Error> {
    let summary = &parsed.summary;
    let host = Octets { offset: summary.host, len: summary.host_len };
    if summary.flags & Summary::HOST == 0 && parsed.version_minor > 0 {
        return Err(NO_HOST.at(u64::from(parsed.head_len)));
    }
    if summary.flags & Summary::HOST_REPEATED != 0 {
        return Err(TWO_HOSTS.at(u64::from(host.offset)));
    }
    let named = named_host(host, bytes, rules, summary.flags & Summary::HOST != 0)?;
    heard.authority = host;
    match form {
        TargetForm::Absolute { scheme, authority, .. } => {
            let target = Named { scheme, authority, at: parsed.target };
            target.replace_host(heard, bytes, named.map(|named| (host, named)), rules)
        }
        TargetForm::Authority(_) => {
            heard.authority = parsed.target;
            Ok(())
        }
        TargetForm::Origin | TargetForm::Asterisk => Ok(()),
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
    /// RFC 9112 §3.2.2: it replaces Host (H1-TGT-04, -05, -08).
    #[cold]
    fn replace_host(
        &self,
        heard: &mut Heard,
        bytes: &[u8],
        host: Option<(Octets, Authority)>,
        rules: u32,
    ) -> Result<(), Error> {
        let target = self.at.of(bytes);
        if let Some((at, named)) = host
            && target::host_mismatch(self.scheme, (target, self.authority), (at.of(bytes), named))
        {
            heard.flag(head::HOST_MISMATCH, true);
            if rules & policy::STRICT_HOST != 0 {
                return Err(OTHER_HOST.at(u64::from(at.offset)));
            }
        }
        heard.authority = authority_of(self.at, target, self.authority);
        if self.scheme == Scheme::Https && rules & policy::SECURE == 0 {
            heard.refused = Some(&MISDIRECTED);
        }
        Ok(())
    }
}

/// The Host field, parsed; `None` where there is none to compare with.
#[inline]
fn named_host(host: Octets, bytes: &[u8], rules: u32, present: bool) -> Result<Option<Authority>, Error> {
    if !present || (host.len == 0 && rules & policy::DEFAULT_AUTHORITY != 0) {
        return Ok(None);
    }
    let at = |error: Error| error.fault.at(u64::from(host.offset) + error.offset);
    target::parse_host(host.of(bytes)).map(Some).map_err(at)
}

/// Host and port of an absolute-form target, as they stand in it.
fn authority_of(target: Octets, text: &[u8], authority: Authority) -> Octets {
    let start = authority.host.offset;
    let rest = text.get(start..).unwrap_or_default();
    let len = rest.iter().position(|octet| matches!(octet, b'/' | b'?')).unwrap_or(rest.len());
    Octets { offset: target.offset + place(start), len: place(len) }
}
