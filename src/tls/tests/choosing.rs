//! The certificate a client receives.

use rustls::SignatureScheme::{self, ECDSA_NISTP256_SHA256, RSA_PSS_SHA256};

use super::handshake::handshake;
use super::witness::shown;
use super::{Authority, Certificate, Options, Pair, Role, TlsConfig, client, server};

const ANY: &[SignatureScheme] = &[ECDSA_NISTP256_SHA256, RSA_PSS_SHA256];

/// The index of the certificate sent, of three.
fn asked(config: &TlsConfig, all: &[Pair], name: &'static str) -> Option<usize> {
    let shown = shown(config, name, true, ANY).ok()?;
    Some(all.iter().position(|pair| pair.der == shown.certificate).unwrap())
}

#[test]
fn exact_names_then_wildcards_then_the_first() {
    let authority = Authority::new("authority");
    let names = [&["default.example"][..], &["a.example", "B.example"], &["*.wild.example", "wild.example"]];
    let all = names.map(|names| authority.issue(names));
    let certificates: Vec<_> = all.iter().map(Pair::certificate).collect();
    let options = Options { certificates: &certificates, ..Options::new(Role::Server) };
    let lenient = TlsConfig::new(&options).unwrap();
    let strict = TlsConfig::new(&Options { refuse_unknown_names: true, ..options }).unwrap();
    let cases = [
        ("default.example", Some(0)),
        ("a.example", Some(1)),
        ("b.EXAMPLE", Some(1)),
        ("wild.example", Some(2)),
        ("one.wild.example", Some(2)),
        ("two.one.wild.example", None),
        ("other.example", None),
        ("example", None),
    ];
    for (name, expected) in cases {
        assert_eq!(asked(&lenient, &all, name), expected.or(Some(0)), "{name}");
        assert_eq!(asked(&strict, &all, name), expected, "{name}");
    }
    assert_eq!(shown(&strict, "a.example", false, ANY).unwrap().certificate, all[0].der, "no name is no unknown name");
}

#[test]
fn an_exact_name_goes_before_a_wildcard() {
    let authority = Authority::new("authority");
    let all = [authority.issue(&["*.example"]), authority.issue(&["a.example"])];
    let certificates: Vec<_> = all.iter().map(Pair::certificate).collect();
    let config = TlsConfig::new(&Options { certificates: &certificates, ..Options::new(Role::Server) }).unwrap();
    assert_eq!(asked(&config, &all, "a.example"), Some(1));
    assert_eq!(asked(&config, &all, "b.example"), Some(0));
}

#[test]
fn configured_names_replace_those_of_the_certificate() {
    let authority = Authority::new("authority");
    let all = [authority.issue(&["first.example"]), authority.issue(&["own.example"])];
    let certificates =
        [all[0].certificate(), Certificate { names: &["Given.example", "*.given.example"], ..all[1].certificate() }];
    let options = Options { certificates: &certificates, refuse_unknown_names: true, ..Options::new(Role::Server) };
    let config = TlsConfig::new(&options).unwrap();
    assert_eq!(asked(&config, &all, "given.example"), Some(1));
    assert_eq!(asked(&config, &all, "x.given.example"), Some(1));
    assert_eq!(asked(&config, &all, "own.example"), None);
}

#[test]
fn of_two_for_a_name_the_one_the_client_can_verify() {
    let authority = Authority::new("authority");
    let (elliptic, rsa) = (authority.issue(&["a.example"]), authority.issue_rsa(&["a.example"]));
    for certificates in [[elliptic.certificate(), rsa.certificate()], [rsa.certificate(), elliptic.certificate()]] {
        let config = TlsConfig::new(&Options { certificates: &certificates, ..Options::new(Role::Server) }).unwrap();
        let verifies = |scheme| shown(&config, "a.example", true, &[scheme]).unwrap().certificate;
        assert_eq!(verifies(ECDSA_NISTP256_SHA256), elliptic.der);
        assert_eq!(verifies(RSA_PSS_SHA256), rsa.der);
        let first = if certificates[0].key == rsa.key.as_bytes() { &rsa } else { &elliptic };
        assert_eq!(shown(&config, "a.example", true, ANY).unwrap().certificate, first.der);
    }
}

#[test]
fn keys_of_every_kind() {
    let authority = Authority::new("authority");
    let names = &["a.example"];
    let pairs = [
        authority.issue_for(names, &rcgen::PKCS_ECDSA_P256_SHA256),
        authority.issue_for(names, &rcgen::PKCS_ECDSA_P384_SHA384),
        authority.issue_for(names, &rcgen::PKCS_ED25519),
        authority.issue_rsa(names),
    ];
    for pair in &pairs {
        let ended = handshake(&server(pair), &client(&authority), "a.example").good();
        assert_eq!(ended.shown(), pair.der);
    }
}

#[test]
fn the_staple_is_sent() {
    let pair = Authority::new("authority").issue(&["a.example"]);
    let staple = [0x30, 6, 0x0a, 1, 0, 0xa0, 1, 7];
    let certificates = [Certificate { ocsp: &staple, ..pair.certificate() }];
    let config = TlsConfig::new(&Options { certificates: &certificates, ..Options::new(Role::Server) }).unwrap();
    assert_eq!(shown(&config, "a.example", true, ANY).unwrap().ocsp, staple);
    assert_eq!(shown(&server(&pair), "a.example", true, ANY).unwrap().ocsp, b"");
}

/// A server must be able to start; its clients will notice.
#[test]
fn an_expired_own_certificate_is_sent() {
    let authority = Authority::new("authority");
    let expired = authority.issue_expired(&["a.example"]);
    assert_eq!(shown(&server(&expired), "a.example", true, ANY).unwrap().certificate, expired.der);
    let ended = handshake(&server(&expired), &client(&authority), "a.example");
    assert!(format!("{:?}", ended.client_says).contains("Expired"), "{:?}", ended.client_says);
}
