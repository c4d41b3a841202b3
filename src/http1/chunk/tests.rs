//! Every vector is decoded whole, octet by octet and cut at each place; all must agree in content, end, fault and offset.

use super::*;
use crate::error::Code;
use crate::guard::Limits;

/// How a message came out, with offsets from its start.
#[derive(Debug, PartialEq)]
enum End {
    /// The last-chunk ended at this offset.
    Last(usize),
    /// More octets are due.
    Open,
    Fault(Code, &'static core::ffi::CStr, u64),
}

/// Decodes `pieces` one after the other; what a call leaves unconsumed of a piece goes to the next call.
fn decode(pieces: &[&[u8]], limits: &Limits) -> (Vec<u8>, End) {
    let (mut decoder, mut content, mut before) = (ChunkDecoder::default(), Vec::new(), 0);
    for piece in pieces {
        let mut rest = *piece;
        loop {
            let step = match decoder.next(rest, limits) {
                Ok(step) => step,
                Err(error) => {
                    let again = decoder.next(b"0\r\n\r\n", limits).unwrap_err();
                    assert_eq!((again.fault, again.offset), (error.fault, 0), "a fault stays");
                    return (content, End::Fault(error.code(), error.fault.rule, before + error.offset));
                }
            };
            before += step.consumed() as u64;
            match step {
                ChunkStep::Data { offset, len } => {
                    assert_ne!(len, 0);
                    content.extend_from_slice(&rest[offset..offset + len]);
                }
                ChunkStep::NeedInput { consumed } => {
                    assert_eq!(consumed, rest.len(), "nothing is left for the caller to keep");
                    break;
                }
                ChunkStep::LastChunk { .. } => {
                    assert_eq!(decoder.next(b"XX", limits), Ok(ChunkStep::LastChunk { consumed: 0 }));
                    return (content, End::Last(before as usize));
                }
            }
            rest = &rest[step.consumed()..];
        }
    }
    (content, End::Open)
}

fn check_with(limits: &Limits, message: &[u8], content: &[u8], end: End) {
    let expected = (content.to_vec(), end);
    let shown = message.escape_ascii();
    assert_eq!(decode(&[message], limits), expected, "whole: {shown}");
    let octets: Vec<_> = message.chunks(1).collect();
    assert_eq!(decode(&octets, limits), expected, "octet by octet: {shown}");
    for cut in 0..=message.len() {
        let (a, b) = message.split_at(cut);
        assert_eq!(decode(&[a, b], limits), expected, "cut at {cut}: {shown}");
    }
}

#[track_caller]
fn accepts(message: &[u8], content: &[u8], rest: usize) {
    check_with(&Limits::DEFAULT, message, content, End::Last(message.len() - rest));
}

#[track_caller]
fn refuses(message: &[u8], content: &[u8], code: Code, rule: &'static core::ffi::CStr, offset: u64) {
    check_with(&Limits::DEFAULT, message, content, End::Fault(code, rule, offset));
}

#[test]
fn h1_chunk_01_size_is_hexdig_only() {
    for (line, offset) in
        [("+5", 0), ("-1", 0), ("0x5", 1), ("1_0", 1), ("0_2e", 1), ("5g", 1), (" 5", 0), ("", 0), ("g", 0), ("5\0", 1)]
    {
        refuses(format!("{line}\r\nhello\r\n0\r\n\r\n").as_bytes(), b"", Code::Chunk, c"H1-CHUNK-01", offset);
    }
    accepts(b"a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n", b"01234567890123456789", 0);
    let chunk = [b"1aF\r\n", &[120; 0x1af][..], b"\r\n0\r\n"].concat();
    accepts(&chunk, &[120; 0x1af], 0);
}

#[test]
fn h1_chunk_02_whitespace_after_size_needs_an_extension() {
    refuses(b"5 \r\nhello\r\n", b"", Code::Chunk, c"H1-CHUNK-02", 2);
    refuses(b"5\t \r\nhello\r\n", b"", Code::Chunk, c"H1-CHUNK-02", 3);
    refuses(b"5 a\r\nhello\r\n", b"", Code::Chunk, c"H1-CHUNK-02", 2);
    refuses(b"0 \r\n\r\n", b"", Code::Chunk, c"H1-CHUNK-02", 2);
    accepts(b"5 ; a=b\r\nhello\r\n0\r\n", b"hello", 0);
    accepts(b"5\t;\ta\t=\tb\r\nhello\r\n0\r\n", b"hello", 0);
}

#[test]
fn h1_chunk_03_overflow() {
    refuses(b"10000000000000005\r\nhello\r\n", b"", Code::Chunk, c"H1-CHUNK-03", 16);
    refuses(b"FFFFFFFFFFFFFFFF1\r\n", b"", Code::Chunk, c"H1-CHUNK-03", 16);
    refuses(b"5\r\nhello\r\nFFFFFFFFFFFFFFFF1\r\n", b"hello", Code::Chunk, c"H1-CHUNK-03", 26);
    // The largest size there is, and the octets that have come of it.
    check_with(&Limits::DEFAULT, b"FFFFFFFFFFFFFFFF\r\nabc", b"abc", End::Open);
    let mut decoder = ChunkDecoder::default();
    decoder.next(b"FFFFFFFFFFFFFFFF\r\nabc", &Limits::DEFAULT).unwrap();
    assert_eq!(decoder.remaining(), u64::MAX - 3);
}

#[test]
fn h1_chunk_04_leading_zeros() {
    accepts(b"0000005\r\nhello\r\n000\r\n\r\n", b"hello", 2);
    accepts(b"00000000000000000000000000000005\r\nhello\r\n0000000000000000000000\r\n", b"hello", 0);
}

#[test]
fn h1_chunk_05_exactly_crlf_after_data() {
    for (message, offset) in [
        (&b"5\r\nhelloX\r\n"[..], 8),
        (b"5\r\nhello0\r\n\r\n", 8),
        (b"5\r\nhello\n0\r\n\r\n", 8),
        (b"5\r\nhello\r0\r\n\r\n", 9),
        (b"5\r\nhello\r\r\n0\r\n\r\n", 9),
    ] {
        refuses(message, b"hello", Code::Chunk, c"H1-CHUNK-05", offset);
    }
}

#[test]
fn h1_chunk_06_only_crlf_ends_a_line() {
    for (message, offset) in [
        (&b"5\nhello\r\n"[..], 1),
        (b"2\r\r;a\r\nhi\r\n", 2),
        (b"5;a\nb\r\nhello\r\n", 3),
        (b"5;a\rb\r\nhello\r\n", 4),
        (b"5 \n;a\r\nhello\r\n", 2),
        (b"5;\nhello\r\n", 2),
        (b"5;a=\nhello\r\n", 4),
        (b"5;a=b\nhello\r\n", 5),
        (b"5;a=\"\n\"\r\nhello\r\n", 5),
        (b"5;a=\"b\"\nhello\r\n", 7),
        (b"\nhello\r\n", 0),
        (b"0\n\r\n", 1),
        (b"0\r0\r\n\r\n", 2),
    ] {
        refuses(message, b"", Code::LineEnd, c"H1-CHUNK-06", offset);
    }
}

#[test]
fn h1_chunk_07_extension_grammar() {
    for (line, offset) in [
        ("5;", 2),
        ("5;=x", 2),
        ("5;;a", 2),
        ("5;a\0", 3),
        ("5;a=", 4),
        ("5;a=;b", 4),
        ("5;a==b", 4),
        ("5;a=\"x", 6),
        ("5;a=\"x\\", 7),
        ("5;a=\"\x01\"", 5),
        ("5;a=\"\\\x7f\"", 6),
        ("5;a=\"x\"y", 7),
        ("5;a=b\"x\"", 5),
        ("5;a=b=c", 5),
        ("5;a b", 4),
        ("5;a@b", 3),
        ("5;\"a\"", 2),
        ("5;a=\u{e9}", 4),
    ] {
        let code = (Code::Chunk, c"H1-CHUNK-07");
        refuses(format!("{line}\r\nhello\r\n0\r\n\r\n").as_bytes(), b"", code.0, code.1, offset);
    }
    refuses(b"5 a\r\nhello\r\n", b"", Code::Chunk, c"H1-CHUNK-02", 2);
    refuses(b"5;a=b \r\nhello\r\n", b"", Code::Chunk, c"H1-CHUNK-02", 6);
    refuses(b"5;a \r\nhello\r\n", b"", Code::Chunk, c"H1-CHUNK-02", 4);
}

#[test]
fn h1_chunk_08_valid_extensions_are_ignored() {
    accepts(b"5;a=b;c=\"d;\\\"e\" ; f\r\nhello\r\n0;z\r\n\r\n", b"hello", 2);
    accepts(b"5;a=\" \t\x80\xff\\\\;=,\";b\r\nhello\r\n0;a=\"\"\r\n", b"hello", 0);
    accepts(b"5;!#$%&'*+-.^_`|~0aZ=0aZ\r\nhello\r\n0\r\n", b"hello", 0);
}

#[test]
fn h1_chunk_09_incomplete_is_not_complete() {
    check_with(&Limits::DEFAULT, b"5\r\nhello\r\n", b"hello", End::Open);
    check_with(&Limits::DEFAULT, b"5\r\nhel", b"hel", End::Open);
    check_with(&Limits::DEFAULT, b"5\r\nhello\r\n0\r", b"hello", End::Open);
    check_with(&Limits::DEFAULT, b"", b"", End::Open);
}

/// What follows the last-chunk belongs to the trailer section and is not touched.
#[test]
fn h1_chunk_10_stops_before_the_trailer_section() {
    accepts(b"5\r\nhello\r\n0\r\nXX\r\n\r\n", b"hello", 6);
    accepts(b"0\r\n\rX", b"", 2);
}

#[test]
fn h1_chunk_11_never_resyncs() {
    refuses(b"INVALID\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", b"", Code::Chunk, c"H1-CHUNK-01", 0);
    refuses(b"1\r\naX\r\n5\r\nhello\r\n0\r\n\r\n", b"a", Code::Chunk, c"H1-CHUNK-05", 4);
}

#[test]
fn h1_lim_04_chunk_line() {
    let line = |size: &str, octets: usize| format!("{size}{}\r\nx\r\n0\r\n", "a".repeat(octets - size.len()));
    accepts(line("1;", 256).as_bytes(), b"x", 0);
    refuses(line("1;", 257).as_bytes(), b"", Code::TooLarge, c"H1-LIM-04", 256);
    refuses(line("1;", 302).as_bytes(), b"", Code::TooLarge, c"H1-LIM-04", 256);
    accepts(&[&[b'0'; 255][..], b"1\r\nx\r\n0\r\n"].concat(), b"x", 0);
    refuses(&[&[b'0'; 256][..], b"1\r\nx\r\n0\r\n"].concat(), b"", Code::TooLarge, c"H1-LIM-04", 256);
    // The limit is each line's own, and holds for ordinary lines when it is set that low.
    let limits = Limits { chunk_line_max: 2, ..Limits::DEFAULT };
    check_with(&limits, b"01\r\nx\r\n01\r\ny\r\n0\r\n", b"xy", End::Last(17));
    let over = End::Fault(Code::TooLarge, c"H1-LIM-04", 9);
    check_with(&limits, b"01\r\nx\r\n001\r\ny\r\n0\r\n", b"x", over);
}

#[test]
fn h1_lim_04_extensions_of_a_message() {
    let limits = Limits { chunk_extensions_max: 13, ..Limits::DEFAULT };
    // 5 + 8 octets, then one more.
    let message = b"1;a=bc\r\nx\r\n1 ; d =\te\r\ny\r\n1\r\nz\r\n1;f\r\n";
    check_with(&limits, &message[..31], b"xyz", End::Open);
    let at = message.len() - 4;
    let fewer = Limits { chunk_extensions_max: 12, ..limits };
    check_with(&fewer, message, b"x", End::Fault(Code::TooLarge, c"H1-LIM-04", 19));
    check_with(&limits, message, b"xyz", End::Fault(Code::TooLarge, c"H1-LIM-04", at as u64));
    // The default: 1-octet chunks, each with 200 octets of extension.
    let chunk = format!("1;{}\r\nx\r\n", "a".repeat(199));
    let (content, end) = decode(&[chunk.repeat(30).as_bytes()], &Limits::DEFAULT);
    let over = 20 * chunk.len() + 1 + 96;
    assert_eq!((content.len(), end), (20, End::Fault(Code::TooLarge, c"H1-LIM-04", over as u64)));
}

#[test]
fn core_04_remaining_is_what_the_chunk_still_owes() {
    let (mut decoder, limits) = (ChunkDecoder::default(), Limits::DEFAULT);
    assert_eq!(decoder.remaining(), 0);
    assert_eq!(decoder.next(b"5\r\n", &limits), Ok(ChunkStep::NeedInput { consumed: 3 }));
    assert_eq!(decoder.remaining(), 5);
    assert_eq!(decoder.next(b"hel", &limits), Ok(ChunkStep::Data { offset: 0, len: 3 }));
    assert_eq!(decoder.remaining(), 2);
    assert_eq!(decoder.next(b"lo\r\nff", &limits), Ok(ChunkStep::Data { offset: 0, len: 2 }));
    assert_eq!(decoder.next(b"\r\nff", &limits), Ok(ChunkStep::NeedInput { consumed: 4 }));
    assert_eq!(decoder.remaining(), 0, "the size is not known before its line has ended");
    assert!(size_of::<ChunkDecoder>() <= 32);
}

#[test]
fn h1_chunk_12_encoder() {
    let mut wire = Vec::new();
    for content in [&b""[..], b"hi"] {
        let mut head = [0; 18];
        let len = chunk_head(content.len() as u64, &mut head);
        wire.extend_from_slice(&head[..len]);
        wire.extend_from_slice(content);
        wire.extend_from_slice(if len == 0 { b"" } else { CHUNK_END });
    }
    wire.extend_from_slice(NO_TRAILERS);
    assert_eq!(wire, b"2\r\nhi\r\n0\r\n\r\n");
    assert!(NO_TRAILERS.starts_with(LAST_CHUNK));
    let mut sizes = vec![9, 10, 15, 16, 17, 255, 256, u64::MAX];
    sizes.extend((0..64).map(|bit| 1u64 << bit));
    for size in sizes {
        let mut head = [0; 18];
        let len = chunk_head(size, &mut head);
        assert_eq!(&head[..len], format!("{size:x}\r\n").as_bytes());
    }
}
