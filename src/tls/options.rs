//! What a config is made from. Everything is borrowed for one call.

use std::sync::Arc;

use super::key_log::KeyLog;

/// Which side of handshakes a config is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Answers handshakes; needs a certificate.
    Server,
    /// Begins handshakes; needs trust.
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

/// A certificate of one's own. It may be expired: a server must be able to start, and its clients will tell.
#[derive(Clone, Copy, Debug, Default)]
pub struct Certificate<'a> {
    /// PEM: the certificate, then those that lead to a root, each signed by the next.
    pub chain: &'a [u8],
    /// PEM: its private key, not encrypted (PKCS #8, SEC 1 or PKCS #1).
    pub key: &'a [u8],
    /// DER: an OCSP response to staple (RFC 6066 §8); empty for none. Its shape is checked, not its signature or its age.
    pub ocsp: &'a [u8],
    /// The host names it serves, `*.` for any one label; empty: those of the certificate itself.
    pub names: &'a [&'a str],
}

/// Whether a server asks clients for certificates (RFC 8446 §4.3.2). The octets are PEM, the certificates that may have signed them.
#[derive(Clone, Copy, Debug)]
pub enum ClientAuth<'a> {
    /// It does not ask.
    None,
    /// A client may have none; one that it has must be good.
    Optional(&'a [u8]),
    /// A client must have one.
    Required(&'a [u8]),
}

/// Whom a client believes.
#[derive(Clone, Copy, Debug)]
pub enum Trust<'a> {
    /// What the platform trusts (feature `tls-platform`).
    Platform,
    /// PEM: these roots and no others. One that a server shows itself, octet for octet, is trusted as any other certificate is that a root has
    /// signed; one that is no authority's has signed none.
    Roots(&'a [u8]),
    /// Whoever has the key of the certificate that it shows, whatever that says: no issuer, name, time or purpose is looked at. For tests, and with
    /// pins, which are then all that is believed.
    Anyone,
}

/// The SHA-256 of a public key: of the SubjectPublicKeyInfo of a certificate, in DER.
pub type Pin = [u8; 32];

/// Which key exchanges are offered or taken, in TLS 1.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyExchange {
    /// X25519MLKEM768 before the classical ones, where the provider has it: not to be read by a later quantum computer.
    PostQuantum,
    /// X25519, P-256 and P-384.
    Classical,
}

/// Everything about a config. [`Options::new`] has the defaults.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The side; a config keeps it for ever.
    pub role: Role,
    /// Server: one or more, the first is the default. Client: none, or the one to answer with when it is asked.
    pub certificates: &'a [Certificate<'a>],
    /// Server: a client that names a host none of the certificates serves is refused.
    pub refuse_unknown_names: bool,
    /// Server.
    pub client_auth: ClientAuth<'a>,
    /// Client.
    pub trust: Trust<'a>,
    /// Client: of those that it trusts it believes only a server whose certificate has one of these keys; empty: any key.
    pub pins: &'a [Pin],
    /// Application protocols, most wanted first (RFC 7301); empty: the extension is not used.
    pub alpn: &'a [&'a [u8]],
    /// The oldest version.
    pub version_min: Version,
    /// The newest version.
    pub version_max: Version,
    /// Server: tickets are given and taken. Client: sessions are kept.
    pub resumption: bool,
    /// Client: the most servers whose sessions are kept.
    pub sessions_max: usize,
    /// What is offered or taken.
    pub key_exchange: KeyExchange,
    /// Takes the secrets of every session, for debugging only.
    pub key_log: Option<Arc<dyn KeyLog>>,
    /// Server: the keys of a session may be taken out of it, for a kernel that does its records ([`super::Session::offload`]).
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
