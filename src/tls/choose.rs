//! Selects the certificate for a client, by SNI (RFC 6066 §3) and the signatures it can verify.

use std::collections::HashMap;
use std::sync::Arc;

use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

use super::identity::Identity;

/// The certificates of a server by name.
#[derive(Debug)]
pub(super) struct Choice {
    /// In the given order; the first is the default.
    all: Vec<Arc<CertifiedKey>>,
    /// Host names in lower case; a wildcard begins with its dot.
    names: HashMap<Box<str>, Vec<Arc<CertifiedKey>>>,
    refuse_unknown: bool,
}

impl Choice {
    pub fn new(identities: Vec<Identity>, refuse_unknown: bool) -> Self {
        let mut choice = Self { all: Vec::with_capacity(identities.len()), names: HashMap::new(), refuse_unknown };
        for Identity { certified, names } in identities {
            let certified = Arc::new(certified);
            for name in names {
                let name = name.strip_prefix('*').unwrap_or(&name);
                choice.names.entry(name.into()).or_default().push(certified.clone());
            }
            choice.all.push(certified);
        }
        choice
    }

    /// The certificates for `name`: exact matches, or else those with a wildcard for the first label.
    fn of(&self, name: &str) -> Option<&[Arc<CertifiedKey>]> {
        let name = name.to_ascii_lowercase();
        let wildcard = || self.names.get(&name[name.find('.')?..]);
        self.names.get(name.as_str()).or_else(wildcard).map(Vec::as_slice)
    }
}

impl ResolvesServerCert for Choice {
    /// The first candidate whose key makes a signature that the client accepts, for example ECDSA for most and RSA for
    /// old ones.
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let candidates = match hello.server_name().map(|name| self.of(name)) {
            Some(Some(named)) => named,
            Some(None) if self.refuse_unknown => return None,
            _ => &self.all,
        };
        let suits = |candidate: &&Arc<CertifiedKey>| candidate.key.choose_scheme(hello.signature_schemes()).is_some();
        match candidates {
            [only] => Some(only.clone()),
            _ => candidates.iter().find(suits).or(candidates.first()).cloned(),
        }
    }
}
