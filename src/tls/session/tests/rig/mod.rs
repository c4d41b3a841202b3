//! Two ends of TLS in memory.

mod certificates;
mod ends;

pub use certificates::{HOST, client_certificate, client_config, provider, server_config, untrusting_client_config};
pub use ends::{End, Ours, Theirs};

use rustls::SupportedProtocolVersion;
use rustls::version::{TLS12, TLS13};

pub const VERSIONS: [&SupportedProtocolVersion; 2] = [&TLS12, &TLS13];

/// Carries the output of both ends, `step` octets at a time, until there is none.
pub fn carry(a: &mut dyn End, b: &mut dyn End, step: usize) {
    loop {
        let (to_b, to_a) = (a.out(), b.out());
        if to_a.is_empty() && to_b.is_empty() {
            return;
        }
        to_b.chunks(step).for_each(|octets| b.recv(octets));
        to_a.chunks(step).for_each(|octets| a.recv(octets));
    }
}

/// A client and a server of ours after the handshake.
pub fn pair(version: &'static SupportedProtocolVersion) -> (Ours, Ours) {
    let (mut client, mut server) = (Ours::client(client_config(false)), Ours::server(server_config(version, false)));
    carry(&mut client, &mut server, usize::MAX);
    assert!(!client.session.is_handshaking() && !server.session.is_handshaking());
    (client, server)
}

/// A rustls client and a server of ours after the handshake.
pub fn with_their_client(version: &'static SupportedProtocolVersion) -> (Theirs, Ours) {
    let (mut client, mut server) = (Theirs::client(client_config(false)), Ours::server(server_config(version, false)));
    carry(&mut client, &mut server, usize::MAX);
    assert!(!client.is_handshaking() && !server.session.is_handshaking());
    (client, server)
}
