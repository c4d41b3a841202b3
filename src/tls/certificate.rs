//! Validity and key usage of a certificate (RFC 5280 §4.1.2.5, §4.2.1.3, §4.2.1.9, §4.2.1.12).
//!
//! webpki checks these too, but not for certificates given as roots, and it never accepts an authority's certificate as
//! a server's or client's. webpki has parsed every certificate read here, so the rest of its form is known to be valid.

use rustls::pki_types::UnixTime;
use rustls::{CertificateError, Error};

use super::der::{
    BIT_STRING, GENERALIZED_TIME, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, UTC_TIME, take, take_of,
};

/// The purpose of an end's certificate: the last number of `id-kp`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Server = 1,
    Client = 2,
}

/// Refuses a certificate that is not valid at `now`, or whose key is for other purposes.
pub(super) fn check(der: &[u8], now: UnixTime, purpose: Purpose) -> Result<(), Error> {
    let facts = Facts::read(der).ok_or(CertificateError::BadEncoding)?;
    let (not_before, not_after) = facts.validity().ok_or(CertificateError::BadEncoding)?;
    let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
    if now < not_before {
        return Err(CertificateError::NotValidYet.into());
    }
    if now > not_after {
        return Err(CertificateError::Expired.into());
    }
    if !facts.is_for(purpose) {
        return Err(CertificateError::InvalidPurpose.into());
    }
    Ok(())
}

/// Whether the certificate may be an issuer: it says so, or it is too old to say. `None`: not a certificate.
pub(super) fn is_issuer(der: &[u8]) -> Option<bool> {
    /// keyCertSign, which replaces basicConstraints in some old certificates.
    const SIGNS: u8 = 0x04;
    let facts = Facts::read(der)?;
    let signs = facts.usage.is_some_and(|usage| usage & SIGNS != 0);
    Some(facts.is_old || facts.is_authority.unwrap_or(signs))
}

/// Its public key: SubjectPublicKeyInfo, with tag and length. `None`: it is no certificate.
pub(super) fn public_key(der: &[u8]) -> Option<&[u8]> {
    let (_, mut body) = open(der)?;
    // Serial number, algorithm, issuer, validity, subject.
    for tag in [INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE] {
        take_of(&mut body, tag)?;
    }
    let from_key = body;
    take_of(&mut body, SEQUENCE)?;
    from_key.get(..from_key.len() - body.len())
}

#[derive(Default)]
struct Facts<'a> {
    /// X.509 version 1 or 2, which has no extensions.
    is_old: bool,
    validity: &'a [u8],
    /// cA of basicConstraints.
    is_authority: Option<bool>,
    /// The first octet of keyUsage.
    usage: Option<u8>,
    /// The content of extKeyUsage.
    purposes: Option<&'a [u8]>,
}

impl<'a> Facts<'a> {
    fn read(der: &'a [u8]) -> Option<Self> {
        const V3: [u8; 3] = [INTEGER, 1, 2];
        let (version, mut body) = open(der)?;
        for tag in [INTEGER, SEQUENCE, SEQUENCE] {
            take_of(&mut body, tag)?;
        }
        let validity = take_of(&mut body, SEQUENCE)?;
        let mut facts = Self { is_old: version != V3, validity, ..Self::default() };
        let mut extensions = extensions(body)?;
        while !extensions.is_empty() {
            let (name, value) = extension(&mut extensions)?;
            facts.note(name, value)?;
        }
        Some(facts)
    }

    /// Records an extension, by the last number of its `id-ce` name.
    fn note(&mut self, name: u8, mut value: &'a [u8]) -> Option<()> {
        const KEY_USAGE: u8 = 15;
        const BASIC_CONSTRAINTS: u8 = 19;
        const EXTENDED_KEY_USAGE: u8 = 37;
        const TRUE: [u8; 3] = [0x01, 1, 0xff];
        match name {
            KEY_USAGE => self.usage = Some(*take_of(&mut value, BIT_STRING)?.get(1).unwrap_or(&0)),
            BASIC_CONSTRAINTS => self.is_authority = Some(take_of(&mut value, SEQUENCE)?.starts_with(&TRUE)),
            EXTENDED_KEY_USAGE => self.purposes = Some(take_of(&mut value, SEQUENCE)?),
            _ => {}
        }
        Some(())
    }

    /// The first and the last second, since 1970.
    fn validity(&self) -> Option<(i64, i64)> {
        let mut times = self.validity;
        Some((time(&mut times)?, time(&mut times)?))
    }

    /// Absent extensions do not restrict.
    fn is_for(&self, purpose: Purpose) -> bool {
        /// digitalSignature, keyEncipherment, keyAgreement: the uses of a key in a handshake.
        const HANDSHAKE: u8 = 0x80 | 0x20 | 0x08;
        let id = [0x2b, 6, 1, 5, 5, 7, 3, purpose as u8];
        self.usage.is_none_or(|usage| usage & HANDSHAKE != 0)
            && self.purposes.is_none_or(|mut purposes| {
                core::iter::from_fn(|| take_of(&mut purposes, OBJECT_IDENTIFIER)).any(|other| other == id)
            })
    }
}

