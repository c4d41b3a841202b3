//! What each refusal of a certificate says (TLS-08).

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CustomExtension, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, NameConstraints, date_time_ymd,
};

use super::issuing::{authority, key, params, refusal, signed};
use super::rig::HOST;

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
    assert_eq!(authority, "the peer's certificate is an authority's, and not itself trusted");
    let critical = leaf(|params| {
        let mut extension = CustomExtension::from_oid_content(&[2, 5, 29, 99], vec![5, 0]);
        extension.set_criticality(true);
        params.custom_extensions.push(extension);
    });
    assert_eq!(critical, "the peer's certificate has an unknown critical extension");

    let stranger = CertifiedIssuer::self_signed(params(&["stranger"]), key()).unwrap();
    let unknown = refusal(&roots, &signed(&params(&[HOST]), &stranger));
    assert_eq!(unknown, Some("the peer's certificate has an unknown issuer"));
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
    let issued = "the peer's certificate was issued by a certificate that is not an authority's";
    assert_eq!(below(&root, &[&between]), Some(issued));
}
