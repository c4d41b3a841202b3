//! From a URL to the target and the Host of a request (H1-TGT-15, -16).

use core::ffi::CStr;

use super::{Authority, MethodKind, Scheme, TargetForm, authority, classify, find_bad, parse_host, split_authority};
use crate::error::{Code, Error, Fault};
use crate::http1::octet::PATH;

const fn refused(rule: &'static CStr, reason: &'static CStr) -> Fault {
    Fault::new(Code::Target, 0, rule, reason)
}

static TARGET: Fault = refused(c"H1-GEN-02", c"The target is not in a form that can be sent with this method");
static URL: Fault = refused(c"H1-TGT-15", c"The URL is not an http or https URL with a host");
static PORT: Fault = refused(c"H1-TGT-16", c"There is no port 0 to connect to");

/// A target that can be sent, in up to four pieces. It can only be made of valid ones.
#[derive(Clone, Copy, Debug)]
pub struct RequestTarget<'a> {
    pieces: [&'a [u8]; 4],
}

impl<'a> RequestTarget<'a> {
    /// A target as the caller gives it, checked as strictly as a received one (H1-GEN-01, -02).
    ///
    /// # Errors
    ///
    /// [`Code::Target`] at the first octet that does not fit.
    pub fn given(method: MethodKind, target: &'a [u8]) -> Result<Self, Error> {
        // RFC 9112 §3.2.1: an empty path is sent as `/` (H1-TGT-15).
        if method != MethodKind::Connect && matches!(target.first(), None | Some(b'?')) {
            return match find_bad(target, PATH) {
                Some(at) => Err(TARGET.at(at as u64)),
                None => Ok(Self { pieces: [b"/", target, b"", b""] }),
            };
        }
        let start = match classify(method, target).map_err(|error| TARGET.at(error.offset))? {
            TargetForm::Origin => 0,
            TargetForm::Absolute { path, .. } => path.offset,
            TargetForm::Authority(_) | TargetForm::Asterisk => target.len(),
        };
        match find_bad(&target[start..], PATH) {
            Some(at) => Err(TARGET.at((start + at) as u64)),
            None => Ok(Self { pieces: [target, b"", b"", b""] }),
        }
    }

    /// The octets of the target, in order.
    pub const fn pieces(&self) -> [&'a [u8]; 4] {
        self.pieces
    }

    /// How many octets there are.
    pub fn octets(&self) -> usize {
        self.pieces.iter().map(|piece| piece.len()).sum()
    }
}

/// The value of a Host field that can be sent. It can only be made of valid ones.
#[derive(Clone, Copy, Debug)]
pub struct HostText<'a> {
    pieces: [&'a [u8]; 2],
}

impl<'a> HostText<'a> {
    /// A value as the caller gives it.
    ///
    /// # Errors
    ///
    /// [`Code::Host`] at the first octet that does not fit.
    pub fn given(value: &'a [u8]) -> Result<Self, Error> {
        let _: Authority = parse_host(value)?;
        Ok(Self { pieces: [value, b""] })
    }

    /// The octets of the value, in order.
    pub const fn pieces(&self) -> [&'a [u8]; 2] {
        self.pieces
    }

    /// How many octets there are.
    pub const fn octets(&self) -> usize {
        self.pieces[0].len() + self.pieces[1].len()
    }
}

/// An http or https URL, taken apart for a request. Userinfo and fragment are gone: neither is ever sent.
#[derive(Clone, Copy, Debug)]
pub struct Url<'a> {
    /// The scheme.
    pub scheme: Scheme,
    /// Host and port; offsets count from the start of [`Url::authority_text`].
    pub authority: Authority,
    authority_text: &'a [u8],
    /// Path and query as they stand.
    path: &'a [u8],
}

impl<'a> Url<'a> {
    /// Takes a URL apart and checks every octet that can be sent.
    ///
    /// # Errors
    ///
    /// [`Code::Target`] at the first octet that does not fit.
    pub fn parse(url: &'a [u8]) -> Result<Self, Error> {
        let (scheme, rest) = Scheme::strip(url).ok_or(URL.at(0))?;
        let (whole, path) = split_authority(rest);
        let path = path.split(|&octet| octet == b'#').next().unwrap_or_default();
        let (userinfo, text) = match whole.iter().position(|&octet| octet == b'@') {
            Some(at) => (&whole[..at], &whole[at + 1..]),
            None => (&whole[..0], whole),
        };
        let start = url.len() - rest.len();
        let fails = |before: usize, at: usize| URL.at((start + before + at) as u64);
        if let Some(at) = find_bad(userinfo, PATH) {
            return Err(fails(0, at));
        }
        let authority = authority::parse(text).map_err(|at| fails(whole.len() - text.len(), at))?;
        match find_bad(path, PATH) {
            Some(at) => Err(fails(whole.len(), at)),
            None => Ok(Self { scheme, authority, authority_text: text, path }),
        }
    }

    /// The authority without userinfo, as it stands in the URL.
    pub const fn authority_text(&self) -> &'a [u8] {
        self.authority_text
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
        Ok(RequestTarget { pieces })
    }

    /// The target of a request sent to a proxy. OPTIONS without path and query stays so: the last proxy makes `*` of it.
    ///
    /// # Errors
    ///
    /// [`Code::Target`] for CONNECT to port 0.
    pub fn proxied(&self, method: MethodKind) -> Result<RequestTarget<'a>, Error> {
        let scheme: &[u8] = match self.scheme {
            Scheme::Http => b"http://",
            Scheme::Https => b"https://",
        };
        let slash = match method {
            MethodKind::Connect => return self.connect(),
            MethodKind::Options if self.path.is_empty() => b"",
            _ => self.slash(),
        };
        Ok(RequestTarget { pieces: [scheme, self.authority_text, slash, self.path] })
    }

    /// The value of Host: the authority as it stands, for CONNECT with its port.
    pub fn host(&self, method: MethodKind) -> HostText<'a> {
        let port = if method == MethodKind::Connect { self.missing_port() } else { b"" };
        HostText { pieces: [self.authority_text, port] }
    }

    fn connect(&self) -> Result<RequestTarget<'a>, Error> {
        if self.authority.port == Some(0) {
            return Err(PORT.at(0));
        }
        Ok(RequestTarget { pieces: [self.authority_text, self.missing_port(), b"", b""] })
    }

    fn slash(&self) -> &'static [u8] {
        if self.path.starts_with(b"/") { b"" } else { b"/" }
    }

    /// What makes the port explicit: nothing, a colon and the default, or the default behind a colon that stands there.
    fn missing_port(&self) -> &'static [u8] {
        let colon = self.authority_text.len() != self.authority.host.len;
        match (self.authority.port, self.scheme, colon) {
            (Some(_), ..) => b"",
            (None, Scheme::Http, false) => b":80",
            (None, Scheme::Http, true) => b"80",
            (None, Scheme::Https, false) => b":443",
            (None, Scheme::Https, true) => b"443",
        }
    }
}
