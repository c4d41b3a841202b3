//! Invalid material.

use super::authority::RSA_KEY;
use super::{Authority, Certificate, Options, Pair, Role, TlsConfig, Trust};
use crate::error::Code;
use crate::random::Random;
use crate::tls::{ClientAuth, Refusal, Version};

const ENCRYPTED: &str = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAEC\n-----END ENCRYPTED PRIVATE KEY-----\n";
const OLD_ENCRYPTED: &str = "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAEC\n\
    -----END EC PRIVATE KEY-----\n";
const NO_KEY: &str = "-----BEGIN PRIVATE KEY-----\nAAEC\n-----END PRIVATE KEY-----\n";
const NO_CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n";
const CUT: &str = "text before\n-----BEGIN CERTIFICATE-----\nAAEC\n";

fn refused(options: &Options<'_>) -> Refusal {
    TlsConfig::new(options).expect_err("it should be refused")
}

/// Checks code, offset and a word of the reason for a server's second certificate.
fn check_certificate(bad: Certificate<'_>, good: &Pair, code: Code, offset: u64, word: &str) {
    let certificates = [good.certificate(), bad];
    let refusal = refused(&Options { certificates: &certificates, ..Options::new(Role::Server) });
    assert_eq!((refusal.error.code(), refusal.certificate, refusal.error.offset), (code, 1, offset), "{refusal}");
    assert!(refusal.to_string().contains(word), "{refusal}");
}

#[test]
fn bad_chains_and_names() {
    let pair = Authority::new("authority").issue(&["a.example"]);
    let good = pair.certificate();
    let second_bad = format!("{}{CUT}", pair.chain);
    let offset = pair.chain.len() as u64 + 12;
    let cases = [
        (Certificate { chain: b"", ..good }, 0, "no certificate"),
        (Certificate { chain: b"\x30\x82\x01", ..good }, 0, "no certificate"),
        (Certificate { chain: pair.key.as_bytes(), ..good }, 0, "no certificate"),
        (Certificate { chain: CUT.as_bytes(), ..good }, 12, "PEM"),
        (Certificate { chain: second_bad.as_bytes(), ..good }, offset, "PEM"),
        (Certificate { chain: NO_CERTIFICATE.as_bytes(), ..good }, 0, "X.509"),
        (Certificate { chain: NO_CERTIFICATE.as_bytes(), names: &["a"], ..good }, 0, "X.509"),
        (Certificate { ocsp: b"-----BEGIN OCSP RESPONSE-----", ..good }, 0, "staple"),
        (Certificate { names: &["a.example", ""], ..good }, 0, "name"),
        (Certificate { names: &["*"], ..good }, 0, "name"),
        (Certificate { names: &["*.*.example"], ..good }, 0, "name"),
        (Certificate { names: &["a.example."], ..good }, 0, "name"),
        (Certificate { names: &["a example"], ..good }, 0, "name"),
    ];
    for (bad, offset, word) in cases {
        check_certificate(bad, &pair, Code::TlsCertificate, offset, word);
    }
}

#[test]
fn bad_keys() {
    let authority = Authority::new("authority");
    let (pair, other) = (authority.issue(&["a.example"]), authority.issue(&["a.example"]));
    let cut = &pair.key[..pair.key.len() - 10];
    let cases = [
        ("", 0, "no private key"),
        (pair.chain.as_str(), 0, "no private key"),
        (ENCRYPTED, 0, "encrypted"),
        (OLD_ENCRYPTED, 0, "encrypted"),
        (cut, 0, "PEM"),
        (NO_KEY, 0, "RSA"),
        (other.key.as_str(), 0, "another"),
        (RSA_KEY, 0, "another"),
    ];
    for (key, offset, word) in cases {
        let bad = Certificate { key: key.as_bytes(), ..pair.certificate() };
        check_certificate(bad, &pair, Code::TlsKey, offset, word);
        let below = format!("{}{key}", pair.chain);
        let offset = if word == "encrypted" || word == "PEM" { pair.chain.len() as u64 } else { offset };
        check_certificate(Certificate { key: below.as_bytes(), ..bad }, &pair, Code::TlsKey, offset, word);
    }
}

#[test]
fn bad_trust() {
    let authority = Authority::new("authority");
    let (pair, roots) = (authority.issue(&["a.example"]), authority.pem());
    let certificates = [pair.certificate()];
    let second_bad = format!("{roots}{NO_CERTIFICATE}");
    let cases = [
        ("", 0, "no certificate"),
        (pair.key.as_str(), 0, "no certificate"),
        (CUT, 12, "PEM"),
        (NO_CERTIFICATE, 0, "is not a certificate"),
        (second_bad.as_str(), roots.len() as u64, "is not a certificate"),
    ];
    for (pem, offset, word) in cases {
        let server = Options { certificates: &certificates, ..Options::new(Role::Server) };
        let refusals = [
            refused(&Options { trust: Trust::Roots(pem.as_bytes()), ..Options::new(Role::Client) }),
            refused(&Options { client_auth: ClientAuth::Optional(pem.as_bytes()), ..server.clone() }),
            refused(&Options { client_auth: ClientAuth::Required(pem.as_bytes()), ..server }),
        ];
        for refusal in refusals {
            assert_eq!((refusal.error.code(), refusal.error.offset), (Code::TlsTrust, offset), "{refusal}");
            assert!(refusal.to_string().contains(word), "{refusal}");
        }
    }
}

#[test]
fn options_that_contradict_themselves() {
    let authority = Authority::new("authority");
    let (pair, roots) = (authority.issue(&["a.example"]), authority.pem());
    let two = [pair.certificate(), pair.certificate()];
    let client = Options { trust: Trust::Roots(roots.as_bytes()), ..Options::new(Role::Client) };
    let (min, max) = (Version::Tls13, Version::Tls12);
    for bad in [
        Options { certificates: &two, ..client.clone() },
        Options { version_min: min, version_max: max, ..client.clone() },
        Options { alpn: &[b"http/1.1", b""], ..client.clone() },
        Options { alpn: &[&[b'x'; 256]], ..client },
    ] {
        assert_eq!(refused(&bad).error.code(), Code::Argument, "{bad:?}");
    }
    assert_eq!(refused(&Options::new(Role::Server)).error.code(), Code::TlsCertificate);
}

/// Any octets yield a config or a refusal.
#[test]
fn nothing_panics() {
    let authority = Authority::new("authority");
    let pair = authority.issue(&["a.example", "*.a.example"]);
    let texts = [pair.chain.as_str(), pair.key.as_str(), &authority.pem()];
    let mut random = Random::new(1);
    for round in 0..300 {
        let mut texts = texts.map(|text| text.as_bytes().to_vec());
        let text = &mut texts[round % 3];
        for _ in 0..1 + round % 4 {
            let at = random.below(text.len());
            match round % 5 {
                0 => text.truncate(at.max(1)),
                1 => drop(text.remove(at)),
                _ => text[at] = random.octet(),
            }
        }
        let [chain, key, roots] = &texts;
        let certificates = [Certificate { chain, key, ..Certificate::default() }];
        let client_auth = ClientAuth::Required(roots);
        let _ = TlsConfig::new(&Options { certificates: &certificates, client_auth, ..Options::new(Role::Server) });
    }
}
