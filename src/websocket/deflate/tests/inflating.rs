use super::*;
use crate::error::Code;

fn inflated(payload: &str) -> Result<Vec<u8>, &'static core::ffi::CStr> {
    inflate(&mut inflater(15), &[&hex(payload)], 100).map_err(|error| {
        assert_eq!((error.code(), error.fault.status), (Code::WsDeflate, 1007));
        error.fault.rule
    })
}

#[test]
fn ws_pmd_03_the_tail_is_appended_after_the_last_fragment() {
    assert_eq!(inflated("f248cdc9c90700").as_deref(), Ok(&b"Hello"[..]));
    let fragments = [&hex("f248cd")[..], &hex("c9c90700")];
    assert_eq!(inflate(&mut inflater(15), &fragments, 100).as_deref(), Ok(&b"Hello"[..]));
    assert_eq!(inflate(&mut inflater(15), &[fragments[0], b"", fragments[1], b""], 1).as_deref(), Ok(&b"Hello"[..]));
}

#[test]
fn ws_pmd_03_a_message_that_ends_within_a_block_is_refused() {
    for payload in ["000500faff4865", "0005", "f248cdc9c9"] {
        assert!(inflated(payload).is_err(), "{payload}");
    }
    assert_eq!(inflated("000500faff4865"), Err(c"WS-PMD-03"));
}

#[test]
fn ws_pmd_04_the_window_lives_across_messages_until_it_is_reset() {
    for bits in [8, 15] {
        let mut inflater = inflater(bits);
        assert_eq!(inflate(&mut inflater, &[&hex("f248cdc9c90700")], 100).as_deref(), Ok(&b"Hello"[..]));
        assert_eq!(inflate(&mut inflater, &[&hex("f200110000")], 2).as_deref(), Ok(&b"Hello"[..]));
        inflater.reset(bits);
        assert!(inflate(&mut inflater, &[&hex("f200110000")], 100).is_err());
    }
}

#[test]
fn ws_pmd_05_payloads_of_empty_messages() {
    for pieces in [&[&b"\0"[..]][..], &[b""], &[b"", b""], &[b"", b"\0", b""]] {
        let mut inflater = inflater(15);
        for _ in 0..3 {
            assert_eq!(inflate(&mut inflater, pieces, 1).as_deref(), Ok(&b""[..]));
        }
        assert_eq!(inflate(&mut inflater, &[&hex("f248cdc9c90700")], 100).as_deref(), Ok(&b"Hello"[..]));
    }
}

/// Stored, final, final with nothing after it (either type), and two blocks in one message.
const BLOCKS: [&str; 5] = [
    "000500faff48656c6c6f00",
    "f348cdc9c9070000",
    "f348cdc9c90700",
    "010500faff48656c6c6f",
    "f24805000000ffffcac9c90700",
];

#[test]
fn ws_pmd_06_every_type_of_block_and_the_message_after_it() {
    for payload in BLOCKS {
        for bits in [8, 15] {
            let mut inflater = inflater(bits);
            for _ in 0..2 {
                assert_eq!(inflate(&mut inflater, &[&hex(payload)], 100).as_deref(), Ok(&b"Hello"[..]), "{payload}");
            }
            assert_eq!(inflate(&mut inflater, &[&hex("f248cdc9c90700")], 100).as_deref(), Ok(&b"Hello"[..]));
        }
    }
}

#[test]
fn ws_pmd_06_any_cut_and_any_room_gives_the_same() {
    let mut noise = Noise::new(6);
    let content = noise.content(700, 20, 20);
    let mut payload = hex("f348cdc9c90700"); // a data set of its own before it
    payload.extend(deflate(&mut deflater(9, 9), &[&content], 4096));
    let expected = [b"Hello", &content[..]].concat();
    for bits in [9, 15] {
        for cut in 0..=payload.len() {
            let (left, right) = payload.split_at(cut);
            let mut inflater = inflater(bits);
            for room in [1000, 1 + cut % 60] {
                assert_eq!(inflate(&mut inflater, &[left, right], room).as_ref(), Ok(&expected), "{cut} {room}");
            }
        }
        let octets: Vec<_> = payload.chunks(1).collect();
        assert_eq!(inflate(&mut inflater(bits), &octets, 1).as_ref(), Ok(&expected));
    }
}

#[test]
fn ws_pmd_07_nothing_is_inflated_beyond_the_room() {
    let bomb = deflate(&mut deflater(15, 9), &[&[0; 65536]], 4096);
    assert!(bomb.len() < 100, "{}", bomb.len());
    let mut inflater = inflater(15);
    let mut held = [0xee; 1025];
    let step = inflater.inflate(&bomb, &mut held[..1024], true).unwrap();
    assert_eq!((step.written, step.next, held[1023], held[1024]), (1024, Next::Room, 0, 0xee));
    let nothing = inflater.inflate(&bomb[step.used..], &mut [], true).unwrap();
    assert_eq!(nothing, Step { used: 0, written: 0, next: Next::Room });
    // One octet more than the limit distinguishes a message of that length from a longer one.
    let step = inflater.inflate(&bomb[step.used..], &mut held[..1], true).unwrap();
    assert_eq!((step.written, step.next), (1, Next::Room));
    inflater.reset(15);
    let exact = deflate(&mut deflater(15, 9), &[&[0; 1024]], 4096);
    assert_eq!(inflater.inflate(&exact, &mut held, true).map(|step| (step.written, step.next)), Ok((1024, Next::Done)));
}

#[test]
fn ws_pmd_08_what_is_corrupt_is_refused_until_reset() {
    assert_eq!(inflated("ff"), Err(c"WS-PMD-08"));
    assert_eq!(inflated("f200110000"), Err(c"WS-PMD-08"), "a reference to before the first message");
    let mut inflater = inflater(9);
    let error = inflater.inflate(&hex("f248cdc9c9070006"), &mut [0; 100], true).unwrap_err();
    assert_eq!(error.offset, 8);
    assert!(inflater.inflate(&hex("f248cdc9c90700"), &mut [0; 100], true).is_err());
    inflater.reset(9);
    assert_eq!(inflate(&mut inflater, &[&hex("f248cdc9c90700")], 100).as_deref(), Ok(&b"Hello"[..]));
}

#[test]
fn ws_pmd_09_the_inflater_does_not_validate_text() {
    assert_eq!(inflated("fa0f00").as_deref(), Ok(&[0xff][..]));
}
