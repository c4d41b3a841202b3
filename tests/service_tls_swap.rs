//! Certificates are renewed while handshakes go on: none of these fails, and nothing is left of the old ones.
#![cfg(all(feature = "service", feature = "tls", target_os = "linux"))]

mod tls_support;

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use tls_support::socket::Client;
use tls_support::{Material, certificate};
use wireway::conn::{Event as ConnEvent, Response};
use wireway::http1::write::FieldRef;
use wireway::service::{Config, Event, EventKind, Mailbox, Next, Server};
use wireway::tls::{Options, Role, TlsConfig, Trust};

const SWAPS: usize = 1000;
/// From here on memory must not grow.
const WARM: usize = 200;

/// Kibibytes of this process.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux has it");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("and that");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

fn options<'a>(certificates: &'a [wireway::tls::Certificate<'a>]) -> Options<'a> {
    Options { certificates, ..Options::new(Role::Server) }
}

/// Swaps as often as handshakes are done, so that every swap has some beside it; by how much memory grew.
fn swap(tls: &TlsConfig, material: &Material, done: &AtomicUsize) -> usize {
    let mut warm = 0;
    for round in 0..SWAPS {
        let pair = if round % 2 == 0 { &material.renewed } else { &material.server };
        let swapped = tls.swap(&options(&[certificate(pair)]));
        assert!(swapped.is_ok());
        // The key of another: refused, and the good one stays.
        let bad = (pair.0.clone(), material.client.1.clone());
        assert!(tls.swap(&options(&[certificate(&bad)])).is_err());
        while done.load(SeqCst) < round {
            thread::sleep(Duration::from_micros(100));
        }
        if round == WARM {
            warm = resident();
        }
    }
    resident().saturating_sub(warm)
}

fn serve(server: &mut Server) -> usize {
    let response = Response { status: 200, reason: b"", content: b"", stream: None, lent: None, close: false };
    let mut ended = 0;
    loop {
        match server.next(Some(120_000)).expect("a wait") {
            Next::Event(Event { id, kind: EventKind::Conn(ConnEvent::Request { .. }), .. }) => {
                server.calls().respond(id, &response, std::iter::empty::<FieldRef<'_>>()).expect("answered");
            }
            Next::Event(Event { kind: EventKind::Closed(error), .. }) => {
                assert!(error.is_none(), "{error:?}");
                ended += 1;
            }
            Next::Event(_) => {}
            Next::Done => return ended,
            Next::Timeout => panic!("clients went silent"),
        }
    }
}

#[test]
fn a_thousand_swaps_fail_no_handshake_and_leak_nothing() {
    let material = Material::new();
    let tls = TlsConfig::new(&options(&[certificate(&material.server)])).expect("a config");
    let mut server = Server::new(&Config::new()).expect("a server");
    server.listen_tls(b"127.0.0.1:0", &tls).expect("listening");
    let address = server.address(0).expect("an address").to_string().parse().expect("an IP address");
    let mailbox: Mailbox = server.mailbox();
    let done = AtomicUsize::new(0);
    let (grown, ended) = thread::scope(|scope| {
        let clients = [0; 2].map(|_| {
            scope.spawn(|| {
                while done.load(SeqCst) < SWAPS {
                    let trust =
                        Options { trust: Trust::Roots(material.roots.as_bytes()), ..Options::new(Role::Client) };
                    let mut client = Client::new(address, &TlsConfig::new(&trust).expect("a client's config"));
                    client.ask(0);
                    client.pump.close(&mut client.ws).expect("closed");
                    while client.exchange() {}
                    done.fetch_add(1, SeqCst);
                }
            })
        });
        let swapping = scope.spawn(|| {
            let grown = swap(&tls, &material, &done);
            clients.into_iter().for_each(|client| client.join().expect("no handshake failed"));
            mailbox.drain(120_000).expect("drained");
            grown
        });
        let ended = serve(&mut server);
        (swapping.join().expect("no swap failed"), ended)
    });
    assert_eq!(ended, done.load(SeqCst));
    // A config takes nearly 3 KiB: if 800 of them stayed, that were more than 2 MiB.
    assert!(grown < 1024, "{grown} KiB more after {} swaps", SWAPS - WARM);
}
