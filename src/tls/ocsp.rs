//! Recognising an OCSP response (RFC 6960 §4.2.1).

use super::der::{SEQUENCE, take_of};
use super::refusal::{Refusal, STAPLE, refuse};

/// `responseStatus` of `successful`: ENUMERATED, one octet, 0.
const SUCCESSFUL: [u8; 3] = [0x0a, 1, 0];

/// Refuses what is not one complete `OCSPResponse` with the status `successful`: PEM, a truncated file, a responder's
/// error.
///
/// A wrong staple makes clients refuse the certificate, so the check pays off; signature and dates are for clients to
/// check.
pub(super) fn check(der: &[u8]) -> Result<(), Refusal> {
    let content = sequence(der).ok_or_else(|| refuse(&STAPLE, 0))?;
    let start = der.len() - content.len();
    if content.len() > SUCCESSFUL.len() && content.starts_with(&SUCCESSFUL) {
        Ok(())
    } else {
        Err(refuse(&STAPLE, start))
    }
}

/// The content of a SEQUENCE that is the whole of `der`.
fn sequence(mut der: &[u8]) -> Option<&[u8]> {
    take_of(&mut der, SEQUENCE).filter(|_| der.is_empty())
}

#[cfg(test)]
mod tests {
    use super::check;

    fn long(content: &[u8]) -> Vec<u8> {
        [&[0x30, 0x82, (content.len() >> 8) as u8, content.len() as u8], content].concat()
    }

    #[test]
    fn whole_and_successful() {
        assert!(check(&[0x30, 5, 0x0a, 1, 0, 0xa0, 0]).is_ok());
        let mut content = vec![0; 300];
        content[..3].copy_from_slice(&[0x0a, 1, 0]);
        assert!(check(&long(&content)).is_ok());
        assert!(check(&long(&content)[..303]).is_err(), "cut");
        content[2] = 6;
        assert_eq!(check(&long(&content)).unwrap_err().error.offset, 4, "unauthorized");
    }

    #[test]
    fn anything_else_is_refused() {
        for bad in
            [&b""[..], b"0", b"-----BEGIN OCSP RESPONSE-----", &[0x30, 0x80, 0x0a, 1, 0, 0, 0], &[0x30, 3, 0x0a, 1, 0]]
        {
            assert!(check(bad).is_err(), "{bad:?}");
        }
    }
}
