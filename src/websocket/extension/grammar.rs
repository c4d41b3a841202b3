//! The list of extensions: names, parameters, possibly quoted values.

use crate::error::{Code, Error, Fault};
use crate::websocket::token::is_tchar;

pub(super) static MALFORMED: Fault =
    Fault::new(Code::WsExtension, 400, c"WS-EXT-01", c"Sec-WebSocket-Extensions is not a list of extensions");

/// The extensions of one field line, in order. Skips empty elements and stops at the first malformed one.
pub fn extensions(value: &[u8]) -> Extensions<'_> {
    Extensions { cursor: Cursor { text: value, at: 0 }, is_over: false }
}

/// The iterator of [`extensions`]. The offset of an error is that of the first unexpected octet.
#[derive(Clone, Debug)]
pub struct Extensions<'a> {
    cursor: Cursor<'a>,
    is_over: bool,
}

/// One extension with well-formed parameters.
#[derive(Clone, Copy, Debug)]
pub struct Extension<'a> {
    /// A token.
    pub name: &'a [u8],
    params: &'a [u8],
}

/// The parameters of an [`Extension`], in order.
#[derive(Clone, Debug)]
pub struct Params<'a>(Cursor<'a>);

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub struct Param<'a> {
    /// A token.
    pub name: &'a [u8],
    /// The value after `=`, if any.
    pub value: Option<Unquoted<'a>>,
}

/// A value without its quotes. Its octets without backslashes form a token.
#[derive(Clone, Copy, Debug)]
pub struct Unquoted<'a>(&'a [u8]);

impl<'a> Iterator for Extensions<'a> {
    type Item = Result<Extension<'a>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_over && self.cursor.eat(b',') {}
        if self.is_over || self.cursor.is_at_end() {
            return None;
        }
        let extension = self.cursor.extension();
        self.is_over = extension.is_none();
        Some(extension.ok_or(MALFORMED.at(self.cursor.at as u64)))
    }
}

impl<'a> Extension<'a> {
    /// The parameters.
    pub fn params(&self) -> Params<'a> {
        Params(Cursor { text: self.params, at: 0 })
    }
}

impl<'a> Iterator for Params<'a> {
    type Item = Param<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.eat(b';') { self.0.param() } else { None }
    }
}

impl Unquoted<'_> {
    /// The octets of the value. A backslash is not a tchar, so each one only quotes the next octet.
    pub fn octets(&self) -> impl Iterator<Item = u8> {
        self.0.iter().copied().filter(|&octet| octet != b'\\')
    }
}

#[derive(Clone, Debug)]
struct Cursor<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    /// Consumes `octet` and the whitespace around it, if it comes next.
    fn eat(&mut self, octet: u8) -> bool {
        self.skip_space();
        let is_next = self.peek() == Some(octet);
        if is_next {
            self.at += 1;
            self.skip_space();
        }
        is_next
    }

    fn token(&mut self) -> Option<&'a [u8]> {
        let start = self.at;
        while self.peek().is_some_and(is_tchar) {
            self.at += 1;
        }
        (self.at > start).then(|| &self.text[start..self.at])
    }

    /// extension-token *( ";" extension-param ), up to a comma or the end.
    fn extension(&mut self) -> Option<Extension<'a>> {
        let name = self.token()?;
        let start = self.at;
        while self.eat(b';') {
            self.param()?;
        }
        let params = &self.text[start..self.at];
        matches!(self.peek(), None | Some(b',')).then_some(Extension { name, params })
    }

    /// token [ "=" ( token / quoted-string ) ]
    fn param(&mut self) -> Option<Param<'a>> {
        let name = self.token()?;
        if !self.eat(b'=') {
            return Some(Param { name, value: None });
        }
        let value = if self.peek() == Some(b'"') { self.quoted() } else { self.token() };
        value.map(|value| Param { name, value: Some(Unquoted(value)) })
    }

    /// A quoted-string that is a token when unquoted (RFC 6455 §9.1).
    fn quoted(&mut self) -> Option<&'a [u8]> {
        self.at += 1;
        let start = self.at;
        loop {
            match self.peek()? {
                b'"' if self.at > start => break,
                b'\\' if self.text.get(self.at + 1).copied().is_some_and(is_tchar) => self.at += 2,
                octet if is_tchar(octet) => self.at += 1,
                _ => return None,
            }
        }
        self.at += 1;
        Some(&self.text[start..self.at - 1])
    }
}
