//! The vectors: the row of the ledger, the octets, and what they are.

#[path = "blocks.rs"]
mod blocks;

/// What the octets of a vector are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A header that tells these endpoints, source and destination as texts.
    Told(&'static str, &'static str),
    /// A header that tells nothing: the endpoints are those of the transport.
    Transport,
    /// No header: the octet that says so.
    Wrong(u64),
}

pub use Expected::{Told, Transport, Wrong};
use blocks::{pp_04, pp_04_checksums, pp_04_wrong};

/// One vector.
pub struct Vector {
    pub row: &'static str,
    pub octets: Vec<u8>,
    pub expected: Expected,
}

/// The octets before the command.
pub const SIGNATURE: &[u8; 12] = b"\r\n\r\n\0\r\nQUIT\n";

/// A header of version 2.
pub fn v2(command: u8, family: u8, length: u16, block: &[u8]) -> Vec<u8> {
    [&SIGNATURE[..], &[command, family], &length.to_be_bytes(), block].concat()
}

/// One whose length is that of its block.
pub fn fit(command: u8, family: u8, block: &[u8]) -> Vec<u8> {
    v2(command, family, u16::try_from(block.len()).expect("a short block"), block)
}

/// 192.0.2.1:56324 and 198.51.100.1:443.
pub const V4: &[u8] = &[192, 0, 2, 1, 198, 51, 100, 1, 0xdc, 0x04, 0x01, 0xbb];

/// [2001:db8::1]:56324 and [2001:db8::2]:443.
pub fn v6() -> Vec<u8> {
    let host = |last| [&[0x20, 0x01, 0x0d, 0xb8][..], &[0; 11], &[last]].concat();
    [host(1), host(2), vec![0xdc, 0x04, 0x01, 0xbb]].concat()
}

/// Two names of Unix domain sockets.
pub fn unix(source: &[u8], destination: &[u8]) -> Vec<u8> {
    let padded = |name: &[u8]| [name, &vec![0; 108 - name.len()]].concat();
    [padded(source), padded(destination)].concat()
}

pub fn tlv(kind: u8, value: &[u8]) -> Vec<u8> {
    [&[kind][..], &u16::try_from(value.len()).expect("a short value").to_be_bytes(), value].concat()
}

/// The header with a checksum among its TLVs, from the definition in RFC 9260, a bit at a time.
pub fn with_checksum(command: u8, family: u8, before: &[u8], behind: &[u8]) -> Vec<u8> {
    let mut header = fit(command, family, &[before, &tlv(3, &[0; 4]), behind].concat());
    let sum = !header.iter().fold(u32::MAX, |sum, &octet| {
        (0..8).fold(sum ^ u32::from(octet), |sum, _| sum >> 1 ^ if sum & 1 == 1 { 0x82f6_3b78 } else { 0 })
    });
    let at = 16 + before.len() + 3;
    header[at..at + 4].copy_from_slice(&sum.to_be_bytes());
    header
}

const CLIENT: &str = "192.0.2.1:56324";
const SERVER: &str = "198.51.100.1:443";

pub fn all() -> Vec<Vector> {
    [pp_01(), pp_02(), pp_02_wrong(), pp_03(), pp_04(), pp_04_wrong(), pp_04_checksums()]
        .into_iter()
        .flatten()
        .collect()
}

fn of(row: &'static str, vectors: impl IntoIterator<Item = (Vec<u8>, Expected)>) -> Vec<Vector> {
    vectors.into_iter().map(|(octets, expected)| Vector { row, octets, expected }).collect()
}

/// What is no header at all.
fn pp_01() -> Vec<Vector> {
    let octets: [(&[u8], u64); 8] = [
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", 0),
        (b"POST / HTTP/1.1\r\n", 1),
        (b"proxy TCP4 192.0.2.1 198.51.100.1 56324 443\r\n", 0),
        (b"PROXY\tTCP4 192.0.2.1 198.51.100.1 56324 443\r\n", 5),
        (b"\r\nPROXY UNKNOWN\r\n", 2),
        (b"\x16\x03\x01\x02\x00\x01", 0),
        (b"\r\n\r\n\0\r\nQUIT\r", 11),
        (b"\0", 0),
    ];
    of("PP-01", octets.map(|(octets, at)| (octets.to_vec(), Wrong(at))))
}

