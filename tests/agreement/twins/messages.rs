//! Messages of a WebSocket, whole and in pieces, and what comes between them.

use super::{Twins, walks};
use crate::random::Random;
use wireway::conn::{Accept, Event, Write};
use wireway::websocket::machine::Part;

/// A frame of a client, masked.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let key = [0x37, 0xfa, 0x21, 0x3d];
    let masked = payload.iter().enumerate().map(|(at, octet)| octet ^ key[at % 4]);
    let mut frame = vec![first, 0x80 | payload.len().min(126) as u8];
    if payload.len() > 125 {
        frame.extend_from_slice(&(payload.len() as u16).to_be_bytes());
    }
    frame.extend_from_slice(&key);
    frame.extend(masked);
    frame
}

fn some_frame(random: &mut Random) -> Vec<u8> {
    let text = ["", "a", "hello", "grüße", "a message that is longer than sixteen octets"][random.below(5)].as_bytes();
    match random.below(12) {
        0 => frame(0x01, text),
        1 => frame(0x80, text),
        2 => frame(0x89, text),
        3 => frame(0x8a, b""),
        4 => frame(0x81, &[0xff]),
        5 => frame(0x82, &[7; 300]),
        6 => frame(0x82, text),
        _ => frame(0x81, text),
    }
}

#[test]
fn messages_by_the_fast_way_and_by_the_full_one() {
    const HANDSHAKE: &[u8] =
        b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    for seed in 0..walks() {
        let mut twins = Twins::new(seed + 1);
        twins.receive(HANDSHAKE);
        while twins.next().is_ok() {}
        for rig in [&mut twins.fast, &mut twins.full] {
            let opened = rig.conn.accept_websocket(&mut rig.ws, &Accept::default(), std::iter::empty());
            assert_eq!(opened, Ok(Write::Queued));
        }
        talk(&mut twins);
    }
}

fn talk(twins: &mut Twins) {
    for _ in 0..6 {
        let mut octets = Vec::new();
        for _ in 0..=twins.random.below(3) {
            octets.extend(some_frame(&mut twins.random));
        }
        let cut = [octets.len(), twins.random.below(octets.len())][twins.random.below(2)];
        for part in [&octets[..cut], &octets[cut..]] {
            if !part.is_empty() && !twins.receive(part) {
                break;
            }
            while let Ok(event) = twins.next() {
                if let Event::Message { text, first, last, .. } = event {
                    let part = Part { first, last, ..Part::whole(text) };
                    let len = twins.random.below(400);
                    twins.say(part, &[b'e'; 400][..len]);
                }
            }
            twins.send();
            twins.compare();
        }
    }
}
