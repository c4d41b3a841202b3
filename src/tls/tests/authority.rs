//! Certificates for tests.

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, SignatureAlgorithm, date_time_ymd,
};

use super::Certificate;

/// A key pair of 2048 bits: ring cannot make one.
pub const RSA_KEY: &str = include_str!("../../../tests/tls/rsa.key");

/// Signs certificates.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate and its key, in PEM.
pub struct Pair {
    pub chain: String,
    pub key: String,
    pub der: Vec<u8>,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A certificate for these host names with a key on P-256.
    pub fn issue(&self, names: &[&str]) -> Pair {
        self.sign(params(names), &KeyPair::generate().unwrap())
    }

    pub fn issue_for(&self, names: &[&str], algorithm: &'static SignatureAlgorithm) -> Pair {
        self.sign(params(names), &KeyPair::generate_for(algorithm).unwrap())
    }

    pub fn issue_rsa(&self, names: &[&str]) -> Pair {
        self.sign(params(names), &KeyPair::from_pem(RSA_KEY).unwrap())
    }

    /// A certificate that was good until 2020.
    pub fn issue_expired(&self, names: &[&str]) -> Pair {
        let mut params = params(names);
        (params.not_before, params.not_after) = (date_time_ymd(2019, 1, 1), date_time_ymd(2020, 1, 1));
        self.sign(params, &KeyPair::generate().unwrap())
    }

    fn sign(&self, params: CertificateParams, key: &KeyPair) -> Pair {
        let signed = params.signed_by(key, &self.0).unwrap();
        Pair { chain: signed.pem(), key: key.serialize_pem(), der: signed.der().to_vec() }
    }
}

fn params(names: &[&str]) -> CertificateParams {
    CertificateParams::new(names.iter().map(|name| String::from(*name)).collect::<Vec<_>>()).unwrap()
}

impl Pair {
    pub fn certificate(&self) -> Certificate<'_> {
        Certificate { chain: self.chain.as_bytes(), key: self.key.as_bytes(), ..Certificate::default() }
    }
}
