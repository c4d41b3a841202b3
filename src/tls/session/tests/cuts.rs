//! The plaintext does not depend on cuts.

use super::rig::{End, Ours, Theirs, VERSIONS, carry, client_config, pair, server_config, with_their_client};

/// Text of length `len` without repetitions.
fn text(len: usize) -> Vec<u8> {
    (0..len as u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

/// Every pair of ends with at least one of ours.
fn pairs(version: &'static rustls::SupportedProtocolVersion) -> Vec<(Box<dyn End>, Box<dyn End>)> {
    let client = || Box::new(Ours::client(client_config(false)));
    let server = || Box::new(Ours::server(server_config(version, false)));
    let their_client = || Box::new(Theirs::client(client_config(false)));
    let their_server = || Box::new(Theirs::server(server_config(version, false)));
    let in_pieces = || {
        let mut config = server_config(version, false);
        config.max_fragment_size = Some(32);
        Box::new(Theirs::server(config))
    };
    vec![(client(), server()), (their_client(), server()), (client(), their_server()), (client(), in_pieces())]
}

#[test]
fn both_roles_at_any_step() {
    for version in VERSIONS {
        for step in [1, 2, 5, 64, 1000, usize::MAX] {
            for (mut client, mut server) in pairs(version) {
                carry(&mut *client, &mut *server, step);
                let (asked, answered) = (text(300), text(40_000));
                client.send(&asked);
                carry(&mut *client, &mut *server, step);
                server.send(&answered);
                server.send(b"more");
                carry(&mut *client, &mut *server, step);
                assert_eq!(server.got(), asked);
                assert_eq!(client.got(), [&answered, &b"more"[..]].concat());
            }
        }
    }
}

#[test]
fn records_cut_at_every_octet() {
    for version in VERSIONS {
        let (mut client, mut server) = with_their_client(version);
        let parts = ["one", "two", "", "three"];
        let all = parts.concat();
        for cut in 0.. {
            parts.iter().for_each(|part| client.send(part.as_bytes()));
            let octets = client.out();
            if cut > octets.len() {
                break;
            }
            server.got.clear();
            server.recv(&octets[..cut]);
            server.recv(&octets[cut..]);
            assert_eq!(server.got, all.as_bytes(), "{cut}");
            server.recv(&[]);
            assert_eq!(server.heap.used(), server.session.server_name().map_or(0, str::len), "nothing is pending");
        }
    }
}

#[test]
fn neighbouring_records_are_one_stretch() {
    for version in VERSIONS {
        let (mut client, mut server) = pair(version);
        for _ in 0..5 {
            client.send(&text(1000));
        }
        let octets = client.out();
        server.recv(&octets);
        assert_eq!(server.stretches, [(0, 5000)]);
        assert_eq!(server.got, text(1000).repeat(5));
    }
}

#[test]
fn a_lend_gives_two_stretches_at_most() {
    for version in VERSIONS {
        let (mut client, mut server) = pair(version);
        for _ in 0..4 {
            client.send(&text(1000));
        }
        let octets = client.out();
        let record = octets.len() / 4;
        server.recv(&octets[..record / 2]);
        server.recv(&octets[record / 2..record * 3 + 10]);
        server.recv(&octets[record * 3 + 10..]);
        assert_eq!(server.stretches, [(1000, 2000), (1000, 0)]);
        assert_eq!(server.got, text(1000).repeat(4));
        assert_eq!(server.session.opened().len(), 1000);
        server.session.release();
        assert_eq!(server.heap.used(), "example.com".len());
    }
}

#[test]
fn records_of_every_size() {
    for version in VERSIONS {
        let (mut client, mut server) = with_their_client(version);
        for len in [1, 2, 255, 256, 16_383, 16_384, 16_385, 32_768] {
            client.send(&text(len));
            let octets = client.out();
            server.got.clear();
            server.recv(&octets);
            assert_eq!(server.got, text(len));
            client.got.clear();
            server.send(&text(len));
            let octets = server.out();
            client.recv(&octets);
            assert_eq!(client.got, text(len));
        }
    }
}

/// Receives the start of a record octet by octet, then the rest: memory is at most twice what arrived.
fn recv_in_octets(server: &mut Ours, record: &[u8]) {
    let before = server.heap.used();
    for came in 1..=2000 {
        server.recv(&record[came - 1..came]);
        let pending = server.heap.used() - before;
        assert!((came..=2 * came).contains(&pending), "{pending} for {came}");
        assert_eq!(server.session.memory(), pending, "all of it is counted");
    }
    server.recv(&record[2000..]);
    server.session.release();
    assert_eq!(server.session.memory(), 0);
}

#[test]
fn h1_lim_07_an_announced_record_takes_no_memory_before_it_comes() {
    for version in VERSIONS {
        let mut server = Ours::server(server_config(version, false));
        // A ClientHello of 16,000 octets that is refused when complete.
        let hello = [&[22, 3, 1, 0x3e, 0x80, 1, 0, 0x3e, 0x7c][..], &[0; 15_996]].concat();
        recv_in_octets(&mut server, &hello);
        let (mut client, mut server) = pair(version);
        client.send(&text(16_000));
        recv_in_octets(&mut server, &client.out());
        assert_eq!(server.got, text(16_000));
    }
}
