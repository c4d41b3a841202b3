//! The options of a config. Everything is borrowed for one call.

use std::sync::Arc;

use super::key_log::KeyLog;

/// The side of handshakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Accepts handshakes; needs a certificate.
    Server,
    /// Starts handshakes; needs trust.
    Client,
}

/// A version of TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// TLS 1.2 (RFC 5246), with ephemeral key exchange and authenticated encryption only.
    Tls12,
    /// TLS 1.3 (RFC 8446).
    Tls13,
}

/// One's own certificate. It may be expired: a server must be able to start, and its clients will notice.
#[derive(Clone, Copy, Debug, Default)]
pub struct Certificate<'a> {
    /// PEM: the certificate, then its issuers up to a root, in order.
    pub chain: &'a [u8],
    /// PEM: its private key, unencrypted (PKCS #8, SEC 1 or PKCS #1).
    pub key: &'a [u8],
    /// DER: an OCSP response to staple (RFC 6066 §8); empty for none. Only its format is checked, not its signature or
    /// age.
    pub ocsp: &'a [u8],
    /// The host names it serves, `*.` for any one label; empty: those in the certificate.
    pub names: &'a [&'a str],
}

/// Whether a server requests client certificates (RFC 8446 §4.3.2). The octets are PEM: the accepted issuers.
#[derive(Clone, Copy, Debug)]
pub enum ClientAuth<'a> {
    /// No request.
    None,
    /// A client may send none; if it sends one, it must be valid.
    Optional(&'a [u8]),
    /// A client must send one.
    Required(&'a [u8]),
}

/// The trust of a client.
#[derive(Clone, Copy, Debug)]
pub enum Trust<'a> {
    /// The platform's roots (feature `tls-platform`).
    Platform,
    /// PEM: only these roots. A server certificate that equals one of them, octet for octet, is trusted like one issued
    /// by a root. A root that is not an authority issues no others.
    Roots(&'a [u8]),
    /// Any server that has the key of its certificate; issuer, name, times and purpose are not checked. For tests, and with pins, which
    /// then decide alone.
    Anyone,
}

/// The SHA-256 of a public key: of the SubjectPublicKeyInfo of a certificate, in DER.
pub type Pin = [u8; 32];

/// The key exchanges of TLS 1.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyExchange {
    /// X25519MLKEM768 before the classical ones, if the provider has it: protects recorded traffic against future
    /// quantum computers.
    PostQuantum,
    /// X25519, P-256 and P-384.
    Classical,
}

/// All options of a config. [`Options::new`] has the defaults.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The side. A config's role never changes.
    pub role: Role,
    /// Server: one or more; the first is the default. Client: none, or the one to send on request.
    pub certificates: &'a [Certificate<'a>],
    /// Server: refuse a client that asks for a host without a certificate.
    pub refuse_unknown_names: bool,
    /// Server only.
    pub client_auth: ClientAuth<'a>,
    /// Client only.
    pub trust: Trust<'a>,
    /// Client: the keys of which a trusted server must have one; empty: any key.
    pub pins: &'a [Pin],
    /// Application protocols in order of preference (RFC 7301); empty: the extension is not used.
    pub alpn: &'a [&'a [u8]],
    /// The oldest version.
    pub version_min: Version,
    /// The newest version.
    pub version_max: Version,
    /// Server: issue and accept tickets. Client: cache sessions.
    pub resumption: bool,
    /// Client: maximum number of servers with cached sessions.
    pub sessions_max: usize,
    /// The key exchanges to offer or accept.
    pub key_exchange: KeyExchange,
    /// Receives the secrets of every session, for debugging only.
    pub key_log: Option<Arc<dyn KeyLog>>,
    /// Server: permit handing a session's keys to a kernel that processes its records ([`super::Session::offload`]).
    pub kernel: bool,
}

impl Options<'_> {
    /// `http/1.1`, both versions, resumption, post-quantum key exchange, the platform's trust, no certificates.
    pub const fn new(role: Role) -> Self {
        Self {
            role,
            certificates: &[],
            refuse_unknown_names: false,
            client_auth: ClientAuth::None,
            trust: Trust::Platform,
            pins: &[],
            alpn: &[b"http/1.1"],
            version_min: Version::Tls12,
            version_max: Version::Tls13,
            resumption: true,
            sessions_max: 256,
            key_exchange: KeyExchange::PostQuantum,
            key_log: None,
            kernel: false,
        }
    }
}
