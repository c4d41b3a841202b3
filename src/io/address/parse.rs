//! Parses the parts of an address. [`Address::parse`](super::Address::parse) decides which parts there are.

use super::{UnixName, decimal, scope};
use crate::error::{Code, Error, Fault};
use core::net::{Ipv4Addr, Ipv6Addr, SocketAddrV6};

/// `host:port`: the host, which has no colon, and the port.
pub(super) fn host_and_port(text: &[u8]) -> Result<(&[u8], u16), Error> {
    let colon = text.iter().rposition(|&b| b == b':').ok_or(NO_PORT.at(text.len() as u64))?;
    let host = &text[..colon];
    if host.contains(&b':') {
        return Err(NO_BRACKETS.at(0));
    }
    Ok((host, port(text, colon + 1)?))
}

/// The text after `unix:`.
pub(super) fn unix(name: &[u8]) -> Result<UnixName, Error> {
    const AFTER_SCHEME: u64 = 5;
    if cfg!(windows) {
        return Err(NO_UNIX.at(0));
    }
    let (name, is_abstract) = match name {
        [b'@', name @ ..] => (name, true),
        path => (path, false),
    };
    let start = AFTER_SCHEME + u64::from(is_abstract);
    if name.is_empty() {
        return Err(NO_NAME.at(start));
    }
    if is_abstract && !UnixName::HAS_ABSTRACT {
        return Err(NO_ABSTRACT.at(AFTER_SCHEME));
    }
    if name.len() > UnixName::LEN_MAX {
        return Err(LONG_NAME.at(start + UnixName::LEN_MAX as u64));
    }
    if let Some(nul) = name.iter().position(|&b| b == 0) {
        return Err(NUL_IN_NAME.at(start + nul as u64));
    }
    let name = if is_abstract { UnixName::from_abstract(name) } else { UnixName::from_path(name) };
    name.ok_or(NO_NAME.at(start))
}

/// `[address]:port` or `[address%scope]:port`. Checks from left to right.
pub(super) fn bracketed(text: &[u8]) -> Result<SocketAddrV6, Error> {
    let close = text.iter().position(|&b| b == b']').ok_or(NO_CLOSE.at(text.len() as u64))?;
    if text.get(close + 1) != Some(&b':') {
        return Err(NO_PORT.at(close as u64 + 1));
    }
    let percent = text[..close].iter().position(|&b| b == b'%');
    let host = &text[1..percent.unwrap_or(close)];
    let host: Ipv6Addr = literal(host).ok_or(BAD_IPV6.at(1))?;
    let scope = match percent {
        Some(at) => scope::parse(&text[at + 1..close], at as u64 + 1)?,
        None => 0,
    };
    let number = port(text, close + 2)?;
    Ok(SocketAddrV6::new(host, number, 0, scope))
}

pub(super) fn ipv4(host: &[u8]) -> Result<Ipv4Addr, Error> {
    let numeric = host.iter().all(|&b| b.is_ascii_digit() || b == b'.');
    literal(host).ok_or(if numeric { BAD_IPV4.at(0) } else { HOST_NAME.at(0) })
}

fn literal<T: core::str::FromStr>(text: &[u8]) -> Option<T> {
    core::str::from_utf8(text).ok()?.parse().ok()
}

fn port(text: &[u8], start: usize) -> Result<u16, Error> {
    let number = decimal::parse(&text[start..], u32::from(u16::MAX)).ok_or(BAD_PORT.at(start as u64))?;
    // decimal::parse() enforces the maximum.
    Ok(crate::narrow::two_octets(number as usize))
}

const fn bad(reason: &'static core::ffi::CStr) -> Fault {
    Fault::new(Code::Argument, 0, c"", reason)
}

static NO_PORT: Fault = bad(c"an address needs a port after its host, as in 127.0.0.1:8080");
static BAD_PORT: Fault = bad(c"a port is a decimal number from 0 to 65535");
static NO_BRACKETS: Fault = bad(c"an IPv6 literal needs brackets, as in [::1]:8080");
static NO_CLOSE: Fault = bad(c"the bracket around the IPv6 literal is not closed");
static BAD_IPV6: Fault = bad(c"not an IPv6 literal between the brackets");
static BAD_IPV4: Fault = bad(c"not an IPv4 literal");
static HOST_NAME: Fault = bad(c"names are not resolved here: use 127.0.0.1 or [::1]");
static NO_NAME: Fault = bad(c"a Unix socket needs a path or an abstract name, as in unix:/run/app.sock");
static LONG_NAME: Fault = bad(if cfg!(bsd) {
    c"a Unix socket's name has at most 103 octets"
} else {
    c"a Unix socket's name has at most 107 octets"
});
static NO_UNIX: Fault = bad(c"this system has no Unix sockets: use 127.0.0.1 or [::1]");
static NO_ABSTRACT: Fault = bad(c"this system has no abstract names of Unix sockets: use a path");
static NUL_IN_NAME: Fault = bad(c"a Unix socket's name has no NUL");
