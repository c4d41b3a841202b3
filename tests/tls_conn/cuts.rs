//! However the octets are cut, the same happens.

use wireway::conn::{Connect, Request, Write, bits};
use wireway::tls::{TlsConfig, Version};
use wireway::websocket::machine::Part;

use crate::end::{End, GET, carry, ends, pair, whole};
use crate::rig::Rig;
use crate::tls_support::{VERSIONS, configs};

const CONNECT: Connect<'_> = Connect {
    target: b"/",
    authority: b"example.com",
    subprotocols: b"",
    deflate: false,
    delivery: None,
    answers: false,
};

/// A request before the handshake, one behind it, a WebSocket, its end; what both saw.
fn talk(configs: &(TlsConfig, TlsConfig), cut: &impl Fn(&[u8]) -> Vec<Vec<u8>>) -> (Vec<String>, Vec<String>) {
    let (mut client, mut server) = ends(configs);
    client.get();
    assert!(client.has(bits::TLS_HANDSHAKE | bits::WANT_WRITE | bits::WANT_READ));
    carry(&mut client, &mut server, cut);
    assert_eq!(client.content, b"hello");
    client.get();
    carry(&mut client, &mut server, cut);
    let Rig { conn, ws, .. } = &mut client.rig;
    assert_eq!(conn.websocket(ws).request(&CONNECT, std::iter::empty()), Ok(Write::Queued));
    carry(&mut client, &mut server, cut);
    let Rig { conn, ws, .. } = &mut client.rig;
    assert_eq!(conn.websocket(ws).send_message(Part::whole(true), b"echo"), Ok(Write::Queued));
    carry(&mut client, &mut server, cut);
    let Rig { conn, ws, .. } = &mut client.rig;
    conn.websocket(ws).close(1000, b"").unwrap();
    carry(&mut client, &mut server, cut);
    assert!(server.has(bits::CLOSE), "a server closes the transport first");
    client.eof();
    assert!(client.has(bits::CLOSE));
    (client.log, server.log)
}

fn expected() -> (Vec<String>, Vec<String>) {
    let lines = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect();
    (
        lines(&["response 200", "response 200", "response 101", "message echo", "close 1000"]),
        lines(&["request", "request", "request", "message echo", "close 1000"]),
    )
}

#[test]
fn whole_and_octet_by_octet() {
    for version in VERSIONS {
        let configs = configs(version, false);
        for size in [1 << 16, 1, 2, 7, 1000] {
            let seen = talk(&configs, &|octets| octets.chunks(size).map(<[u8]>::to_vec).collect());
            assert_eq!(seen, expected(), "{version:?} in pieces of {size}");
        }
    }
}

/// Every flight is cut in two there.
#[test]
fn at_every_place() {
    for version in VERSIONS {
        let configs = configs(version, false);
        let longest = std::cell::Cell::new(0);
        let note = |octets: &[u8]| {
            longest.set(longest.get().max(octets.len()));
            whole(octets)
        };
        talk(&configs, &note);
        let step = if version == Version::Tls13 { 1 } else { 3 };
        for at in (1..longest.get()).step_by(step) {
            let seen = talk(&configs, &|octets| {
                let (first, rest) = octets.split_at(at.min(octets.len()));
                [first, rest].into_iter().filter(|part| !part.is_empty()).map(<[u8]>::to_vec).collect()
            });
            assert_eq!(seen, expected(), "{version:?} cut at {at}");
        }
    }
}

/// Of a record only what came takes memory, in the handshake and behind it, and the connection tells of it.
#[test]
fn h1_lim_07_an_incomplete_record_counts_as_memory_of_its_connection() {
    let begun = |end: &mut End, record: &[u8]| {
        let before = end.rig.conn.shown(&end.rig.ws).memory();
        for (heard, came) in [(0, 5), (5, 1000), (1000, 3000)] {
            assert!(end.hear(&record[heard..came]));
            let kept = end.rig.conn.shown(&end.rig.ws).memory() - before;
            assert!((came..=2 * came).contains(&kept), "{kept} for {came}");
        }
    };
    for version in VERSIONS {
        let configs = configs(version, false);
        let (_, mut server) = ends(&configs);
        begun(&mut server, &[&[22, 3, 1, 0x3e, 0x80, 1, 0, 0x3e, 0x7c][..], &[0; 4000]].concat());
        let (mut client, mut server) = pair(&configs);
        client.ask(&Request { method: b"POST", content: &[b'x'; 16_000], ..GET });
        let record = client.out(usize::MAX);
        begun(&mut server, &record);
        assert!(server.hear(&record[3000..]));
        assert_eq!(server.content.len(), 16_000);
    }
}

/// Who ends the largest holder has its memory back at once.
#[test]
fn h1_lim_07_an_abort_gives_a_cut_record_back() {
    for version in VERSIONS {
        let (mut client, mut server) = pair(&configs(version, false));
        client.ask(&Request { method: b"POST", content: &[b'x'; 16_000], ..GET });
        let record = client.out(usize::MAX);
        assert!(server.hear(&record[..12_000]));
        let held = server.rig.conn.shown(&server.rig.ws).memory();
        assert!(held >= 12_000 - 1000, "{held}");
        server.rig.conn.abort(&mut server.rig.ws, 1000);
        assert_eq!(server.rig.conn.shown(&server.rig.ws).memory(), 0);
    }
}
