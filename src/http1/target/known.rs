//! The Host that was well-formed last: nearly every request of a server names the one of the request before.

use super::is_host;
use crate::http1::octet::same;

/// The longest Host that is remembered.
const LONGEST: usize = 64;

/// A well-formed Host, or none.
#[derive(Clone, Copy, Debug)]
pub struct KnownHost {
    octets: [u8; LONGEST],
    /// More than there is room for where none is known.
    len: usize,
}

impl KnownHost {
    /// None yet.
    pub const fn new() -> Self {
        Self { octets: [0; LONGEST], len: usize::MAX }
    }

    /// [`is_host`], answered by a comparison where `value` is what was well-formed last.
    #[inline(always)]
    pub fn is_host(&mut self, value: &[u8]) -> bool {
        self.is_same(value) || self.learn(value)
    }

    #[inline(always)]
    fn is_same(&self, value: &[u8]) -> bool {
        self.octets.get(..self.len).is_some_and(|known| same(known, value))
    }

    #[inline(never)]
    fn learn(&mut self, value: &[u8]) -> bool {
        let is_host = is_host(value);
        if let (true, Some(known)) = (is_host, self.octets.get_mut(..value.len())) {
            known.copy_from_slice(value);
            self.len = value.len();
        }
        is_host
    }
}

impl Default for KnownHost {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_as_is_host_whatever_it_knows() {
        let long = [b'a'; LONGEST + 1];
        let texts: [&[u8]; 12] = [
            b"",
            b"a",
            b"a b",
            b"example",
            b"example.com",
            b"example.con",
            b"127.0.0.1:8080",
            b"127.0.0.1:8081",
            b"127.0.0.1:808x",
            b"a-name-of-more-than-16-octets.example",
            b"a-name-of-more-than 16-octets.example",
            &long,
        ];
        let mut known = KnownHost::new();
        for first in texts {
            for second in texts {
                for text in [first, second, first, first] {
                    assert_eq!(known.is_host(text), is_host(text), "{:?}", text.escape_ascii().to_string());
                }
            }
        }
    }

    /// A host with an octet at a place where a look at words or at a port could miss it, behind any other: by the grammar, and as the one
    /// that is known.
    #[test]
    fn what_is_usual_is_what_the_grammar_says() {
        let mut known = KnownHost::new();
        let hosts = [
            "a",
            "abcd",
            "www.example.com",
            "127.0.0.1",
            "[::1]",
            "[v1.a]",
            "",
            "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w",
        ];
        let ports = [
            "", ":", ":1", ":80", ":443", ":8080", ":00080", ":59999", ":60000", ":65535", ":65536", ":99999",
            ":123456",
        ];
        for (host, port) in hosts.iter().flat_map(|host| ports.map(|port| (host, port))) {
            let text = format!("{host}{port}").into_bytes();
            for at in 0..=text.len() {
                for odd in *b"\0\t\r\n -.,:/@[]%09aZ_~\x7f\x80\xb0\xff" {
                    let mut text = text.clone();
                    text.insert(at, odd);
                    let expected = super::super::authority::parse(&text).is_ok();
                    assert_eq!(is_host(&text), expected, "{}", text.escape_ascii());
                    for _ in 0..2 {
                        assert_eq!(known.is_host(&text), expected, "{}", text.escape_ascii());
                    }
                }
            }
        }
    }
}
