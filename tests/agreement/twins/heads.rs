//! Heads of responses by what was written last, and by a look at every field: with fields of any kind behind fields of any kind.

use super::fields::{Lists, octets, refs};
use crate::random::Random;
use wireway::http1::write::{
    BodyLine, DateCache, FastResponse, FieldLineCache, LibraryLines, ResponseHead, check_fields,
};

/// What the full way writes, where the fields mean nothing to it.
fn written_fully(date: &DateCache, pairs: &[super::fields::Pair], content: &[u8]) -> Option<Vec<u8>> {
    let facts = check_fields(refs(pairs)).ok().filter(|facts| facts.flags == 0)?;
    let lines =
        LibraryLines { date: Some(date), body: BodyLine::Length(content.len() as u64), ..LibraryLines::default() };
    let head = ResponseHead { status: 200, reason: None, lines };
    let plan = head.plan(&facts).expect("a plain head");
    let mut out = vec![0xaa; plan.size()];
    plan.write(refs(pairs), &mut out).expect("room");
    Some([&out[..], content].concat())
}

/// The same, by hand.
fn spelled(date: &DateCache, pairs: &[super::fields::Pair], content: &[u8]) -> Vec<u8> {
    let start = [b"HTTP/1.1 200 OK\r\n", &date.line()[..]].concat();
    let length = format!("Content-Length: {}\r\n", content.len());
    [&start[..], length.as_bytes(), &octets(pairs), b"\r\n", content].concat()
}

#[test]
fn h1_gen_01_heads_by_the_field_line_cache_and_by_the_full_way() {
    let (mut known, mut date, mut lists) = (FieldLineCache::new(), DateCache::new(), Lists::default());
    let (mut random, mut fast) = (Random::new(1), 0);
    let walks = super::walks() * 10;
    for _ in 0..walks {
        let (time, mut fresh) = ([0, 1, 784_111_777, 253_402_300_799, u64::MAX][random.below(5)], DateCache::new());
        date.set(time);
        fresh.set(time);
        assert_eq!(date.line(), fresh.line(), "the time may go back");
        let content = vec![b'c'; [0, 1, 9, 10, 99, 100, 999, 1000, 12_345][random.below(9)]];
        let pairs = lists.next(&mut random);
        let full = written_fully(&date, pairs, &content);
        let plain = FastResponse::new(&date, &mut known, refs(pairs), &content);
        if let Some(plain) = plain {
            let mut out = vec![0xaa; plain.size()];
            plain.write(&mut out);
            assert_eq!(Some(&out), full.as_ref(), "{pairs:?}");
            assert_eq!(out, spelled(&date, pairs, &content));
            fast += 1;
        } else {
            // What is plain and short is remembered.
            assert!(full.is_none() || octets(pairs).len() + 4 > 512, "{pairs:?}");
        }
    }
    assert!(fast > walks / 4 && fast < walks, "{fast} of {walks} went the fast way");
}
