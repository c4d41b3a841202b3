//! From a URL to target and Host of a request (H1-TGT-15, -16; WS-HSC-09).

use core::ffi::CStr;

use super::{Authority, HostText, MethodKind, RequestTarget, Scheme, authority, find_bad, split_authority};
use crate::error::{Code, Error, Fault};
use crate::guard::TargetRule;
use crate::http1::octet::PATH;
use crate::http1::target_octets::flaw;

const fn refused(rule: &'static CStr, reason: &'static CStr) -> Fault {
    Fault::new(Code::Target, 0, rule, reason)
}

static SCHEME: Fault = refused(c"H1-TGT-15", c"the URL does not begin with http://, https://, ws:// or wss://");
static URL: Fault = refused(c"H1-TGT-15", c"the URL has no host, or an invalid octet in its authority");
static PATH_OCTET: Fault = refused(c"H1-TGT-17", c"the URL has an octet that is not allowed in its path or query");
static USERINFO: Fault = refused(c"H1-TGT-15", c"the URL has userinfo, which looks like its host");
static PORT: Fault = refused(c"H1-TGT-16", c"port 0 cannot be connected to");
static WS_URL: Fault = refused(c"WS-HSC-09", c"the ws URL has no host, or an invalid octet in its authority");
static WS_USERINFO: Fault = refused(c"WS-HSC-09", c"a ws URL has no userinfo");
static WS_FRAGMENT: Fault = refused(c"WS-HSC-09", c"a ws URL has no fragment");
static WS_PROXY: Fault = refused(c"WS-HSC-09", c"a ws URL needs CONNECT to go through a proxy");

/// The parts of an http, https, ws or wss URL. Userinfo and fragment are never sent.
#[derive(Clone, Copy, Debug)]
pub struct Url<'a> {
    /// The scheme.
    pub scheme: Scheme,
    /// Host and port; offsets are into [`Url::authority_text`].
    pub authority: Authority,
    authority_text: &'a [u8],
    /// The text before `@`.
    userinfo: Option<&'a [u8]>,
    /// Path and query as written.
    path: &'a [u8],
}

impl<'a> Url<'a> {
    /// Splits a URL and checks every octet that may be sent, path and query by `rule` (H1-TGT-17). Does not decode or
    /// normalise.
    ///
    /// Userinfo is an error (RFC 9110 §4.2.4): in `http://trusted.example@evil.example/` it looks like the host. A
    /// fragment is an error in ws and wss (RFC 6455 §3), and dropped in http and https.
    ///
    /// # Errors
    ///
    /// [`Code::Target`] at the first invalid octet.
    pub fn parse(url: &'a [u8], rule: TargetRule) -> Result<Self, Error> {
        let parsed = Self::parse_with_userinfo(url, rule)?;
        match parsed.userinfo {
            Some(userinfo) => Err(USERINFO.at((parsed.scheme.prefix().len() + userinfo.len()) as u64)),
            None => Ok(parsed),
        }
    }

