//! What a TLS config is made from, as C describes it.

use core::ffi::c_char;

use crate::ffi::head::types::ww_span;

/// TLS 1.2 (RFC 5246), for `version_min` and `version_max`.
pub const WW_TLS_1_2: u32 = 0x0303;
/// TLS 1.3 (RFC 8446), for `version_min` and `version_max`.
pub const WW_TLS_1_3: u32 = 0x0304;

/// TLS flag, server: a client that names a host none of the certificates serves is refused, with alert 49. One that names none gets
/// the first certificate all the same.
pub const WW_TLS_REFUSE_UNKNOWN_NAMES: u32 = 1 << 0;
/// TLS flag, server: with `client_ca_pem` or `client_ca_path`, a client may have no certificate. One that it has must be good.
pub const WW_TLS_CLIENT_CERT_OPTIONAL: u32 = 1 << 1;
/// TLS flag: every handshake is a full one. A server gives no tickets, a client keeps no sessions.
pub const WW_TLS_NO_RESUMPTION: u32 = 1 << 2;
/// TLS flag: no application protocol is offered or chosen (RFC 7301).
pub const WW_TLS_NO_ALPN: u32 = 1 << 3;
/// TLS flag: no post-quantum key exchange. It is X25519MLKEM768 otherwise, if the peer can; X25519 alone saves CPU time and 1.2 KiB
/// in each direction of a handshake, and what is recorded today may be read when there are quantum computers for it.
pub const WW_TLS_NO_POST_QUANTUM: u32 = 1 << 4;
/// TLS flag: the secrets of all sessions are appended to the file that the environment variable SSLKEYLOGFILE names, if it does.
pub const WW_TLS_KEY_LOG_ENV: u32 = 1 << 5;
/// TLS flag, server: ww_server gives the keys of its connections to the system when their handshakes are done, where the system does TLS
/// (Linux, module `tls`; docs/platforms.md), and nothing is encrypted or decrypted in the program from then on. Elsewhere, and where the
/// system does not take them, nothing changes. WW_TLS_INFO_KERNEL tells. Without this flag keys never leave the cryptography they were made
/// by; with it this library can take them out. A peer that changes keys (KeyUpdate) needs Linux 6.14; before it the connection ends.
pub const WW_TLS_KERNEL: u32 = 1 << 6;

/// TLS flag, client: a server is believed whatever certificate it shows, if it has its key: no issuer, name, time or purpose is looked at, so
/// that anyone on the way can be that server. For tests, and with `pins`, which are then all that is believed. Not with `roots_pem`.
pub const WW_TLS_TRUST_ANYONE: u32 = 1 << 7;

/// Octets of a pin.
pub const WW_TLS_PIN_LEN: usize = 32;

/// A certificate of one's own; zero what is not used, or start from WW_TLS_CERTIFICATE_INIT or WW_TLS_CERTIFICATE_FILES(chain, key).
/// Of each pair of span and path at most one is given. Files are read by the call, up to 16 MiB each.
///
/// It may be expired, so that a server can start; its peers will tell.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_tls_certificate {
    /// The certificate, then those that lead to a root, each signed by the next; PEM.
    pub chain_pem: ww_span,
    /// Its private key, not encrypted: PKCS #8, SEC 1 or PKCS #1; PEM. RSA of 2048 to 4096 bits, ECDSA on P-256 or P-384, Ed25519.
    pub key_pem: ww_span,
    /// An OCSP response to staple (RFC 6066 section 8), or nothing; DER. Its signature and its age are not checked.
    pub ocsp: ww_span,
    /// The file of `chain_pem`, or NULL. Paths are NUL-terminated.
    pub chain_path: *const c_char,
    /// The file of `key_pem`, or NULL.
    pub key_path: *const c_char,
    /// The file of `ocsp`, or NULL.
    pub ocsp_path: *const c_char,
    /// The host names it serves, `*.` for any one label; NULL: those in the certificate.
    pub names: *const ww_span,
    /// How many.
    pub name_count: usize,
    /// 0.
    pub reserved: [usize; 2],
}

/// What a TLS config is made from; start from WW_TLS_OPTIONS_INIT, every zero is the default given here. Nothing of it is kept.
///
/// A server needs a certificate. Of several it shows the one whose name the client asks for, else one with a wildcard for its first
/// label, else the first; of several for one name the first whose key the client can verify, so that ECDSA and RSA stand side by
/// side.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_tls_options {
    /// sizeof(ww_tls_options); set by WW_TLS_OPTIONS_INIT.
    pub size: usize,
    /// WW_ROLE_SERVER or WW_ROLE_CLIENT.
    pub role: u32,
    /// WW_TLS_* bits.
    pub flags: u32,
    /// Server: at least one. Client: none, or the one to show to servers that ask.
    pub certificates: *const ww_tls_certificate,
    /// How many.
    pub certificate_count: usize,
    /// Server: clients must show a certificate that one of these has signed, or one of these themselves, as with `roots_pem`; PEM. NULL:
    /// clients are not asked.
    pub client_ca_pem: ww_span,
    /// The file of `client_ca_pem`, or NULL.
    pub client_ca_path: *const c_char,
    /// Client: servers must show a certificate that leads to one of these, or one of these themselves, octet for octet, as
    /// `openssl req -x509` makes it; its name, times and purpose are checked in either case. One that is no authority's vouches for
    /// itself alone. PEM. NULL: what the platform trusts, which on Linux and
    /// the like are the distribution's files, or those named by the environment variables SSL_CERT_FILE and SSL_CERT_DIR.
    pub roots_pem: ww_span,
    /// The file of `roots_pem`, or NULL.
    pub roots_path: *const c_char,
    /// The application protocols, most wanted first (RFC 7301); NULL: `http/1.1`. A peer with others only is refused, alert 120.
    pub alpn: *const ww_span,
    /// How many.
    pub alpn_count: usize,
    /// The oldest version, default WW_TLS_1_2.
    pub version_min: u32,
    /// The newest version, default WW_TLS_1_3.
    pub version_max: u32,
    /// Client: the most servers whose sessions are kept, default 256, at most 65536.
    pub sessions_max: u32,
    /// 0.
    pub reserved: u32,
    /// For debugging: a file to which the secrets of all sessions are appended, in NSS' format. Whoever has it reads the sessions.
    pub key_log_path: *const c_char,
    /// Client: the public keys that a server may have, beside being trusted: `pin_count` times WW_TLS_PIN_LEN octets, each the SHA-256 of
    /// the SubjectPublicKeyInfo of a certificate, in octets: ww_base64_decode() makes them of what follows `sha256//` in curl's
    /// `--pinnedpubkey`. Give the key that comes next as well, or nobody gets in when keys change. NULL: any key. A server with another one
    /// is refused with WW_E_TLS_VERIFY (TLS-09).
    pub pins: *const u8,
    /// How many.
    pub pin_count: usize,
}
