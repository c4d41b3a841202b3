//! PEM (RFC 7468) in sections with their offsets. Text outside of sections is ignored.

use rustls::pki_types::pem::{Error, PemObject, SectionKind};

const BEGIN: &[u8] = b"-----BEGIN ";

/// A section of PEM, decoded.
pub(super) struct Section {
    pub kind: SectionKind,
    pub der: Vec<u8>,
    /// The offset of its first line.
    pub offset: usize,
}

/// The sections of kinds known to rustls; others are skipped. An error is the offset of the malformed section.
pub(super) fn sections(pem: &[u8]) -> impl Iterator<Item = Result<Section, usize>> + '_ {
    let mut rest = begin(pem, 0);
    core::iter::from_fn(move || {
        let offset = rest?;
        rest = begin(pem, offset + BEGIN.len());
        Some((offset, &pem[offset..rest.unwrap_or(pem.len())]))
    })
    .filter_map(|(offset, text)| match <(SectionKind, Vec<u8>)>::from_pem_slice(text) {
        Ok((kind, der)) => Some(Ok(Section { kind, der, offset })),
        Err(Error::NoItemsFound) => None,
        Err(_) => Some(Err(offset)),
    })
}

/// The offset of the first section at or after `from`. A section begins its line.
fn begin(pem: &[u8], from: usize) -> Option<usize> {
    let is_line = |at: usize| at == 0 || matches!(pem[at - 1], b'\n' | b'\r');
    (from..pem.len()).find(|&at| pem[at..].starts_with(BEGIN) && is_line(at))
}

/// The offset of the first section with this label.
pub(super) fn labelled(pem: &[u8], label: &[u8]) -> Option<usize> {
    let mut at = begin(pem, 0);
    while let Some(offset) = at {
        if pem[offset + BEGIN.len()..].starts_with(label) {
            return Some(offset);
        }
        at = begin(pem, offset + BEGIN.len());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "text\n-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n";

    fn read(pem: &str) -> Vec<Result<(usize, Vec<u8>), usize>> {
        sections(pem.as_bytes()).map(|section| section.map(|s| (s.offset, s.der))).collect()
    }

    #[test]
    fn sections_know_their_place() {
        let two = format!("{A}{A}");
        assert_eq!(read(&two), [Ok((5, vec![0, 1, 2])), Ok((5 + A.len(), vec![0, 1, 2]))]);
        assert_eq!(read(&A.replace('\n', "\r\n")), [Ok((6, vec![0, 1, 2]))]);
        assert_eq!(read("no PEM"), []);
        assert_eq!(read(&A.replace("CERTIFICATE", "SOMETHING")), []);
    }

    #[test]
    fn a_malformed_section_is_reported_at_its_offset() {
        assert_eq!(read(&format!("{A}{}", A.replace("AAEC", "A*EC"))), [Ok((5, vec![0, 1, 2])), Err(5 + A.len())]);
        assert_eq!(read(&format!("{}{A}", &A[..30])), [Err(5), Ok((35, vec![0, 1, 2]))]);
        assert_eq!(read(&A[..A.len() - 10]), [Err(5)]);
    }
}
