//! Turns of short messages: whatever is done with their connection in the midst of them, what comes in and what goes out is in
//! order, and nothing is lost or sent twice.
#![cfg(feature = "service")]

#[path = "service_fast_turn/chat.rs"]
mod chat;
#[cfg(feature = "deflate")]
#[path = "service_fast_turn/compression.rs"]
mod compression;
#[path = "service_fast_turn/deeds.rs"]
mod deeds;
#[path = "support/random.rs"]
mod random;
mod service_support;
#[path = "service_fast_turn/twins.rs"]
mod twins;

use chat::{Chat, masked, open, plain};
use deeds::DEEDS;
use service_support::PATIENCE_MS;
use std::io::{Read, Write as _};
use wireway::conn::Write;
use wireway::service::{Config, Id};
use wireway::websocket::machine::Part;

fn walks() -> u64 {
    if cfg!(debug_assertions) { 60 } else { 600 }
}

fn text(chat: &mut Chat, message: &str) {
    assert_eq!(chat.send(Part::whole(true), message.as_bytes()), Write::Queued);
}

fn abc() -> Vec<u8> {
    [masked(0x81, b"a"), masked(0x81, b"b"), masked(0x81, b"c")].concat()
}

#[test]
fn calls_in_the_middle_of_a_turn_keep_the_order() {
    for (name, deed) in DEEDS {
        let mut chat = Chat::new(&Config::new());
        chat.say(&abc(), |chat, message| {
            text(chat, message);
            if message == "b" {
                deed(chat);
            }
        });
        eprintln!("{name}");
        chat.expect(&["a", "b", "c"]);
    }
}

#[test]
fn input_behind_short_messages_is_delivered() {
    let pings = [masked(0x89, b""), masked(0x81, b"d")].concat();
    let ells = "l".repeat(300);
    let long = masked(0x81, ells.as_bytes());
    let split = [masked(0x01, b"one"), masked(0x80, b"two")].concat();
    let rests: [(&[u8], &[&str]); 5] = [
        (b"", &[]),
        (&pings, &["Ping", "d"]),
        (&long, &[&ells]),
        (&split, &["onetwo"]),
        (&masked(0x81, "€ä".as_bytes()), &["€ä"]),
    ];
    for (rest, told) in rests {
        let mut chat = Chat::new(&Config::new());
        let begun = std::cell::Cell::new(0);
        chat.say(&[abc(), rest.to_vec()].concat(), |chat, message| {
            // The Pong goes before what is said next.
            if message == "d" {
                chat.expected.extend(plain(0x8a, b""));
            }
            begun.set(begun.get() + 1);
            if begun.get() <= 3 || message == "d" {
                text(chat, message);
            }
        });
        let told: Vec<&str> = ["a", "b", "c"].iter().chain(told).copied().collect();
        chat.expect(&told);
    }
}

#[test]
fn a_cut_message_behind_others_is_delivered_once_complete() {
    let whole = [abc(), masked(0x81, b"delta")].concat();
    for cut in 1..whole.len() {
        let mut chat = Chat::new(&Config::new());
        chat.say(&whole[..cut], text);
        chat.say(&whole[cut..], text);
        chat.expect(&["a", "b", "c", "delta"]);
    }
}

#[test]
fn wrong_text_ends_the_connection_behind_the_answers() {
    let mut chat = Chat::new(&Config::new());
    chat.say(&[abc(), masked(0x81, b"ok\xff")].concat(), text);
    chat.expected.extend(plain(0x88, &1007u16.to_be_bytes()));
    assert_eq!(chat.begun, "", "nothing is told of a message that does not come whole");
    let reason = chat.told.split_off(3);
    assert_eq!(reason.first().map(String::as_str), Some("Error"), "{reason:?}");
    let told = std::mem::take(&mut chat.told);
    assert_eq!(told, ["a", "b", "c"]);
    let mut octets = vec![0; 9 + 4];
    chat.client.read_exact(&mut octets).expect("the answers and a Close");
    assert_eq!(octets[..9], chat.expected[..9]);
    assert_eq!((octets[9], &octets[11..13]), (0x88, &1007u16.to_be_bytes()[..]));
}

