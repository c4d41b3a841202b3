//! Two pumps in memory, and what they are made from.
#![allow(dead_code, reason = "each test uses a part of it")]

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use wireway::conn::{Plain, Pump, Workspace};
use wireway::error::Error;
use wireway::memory::Heap;
use wireway::tls::{Certificate, ClientAuth, Options, Role, TlsConfig, Trust, Version};

pub const VERSIONS: [Version; 2] = [Version::Tls12, Version::Tls13];

/// The configs of a client and a server that speak this version; both have certificates, the server asks for one if `asks`.
pub fn configs(version: Version, asks: bool) -> (TlsConfig, TlsConfig) {
    let mut params = CertificateParams::new([]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let identity = |name: &str| {
        let key = KeyPair::generate().unwrap();
        let signed = CertificateParams::new([name.to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
        (signed.pem(), key.serialize_pem())
    };
    let (own, key) = identity("example.com");
    let (client_own, client_key) = identity("client");
    let (roots, certificates) = (issuer.pem(), [certificate(&own, &key)]);
    let mut server = Options { certificates: &certificates, ..Options::new(Role::Server) };
    (server.version_min, server.version_max) = (version, version);
    if asks {
        server.client_auth = ClientAuth::Required(roots.as_bytes());
    }
    let client_certificates = [certificate(&client_own, &client_key)];
    let mut client = Options { trust: Trust::Roots(roots.as_bytes()), ..Options::new(Role::Client) };
    if asks {
        client.certificates = &client_certificates;
    }
    (TlsConfig::new(&client).unwrap(), TlsConfig::new(&server).unwrap())
}

fn certificate<'a>(chain: &'a str, key: &'a str) -> Certificate<'a> {
    Certificate { chain: chain.as_bytes(), key: key.as_bytes(), ..Certificate::default() }
}

/// A pump and what came of it.
pub struct End {
    pub ws: Workspace,
    pub pump: Pump,
    pub got: Vec<u8>,
    /// How `next` ended.
    pub rest: Result<Plain, Error>,
}

impl End {
    pub fn new(config: &TlsConfig, authority: &str) -> Self {
        let mut ws = Workspace::new(Heap::new(64 << 20), 1 << 20);
        let pump = Pump::new(config, authority.as_bytes(), &mut ws).unwrap();
        Self { ws, pump, got: Vec::new(), rest: Ok(Plain::NeedInput) }
    }

    pub fn hear(&mut self, octets: &[u8]) {
        let mut lend = octets.to_vec();
        self.pump.receive(&mut self.ws, &mut lend).unwrap();
        self.drain(&lend);
    }

    pub fn drain(&mut self, lend: &[u8]) {
        loop {
            self.rest = self.pump.next();
            match &self.rest {
                Ok(Plain::Opened) => self.got.extend_from_slice(self.pump.opened()),
                Ok(Plain::Lent(range)) => self.got.extend_from_slice(&lend[range.clone()]),
                _ => return,
            }
        }
    }

    pub fn send(&mut self, parts: &[&[u8]]) -> bool {
        self.pump.send(&mut self.ws, parts).unwrap()
    }

    /// Takes the output, `step` octets at a time.
    pub fn out(&mut self, step: usize) -> Vec<u8> {
        let mut taken = Vec::new();
        loop {
            let before = taken.len();
            self.pump.pieces(&self.ws, |piece| {
                taken.extend_from_slice(&piece[..piece.len().min(step)]);
                false
            });
            if taken.len() == before {
                return taken;
            }
            self.pump.sent(&mut self.ws, taken.len() - before).unwrap();
        }
    }
}

/// Carries what each has for the other, `step` octets at a time, until neither has anything.
pub fn carry(a: &mut End, b: &mut End, step: usize) {
    loop {
        let (to_b, to_a) = (a.out(step), b.out(step));
        if to_a.is_empty() && to_b.is_empty() {
            return;
        }
        to_b.chunks(step).for_each(|octets| b.hear(octets));
        to_a.chunks(step).for_each(|octets| a.hear(octets));
    }
}

/// A client and a server, shaken hands.
pub fn pair(version: Version) -> (End, End) {
    let (client, server) = configs(version, false);
    let (mut client, mut server) = (End::new(&client, "example.com:443"), End::new(&server, ""));
    carry(&mut client, &mut server, usize::MAX);
    (client, server)
}
