//! Much content, one way and the other, and who waits for whom.

use wireway::conn::{Request, Response, Write, bits};

use crate::end::{End, GET, OK, carry, pair, whole};
use crate::tls_support::{VERSIONS, configs};

/// The octet at a place of a long content.
fn octets(len: usize) -> Vec<u8> {
    (0..len).map(|i| (i * 31 + i / 256) as u8).collect()
}

/// Sends content in parts of 50,000, as far as it is taken; what is left.
fn send<'a>(end: &mut End, mut content: &'a [u8]) -> &'a [u8] {
    while !content.is_empty() {
        let (part, rest) = content.split_at(content.len().min(50_000));
        if end.rig.conn.http1(&mut end.rig.ws).send(part) != Ok(Write::Queued) {
            return content;
        }
        content = rest;
    }
    end.rig.conn.http1(&mut end.rig.ws).finish(std::iter::empty()).unwrap();
    &[]
}

#[test]
fn a_long_upload_waits_for_the_transport() {
    for version in VERSIONS {
        let (mut client, mut server) = pair(&configs(version, false));
        let content = octets(3_000_000);
        client.ask(&Request { method: b"POST", stream: Some(Some(content.len() as u64)), ..GET });
        let mut rest = &content[..];
        loop {
            rest = send(&mut client, rest);
            assert!(
                client.rig.conn.queued() <= (256 << 10) + 50_100 + (1 << 10),
                "bounded: {}",
                client.rig.conn.queued()
            );
            if rest.is_empty() {
                break;
            }
            carry(&mut client, &mut server, &whole);
            assert_eq!(client.log.pop().as_deref(), Some("Writable"));
        }
        carry(&mut client, &mut server, &whole);
        assert!(server.content == content, "{version:?}");
    }
}

#[test]
fn a_long_download_keeps_what_was_given_out() {
    let (mut client, mut server) = pair(&configs(VERSIONS[1], false));
    server.is_silent = true;
    client.get();
    carry(&mut client, &mut server, &whole);
    let content = octets(2_000_000);
    server.respond(&Response { content: &content, ..OK });
    server.rig.conn.seal(&mut server.rig.ws);
    let mut shown = Vec::new();
    server.rig.conn.shown(&server.rig.ws).pieces(|piece| {
        let wireway::conn::Piece::Owned(octets) = piece else { panic!("nothing is lent over TLS") };
        shown.push((octets.as_ptr(), octets.to_vec()));
        true
    });
    let ahead: usize = shown.iter().map(|(_, octets)| octets.len()).sum();
    assert!((64 << 10..100 << 10).contains(&ahead), "{ahead} octets are sealed ahead");
    // Half of the first piece leaves, and more is sealed: the rest lies where it lay.
    server.rig.conn.sent(&mut server.rig.ws, shown[0].1.len() / 2, 1000).unwrap();
    server.rig.conn.seal(&mut server.rig.ws);
    let mut at = 0;
    server.rig.conn.shown(&server.rig.ws).pieces(|piece| {
        let wireway::conn::Piece::Owned(octets) = piece else { panic!("nothing is lent over TLS") };
        if let Some((place, before)) = shown.get(at).filter(|_| at > 0) {
            assert_eq!((octets.as_ptr(), &octets[..before.len()]), (*place, &before[..]));
        }
        at += 1;
        true
    });
    let half = shown[0].1.len() / 2;
    client.hear(&shown[0].1[..half]);
    carry(&mut client, &mut server, &whole);
    assert!(client.content == content);
}

#[test]
fn a_slow_client_stops_the_server_reading() {
    let (mut client, mut server) = pair(&configs(VERSIONS[1], false));
    server.is_silent = true;
    client.get();
    server.hear(&client.out(usize::MAX));
    server.respond(&Response { content: &octets(300_000), ..OK });
    assert!(!server.has(bits::WANT_READ) && server.has(bits::WANT_WRITE));
    carry(&mut client, &mut server, &whole);
    assert!(server.has(bits::WANT_READ) && !server.has(bits::WANT_WRITE));
    assert_eq!(client.content.len(), 300_000);
}

#[test]
fn what_was_lent_is_released_when_it_is_sealed() {
    let (mut client, mut server) = pair(&configs(VERSIONS[1], false));
    server.is_silent = true;
    client.get();
    server.hear(&client.out(usize::MAX));
    server.respond(&Response { content: &octets(20_000), lent: Some(7), ..OK });
    assert!(!server.has(bits::EVENTS), "the copy is queued");
    server.rig.conn.seal(&mut server.rig.ws);
    server.go_on();
    assert_eq!(server.log, ["request", "Released(7)"]);
    carry(&mut client, &mut server, &whole);
    client.get();
    carry(&mut client, &mut server, &whole);
    server.respond(&Response { stream: Some(None), content: b"", ..OK });
    assert_eq!(server.rig.conn.http1(&mut server.rig.ws).send_lent(&octets(100), 8), Ok(Write::Queued));
    server.rig.conn.http1(&mut server.rig.ws).finish(std::iter::empty()).unwrap();
    carry(&mut client, &mut server, &whole);
    assert_eq!(server.log[2..], ["request", "Released(8)"]);
    assert_eq!(client.content.len(), 20_100);
}
