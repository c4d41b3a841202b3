//! The effect of options on a handshake.

use std::sync::{Arc, Mutex};

use rustls::{AlertDescription, NamedGroup, ProtocolVersion};

use super::handshake::{Ended, handshake};
use super::{Authority, Options, Role, TlsConfig, Trust};
use crate::tls::{KeyExchange, KeyLog, PROVIDER, Version};

/// A handshake with default options, changed by the two functions.
fn meet(at_server: impl Fn(&mut Options<'_>), at_client: impl Fn(&mut Options<'_>)) -> Ended {
    let authority = Authority::new("authority");
    let (own, roots) = (authority.issue(&["a.example"]), authority.pem());
    let certificates = [own.certificate()];
    let mut options = Options { certificates: &certificates, ..Options::new(Role::Server) };
    at_server(&mut options);
    let server = TlsConfig::new(&options).unwrap();
    let mut options = Options { trust: Trust::Roots(roots.as_bytes()), ..Options::new(Role::Client) };
    at_client(&mut options);
    handshake(&server, &TlsConfig::new(&options).unwrap(), "a.example")
}

#[test]
fn tls_02_alpn_is_http_1_1() {
    let ended = meet(|_| {}, |_| {}).good();
    assert_eq!(ended.client.alpn_protocol(), Some(&b"http/1.1"[..]));
    let ended = meet(|_| {}, |options| options.alpn = &[b"h2", b"http/1.1"]).good();
    assert_eq!(ended.server.alpn_protocol(), Some(&b"http/1.1"[..]));
    assert_eq!(meet(|_| {}, |options| options.alpn = &[]).good().server.alpn_protocol(), None);
    assert_eq!(meet(|options| options.alpn = &[], |_| {}).good().client.alpn_protocol(), None);
}

#[test]
fn tls_02_no_overlap_is_alert_120() {
    let ended = meet(|_| {}, |options| options.alpn = &[b"h2"]);
    assert_eq!(u8::from(ended.alert()), 120);
}

#[test]
fn versions() {
    let newest = |version| move |options: &mut Options<'_>| options.version_max = version;
    let oldest = |options: &mut Options<'_>| options.version_min = Version::Tls13;
    let version = |ended: Ended| ended.good().client.protocol_version();
    assert_eq!(version(meet(|_| {}, |_| {})), Some(ProtocolVersion::TLSv1_3));
    assert_eq!(version(meet(newest(Version::Tls12), |_| {})), Some(ProtocolVersion::TLSv1_2));
    assert_eq!(version(meet(|_| {}, newest(Version::Tls12))), Some(ProtocolVersion::TLSv1_2));
    assert_eq!(version(meet(oldest, |_| {})), Some(ProtocolVersion::TLSv1_3));
    assert_eq!(meet(oldest, newest(Version::Tls12)).alert(), AlertDescription::ProtocolVersion);
}

#[test]
fn key_exchange() {
    let classical = |options: &mut Options<'_>| options.key_exchange = KeyExchange::Classical;
    let group = |ended: Ended| ended.good().server.negotiated_key_exchange_group().unwrap().name();
    let best = if PROVIDER == "ring" { NamedGroup::X25519 } else { NamedGroup::X25519MLKEM768 };
    assert_eq!(group(meet(|_| {}, |_| {})), best);
    assert_eq!(group(meet(classical, |_| {})), NamedGroup::X25519);
    assert_eq!(group(meet(|_| {}, classical)), NamedGroup::X25519);
}

#[derive(Debug, Default)]
struct Kept(Mutex<String>);

impl KeyLog for Kept {
    fn line(&self, line: &str) {
        self.0.lock().unwrap().push_str(line);
    }
}

#[test]
fn the_key_log_has_lines_in_the_format_of_nss() {
    let kept = [Arc::new(Kept::default()), Arc::new(Kept::default())];
    let log = |side: usize| {
        let kept = kept[side].clone();
        move |options: &mut Options<'_>| options.key_log = Some(kept.clone())
    };
    meet(log(0), log(1)).good();
    let [server, client] = kept.map(|kept| {
        let mut lines: Vec<_> = kept.0.lock().unwrap().lines().map(String::from).collect();
        lines.sort_unstable();
        lines
    });
    assert_eq!(server, client, "both sides have the same secrets");
    assert!(server.iter().any(|line| line.starts_with("CLIENT_TRAFFIC_SECRET_0 ")));
    for line in &server {
        let parts: Vec<_> = line.split(' ').collect();
        let lens: Vec<_> = parts[1..].iter().map(|hex| hex.len()).collect();
        assert!([[64, 64], [64, 96]].contains(&[lens[0], lens[1]]) && lens.len() == 2, "{line}");
        assert!(parts[1..].iter().all(|hex| hex.bytes().all(|digit| digit.is_ascii_hexdigit())));
    }
}
