//! Certificates that are trusted themselves (TLS-08), and the limits of that trust.

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyUsagePurpose,
    date_time_ymd,
};

use super::issuing::{Shown, VERSIONS, authority, key, of_itself, params, refusal, refusal_for, signed};
use super::rig::{HOST, Ours, carry};
use crate::tls::{Certificate, ClientAuth, Options, Role, TlsConfig, Trust};

const KINDS: [IsCa; 3] = [IsCa::NoCa, IsCa::ExplicitNoCa, IsCa::Ca(BasicConstraints::Unconstrained)];

#[test]
fn tls_08_a_certificate_that_is_the_root_is_trusted() {
    for is_ca in KINDS {
        let mut params = params(&[HOST, "127.0.0.1"]);
        params.is_ca = is_ca;
        let shown = of_itself(&params, &key());
        let other = authority().self_signed(&key()).unwrap().pem();
        let several = format!("{other}{}", shown.pem);
        for roots in [&shown.pem, &several] {
            for version in VERSIONS {
                for host in [HOST, "127.0.0.1:443"] {
                    assert_eq!(refusal_for(host, roots, &shown, version), None, "{is_ca:?}");
                }
            }
        }
    }
    // A signed certificate that is given while its issuer is not.
    let issuer = CertifiedIssuer::self_signed(authority(), key()).unwrap();
    let shown = signed(&params(&[HOST]), &issuer);
    assert_eq!(refusal(&shown.pem, &shown), None);
}

#[test]
fn tls_08_a_root_is_checked_as_any_other() {
    let expired = "the peer's certificate has expired";
    let not_yet = "the peer's certificate is not valid yet";
    let purpose = "the peer's certificate is for another purpose";
    for is_ca in KINDS {
        let mut params = params(&[HOST]);
        params.is_ca = is_ca;
        let root = of_itself(&params, &key());
        for version in VERSIONS {
            let refusal = refusal_for("other.example", &root.pem, &root, version);
            assert_eq!(refusal, Some("the peer's certificate is for another name"));
        }
        let made = |change: fn(&mut CertificateParams)| {
            let mut params = params.clone();
            change(&mut params);
            let root = of_itself(&params, &key());
            refusal(&root.pem, &root)
        };
        assert_eq!(made(|params| params.not_after = date_time_ymd(2020, 1, 1)), Some(expired));
        assert_eq!(made(|params| params.not_before = date_time_ymd(2200, 1, 1)), Some(not_yet));
        assert_eq!(
            made(|params| params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth]),
            Some(purpose)
        );
        assert_eq!(made(|params| params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth]), None);
        assert_eq!(made(|params| params.key_usages = vec![KeyUsagePurpose::KeyCertSign]), Some(purpose));
        assert_eq!(made(|params| params.key_usages = vec![KeyUsagePurpose::DigitalSignature]), None);
    }
}

/// The same key or subject does not make a certificate the given root.
#[test]
fn tls_08_only_the_same_octets_are_the_root() {
    let own = key();
    for is_ca in KINDS {
        let mut params = params(&[HOST]);
        params.is_ca = is_ca;
        let root = of_itself(&params, &own).pem;
        params.serial_number = Some(7.into());
        let same_key = refusal(&root, &of_itself(&params, &own));
        let same_subject = refusal(&root, &of_itself(&params, &key()));
        let expected = match is_ca {
            IsCa::Ca(_) => "the peer's certificate is an authority's, and not itself trusted",
            _ => "the peer's certificate has an unknown issuer",
        };
        assert_eq!((same_key, same_subject), (Some(expected), Some(expected)), "{is_ca:?}");
        // One changed octet of the signature makes another certificate.
        params.serial_number = None;
        let mut forged = of_itself(&params, &own);
        let root = forged.pem.clone();
        let mut der = forged.chain[0].to_vec();
        *der.last_mut().unwrap() ^= 1;
        forged.chain[0] = der.into();
        assert_eq!(refusal(&root, &forged), Some(expected), "{is_ca:?}");
    }
}

/// A root that is not an authority is trusted only itself.
#[test]
fn tls_08_a_root_that_is_no_authority_issues_nothing() {
    let unknown = Some("the peer's certificate has an unknown issuer");
    for (is_ca, expected) in KINDS.into_iter().zip([unknown, unknown, None]) {
        let mut params = params(&["a.example"]);
        params.is_ca = is_ca;
        let issuer = CertifiedIssuer::self_signed(params, key()).unwrap();
        let mut leaf = self::params(&[HOST]);
        leaf.distinguished_name.push(DnType::CommonName, "issued");
        assert_eq!(refusal(&issuer.pem(), &signed(&leaf, &issuer)), expected);
    }
}

/// Whoever sends the root must have its key.
#[test]
fn tls_08_the_handshake_is_signed_by_the_roots_key() {
    let mut shown = of_itself(&params(&[HOST]), &key());
    shown.key = key();
    let expected = "the peer's handshake signature does not match its certificate's key";
    assert_eq!(refusal(&shown.pem.clone(), &shown), Some(expected));
}

/// Client certificates are checked in the same way.
#[test]
fn tls_08_a_clients_certificate_that_is_the_root() {
    let host = of_itself(&params(&[HOST]), &key());
    let host_key = host.key.serialize_pem();
    let meet = |roots: &str, own: &Shown, version| {
        let (chain, key) = (own.pem.as_bytes(), own.key.serialize_pem());
        let certificates =
            [Certificate { chain: host.pem.as_bytes(), key: host_key.as_bytes(), ..Certificate::default() }];
        let client_auth = ClientAuth::Required(roots.as_bytes());
        let server = Options { certificates: &certificates, client_auth, ..Options::new(Role::Server) };
        let server = TlsConfig::new(&server).unwrap().server().unwrap();
        let certificates = [Certificate { chain, key: key.as_bytes(), ..Certificate::default() }];
        let trust = Trust::Roots(host.pem.as_bytes());
        let client = Options { certificates: &certificates, trust, version_max: version, ..Options::new(Role::Client) };
        let client = TlsConfig::new(&client).unwrap().client().unwrap();
        let (mut client, mut server) = (Ours::of_client(&client, HOST), Ours::of_server(&server));
        carry(&mut client, &mut server, usize::MAX);
        assert!(server.error.is_some() || server.session.peer_certificate(0) == Some(&own.chain[0][..]));
        server.error.map(|error| error.fault.reason.to_str().unwrap())
    };
    for version in VERSIONS {
        for is_ca in KINDS {
            let mut params = params(&["client.example"]);
            params.is_ca = is_ca;
            let own = of_itself(&params, &key());
            assert_eq!(meet(&own.pem, &own, version), None);
            let other = of_itself(&params, &own.key);
            assert_ne!(other.chain, own.chain);
            assert!(meet(&own.pem, &other, version).is_some());
            params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
            let own = of_itself(&params, &key());
            assert_eq!(meet(&own.pem, &own, version), Some("the peer's certificate is for another purpose"));
        }
    }
}