/// The version of a certificate (empty for 1) and the signed fields after it.
fn open(mut der: &[u8]) -> Option<(&[u8], &[u8])> {
    const VERSION: u8 = 0xa0;
    let mut certificate = take_of(&mut der, SEQUENCE)?;
    let mut body = take_of(&mut certificate, SEQUENCE)?;
    let version = if body.first() == Some(&VERSION) { take(&mut body)?.1 } else { &[] };
    Some((version, body))
}

/// The extensions after the validity; empty if there are none.
fn extensions(mut body: &[u8]) -> Option<&[u8]> {
    const EXTENSIONS: u8 = 0xa3;
    while !body.is_empty() {
        if let (EXTENSIONS, mut content) = take(&mut body)? {
            return take_of(&mut content, SEQUENCE);
        }
    }
    Some(body)
}

/// Reads an extension: the last number of its name, or 0 if it is not `id-ce`, and its value.
fn extension<'a>(der: &mut &'a [u8]) -> Option<(u8, &'a [u8])> {
    const BOOLEAN: u8 = 0x01;
    let mut extension = take_of(der, SEQUENCE)?;
    let name = match take_of(&mut extension, OBJECT_IDENTIFIER)? {
        &[0x55, 0x1d, number] => number,
        _ => 0,
    };
    if extension.first() == Some(&BOOLEAN) {
        // Whether it is critical.
        take(&mut extension)?;
    }
    Some((name, take_of(&mut extension, OCTET_STRING)?))
}

/// Reads a time, in one of the two allowed forms, as seconds since 1970.
fn time(der: &mut &[u8]) -> Option<i64> {
    let (tag, content) = take(der)?;
    let century = match tag {
        // RFC 5280 §4.1.2.5.1: 50 is 1950.
        UTC_TIME if content.first().is_some_and(|&digit| digit < b'5') => "20",
        UTC_TIME => "19",
        GENERALIZED_TIME => "",
        _ => return None,
    };
    let mut digits = [0; 14];
    let text = content.strip_suffix(b"Z")?;
    digits[..century.len()].copy_from_slice(century.as_bytes());
    let rest = &mut digits[century.len()..];
    if text.len() != rest.len() || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    rest.copy_from_slice(text);
    let number =
        |range: core::ops::Range<usize>| digits[range].iter().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    let [month, day, hour, minute, second] = [4, 6, 8, 10, 12].map(|at| number(at..at + 2));
    let is_time = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 60;
    is_time.then(|| days(number(0..4), month, day) * 86_400 + hour * 3600 + minute * 60 + second)
}

/// Days from 1 January 1970 to a Gregorian date. Counts years from March, so that a leap day is the last one.
fn days(year: i64, month: i64, day: i64) -> i64 {
    const DAYS_TO_1970: i64 = 719_468;
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (153 * month + 2) / 5 + day - 1 - DAYS_TO_1970
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time_of(tag: u8, text: &str) -> Option<i64> {
        time(&mut &*[&[tag, text.len() as u8], text.as_bytes()].concat())
    }

    #[test]
    fn tls_08_times() {
        let cases = [
            (UTC_TIME, "700101000000Z", Some(0)),
            (UTC_TIME, "691231235959Z", Some(-1)),
            (UTC_TIME, "500101000000Z", Some(-631_152_000)),
            (UTC_TIME, "491231235959Z", Some(2_524_607_999)),
            (UTC_TIME, "000229120000Z", Some(951_825_600)),
            (UTC_TIME, "000301000000Z", Some(951_868_800)),
            (GENERALIZED_TIME, "20500101000000Z", Some(2_524_608_000)),
            (GENERALIZED_TIME, "21000301000000Z", Some(4_107_542_400)),
            (GENERALIZED_TIME, "99991231235959Z", Some(253_402_300_799)),
            (UTC_TIME, "7001010000Z", None),
            (UTC_TIME, "700101000000+0100", None),
            (UTC_TIME, "701301000000Z", None),
            (UTC_TIME, "700100000000Z", None),
            (UTC_TIME, "700101240000Z", None),
            (UTC_TIME, "70010100000xZ", None),
            (GENERALIZED_TIME, "700101000000Z", None),
            (GENERALIZED_TIME, "20500101000000.5Z", None),
            (OCTET_STRING, "700101000000Z", None),
        ];
        for (tag, text, expected) in cases {
            assert_eq!(time_of(tag, text), expected, "{text}");
        }
    }

    #[test]
    fn tls_08_purposes() {
        let oid = |last| [&[OBJECT_IDENTIFIER, 8, 0x2b, 6, 1, 5, 5, 7, 3][..], &[last]].concat();
        let (server, client, both) = (oid(1), oid(2), [oid(9), oid(2), oid(1)].concat());
        let cases = [
            (None, None, true, true),
            (Some(0x80), None, true, true),
            (Some(0x06), None, false, false),
            (Some(0), None, false, false),
            (None, Some(&server), true, false),
            (None, Some(&client), false, true),
            (None, Some(&both), true, true),
            (Some(0x06), Some(&both), false, false),
        ];
        for (usage, purposes, for_server, for_client) in cases {
            let purposes = purposes.map(Vec::as_slice);
            let facts = Facts { usage, purposes, ..Facts::default() };
            assert_eq!(facts.is_for(Purpose::Server), for_server, "{usage:?} {purposes:?}");
            assert_eq!(facts.is_for(Purpose::Client), for_client, "{usage:?} {purposes:?}");
        }
    }
}