    /// [`parse`](Self::parse) for a URL from a trusted source: http and https URLs may have userinfo. The grammar of ws
    /// URLs has none.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn parse_with_userinfo(url: &'a [u8], rule: TargetRule) -> Result<Self, Error> {
        let (scheme, rest) = Scheme::strip(url).ok_or(SCHEME.at(0))?;
        let (whole, path) = split_authority(rest);
        let start = url.len() - rest.len();
        let fault = if scheme.is_websocket() { &WS_URL } else { &URL };
        let (userinfo, text) = split_userinfo(scheme, whole).map_err(|at| WS_USERINFO.at((start + at) as u64))?;
        if let Some(at) = userinfo.and_then(|userinfo| find_bad(userinfo, PATH)) {
            return Err(fault.at((start + at) as u64));
        }
        let before = start + whole.len() - text.len();
        let authority = authority_of(text).map_err(|at| fault.at((before + at) as u64))?;
        let path = without_fragment(scheme, path).map_err(|at| WS_FRAGMENT.at((start + whole.len() + at) as u64))?;
        let fault = if scheme.is_websocket() { &WS_URL } else { &PATH_OCTET };
        match flaw(rule, path) {
            Some(at) => Err(fault.at((start + whole.len() + at) as u64)),
            None => Ok(Self { scheme, authority, authority_text: text, userinfo, path }),
        }
    }

    /// The authority as written, without userinfo: the value of Host.
    pub const fn authority_text(&self) -> &'a [u8] {
        self.authority_text
    }

    /// The host as written, without the brackets of an IP literal.
    pub fn host_text(&self) -> &'a [u8] {
        match self.authority.host.of(self.authority_text) {
            [b'[', literal @ .., b']'] => literal,
            name => name,
        }
    }

    /// The port to connect to.
    pub fn port(&self) -> u16 {
        self.authority.port.unwrap_or(self.scheme.default_port())
    }

    /// The text before `@`, if any.
    pub const fn userinfo(&self) -> Option<&'a [u8]> {
        self.userinfo
    }

    /// Path and query as written. If the path is empty, [`RequestTarget::parse`] adds `/`.
    pub const fn path_text(&self) -> &'a [u8] {
        self.path
    }

    /// The target of a request sent to the server itself.
    ///
    /// # Errors
    ///
    /// [`Code::Target`] for CONNECT to port 0.
    pub fn direct(&self, method: MethodKind) -> Result<RequestTarget<'a>, Error> {
        let pieces: [&[u8]; 4] = match method {
            MethodKind::Connect => return self.connect(),
            MethodKind::Options if self.path.is_empty() => [b"*", b"", b"", b""],
            _ => [self.slash(), self.path, b"", b""],
        };
        Ok(RequestTarget::of(pieces))
    }

    /// The target of a request sent to a proxy. OPTIONS without path and query stays as it is: the last proxy turns it
    /// into `*`.
    ///
    /// # Errors
    ///
    /// [`Code::Target`] for CONNECT to port 0, and for anything but CONNECT to a ws or wss URL (RFC 6455 §4.1).
    pub fn proxied(&self, method: MethodKind) -> Result<RequestTarget<'a>, Error> {
        let slash = match method {
            MethodKind::Connect => return self.connect(),
            _ if self.scheme.is_websocket() => return Err(WS_PROXY.at(0)),
            MethodKind::Options if self.path.is_empty() => b"",
            _ => self.slash(),
        };
        Ok(RequestTarget::of([self.scheme.prefix(), self.authority_text, slash, self.path]))
    }

    /// The value of Host: the authority as written; for CONNECT with its port.
    pub fn host(&self, method: MethodKind) -> HostText<'a> {
        let port = if method == MethodKind::Connect { self.missing_port() } else { b"" };
        HostText::of([self.authority_text, port])
    }

    fn connect(&self) -> Result<RequestTarget<'a>, Error> {
        if self.authority.port == Some(0) {
            return Err(PORT.at(0));
        }
        Ok(RequestTarget::of([self.authority_text, self.missing_port(), b"", b""]))
    }

    fn slash(&self) -> &'static [u8] {
        if self.path.starts_with(b"/") { b"" } else { b"/" }
    }

    /// The text that makes the port explicit: nothing, `:` and the default, or the default after an existing colon.
    fn missing_port(&self) -> &'static [u8] {
        let colon = self.authority_text.len() != self.authority.host.len;
        match (self.authority.port, self.scheme.is_secure(), colon) {
            (Some(_), ..) => b"",
            (None, false, false) => b":80",
            (None, false, true) => b"80",
            (None, true, false) => b":443",
            (None, true, true) => b"443",
        }
    }
}

/// The text before and after `@`; fails with the offset of an `@` that is not allowed.
fn split_userinfo(scheme: Scheme, whole: &[u8]) -> Result<(Option<&[u8]>, &[u8]), usize> {
    match whole.iter().position(|&octet| octet == b'@') {
        Some(at) if scheme.is_websocket() => Err(at),
        Some(at) => Ok((Some(&whole[..at]), &whole[at + 1..])),
        None => Ok((None, whole)),
    }
}

/// Host and port; fails with the offset of the first invalid octet. Refuses IP literals of future versions: nobody
/// could connect to one, and without brackets it would be looked up as a name.
fn authority_of(text: &[u8]) -> Result<Authority, usize> {
    match text {
        [b'[', b'v' | b'V', ..] => Err(1),
        _ => authority::parse(text),
    }
}

/// Path and query after an authority; fails with the offset of a fragment that is not allowed.
fn without_fragment(scheme: Scheme, path: &[u8]) -> Result<&[u8], usize> {
    match path.iter().position(|&octet| octet == b'#') {
        Some(at) if scheme.is_websocket() => Err(at),
        Some(at) => Ok(&path[..at]),
        None => Ok(path),
    }
}
