//! Chunk lines: size, whitespace, extensions, line ends and their limits.

use super::*;
use crate::random::Random;

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
    // The largest size, and part of its content.
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
fn h1_lim_04_chunk_line() {
    let line = |size: &str, octets: usize| format!("{size}{}\r\nx\r\n0\r\n", "a".repeat(octets - size.len()));
    accepts(line("1;", 256).as_bytes(), b"x", 0);
    refuses(line("1;", 257).as_bytes(), b"", Code::TooLarge, c"H1-LIM-04", 256);
    refuses(line("1;", 302).as_bytes(), b"", Code::TooLarge, c"H1-LIM-04", 256);
    accepts(&[&[b'0'; 255][..], b"1\r\nx\r\n0\r\n"].concat(), b"x", 0);
    refuses(&[&[b'0'; 256][..], b"1\r\nx\r\n0\r\n"].concat(), b"", Code::TooLarge, c"H1-LIM-04", 256);
    // The limit applies per line, and also to simple lines when it is set low.
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

/// Simple and other lines with an octet changed, inserted or removed: when whole, most take the fast way.
#[test]
fn whole_lines_and_lines_in_pieces_decode_the_same() {
    const SEEDS: [&[u8]; 5] = [
        b"3\r\nabc\r\n0\r\n\r\n",
        b"00000000000000A\r\n0123456789\r\n1\r\nx\r\n0\r\n\r\n",
        b"5;a=b\r\nhello\r\n000\r\n\r\n",
        b"000000000000000003\r\nabc\r\nfffffffffffffff\r\nabc",
        b"1\r\na\r\n2\r\nbc\r\n0;x\r\n\r\n",
    ];
    const ODD: &[u8] = b"\r\n\t ;=\"0159aFgG:/@`\0\x7f\x80\xff";
    let mut random = Random::new(1);
    let mut below = |end: usize| random.below(end);
    for _ in 0..2_000 {
        let mut message = SEEDS[below(SEEDS.len())].to_vec();
        for _ in 0..below(3) {
            let at = below(message.len());
            match below(3) {
                0 => message[at] = ODD[below(ODD.len())],
                1 => message.insert(at, ODD[below(ODD.len())]),
                _ => drop(message.remove(at)),
            }
        }
        let (chunk_line_max, chunk_extensions_max) = ([1, 3, 15, 16, 256][below(5)], [0, 3, 100][below(3)]);
        let limits = Limits { chunk_line_max, chunk_extensions_max, ..Limits::DEFAULT };
        let (content, end) = decode(&[&message], &limits);
        check_with(&limits, &message, &content, end);
    }
}