fn pp_02() -> Vec<Vector> {
    let longest = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
    let line = format!("PROXY TCP6 {longest} {longest} 65535 65535\r\n");
    let unknown = format!("PROXY UNKNOWN {}\r\n", "x".repeat(91));
    assert_eq!((line.len(), unknown.len()), (104, 107));
    let lines: [(&str, Expected); 10] = [
        ("PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n", Told(CLIENT, SERVER)),
        ("PROXY TCP4 255.255.255.255 0.0.0.0 65535 0\r\n", Told("255.255.255.255:65535", "0.0.0.0:0")),
        ("PROXY TCP6 2001:db8::1 2001:DB8:0:0::2 1 2\r\n", Told("[2001:db8::1]:1", "[2001:db8::2]:2")),
        ("PROXY TCP6 2001:0db8:0000:0000:0000:0000:0000:0001 :: 1 2\r\n", Told("[2001:db8::1]:1", "[::]:2")),
        ("PROXY TCP6 ::ffff:192.0.2.1 ::1 1 2\r\n", Told("[::ffff:192.0.2.1]:1", "[::1]:2")),
        (
            &line,
            Told("[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535", "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535"),
        ),
        ("PROXY UNKNOWN\r\n", Transport),
        ("PROXY UNKNOWN x\r\n", Transport),
        ("PROXY UNKNOWN  192.0.2.1 \0\x7f TCP4\r\n", Transport),
        (&unknown, Transport),
    ];
    of("PP-02", lines.map(|(line, expected)| (line.as_bytes().to_vec(), expected)))
}

fn pp_02_wrong() -> Vec<Vector> {
    let (long, split) =
        (format!("PROXY UNKNOWN {}\r\n", "x".repeat(92)), format!("PROXY UNKNOWN {}\r\n", "x".repeat(200)));
    let lines: [(&str, u64); 35] = [
        ("PROXY TCP4 ::1 ::1 1 2\r\n", 11),
        ("PROXY TCP6 192.0.2.1 192.0.2.1 1 2\r\n", 11),
        ("PROXY TCP4 192.0.2.1 198.51.100.1 56324 0443\r\n", 40),
        ("PROXY TCP4 192.0.2.1 198.51.100.1 00 443\r\n", 34),
        ("PROXY TCP4 192.0.2.1 198.51.100.1 65536 443\r\n", 34),
        ("PROXY TCP4 192.0.2.1 198.51.100.1 -1 443\r\n", 34),
        ("PROXY TCP4 192.0.2.1 198.51.100.1 +1 443\r\n", 34),
        ("PROXY TCP4 192.0.2.1 198.51.100.1 1 99999999999999999999\r\n", 36),
        ("PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\n", 43),
        ("PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\rX", 44),
        ("PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\r\n", 44),
        ("PROXY TCP4 192.0.2.1\n", 20),
        ("PROXY TCP4  192.0.2.1 198.51.100.1 56324 443\r\n", 11),
        ("PROXY TCP4 192.0.2.1  198.51.100.1 56324 443\r\n", 21),
        ("PROXY TCP4 192.0.2.1 198.51.100.1 56324 443 \r\n", 44),
        ("PROXY TCP4 192.0.2.1 198.51.100.1 56324 443 1\r\n", 44),
        ("PROXY TCP4 192.0.2.1 198.51.100.1 56324\r\n", 39),
        ("PROXY TCP4 192.0.2.1 198.51.100.1 56324 \r\n", 40),
        ("PROXY TCP4 192.0.2.1 198.51.100.1\r\n", 33),
        ("PROXY TCP4\r\n", 10),
        ("PROXY TCP4 192.0.2.01 198.51.100.1 1 2\r\n", 11),
        ("PROXY TCP4 192.0.2 198.51.100.1 1 2\r\n", 11),
        ("PROXY TCP4 192.0.2.256 198.51.100.1 1 2\r\n", 11),
        ("PROXY TCP4 0xc0.0.2.1 198.51.100.1 1 2\r\n", 11),
        ("PROXY TCP4 192.0.2.1 198.51.100.1\t1 2\r\n", 21),
        ("PROXY TCP6 [::1] ::1 1 2\r\n", 11),
        ("PROXY TCP6 fe80::1%1 ::1 1 2\r\n", 11),
        ("PROXY TCP6 1::2::3 ::1 1 2\r\n", 11),
        ("PROXY TCP5 192.0.2.1 198.51.100.1 1 2\r\n", 6),
        ("PROXY tcp4 192.0.2.1 198.51.100.1 1 2\r\n", 6),
        ("PROXY  TCP4 192.0.2.1 198.51.100.1 1 2\r\n", 6),
        ("PROXY \r\n", 6),
        ("PROXY UNKNOWNx\r\n", 6),
        (&long, 106),
        (&split, 106),
    ];
    of("PP-02", lines.map(|(line, at)| (line.as_bytes().to_vec(), Wrong(at))))
}

fn pp_03() -> Vec<Vector> {
    let told = Told(CLIENT, SERVER);
    let good = [
        (fit(0x21, 0x11, V4), told),
        (fit(0x20, 0x00, b""), Transport),
        // The block of LOCAL is skipped, whatever it is: nobody can tell endpoints with it.
        (fit(0x20, 0x11, V4), Transport),
        (fit(0x20, 0xff, b"anything"), Transport),
        (v2(0x20, 0x11, 3, b"abc"), Transport),
    ];
    let wrong = [0x11, 0x22, 0x2f, 0x00, 0x31, 0x12].map(|command| (fit(command, 0x11, V4), Wrong(12)));
    of("PP-03", good.into_iter().chain(wrong))
}
