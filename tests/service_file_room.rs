//! How much the system holds of a long file that is sent, and of other output. Linux, since no other system can be told.
#![cfg(all(feature = "service", target_os = "linux"))]

mod service_support;

use service_support::files::*;
use service_support::*;
use std::io::Read as _;
use std::net::TcpStream;
use wireway::conn::{Response, Write};

const LEN: usize = 5_000_001;

/// The most of a response with so much content that its peer had not read while it was read.
fn most_held(h: &mut Harness, client: &mut TcpStream) -> usize {
    let before = h.server.stats().octets_out as usize;
    let (mut most, mut read, mut part) = (0, 0, [0; 16 << 10]);
    h.rest();
    let len = client.peek(&mut part).unwrap();
    let head = part[..len].windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
    while read < head + LEN {
        let room = part.len().min(head + LEN - read);
        read += client.read(&mut part[..room]).unwrap();
        h.rest();
        most = most.max(h.server.stats().octets_out as usize - before - read);
    }
    most
}

/// Of a file that its peer reads the system holds more than of other output, which saves calls; and not of what follows.
#[test]
fn more_is_held_of_a_file_that_is_read() {
    let (octets, mut h) = (octets(LEN), Harness::new());
    let (file, content) = (file(&octets), "x".repeat(LEN));
    let (mut client, id) = h.connect();
    limit_window(&client);
    get(&mut client, "/");
    h.request(id);
    let head = Response { stream: Some(Some(LEN as u64)), ..response("") };
    assert_eq!(h.server.calls().respond(id, &head, none()), Ok(Write::Queued));
    assert_eq!(h.server.calls().send_file(id, &stretch(&file, 0, LEN as u64), 1), Ok(Write::Queued));
    assert_eq!(h.server.calls().finish(id, none()), Ok(Write::Queued));
    let of_file = most_held(&mut h, &mut client);
    get(&mut client, "/");
    h.request(id);
    h.answer(id, &content);
    let of_other = most_held(&mut h, &mut client);
    assert!(of_file > 900_000 && of_other < 500_000, "{of_file} {of_other}");
}
