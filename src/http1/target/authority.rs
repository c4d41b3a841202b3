//! `uri-host [ ":" port ]` (RFC 9110 §7.2, RFC 3986 §3.2.2).

use super::{Part, Scheme, find_bad};
use crate::error::{Code, Error, Fault};
use crate::http1::octet::{self, HEXDIG, HOST_NAME, URI};
use core::net::Ipv6Addr;

static HOST: Fault = Fault::new(Code::Host, 400, c"H1-TGT-12", c"Host is not a host with an optional port");
static EMPTY: Fault = Fault::new(Code::Host, 400, c"H1-TGT-14", c"Host is empty");

/// A host with an optional port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Authority {
    /// The host as it stands, brackets of an IP literal included; never empty.
    pub host: Part,
    /// The port; `None` when there is none, or only its colon.
    pub port: Option<u16>,
}

/// Parses the value of a Host field (H1-TGT-12 to -14).
///
/// A comma is a legal octet of a name by RFC 3986, yet refused: no name in use has one, joined Host fields do.
///
/// # Errors
///
/// [`Code::Host`], at the first octet that cannot belong to an authority. An empty value fails under its own rule,
/// for servers that have an authority to put in its place.
pub fn parse_host(value: &[u8]) -> Result<Authority, Error> {
    if value.is_empty() {
        return Err(EMPTY.at(0));
    }
    parse(value).map_err(|at| HOST.at(at as u64))
}

/// Whether `value` is a well-formed Host.
#[inline(always)]
pub fn is_host(value: &[u8]) -> bool {
    is_usual(value) || is_unusual(value)
}

#[inline(never)]
fn is_unusual(value: &[u8]) -> bool {
    parse(value).is_ok()
}

/// Whether this is a host of usual octets, with a port of four or five digits or none: told without a look at every octet.
#[inline(always)]
fn is_usual(value: &[u8]) -> bool {
    octet::is_usual_host(without_port(value))
}

/// What is before a port of four digits, or of five that are no more than 59999; else all of it.
#[inline(always)]
fn without_port(value: &[u8]) -> &[u8] {
    const COLON: u8 = b':';
    let is_low = |digit: u8| digit.is_ascii_digit() && octet::hex(digit) <= 5;
    match value {
        [host @ .., COLON, a, b, c, d] if are_digits([*a, *b, *c, *d]) => host,
        [host @ .., COLON, first, a, b, c, d] if is_low(*first) && are_digits([*a, *b, *c, *d]) => host,
        _ => value,
    }
}

/// Whether four octets are digits, looked at together: the upper half of a digit is 3, before and after 6 is added.
#[inline(always)]
fn are_digits(four: [u8; 4]) -> bool {
    const UPPER: u32 = 0xf0f0_f0f0;
    let word = u32::from_le_bytes(four);
    word & UPPER == 0x3030_3030 && word.wrapping_add(0x0606_0606) & UPPER == 0x3030_3030
}

/// Whether two authorities, each given with the text it was parsed from, are different ones (H1-TGT-05): letters compare in
/// any case, and a missing port is that of `scheme`. Hosts that are the same only when decoded or resolved differ.
pub fn host_mismatch(scheme: Scheme, a: (&[u8], Authority), b: (&[u8], Authority)) -> bool {
    let port = |authority: Authority| authority.port.unwrap_or(scheme.default_port());
    port(a.1) != port(b.1) || !a.1.host.of(a.0).eq_ignore_ascii_case(b.1.host.of(b.0))
}

/// Parses an authority without userinfo, or says where it goes wrong.
pub(super) fn parse(text: &[u8]) -> Result<Authority, usize> {
    let end = octet::find_other(text, HOST_NAME).unwrap_or(text.len());
    let host = Part { offset: 0, len: end };
    match text.get(end..) {
        Some([]) if end > 0 => Ok(Authority { host, port: None }),
        Some([b':', digits @ ..]) if end > 0 => {
            let port = port_of(digits).map_err(|at| end + 1 + at)?;
            Ok(Authority { host, port: (!digits.is_empty()).then_some(port) })
        }
        _ => parse_rare(text),
    }
}

/// Everything but plain names and IPv4 literals.
#[cold]
fn parse_rare(text: &[u8]) -> Result<Authority, usize> {
    let end = match text.first() {
        Some(b'[') => ip_literal(text)?,
        _ => text.iter().position(|&octet| octet == b':').unwrap_or(text.len()),
    };
    let (host, rest) = text.split_at(end);
    if host.first() != Some(&b'[')
        && let Some(at) = name_flaw(host)
    {
        return Err(at);
    }
    let port = match rest {
        [] | [b':'] => None,
        [b':', digits @ ..] => Some(port_of(digits).map_err(|at| end + 1 + at)?),
        _ => return Err(end),
    };
    Ok(Authority { host: Part { offset: 0, len: end }, port })
}

/// Where a name that is not a literal goes wrong; an empty one does so at its start.
fn name_flaw(name: &[u8]) -> Option<usize> {
    if name.is_empty() {
        return Some(0);
    }
    let comma = name.iter().position(|&octet| octet == b',');
    let bad = find_bad(name, URI);
    comma.into_iter().chain(bad).min()
}

/// Where the bracket of an IP literal closes, or that it is none.
fn ip_literal(text: &[u8]) -> Result<usize, usize> {
    let close = text.iter().position(|&octet| octet == b']').ok_or(0usize)?;
    let literal = &text[1..close];
    if is_ipv6(literal) || is_ip_future(literal) { Ok(close + 1) } else { Err(1) }
}

fn is_ipv6(literal: &[u8]) -> bool {
    str::from_utf8(literal).is_ok_and(|literal| literal.parse::<Ipv6Addr>().is_ok())
}

/// `"v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )`
fn is_ip_future(literal: &[u8]) -> bool {
    let [b'v' | b'V', rest @ ..] = literal else { return false };
    let version = octet::find_other(rest, HEXDIG).unwrap_or(rest.len());
    let (version, address) = rest.split_at(version);
    let [b'.', address @ ..] = address else { return false };
    !version.is_empty() && !address.is_empty() && address.iter().all(|&octet| octet == b':' || octet::is(octet, URI))
}

/// 1*DIGIT of at most 65535, or where it is not.
fn port_of(digits: &[u8]) -> Result<u16, usize> {
    let mut port = 0u32;
    for (at, &octet) in digits.iter().enumerate() {
        let digit = octet.wrapping_sub(b'0');
        // At most 65535 before the step, so there is no overflow in it.
        port = port * 10 + u32::from(digit);
        if digit > 9 || port > u32::from(u16::MAX) {
            return Err(at);
        }
    }
    Ok(crate::narrow::two_octets(port as usize))
}
