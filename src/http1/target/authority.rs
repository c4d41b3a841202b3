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
    /// The host as written, including the brackets of an IP literal; never empty.
    pub host: Part,
    /// The port; `None` if it is missing or empty.
    pub port: Option<u16>,
}

/// Parses the value of a Host field (H1-TGT-12 to -14).
///
/// RFC 3986 allows a comma in a name; it is refused because no real name has one, while joined Host fields do.
///
/// # Errors
///
/// [`Code::Host`], at the first octet that is not valid in an authority. An empty value fails with a rule of its own,
/// so that a server can substitute a default authority.
pub fn parse_host(value: &[u8]) -> Result<Authority, Error> {
    if value.is_empty() {
        return Err(EMPTY.at(0));
    }
    parse(value).map_err(|at| HOST.at(at as u64))
}

/// Whether `value` is a well-formed Host.
#[inline(always)]
pub fn is_host(value: &[u8]) -> bool {
    is_host_fast(value) || is_host_full(value)
}

#[inline(never)]
fn is_host_full(value: &[u8]) -> bool {
    parse(value).is_ok()
}

/// The fast way: an LDH host with a port of four or five digits or none, checked by words.
#[inline(always)]
fn is_host_fast(value: &[u8]) -> bool {
    octet::is_ldh_host(without_port(value))
}

/// The text before a port of four digits, or of five up to 59999; otherwise the whole text.
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

/// Whether four octets are digits: the upper half of a digit is 3, before and after adding 6.
#[inline(always)]
fn are_digits(four: [u8; 4]) -> bool {
    const UPPER: u32 = 0xf0f0_f0f0;
    let word = u32::from_le_bytes(four);
    word & UPPER == 0x3030_3030 && word.wrapping_add(0x0606_0606) & UPPER == 0x3030_3030
}

/// Whether two authorities, each with the text it was parsed from, differ (H1-TGT-05). Letters compare
/// case-insensitively, and a missing port is the default of `scheme`. Hosts that are equal only after decoding or
/// resolving differ.
pub fn host_mismatch(scheme: Scheme, a: (&[u8], Authority), b: (&[u8], Authority)) -> bool {
    let port = |authority: Authority| authority.port.unwrap_or(scheme.default_port());
    port(a.1) != port(b.1) || !a.1.host.of(a.0).eq_ignore_ascii_case(b.1.host.of(b.0))
}

/// Parses an authority without userinfo; fails with the offset of the first invalid octet.
pub(super) fn parse(text: &[u8]) -> Result<Authority, usize> {
    let end = octet::find_other(text, HOST_NAME).unwrap_or(text.len());
    let host = Part { offset: 0, len: end };
    match text.get(end..) {
        Some([]) if end > 0 => Ok(Authority { host, port: None }),
        Some([b':', digits @ ..]) if end > 0 => {
            let port = port_of(digits).map_err(|at| end + 1 + at)?;
            Ok(Authority { host, port: (!digits.is_empty()).then_some(port) })
        }
        _ => parse_full(text),
    }
}

/// The full way: everything except simple names and IPv4 literals.
#[cold]
fn parse_full(text: &[u8]) -> Result<Authority, usize> {
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

/// The offset of the first invalid octet of a name that is not a literal; 0 if it is empty.
fn name_flaw(name: &[u8]) -> Option<usize> {
    if name.is_empty() {
        return Some(0);
    }
    let comma = name.iter().position(|&octet| octet == b',');
    let bad = find_bad(name, URI);
    comma.into_iter().chain(bad).min()
}

/// The offset of the closing bracket of an IP literal; fails if it is not one.
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

/// 1*DIGIT up to 65535; fails with the offset of the first invalid octet.
fn port_of(digits: &[u8]) -> Result<u16, usize> {
    let mut port = 0u32;
    for (at, &octet) in digits.iter().enumerate() {
        let digit = octet.wrapping_sub(b'0');
        // At most 65535 before this step, so it cannot overflow.
        port = port * 10 + u32::from(digit);
        if digit > 9 || port > u32::from(u16::MAX) {
            return Err(at);
        }
    }
    Ok(crate::narrow::two_octets(port as usize))
}
