//! The peer of a connection over TLS: a pump of the other role.

use std::fs;
use std::path::Path;

use wireway::conn::{Plain, Pump, Workspace, bits};
use wireway::memory::Heap;
use wireway::tls::{Certificate, Options, Role, TlsConfig, Trust, Version};

use super::case;
use super::tls_command::tls_end;

/// Whom clients connect to.
pub const NAME: &[u8] = b"a.example:443";

pub struct TlsPeer {
    ws: Workspace,
    pump: Pump,
    /// What the connection sent, opened.
    got: Vec<u8>,
    /// How TLS ended.
    end: String,
}

/// A config of the certificates in `tests/tls`. `None`: of all versions.
pub fn config(role: Role, version: Option<Version>) -> TlsConfig {
    let read =
        |name: &str| fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tls").join(name)).expect("a file");
    let (chain, key, roots) = (read("server.pem"), read("server.key"), read("ca.pem"));
    let certificates = [Certificate { chain: &chain, key: &key, ..Certificate::default() }];
    let mut options = Options::new(role);
    match role {
        Role::Server => options.certificates = &certificates,
        Role::Client => options.trust = Trust::Roots(&roots),
    }
    if let Some(version) = version {
        (options.version_min, options.version_max) = (version, version);
    }
    TlsConfig::new(&options).expect("a config")
}

impl TlsPeer {
    /// The peer of a connection of this role, which speaks this version.
    pub fn new(of: case::Role, version: &str) -> Result<Self, String> {
        let version = if version == "1.2" { Version::Tls12 } else { Version::Tls13 };
        let role = if of == case::Role::Server { Role::Client } else { Role::Server };
        let mut ws = Workspace::new(Heap::new(1 << 24), 1 << 20);
        let pump = Pump::new(&config(role, Some(version)), NAME, &mut ws).map_err(|error| error.to_string())?;
        Ok(Self { ws, pump, got: Vec::new(), end: "open".into() })
    }

    pub fn is_handshaking(&self) -> bool {
        self.pump.state() & bits::TLS_HANDSHAKE != 0
    }

    /// Records of these octets.
    pub fn seal(&mut self, octets: &[u8]) -> Vec<u8> {
        // What a peer whose TLS has ended cannot send is not sent.
        let _ = self.pump.send(&mut self.ws, &[octets]);
        self.out()
    }

    /// A close_notify.
    pub fn close(&mut self) -> Vec<u8> {
        let _ = self.pump.close(&mut self.ws);
        self.out()
    }

    /// Takes records of the connection; what it says to them.
    pub fn hear(&mut self, octets: &[u8]) -> Vec<u8> {
        let mut lend = octets.to_vec();
        let heard = self.pump.receive(&mut self.ws, &mut lend);
        while let (Ok(()), Ok(plain)) = (&heard, self.pump.pull()) {
            match plain {
                Plain::Opened => self.got.extend_from_slice(self.pump.opened()),
                Plain::Lent(range) => self.got.extend_from_slice(&lend[range]),
                Plain::NeedInput => break,
                Plain::Done => {
                    self.end = "close_notify".into();
                    break;
                }
            }
        }
        if let Err(error) = self.pump.pull() {
            self.end = tls_end(&error.fault.reason.to_string_lossy());
        }
        self.out()
    }

    /// What the connection sent.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.got)
    }

    pub fn end(&self) -> String {
        self.end.clone()
    }

    fn out(&mut self) -> Vec<u8> {
        let mut octets = Vec::new();
        self.pump.pieces(&self.ws, |piece| {
            octets.extend_from_slice(piece);
            true
        });
        self.pump.sent(&mut self.ws, octets.len()).expect("what was queued");
        octets
    }
}

impl Drop for TlsPeer {
    fn drop(&mut self) {
        self.pump.release(&mut self.ws);
    }
}
