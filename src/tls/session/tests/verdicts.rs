//! Whom a client and a server believe, and what each refusal says (TLS-08).

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CustomExtension, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, SigningKey, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{ClientConfig, ServerConfig};

use super::rig::{HOST, Ours, carry, provider};
use crate::error::Code;
use crate::tls::{Certificate, ClientAuth, Options, Role, TlsConfig, Trust, Version};

const VERSIONS: [Version; 2] = [Version::Tls12, Version::Tls13];

/// A certificate, and the key that handshakes are signed with.
struct Shown {
    chain: Vec<CertificateDer<'static>>,
    pem: String,
    key: KeyPair,
}

fn params(names: &[&str]) -> CertificateParams {
    let mut params = CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).unwrap();
    params.distinguished_name.push(DnType::CommonName, "the one subject");
    params
}

fn authority() -> CertificateParams {
    let mut params = params(&[]);
    params.distinguished_name.push(DnType::CommonName, "an authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

fn key() -> KeyPair {
    KeyPair::generate().unwrap()
}

fn copy(key: &KeyPair) -> KeyPair {
    KeyPair::from_pem(&key.serialize_pem()).unwrap()
}

/// As `openssl req -x509` makes one.
fn of_itself(params: &CertificateParams, key: &KeyPair) -> Shown {
    let made = params.self_signed(key).unwrap();
    Shown { chain: vec![made.der().clone()], pem: made.pem(), key: copy(key) }
}

fn signed(params: &CertificateParams, by: &Issuer<'_, impl SigningKey>) -> Shown {
    let key = key();
    let made = params.signed_by(&key, by).unwrap();
    Shown { chain: vec![made.der().clone()], pem: made.pem(), key }
}

/// A server that shows what it is told to, also what a config of ours would refuse.
fn server(shown: &Shown) -> Ours {
    let key = PrivateKeyDer::try_from(shown.key.serialize_der()).unwrap();
    let key = provider().key_provider.load_private_key(key).unwrap();
    let own = SingleCertAndKey::from(CertifiedKey::new(shown.chain.clone(), key));
    let builder = ServerConfig::builder_with_provider(provider()).with_safe_default_protocol_versions().unwrap();
    Ours::server(builder.with_no_client_auth().with_cert_resolver(Arc::new(own)))
}

fn client_config(roots: &str, version: Version) -> Arc<ClientConfig> {
    let trust = Trust::Roots(roots.as_bytes());
    let options = Options { trust, version_min: version, version_max: version, ..Options::new(Role::Client) };
    TlsConfig::new(&options).unwrap().client().unwrap()
}

/// Why a client that trusts `roots` refuses the server, if it does.
fn refusal_for(host: &str, roots: &str, shown: &Shown, version: Version) -> Option<&'static str> {
    let (mut client, mut server) = (Ours::of_client(&client_config(roots, version), host), server(shown));
    carry(&mut client, &mut server, usize::MAX);
    assert_eq!(client.error.is_some(), server.error.is_some(), "the server is told");
    assert_eq!(client.error.is_none(), !client.session.is_handshaking());
    let error = client.error?;
    assert_eq!((error.code(), error.fault.rule), (Code::TlsVerify, c"TLS-08"), "{error}");
    error.fault.reason.to_str().ok()
}

fn refusal(roots: &str, shown: &Shown) -> Option<&'static str> {
    let [first, second] = VERSIONS.map(|version| refusal_for(HOST, roots, shown, version));
    assert_eq!(first, second);
    first
}

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
    // One that somebody signed, where it is given and its issuer is not.
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

/// The same key, the same subject, or both do not make another certificate the one that was given.
#[test]
fn tls_08_only_the_very_certificate_is_the_root() {
    let own = key();
    for is_ca in KINDS {
        let mut params = params(&[HOST]);
        params.is_ca = is_ca;
        let root = of_itself(&params, &own).pem;
        params.serial_number = Some(7.into());
        let same_key = refusal(&root, &of_itself(&params, &own));
        let same_subject = refusal(&root, &of_itself(&params, &key()));
        let expected = match is_ca {
            IsCa::Ca(_) => "the peer's certificate is an authority's, and not one of those that are trusted themselves",
            _ => "the peer's certificate is of an unknown issuer",
        };
        assert_eq!((same_key, same_subject), (Some(expected), Some(expected)), "{is_ca:?}");
        // With one octet of its signature changed it is another one.
        params.serial_number = None;
        let mut forged = of_itself(&params, &own);
        let root = forged.pem.clone();
        let mut der = forged.chain[0].to_vec();
        *der.last_mut().unwrap() ^= 1;
        forged.chain[0] = der.into();
        assert_eq!(refusal(&root, &forged), Some(expected), "{is_ca:?}");
    }
}

