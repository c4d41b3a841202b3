//! Answers of a server by the fast way and by the full one: two connections are asked the same and answered the same, with fields of any kind.
#![cfg(feature = "service")]

#[path = "agreement/twins/fields.rs"]
mod fields;
#[path = "support/random.rs"]
mod random;
mod service_support;

use fields::{Lists, Pair, refs};
use random::Random;
use service_support::*;
use std::io::{Read, Write as _};
use std::net::TcpStream;
use wireway::conn::{Response, Write};
use wireway::error::Error;
use wireway::service::Id;

const REQUESTS: [&str; 4] = [
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /path HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
    "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n",
];

/// What is asked in one go, and how it is answered.
struct Round {
    asked: Vec<&'static str>,
    content: Vec<u8>,
    /// One after the other until one is taken; the last is.
    fields: Vec<Vec<Pair>>,
    /// Not in the turn of the connection.
    is_late: bool,
}

struct Side {
    client: TcpStream,
    id: Id,
    is_fast: bool,
}

impl Side {
    fn new(h: &mut Harness, is_fast: bool) -> Self {
        let (client, id) = h.connect();
        Self { client, id, is_fast }
    }

    fn answer(&self, h: &mut Harness, response: &Response<'_>, fields: &[Pair]) -> Result<Write, Error> {
        let quick =
            if self.is_fast { h.server.calls().respond_ok(self.id, response.content, refs(fields)) } else { None };
        quick.map_or_else(|| h.server.calls().respond(self.id, response, refs(fields)), Ok)
    }

    /// What became of each answer, and what the client reads: but for the time.
    fn round(&mut self, h: &mut Harness, round: &Round) -> (Vec<Result<Write, Error>>, Vec<u8>, u64) {
        let before = h.server.stats();
        self.client.write_all(round.asked.concat().as_bytes()).expect("sent");
        let mut said = Vec::new();
        for _ in &round.asked {
            h.request(self.id);
            if round.is_late {
                assert!(h.rest().is_empty());
            }
            for fields in &round.fields {
                said.push(self.answer(h, &Response { content: &round.content, ..response("") }, fields));
                if said.last() == Some(&Ok(Write::Queued)) {
                    break;
                }
            }
        }
        assert!(h.rest().is_empty());
        let after = h.server.stats();
        let mut octets = vec![0; (after.octets_out - before.octets_out) as usize];
        self.client.read_exact(&mut octets).expect("all that was sent");
        (said, without_time(octets), after.responses - before.responses)
    }
}

/// The server's own Dates are of the second in which they were written.
fn without_time(mut octets: Vec<u8>) -> Vec<u8> {
    const DATE: &[u8] = b"\r\nDate: ";
    for at in 0..octets.len().saturating_sub(DATE.len() + 29) {
        if octets[at..].starts_with(DATE) && octets[at + DATE.len() + 26..].starts_with(b"GMT") {
            octets[at + DATE.len()..][..26].fill(b'x');
        }
    }
    octets
}

/// Whether the connection ends behind an answer with these fields.
fn closes(fields: &[Pair]) -> bool {
    fields.iter().any(|(name, value)| name.eq_ignore_ascii_case(b"connection") && value == b"close")
}

#[test]
fn h1_gen_01_answers_of_a_server_by_the_fast_way_and_by_the_full_one() {
    let mut h = Harness::new();
    let (mut random, mut lists) = (Random::new(1), Lists::default());
    let (mut fast, mut full) = (Side::new(&mut h, true), Side::new(&mut h, false));
    for _ in 0..if cfg!(debug_assertions) { 500 } else { 5_000 } {
        let among = [1, 2, REQUESTS.len()][random.below(3)];
        let mut fields: Vec<_> = (0..random.below(4)).map(|_| lists.next(&mut random).to_vec()).collect();
        fields.retain(|fields| !closes(fields));
        fields.push(vec![]);
        let round = Round {
            asked: (0..=random.below(3)).map(|_| REQUESTS[random.below(among)]).collect(),
            content: vec![b'c'; [0, 1, 10, 100, 5000][random.below(5)]],
            fields,
            is_late: random.below(3) == 0,
        };
        let (fast, full) = (fast.round(&mut h, &round), full.round(&mut h, &round));
        let shown = round.fields;
        assert_eq!(fast.0, full.0, "{shown:?}");
        assert!(fast.1 == full.1, "{shown:?}: {} {}", fast.1.escape_ascii(), full.1.escape_ascii());
        assert_eq!(fast.2, full.2);
    }
}
