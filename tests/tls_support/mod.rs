//! Two pumps in memory, and what they are made from.
#![allow(dead_code, reason = "each test uses a part of it")]

pub mod socket;

use std::fs;
use std::path::{Path, PathBuf};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use wireway::conn::{Plain, Pump, Workspace};
use wireway::error::Error;
use wireway::memory::Heap;
use wireway::tls::{Certificate, ClientAuth, Options, Role, TlsConfig, Trust, Version};

pub const VERSIONS: [Version; 2] = [Version::Tls12, Version::Tls13];

/// What an authority has signed, in PEM.
pub struct Material {
    pub roots: String,
    pub server: (String, String),
    /// Another one of the same name.
    pub renewed: (String, String),
    pub client: (String, String),
}

impl Material {
    pub fn new() -> Self {
        let mut params = CertificateParams::new([]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "the authority of the tests");
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let identity = |name: &str| {
            let key = KeyPair::generate().unwrap();
            let signed = CertificateParams::new([name.to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
            (signed.pem(), key.serialize_pem())
        };
        Self {
            roots: issuer.pem(),
            server: identity("example.com"),
            renewed: identity("example.com"),
            client: identity("client"),
        }
    }
}

/// The server's chain, its key and the roots in files, which go with this.
pub struct Files(PathBuf);

impl Files {
    pub fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let files = Self(folder);
        let Material { roots, server: (chain, key), .. } = Material::new();
        for (path, content) in files.paths().iter().zip([chain, key, roots]) {
            fs::write(path, content).unwrap();
        }
        files
    }

    pub fn paths(&self) -> [PathBuf; 3] {
        ["chain.pem", "key.pem", "roots.pem"].map(|name| self.0.join(name))
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The configs of a client and a server that speaks this version; both have certificates, the server asks for one if `asks`.
pub fn configs(version: Version, asks: bool) -> (TlsConfig, TlsConfig) {
    configs_with(version, asks, false)
}

/// The same; `kernel`: the server's keys may be taken out.
pub fn configs_with(version: Version, asks: bool, kernel: bool) -> (TlsConfig, TlsConfig) {
    let material = Material::new();
    let roots = material.roots.as_bytes();
    let certificates = [certificate(&material.server)];
    let mut server = Options { certificates: &certificates, kernel, ..Options::new(Role::Server) };
    (server.version_min, server.version_max) = (version, version);
    let client_certificates = [certificate(&material.client)];
    let mut client = Options { trust: Trust::Roots(roots), ..Options::new(Role::Client) };
    if asks {
        server.client_auth = ClientAuth::Required(roots);
        client.certificates = &client_certificates;
    }
    (TlsConfig::new(&client).unwrap(), TlsConfig::new(&server).unwrap())
}

pub fn certificate((chain, key): &(String, String)) -> Certificate<'_> {
    Certificate { chain: chain.as_bytes(), key: key.as_bytes(), ..Certificate::default() }
}

/// A pump and what came of it.
pub struct End {
    pub ws: Workspace,
    pub pump: Pump,
    pub got: Vec<u8>,
    /// How `pull` ended.
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
            self.rest = self.pump.pull();
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