#[test]
fn an_end_in_the_middle_of_a_turn_sends_the_answers_first() {
    for is_close in [true, false] {
        let mut chat = Chat::new(&Config::new());
        chat.say(&abc(), |chat, message| {
            if message == "c" {
                return;
            }
            text(chat, message);
            if message == "b" && is_close {
                chat.harness.server.calls().close_websocket(chat.id, 1000, b"").expect("closed");
                chat.expected.extend(plain(0x88, &1000u16.to_be_bytes()));
            } else if message == "b" {
                chat.harness.server.calls().abort(chat.id).expect("ended");
            }
        });
        assert_eq!(chat.told[..2], ["a", "b"]);
        let mut octets = vec![0; chat.expected.len()];
        chat.client.read_exact(&mut octets).expect("all that was sent");
        assert_eq!(octets, chat.expected);
    }
}

const MESSAGE: [u8; 100] = [0x6d; 100];

#[test]
fn a_peer_that_does_not_read_gets_all_answers_in_the_end() {
    let mut config = Config::new();
    config.conn.limits.high_water = 1 << 16;
    let mut chat = Chat::new(&config);
    let burst: Vec<u8> = (0..200).flat_map(|_| masked(0x81, &MESSAGE)).collect();
    let mut sent = 0;
    // Until the queue is full behind a full socket; a full client is then no more written to.
    chat.client.set_nonblocking(true).expect("set");
    let mut pending: Vec<u8> = Vec::new();
    loop {
        if pending.is_empty() {
            pending.clone_from(&burst);
            sent += 200;
        }
        match chat.client.write(&pending) {
            Ok(n) => drop(pending.drain(..n)),
            Err(_) => break,
        }
        chat.say(b"", text);
    }
    let mut heard: Vec<u8> = Vec::new();
    let frame = plain(0x81, &MESSAGE);
    while heard.len() < sent * frame.len() {
        let mut buffer = [0; 1 << 16];
        if let Ok(n) = chat.client.read(&mut buffer) {
            heard.extend(&buffer[..n]);
        }
        if !pending.is_empty()
            && let Ok(n) = chat.client.write(&pending)
        {
            pending.drain(..n);
        }
        chat.say(b"", text);
    }
    assert_eq!(chat.told.iter().filter(|told| told.starts_with("mmm")).count(), sent);
    assert!(heard.chunks(frame.len()).all(|one| one == frame));
}

#[test]
fn answers_to_other_connections_and_to_dead_ids_take_the_full_way() {
    let mut chat = Chat::new(&Config::new());
    let (mut other, other_id) = open(&mut chat.harness);
    chat.say(&abc(), |chat, message| {
        text(chat, message);
        let sent = chat.harness.server.messages().send_message(other_id, Part::whole(true), message.as_bytes());
        assert_eq!(sent, Ok(Write::Queued));
        assert!(chat.harness.server.messages().send_message(Id::NONE, Part::whole(true), b"x").is_err());
        assert!(
            chat.harness.server.messages().send_message(Id::from_number(u64::MAX), Part::whole(true), b"x").is_err()
        );
    });
    chat.expect(&["a", "b", "c"]);
    let mut octets = [0; 9];
    other.read_exact(&mut octets).expect("what was sent to it");
    assert_eq!(octets, *b"\x81\x01a\x81\x01b\x81\x01c");
}

#[test]
fn a_drain_in_the_middle_of_a_turn_closes_after_the_answers() {
    let mut chat = Chat::new(&Config::new());
    chat.say(&abc(), |chat, message| {
        if message == "a" {
            text(chat, message);
            chat.harness.server.drain(PATIENCE_MS);
        }
    });
    let mut octets = [0; 5];
    chat.client.read_exact(&mut octets).expect("the answer and the start of a Close");
    assert_eq!(octets[..4], [0x81, 1, b'a', 0x88]);
}
