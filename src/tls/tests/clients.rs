//! Certificates of clients.

use rustls::AlertDescription::{CertificateExpired, CertificateRequired, DecryptError, UnknownCA};

use super::handshake::{Ended, handshake};
use super::{Authority, Options, Pair, Role, TlsConfig, Trust};
use crate::tls::{ClientAuth, Version};

/// The parties of these tests.
struct Cast {
    authority: Authority,
    own: Pair,
}

impl Cast {
    fn new() -> Self {
        let authority = Authority::new("authority");
        Self { own: authority.issue(&["a.example"]), authority }
    }

    /// A server that requests a certificate, and a client that sends `identity`.
    fn meet(&self, required: bool, identity: Option<&Pair>, version: Version) -> Ended {
        let roots = self.authority.pem();
        let auth = if required { ClientAuth::Required } else { ClientAuth::Optional };
        let certificates = [self.own.certificate()];
        let options =
            Options { certificates: &certificates, client_auth: auth(roots.as_bytes()), ..Options::new(Role::Server) };
        let server = TlsConfig::new(&options).unwrap();
        let certificates: Vec<_> = identity.iter().map(|pair| pair.certificate()).collect();
        let trust = Trust::Roots(roots.as_bytes());
        let options =
            Options { certificates: &certificates, trust, version_max: version, ..Options::new(Role::Client) };
        handshake(&server, &TlsConfig::new(&options).unwrap(), "a.example")
    }
}

#[test]
fn good_and_none() {
    let cast = Cast::new();
    let good = cast.authority.issue(&["client.example"]);
    for version in [Version::Tls12, Version::Tls13] {
        for required in [true, false] {
            let ended = cast.meet(required, Some(&good), version).good();
            assert_eq!(&*ended.server.peer_certificates().unwrap()[0], &good.der);
        }
        assert!(cast.meet(false, None, version).good().server.peer_certificates().is_none());
    }
    assert_eq!(cast.meet(true, None, Version::Tls13).alert(), CertificateRequired);
}

#[test]
fn a_bad_one_is_refused_though_none_would_do() {
    let cast = Cast::new();
    let stranger = Authority::new("stranger").issue(&["client.example"]);
    // The same name with another key.
    let forger = Authority::new("authority").issue(&["client.example"]);
    let expired = cast.authority.issue_expired(&["client.example"]);
    for required in [true, false] {
        for version in [Version::Tls12, Version::Tls13] {
            assert_eq!(cast.meet(required, Some(&expired), version).alert(), CertificateExpired);
            assert_eq!(cast.meet(required, Some(&stranger), version).alert(), UnknownCA);
            assert_eq!(cast.meet(required, Some(&forger), version).alert(), DecryptError);
        }
    }
}
