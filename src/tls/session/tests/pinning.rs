//! Pinned keys (TLS-09), and clients that believe anyone (TLS-10).

use rcgen::{CertifiedIssuer, date_time_ymd};
use rustls::crypto::hash::HashAlgorithm;

use super::issuing::{Shown, VERSIONS, authority, copy, key, of_itself, params, server, signed};
use super::rig::{HOST, Ours, carry, provider};
use crate::tls::{Options, Pin, Role, TlsConfig, Trust, Version};

/// What `openssl x509 -pubkey | openssl pkey -pubin -outform der | openssl dgst -sha256` says.
fn pin(shown: &Shown) -> Pin {
    let provider = provider();
    let hashes =
        provider.cipher_suites.iter().filter_map(|suite| suite.tls13()).map(|suite| suite.common.hash_provider);
    let sha256 = hashes.into_iter().find(|hash| hash.algorithm() == HashAlgorithm::SHA256).unwrap();
    sha256.hash(&rcgen::PublicKeyData::subject_public_key_info(&shown.key)).as_ref().try_into().unwrap()
}

/// Rule and reason of the error of a client with these options, if it refuses.
fn refusal_of(options: &Options<'_>, host: &str, shown: &Shown) -> Option<(&'static str, &'static str)> {
    let [first, second] = VERSIONS.map(|version: Version| {
        let options = Options { version_min: version, version_max: version, ..options.clone() };
        let config = TlsConfig::new(&options).unwrap().client().unwrap();
        let (mut client, mut server) = (Ours::of_client(&config, host), server(shown));
        carry(&mut client, &mut server, usize::MAX);
        assert_eq!(client.error.is_some(), server.error.is_some(), "the server is told");
        assert_eq!(client.error.is_none(), !client.session.is_handshaking());
        client.error.map(|error| (error.fault.rule.to_str().unwrap(), error.fault.reason.to_str().unwrap()))
    });
    assert_eq!(first, second);
    first
}

fn trusting<'a>(roots: &'a str, pins: &'a [Pin]) -> Options<'a> {
    Options { trust: Trust::Roots(roots.as_bytes()), pins, ..Options::new(Role::Client) }
}

const NOT_PINNED: (&str, &str) = ("TLS-09", "the key of the peer's certificate is not among the pinned ones");

#[test]
fn tls_09_a_server_has_one_of_the_pinned_keys() {
    let issuer = CertifiedIssuer::self_signed(authority(), key()).unwrap();
    let (shown, other) = (signed(&params(&[HOST]), &issuer), of_itself(&params(&[HOST]), &key()));
    let roots = issuer.pem();
    assert_eq!(refusal_of(&trusting(&roots, &[]), HOST, &shown), None);
    assert_eq!(refusal_of(&trusting(&roots, &[pin(&shown)]), HOST, &shown), None);
    assert_eq!(refusal_of(&trusting(&roots, &[pin(&other), pin(&shown)]), HOST, &shown), None);
    assert_eq!(refusal_of(&trusting(&roots, &[pin(&other)]), HOST, &shown), Some(NOT_PINNED));
    // A renewed certificate with the same key; the key of its issuer is not looked at.
    let made = params(&[HOST]).signed_by(&shown.key, &issuer).unwrap();
    let renewed = Shown { chain: vec![made.der().clone()], pem: made.pem(), key: copy(&shown.key) };
    assert_eq!(refusal_of(&trusting(&roots, &[pin(&shown)]), HOST, &renewed), None);
}

#[test]
fn tls_09_a_pin_is_no_trust() {
    let (shown, other) = (of_itself(&params(&[HOST]), &key()), authority().self_signed(&key()).unwrap().pem());
    let refused = refusal_of(&trusting(&other, &[pin(&shown)]), HOST, &shown);
    assert_eq!(refused, Some(("TLS-08", "the peer's certificate has an unknown issuer")));
    assert_eq!(refusal_of(&trusting(&shown.pem, &[pin(&shown)]), HOST, &shown), None, "a root that is shown");
}

#[test]
fn tls_10_anyone_is_believed_where_that_is_asked_for() {
    let anyone = Options { trust: Trust::Anyone, ..Options::new(Role::Client) };
    let mut expired = params(&["other.example"]);
    expired.not_after = date_time_ymd(2020, 1, 1);
    let shown = of_itself(&expired, &key());
    assert_eq!(refusal_of(&anyone, HOST, &shown), None);
    // But for one that has not the key of what it shows, and with pins for one that has no pinned key.
    let stolen = Shown { key: key(), chain: shown.chain.clone(), pem: shown.pem.clone() };
    let reason = "the peer's handshake signature does not match its certificate's key";
    assert_eq!(refusal_of(&anyone, HOST, &stolen), Some(("TLS-08", reason)));
    let pins = [pin(&shown)];
    let pinned = Options { pins: &pins, ..anyone };
    assert_eq!(refusal_of(&pinned, HOST, &shown), None);
    assert_eq!(refusal_of(&pinned, HOST, &of_itself(&params(&[HOST]), &key())), Some(NOT_PINNED));
}
