//! Records and hellos that are refused: the peer gets the alert, and time to read it.

use wireway::conn::bits;

use crate::end::{End, ends, pair};
use crate::tls_support::{VERSIONS, configs};

/// The end has failed for this reason and has something to say. It stays until the peer ends, so that no reset goes before the alert.
fn assert_told(end: &mut End, error: &str) -> Vec<u8> {
    assert_eq!(end.log.last().map(String::as_str), Some(error));
    let alert = end.out(usize::MAX);
    assert!(end.has(bits::SHUTDOWN_WRITE | bits::WANT_READ) && !end.has(bits::CLOSE), "it lingers");
    for _ in 0..4 {
        assert!(end.hear(&[b'x'; 10_000]), "what else comes is read and dropped");
    }
    end.eof();
    assert!(end.has(bits::CLOSE) && end.out(usize::MAX).is_empty());
    alert
}

#[test]
fn tls_06_a_record_that_is_too_long_in_the_clear() {
    for len in [16_385u16, 18_432, 18_433, 65_535] {
        let header = [22, 3, 1, (len >> 8) as u8, len as u8];
        let (mut client, mut server) = ends(&configs(VERSIONS[1], false));
        client.out(usize::MAX);
        for end in [&mut client, &mut server] {
            end.hear(&header);
            assert_eq!(assert_told(end, "error TlsRecord"), b"\x15\x03\x03\x00\x02\x02\x16");
        }
    }
}

#[test]
fn tls_06_a_record_that_is_too_long_behind_the_handshake() {
    for (version, len) in [(VERSIONS[0], 18_433u16), (VERSIONS[1], 16_641)] {
        let header = [23, 3, 3, (len >> 8) as u8, len as u8];
        for of_client in [true, false] {
            let (client, server) = pair(&configs(version, false));
            let (mut end, mut peer) = if of_client { (client, server) } else { (server, client) };
            end.hear(&header);
            let alert = assert_told(&mut end, "error TlsRecord");
            peer.hear(&alert);
            assert_eq!(peer.log.last().map(String::as_str), Some("error TlsAlert"));
            let reason = peer.rig.conn.error().unwrap().fault.reason;
            assert_eq!(reason, c"the peer sent the alert record_overflow (22)");
        }
    }
}

#[test]
fn tls_07_a_hello_that_is_too_long() {
    for hello in
        [&b"\x16\x03\x01\x00\x09\x01\x01\x00\x00\x03\x03xxx"[..], b"\x16\x03\x01\x00\x09\x01\xff\xff\xff\x03\x03xxx"]
    {
        let (_, mut server) = ends(&configs(VERSIONS[1], false));
        server.hear(hello);
        assert_eq!(assert_told(&mut server, "error TlsHandshake"), b"\x15\x03\x03\x00\x02\x02\x32");
    }
}
