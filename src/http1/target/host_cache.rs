//! The last valid Host: most requests to a server have the same one.

use super::is_host;
use crate::http1::octet::same;

/// Maximum length of a cached Host.
const LONGEST: usize = 64;

/// The last valid Host, if any.
#[derive(Clone, Copy, Debug)]
pub struct HostCache {
    octets: [u8; LONGEST],
    /// Larger than the buffer if nothing is cached.
    len: usize,
}

impl HostCache {
    /// Empty.
    pub const fn new() -> Self {
        Self { octets: [0; LONGEST], len: usize::MAX }
    }

    /// [`is_host`], by comparison if `value` is the cached one.
    #[inline(always)]
    pub fn is_host(&mut self, value: &[u8]) -> bool {
        self.matches(value) || self.store(value)
    }

    #[inline(always)]
    fn matches(&self, value: &[u8]) -> bool {
        self.octets.get(..self.len).is_some_and(|known| same(known, value))
    }

    #[inline(never)]
    fn store(&mut self, value: &[u8]) -> bool {
        let is_host = is_host(value);
        if let (true, Some(known)) = (is_host, self.octets.get_mut(..value.len())) {
            known.copy_from_slice(value);
            self.len = value.len();
        }
        is_host
    }
}

impl Default for HostCache {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_cache_agrees_with_is_host() {
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
        let mut known = HostCache::new();
        for first in texts {
            for second in texts {
                for text in [first, second, first, first] {
                    assert_eq!(known.is_host(text), is_host(text), "{:?}", text.escape_ascii().to_string());
                }
            }
        }
    }

    /// A host with an odd octet where word-wise checks could miss it: by the grammar, and as the cached one.
    #[test]
    fn fast_hosts_agree_with_the_grammar() {
        let mut known = HostCache::new();
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