/// A root that is no authority's stands for itself alone.
#[test]
fn tls_08_a_root_that_is_no_authority_issues_nothing() {
    let unknown = Some("the peer's certificate is of an unknown issuer");
    for (is_ca, expected) in KINDS.into_iter().zip([unknown, unknown, None]) {
        let mut params = params(&["a.example"]);
        params.is_ca = is_ca;
        let issuer = CertifiedIssuer::self_signed(params, key()).unwrap();
        let mut leaf = self::params(&[HOST]);
        leaf.distinguished_name.push(DnType::CommonName, "issued");
        assert_eq!(refusal(&issuer.pem(), &signed(&leaf, &issuer)), expected);
    }
}

/// Who shows the root must have its key.
#[test]
fn tls_08_the_handshake_is_signed_by_the_roots_key() {
    let mut shown = of_itself(&params(&[HOST]), &key());
    shown.key = key();
    let expected = "the peer's signature of the handshake is not that of its certificate's key";
    assert_eq!(refusal(&shown.pem.clone(), &shown), Some(expected));
}

#[test]
fn tls_08_every_reason_has_a_text() {
    let issuer = CertifiedIssuer::self_signed(authority(), key()).unwrap();
    let roots = issuer.pem();
    let leaf = |change: fn(&mut CertificateParams)| {
        let mut params = params(&[HOST]);
        change(&mut params);
        refusal(&roots, &signed(&params, &issuer)).unwrap_or("none")
    };
    assert_eq!(leaf(|_| ()), "none");
    assert_eq!(leaf(|params| params.not_after = date_time_ymd(2020, 1, 1)), "the peer's certificate has expired");
    assert_eq!(leaf(|params| params.not_before = date_time_ymd(2200, 1, 1)), "the peer's certificate is not valid yet");
    assert_eq!(leaf(|params| params.subject_alt_names.clear()), "the peer's certificate is for another name");
    let purpose = leaf(|params| params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth]);
    assert_eq!(purpose, "the peer's certificate is for another purpose");
    let authority = leaf(|params| params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained));
    assert_eq!(authority, "the peer's certificate is an authority's, and not one of those that are trusted themselves");
    let critical = leaf(|params| {
        let mut extension = CustomExtension::from_oid_content(&[2, 5, 29, 99], vec![5, 0]);
        extension.set_criticality(true);
        params.custom_extensions.push(extension);
    });
    assert_eq!(critical, "the peer's certificate has a critical extension that is unknown");

    let stranger = CertifiedIssuer::self_signed(params(&["stranger"]), key()).unwrap();
    let unknown = refusal(&roots, &signed(&params(&[HOST]), &stranger));
    assert_eq!(unknown, Some("the peer's certificate is of an unknown issuer"));
    let forger = CertifiedIssuer::self_signed(self::authority(), key()).unwrap();
    let forged = refusal(&roots, &signed(&params(&[HOST]), &forger));
    assert_eq!(forged, Some("the signature on the peer's certificate is not valid"));

    let mut malformed = signed(&params(&[HOST]), &issuer);
    malformed.chain[0] = vec![0x30, 3, 2, 1, 2].into();
    assert_eq!(refusal(&roots, &malformed), Some("the peer's certificate, or one of its chain, is malformed"));
}

/// A leaf under authorities between it and the root.
fn below(root: &CertificateParams, between: &[&CertificateParams]) -> Option<&'static str> {
    let root = CertifiedIssuer::self_signed(root.clone(), key()).unwrap();
    let roots = root.pem();
    let (mut last, mut chain) = (root, Vec::new());
    for params in between {
        last = CertifiedIssuer::signed_by((*params).clone(), key(), &last).unwrap();
        chain.insert(0, last.der().clone());
    }
    let mut shown = signed(&params(&[HOST]), &last);
    shown.chain.extend(chain);
    refusal(&roots, &shown)
}

#[test]
fn tls_08_every_reason_in_a_chain_has_a_text() {
    let [root, mut between, mut last] = ["root", "between", "last"].map(|name| {
        let mut params = authority();
        params.distinguished_name.push(DnType::CommonName, name);
        params
    });
    assert_eq!(below(&root, &[&between, &last]), None);
    between.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    assert_eq!(below(&root, &[&between]), None);
    let long = "the chain of the peer's certificate is longer than an authority in it allows";
    assert_eq!(below(&root, &[&between, &last]), Some(long));
    let permitted_subtrees = vec![GeneralSubtree::DnsName("a.example".into())];
    last.name_constraints = Some(NameConstraints { permitted_subtrees, excluded_subtrees: vec![] });
    let names = "the peer's certificate is for a name that an authority of its chain may not give";
    assert_eq!(below(&root, &[&last]), Some(names));
    between.is_ca = IsCa::NoCa;
    let issued = "the peer's certificate was issued by one that is not an authority's";
    assert_eq!(below(&root, &[&between]), Some(issued));
}

/// A client's certificate is judged in the same way.
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
