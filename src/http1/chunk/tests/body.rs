//! From the end of one chunk to the end of the message, and the encoder.

use super::*;

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
fn h1_chunk_09_incomplete_is_not_complete() {
    check_with(&Limits::DEFAULT, b"5\r\nhello\r\n", b"hello", End::Open);
    check_with(&Limits::DEFAULT, b"5\r\nhel", b"hel", End::Open);
    check_with(&Limits::DEFAULT, b"5\r\nhello\r\n0\r", b"hello", End::Open);
    check_with(&Limits::DEFAULT, b"", b"", End::Open);
}

/// The octets after the last-chunk belong to the trailer section and are not consumed.
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
fn core_04_remaining_is_the_content_left_of_the_chunk() {
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
