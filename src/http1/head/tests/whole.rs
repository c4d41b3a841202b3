//! Whole request heads, and the same ones octet by octet, with limits just met or just missed.

use super::*;
use crate::http1::head::{parse_request, parse_request_fast};

/// A sink with limited room.
struct Room(Vec<Field>, usize);

impl FieldSink for Room {
    fn push(&mut self, field: Field) -> bool {
        let has_room = self.0.len() < self.1;
        if has_room {
            self.0.push(field);
        }
        has_room
    }
}

fn some_limits(random: &mut Random) -> HeadLimits {
    let mut of = |usual: u32, end: usize| if random.below(4) == 0 { random.below(end) as u32 } else { usual };
    HeadLimits {
        method_max: of(32, 10),
        target_max: of(8000, 100),
        line_max: of(8000, 160),
        section_max: of(8000, 300),
        fields_max: of(100, 8),
        target: TargetRule::Browser,
    }
}

/// A mutant with a part lengthened, so that parts end anywhere in a block.
fn grown(random: &mut Random) -> Vec<u8> {
    const PLAIN: &[u8] =
        b"GET /path HTTP/1.1\r\nHost: example.test\r\nAccept: */*\r\nContent-Length: 0\r\nX: y\r\n\r\n";
    let mut input = if random.below(2) == 0 { PLAIN.to_vec() } else { mutant(random) };
    for _ in 0..random.below(3) {
        let at = random.below(input.len() + 1);
        let octet = b"aaaaaaZ-"[random.below(8)];
        let more = vec![octet; random.below(70)];
        input.splice(at..at, more);
    }
    input
}

type Parsed = (Result<Option<RequestHead>, Error>, Vec<Field>);

/// As a connection does: the fast way, then the full way from where that stopped.
fn at_once(input: &[u8], limits: &HeadLimits, room: usize) -> (Parsed, bool) {
    let (mut scan, mut sink, mut head) = (Scan::FRESH, Room(Vec::new(), room), RequestHead::default());
    let is_whole = parse_request_fast(input, &mut scan, limits, &mut sink, &mut head);
    if is_whole {
        assert!(scan.is_fresh(), "{}", input.escape_ascii());
        return ((Ok(Some(head)), sink.0), true);
    }
    assert_eq!(head, RequestHead::default(), "{}", input.escape_ascii());
    ((parse_request(input, &mut scan, limits, &mut sink), sink.0), false)
}

fn octet_by_octet(input: &[u8], limits: &HeadLimits, room: usize) -> Parsed {
    let (mut scan, mut sink) = (Scan::FRESH, Room(Vec::new(), room));
    for end in 0..=input.len() {
        match parse_request(&input[..end], &mut scan, limits, &mut sink) {
            Ok(None) => {}
            result => return (result, sink.0),
        }
    }
    (Ok(None), sink.0)
}

#[test]
fn core_01_whole_heads_and_heads_in_pieces_agree() {
    let (mut random, mut whole) = (Random::new(2), 0);
    for _ in 0..6000 {
        let (input, limits) = (grown(&mut random), some_limits(&mut random));
        let room = if random.below(4) == 0 { random.below(8) } else { 100 };
        let (parsed, is_whole) = at_once(&input, &limits, room);
        let expected = octet_by_octet(&input, &limits, room);
        assert_eq!(parsed, expected, "{limits:?} {room}: {}", input.escape_ascii());
        whole += u32::from(is_whole);
    }
    assert!(whole > 500, "{whole} heads were taken at once");
}
