//! The four forms of a request target (RFC 9112 §3.2).

use core::ffi::CStr;

use super::{Authority, MethodKind, Part, Scheme, authority, split_authority};
use crate::error::{Code, Error, Fault};

const fn bad(rule: &'static CStr, reason: &'static CStr) -> Fault {
    Fault::new(Code::Target, 400, rule, reason)
}

static FORM: Fault = bad(c"H1-TGT-01", c"the form of the target does not suit the method");
static ABSOLUTE: Fault = bad(c"H1-TGT-06", c"the target is not an http or https URI with a host and without userinfo");
static CONNECT: Fault = bad(c"H1-TGT-09", c"the target of CONNECT is not a host and a port");

/// The form of a target and the ranges of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetForm {
    /// The whole target is path and query.
    Origin,
    /// An absolute URI. Its authority replaces Host (H1-TGT-04).
    Absolute {
        /// The scheme. The connection decides whether `https` is misdirected (H1-TGT-08).
        scheme: Scheme,
        /// Host and port; offsets are into the target.
        authority: Authority,
        /// What to put before `path` (H1-TGT-07).
        prefix: Prefix,
        /// Path and query as written.
        path: Part,
    },
    /// Host and port, for CONNECT.
    Authority(Authority),
    /// `*`, for OPTIONS.
    Asterisk,
}

/// What an absolute URI omits before its path and query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix {
    /// Nothing.
    None,
    /// `/`: the path is empty.
    Slash,
    /// `*`: OPTIONS for the whole server; there is no path or query.
    Asterisk,
}

impl Prefix {
    /// The octets of the prefix.
    pub const fn text(self) -> &'static [u8] {
        match self {
            Self::None => b"",
            Self::Slash => b"/",
            Self::Asterisk => b"*",
        }
    }
}

/// Determines the form of a target whose octets were checked, and checks that it suits the method (H1-TGT-01, -04, -06,
/// -07, -09).
///
/// # Errors
///
/// [`Code::Target`] at the first invalid octet.
#[inline]
pub fn classify(method: MethodKind, target: &[u8]) -> Result<TargetForm, Error> {
    match (method, target) {
        (MethodKind::Options | MethodKind::Other, [b'/', ..]) => Ok(TargetForm::Origin),
        _ => other_form(method, target),
    }
}

#[cold]
fn other_form(method: MethodKind, target: &[u8]) -> Result<TargetForm, Error> {
    match (method, target) {
        (MethodKind::Connect, _) => authority_form(target),
        (MethodKind::Options, b"*") => Ok(TargetForm::Asterisk),
        _ => absolute_form(method, target),
    }
}

fn authority_form(target: &[u8]) -> Result<TargetForm, Error> {
    let authority = authority::parse(target).map_err(|at| CONNECT.at(at as u64))?;
    match authority.port {
        Some(1..) => Ok(TargetForm::Authority(authority)),
        Some(0) | None => Err(CONNECT.at(authority.host.len as u64)),
    }
}

fn absolute_form(method: MethodKind, target: &[u8]) -> Result<TargetForm, Error> {
    let Some((scheme, rest)) = Scheme::strip(target).filter(|(scheme, _)| !scheme.is_websocket()) else {
        let is_uri = target.windows(3).any(|octets| octets == b"://");
        return Err(if is_uri { &ABSOLUTE } else { &FORM }.at(0));
    };
    let (text, path) = split_authority(rest);
    let start = target.len() - rest.len();
    let mut authority = authority::parse(text).map_err(|at| ABSOLUTE.at((start + at) as u64))?;
    authority.host.offset = start;
    let prefix = match path {
        [b'/', ..] => Prefix::None,
        [] if method == MethodKind::Options => Prefix::Asterisk,
        _ => Prefix::Slash,
    };
    let path = Part { offset: target.len() - path.len(), len: path.len() };
    Ok(TargetForm::Absolute { scheme, authority, prefix, path })
}
