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
    match random.below(14) {
        12 => odd_text(random),
        13 => frame(random.below(256) as u8, text),
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

/// Text of a length around those that are looked at together, with an octet in it that is none.
fn odd_text(random: &mut Random) -> Vec<u8> {
    let mut text = b"a".repeat(1 + random.below(130));
    let at = random.below(text.len());
    text[at] = [0, 0x7f, 0x80, 0xc3, 0xff][random.below(5)];
    frame(0x81, &text)
}

#[test]
fn messages_by_the_fast_way_and_by_the_full_one() {
    const HANDSHAKE: &[u8] =
        b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
    for seed in 0..walks() {
        let mut twins = Twins::new(seed + 1);
        twins.receive(HANDSHAKE);
        while twins.next().is_ok() {}
        // Some limits are for no handshake.
        let accept = Accept { deflate: true, ..Accept::default() };
        let opened = twins.both(|rig| rig.conn.websocket(&mut rig.ws).accept(&accept, std::iter::empty()));
        if opened == Ok(Write::Queued) {
            talk(&mut twins);
        }
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
            twins.message_deed();
            while let Ok(event) = twins.next() {
                twins.message_deed();
                if let Event::Message { text, first, last, .. } = event {
                    let part = Part { first, last, ..Part::whole(text) };
                    for _ in 0..=twins.random.below(3) {
                        answer(twins, part);
                    }
                }
            }
            if twins.random.below(4) != 0 {
                twins.send();
            }
            twins.compare();
        }
    }
}

/// Says something of the kind that came, or not: text that is none, parts that do not follow one another.
fn answer(twins: &mut Twins, part: Part) {
    let len = [twins.random.below(140), twins.random.below(400)][twins.random.below(2)];
    let mut octets = b"e".repeat(len);
    if len > 0 && twins.random.below(4) == 0 {
        let at = twins.random.below(len);
        octets[at] = [0, 0x7f, 0x80, 0xff, 0xc3][twins.random.below(5)];
    }
    let odd = |twins: &mut Twins, is: bool| is ^ (twins.random.below(12) == 0);
    let (text, first, last) = (odd(twins, part.text), odd(twins, part.first), odd(twins, part.last));
    let compressed = twins.random.below(2) == 0;
    twins.say(Part { text, first, last, compressed }, &octets);
}
