//! The extent of a TLS record, and what is not a record.

use core::ffi::CStr;

use crate::error::{Code, Fault};

/// Type, version and length.
pub(super) const HEADER: usize = 5;
/// Maximum plaintext of a record.
pub(super) const PLAIN_MAX: usize = 1 << 14;
/// Maximum expansion in TLS 1.3 (RFC 8446 §5.2).
const GROWTH_13: usize = 256;
/// Maximum expansion in TLS 1.2 (RFC 5246 §6.2.3), minus one: rustls refuses a record with the full 2,048. Its ciphers
/// add 24, so the content of such a record is too long anyway.
const GROWTH_12: usize = 2047;
/// Maximum length of any record.
pub(super) const RECORD_MAX: usize = HEADER + PLAIN_MAX + GROWTH_12;

/// Types of records (RFC 8446 §5.1).
pub(super) const CHANGE_CIPHER_SPEC: u8 = 20;
pub(super) const HANDSHAKE: u8 = 22;
const APPLICATION_DATA: u8 = 23;

/// The protection of the peer's next record, which determines its maximum length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protected {
    /// None: no keys yet.
    No,
    /// By TLS 1.2.
    Tls12,
    /// By TLS 1.3, if its type is `application_data`; other types are in the clear.
    Tls13,
}

impl Protected {
    /// Maximum content of a record of this type.
    fn len_max(self, kind: u8) -> usize {
        match self {
            Self::Tls12 => PLAIN_MAX + GROWTH_12,
            Self::Tls13 if kind == APPLICATION_DATA => PLAIN_MAX + GROWTH_13,
            Self::Tls13 | Self::No => PLAIN_MAX,
        }
    }
}

const fn bad(reason: &'static CStr) -> Fault {
    Fault::new(Code::TlsRecord, 0, c"H1-LINE-11", reason)
}

pub(super) static NOT_TLS: Fault = bad(c"the input is not a TLS record");
static LONG: Fault = Fault::new(Code::TlsRecord, 0, c"TLS-06", c"a TLS record is longer than allowed");
static PLAINTEXT_HTTP: Fault = Fault::new(Code::TlsPlaintextHttp, 400, c"H1-LINE-11", c"plaintext HTTP on a TLS port");

/// How much of a record has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it, this many octets.
    Whole(usize),
    /// Part of it. The whole is this many octets, as far as known.
    Part(usize),
}

/// The extent of the record at the start of `octets`. Fails at the first octet that cannot begin a record.
pub(super) fn extent(octets: &[u8], protected: Protected) -> Result<Extent, &'static Fault> {
    const MAJOR: u8 = 3;
    if octets.first().is_some_and(|kind| !(CHANGE_CIPHER_SPEC..=APPLICATION_DATA).contains(kind))
        || octets.get(1).is_some_and(|&major| major != MAJOR)
    {
        return Err(&NOT_TLS);
    }
    let &[kind, _, _, high, low, ..] = octets else {
        return Ok(Extent::Part(HEADER));
    };
    let len = usize::from(u16::from_be_bytes([high, low]));
    if len > protected.len_max(kind) {
        return Err(&LONG);
    }
    let len = HEADER + len;
    Ok(if octets.len() < len { Extent::Part(len) } else { Extent::Whole(len) })
}

/// The fault of first octets that are not a record: HTTP has its own. Only the first octet decides: a letter that
/// begins a method or a status line.
pub(super) fn opening_fault(octets: &[u8], fault: &'static Fault) -> &'static Fault {
    const LETTERS: &[u8] = b"GHPDCOT";
    let is_http = octets.first().is_some_and(|first| LETTERS.contains(first));
    if is_http { &PLAINTEXT_HTTP } else { fault }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    #[test]
    fn h1_line_11_the_first_octet_decides() {
        for kind in 0..=u8::MAX {
            assert_eq!(extent(&[kind], Protected::No).is_ok(), (20..=23).contains(&kind), "{kind}");
            assert_eq!(extent(&[22, kind], Protected::No).is_ok(), kind == 3, "{kind}");
        }
    }

    #[test]
    fn extents() {
        assert_eq!(extent(&[], Protected::No), Ok(Extent::Part(5)));
        assert_eq!(extent(&[23, 3, 3, 0], Protected::No), Ok(Extent::Part(5)));
        assert_eq!(extent(&[23, 3, 3, 0, 2, 9], Protected::No), Ok(Extent::Part(7)));
        assert_eq!(extent(&[23, 3, 3, 0, 2, 9, 9, 9], Protected::No), Ok(Extent::Whole(7)));
        assert_eq!(extent(&[23, 3, 3, 0, 0], Protected::No), Ok(Extent::Whole(5)));
    }

    #[test]
    fn tls_06_an_overlong_record_is_refused_by_its_header() {
        use Protected::{No, Tls12, Tls13};
        let limits = [
            (No, [16384, 16384, 16384, 16384]),
            (Tls12, [18431, 18431, 18431, 18431]),
            (Tls13, [16384, 16384, 16384, 16640]),
        ];
        for (protected, limits) in limits {
            for (kind, limit) in (20..=23).zip(limits) {
                let header = |len: usize| [kind, 3, 3, (len >> 8) as u8, len as u8];
                assert_eq!(extent(&header(limit), protected), Ok(Extent::Part(5 + limit)), "{protected:?} {kind}");
                for long in [limit + 1, 18432, 18433, 65535] {
                    assert_eq!(extent(&header(long), protected), Err(&LONG), "{protected:?} {kind} {long}");
                }
            }
        }
    }

    #[test]
    fn plaintext_http_is_recognised() {
        let code = |octets: &[u8]| opening_fault(octets, &NOT_TLS).code;
        for http in ["G", "GET / HTTP/1.1\r\n", "PU", "P", "OPTIONS * HTTP/1.1", "HTTP/1.1 400 "] {
            assert_eq!(code(http.as_bytes()), Code::TlsPlaintextHttp, "{http}");
        }
        for other in ["", "SSH-2.0-x", "get / ", "\x16\x03"] {
            assert_eq!(code(other.as_bytes()), Code::TlsRecord, "{other}");
        }
    }
}
