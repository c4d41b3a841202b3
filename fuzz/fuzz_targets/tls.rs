//! A server's TLS before its handshake is done: any cut of what comes gives the same error, name and plaintext, and little is kept.
//!
//! The first octet says whether the rest is records as they are, or handshake messages that are put into records here.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use wireway::conn::{Plain, Pump, Workspace};
use wireway::error::Code;
use wireway::memory::Heap;
use wireway::tls::{Certificate, Options, Role, TlsConfig};
use wireway_fuzz::cuts;

static CONFIG: LazyLock<TlsConfig> = LazyLock::new(|| {
    let (chain, key) = (include_bytes!("../tls/server.pem"), include_bytes!("../tls/server.key"));
    let certificates = [Certificate { chain, key, ..Certificate::default() }];
    TlsConfig::new(&Options { certificates: &certificates, ..Options::new(Role::Server) }).expect("it is good")
});

/// More than the workspace may hold for a session in its handshake: two handshake messages, their records and the answers.
const MOST: usize = 400 << 10;

fuzz_target!(|data: &[u8]| {
    let Some((&[size, scale, seed], octets)) = data.split_first_chunk() else { return };
    let wire = if size == 0 { octets.to_vec() } else { records(octets, size.into()) };
    assert_eq!(run(&wire, cuts::whole()), run(&wire, cuts::chosen(scale, seed, wire.len())));
});

/// Handshake messages in records of `size` octets.
fn records(octets: &[u8], size: usize) -> Vec<u8> {
    let mut wire = Vec::new();
    for piece in octets.chunks(size) {
        wire.extend([22, 3, 1, 0, piece.len() as u8]);
        wire.extend(piece);
    }
    wire
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    code: Option<Code>,
    name: Option<String>,
    version: Option<u16>,
    plain: Vec<u8>,
}

fn run(wire: &[u8], mut pieces: impl Iterator<Item = usize>) -> Outcome {
    let mut ws = Workspace::new(Heap::new(MOST), MOST);
    let mut pump = Pump::new(&CONFIG, b"", &mut ws).expect("there is memory");
    let mut outcome = Outcome::default();
    let mut rest = wire;
    while !rest.is_empty() && outcome.code.is_none() {
        let (piece, behind) = rest.split_at(pieces.next().unwrap_or(1).min(rest.len()));
        rest = behind;
        let mut lend = piece.to_vec();
        pump.receive(&mut ws, &mut lend).expect("the lend before is drained");
        outcome.code = loop {
            match pump.pull() {
                Ok(Plain::Opened) => outcome.plain.extend_from_slice(pump.opened()),
                Ok(Plain::Lent(range)) => outcome.plain.extend_from_slice(&lend[range]),
                Ok(_) => break None,
                Err(error) => break Some(error.code()),
            }
        };
    }
    outcome.name = pump.session().server_name().map(str::to_owned);
    outcome.version = pump.session().version();
    pump.release(&mut ws);
    assert_ne!(outcome.code, Some(Code::Nomem), "no peer takes so much");
    outcome
}
