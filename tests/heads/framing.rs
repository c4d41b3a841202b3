//! The summary: H1-CL, H1-TE, H1-TGT-11 and lists.

use wireway::http1::head::Summary;

use crate::feed::{REQUEST, accepted, summary};

const HOST: u32 = Summary::HOST;

fn flags(lines: &str) -> u32 {
    summary(lines).flags & !HOST
}

#[test]
fn h1_cl_01_only_digits() {
    const INVALID: u32 = Summary::LENGTH | Summary::LENGTH_INVALID;
    for value in ["+5", "-0", "0x5", "1_0", "5 5", "5.0", "1Z", "", "5,", ",5"] {
        assert_eq!(flags(&format!("Content-Length: {value}\r\n")) & INVALID, INVALID, "{value}");
    }
}

#[test]
fn h1_cl_02_leading_zeros() {
    let summary = summary("Content-Length: 010\r\n");
    assert_eq!((summary.content_length, summary.flags), (10, HOST | Summary::LENGTH));
}

#[test]
fn h1_cl_03_no_wrap() {
    let largest = summary("Content-Length: 9223372036854775807\r\n");
    assert_eq!((largest.content_length, largest.flags), (i64::MAX as u64, HOST | Summary::LENGTH));
    for value in ["9223372036854775808", "18446744073709551621", "99999999999999999999999999"] {
        assert_eq!(flags(&format!("Content-Length: {value}\r\n")), Summary::LENGTH | Summary::LENGTH_INVALID);
    }
}

#[test]
fn h1_cl_04_and_05_two_lengths() {
    const DIFFERS: u32 = Summary::LENGTH | Summary::LENGTH_DIFFERS;
    const REPEATED: u32 = Summary::LENGTH | Summary::LENGTH_REPEATED;
    assert_eq!(flags("Content-Length: 1\r\nContent-Length: 0\r\n"), DIFFERS);
    assert_eq!(flags("Content-Length: 4, 5\r\n"), DIFFERS);
    assert_eq!(flags("Content-Length: 5, 5\r\n"), REPEATED);
    assert_eq!(flags("Content-Length: 5\r\nX: y\r\ncontent-length: 05\r\n"), REPEATED);
}

#[test]
fn h1_te_05_to_07_codings() {
    const TE: u32 = Summary::TE;
    const CHUNKED: u32 = Summary::TE_CHUNKED;
    const OTHER: u32 = Summary::TE_OTHER;
    const AGAIN: u32 = Summary::TE_CHUNKED_AGAIN;
    let cases = [
        ("chunked", TE | CHUNKED),
        ("gzip", TE | OTHER),
        ("identity", TE | OTHER),
        ("gzip, chunked", TE | OTHER | CHUNKED),
        ("gzip;q=\"a,chunked\", chunked", TE | OTHER | CHUNKED),
        ("chunked, gzip", TE | OTHER | AGAIN),
        ("chunked, chunked", TE | CHUNKED | AGAIN),
        ("chunked\r\nTransfer-Encoding: chunked", TE | CHUNKED | AGAIN),
        ("gzip\r\nX: y\r\ntransfer-encoding: chunked", TE | OTHER | CHUNKED),
        (",cHunked", TE | CHUNKED),
        (", chunked ,,\t", TE | CHUNKED),
    ];
    for (value, expected) in cases {
        assert_eq!(flags(&format!("Transfer-Encoding: {value}\r\n")), expected, "{value}");
    }
}

#[test]
fn h1_te_09_and_10_what_is_not_chunked() {
    for value in ["xchunked", "chunkedx"] {
        assert_eq!(flags(&format!("Transfer-Encoding: {value}\r\n")), Summary::TE | Summary::TE_OTHER, "{value}");
    }
    for value in ["\"chunked\"", "\u{a0}chunked", "chun ked", "chunked;a=b", "chunked ;a", "chunked a", "gzip a"] {
        let flags = flags(&format!("Transfer-Encoding: {value}\r\n"));
        assert_ne!(flags & Summary::TE_INVALID, 0, "{value}");
    }
    // A list without elements names no coding, so its final one is not chunked either.
    for value in ["", ","] {
        assert_eq!(flags(&format!("Transfer-Encoding: {value}\r\n")), Summary::TE, "{value}");
    }
}

#[test]
fn h1_te_02_order_and_case_do_not_matter() {
    let both = Summary::TE | Summary::TE_CHUNKED | Summary::LENGTH;
    assert_eq!(flags("tRANSFER-eNCODING: chunked\r\nContent-Length: 3\r\n"), both);
    assert_eq!(flags("Content-Length: 3\r\nX: y\r\nTransfer-Encoding: chunked\r\n"), both);
}

#[test]
fn h1_field_11_lists() {
    assert_eq!(flags("Connection: ,CLOSE,,\r\n"), Summary::CLOSE);
    assert_eq!(flags("Connection: x\r\nConnection: close\r\n"), Summary::CLOSE);
    assert_eq!(flags("Connection: \"a, close, \\\" ,close\", keep-alive\r\n"), Summary::KEEP_ALIVE);
    assert_eq!(flags("Connection: Keep-Alive, Upgrade\r\n"), Summary::KEEP_ALIVE | Summary::CONNECTION_UPGRADE);
    assert_eq!(flags("Connection: closed, xclose, close x\r\n"), 0);
    assert_eq!(flags("Upgrade: websocket\r\n"), Summary::UPGRADE);
}

#[test]
fn h1_exp_01_and_04_expectations() {
    assert_eq!(flags("Expect: 100-Continue\r\n"), Summary::EXPECT_CONTINUE);
    assert_eq!(flags("Expect: 200-ok\r\n"), Summary::EXPECT_OTHER);
    assert_eq!(flags("Expect: 100-continue, x\r\n"), Summary::EXPECT_CONTINUE | Summary::EXPECT_OTHER);
}

#[test]
fn h1_tgt_11_more_than_one_host() {
    let parsed = accepted(REQUEST, b"GET / HTTP/1.1\r\nX: y\r\nHost: a.b\r\nHOST: a.b\r\n\r\n");
    let summary = parsed.head.summary;
    assert_eq!(summary.flags, HOST | Summary::HOST_REPEATED);
    assert_eq!((summary.host, summary.host_len, summary.fault), (28, 3, 39));
}

#[test]
fn the_first_fault_is_kept() {
    let input = b"POST / HTTP/1.1\r\nContent-Length: x\r\nTransfer-Encoding: gzip\r\n\r\n";
    assert_eq!(accepted(REQUEST, input).head.summary.fault, 33);
}
