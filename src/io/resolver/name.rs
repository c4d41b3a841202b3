//! What is asked for: a name to look up, or one whose addresses are known.

use crate::error::{Code, Error, Fault};
use crate::io::address::Address;
use core::ffi::CStr;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::ffi::CString;

/// The longest name of DNS in text (RFC 1035 §2.3.4), without a dot at its end.
const NAME_MAX: usize = 253;

const fn bad(reason: &'static CStr) -> Fault {
    Fault::new(Code::Argument, 0, c"", reason)
}

static EMPTY: Fault = bad(c"a host name is not empty");
static LONG: Fault = bad(c"a host name has at most 253 octets");
static NUL: Fault = bad(c"a host name has no NUL");
static LITERAL: Fault = bad(c"a host name with a colon is an IPv6 literal, as ::1 or fe80::1%eth0, without brackets");

/// A name, checked.
pub(super) enum Name {
    /// No look-up is needed. Port 0.
    Known(Vec<SocketAddr>),
    /// In lower case, so that each name has one spelling.
    Unknown(CString),
}

impl Name {
    /// Checks a name. The offset of an `Argument` error is that of the octet that is wrong.
    pub fn read(name: &[u8]) -> Result<Self, Error> {
        if name.is_empty() {
            return Err(EMPTY.at(0));
        }
        if name.len() > NAME_MAX {
            return Err(LONG.at(NAME_MAX as u64));
        }
        if name.contains(&b':') {
            return literal(name).map(|address| Self::Known(vec![address]));
        }
        if let Some(v4) = core::str::from_utf8(name).ok().and_then(|text| text.parse::<Ipv4Addr>().ok()) {
            return Ok(Self::Known(vec![(v4, 0).into()]));
        }
        let name = CString::new(name.to_ascii_lowercase()).map_err(|error| NUL.at(error.nul_position() as u64))?;
        Ok(if is_localhost(name.to_bytes()) { Self::Known(loopback()) } else { Self::Unknown(name) })
    }
}

/// An IPv6 literal, with the scope that it may have.
fn literal(name: &[u8]) -> Result<SocketAddr, Error> {
    let text = [b"[", name, b"]:0"].concat();
    match Address::parse(&text) {
        Ok(Address::V6(address)) => Ok(address.into()),
        // The interface of the scope could not be looked up.
        Err(error) if error.code() != Code::Argument => Err(error),
        _ => Err(LITERAL.at(0)),
    }
}

/// `localhost` and the names below it are the loopback (RFC 6761 §6.3), whatever a name server says.
fn is_localhost(name: &[u8]) -> bool {
    let name = name.strip_suffix(b".").unwrap_or(name);
    name.strip_suffix(b"localhost").is_some_and(|before| before.is_empty() || before.ends_with(b"."))
}

fn loopback() -> Vec<SocketAddr> {
    let both: [IpAddr; 2] = [Ipv6Addr::LOCALHOST.into(), Ipv4Addr::LOCALHOST.into()];
    both.map(|ip| SocketAddr::new(ip, 0)).to_vec()
}
