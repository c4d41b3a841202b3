//! The PROXY protocol: the decoder, by the vectors of each row, however they are cut.

#[path = "../../fuzz/src/proxy.rs"]
mod checks;
#[path = "../support/random.rs"]
mod random;
mod vectors;
mod walk;

use vectors::{Expected, Vector};
use wireway::error::{Code, Error};
use wireway::proxy::{Decoded, Endpoints, HEADER_MAX, UnixPath, decode};

/// What lies behind a header, which nobody looks at.
const BEHIND: &[u8] = b"PROXY TCP4 \r\n\r\n\0\r\nQUIT\n\x21\x11";

fn name(path: &UnixPath) -> String {
    match path.name() {
        [0, name @ ..] => format!("unix:@{}", name.escape_ascii()),
        name => format!("unix:{}", name.escape_ascii()),
    }
}

fn texts(told: &Endpoints) -> [String; 2] {
    match told {
        Endpoints::V4 { source, destination } => [source.to_string(), destination.to_string()],
        Endpoints::V6 { source, destination } => [source.to_string(), destination.to_string()],
        Endpoints::Unix { source, destination } => [name(source), name(destination)],
    }
}

/// A decoder that gets the octets in pieces that end at `ends`, as a caller would call it.
fn decode_pieces(octets: &[u8], ends: impl Iterator<Item = usize>) -> Result<Decoded, Error> {
    for end in ends {
        match decode(&octets[..end])? {
            Decoded::NeedMore => {}
            decoded => return Ok(decoded),
        }
    }
    Ok(Decoded::NeedMore)
}

fn check_result(vector: &Vector, decoded: Result<Decoded, Error>) {
    let text = vector.octets.escape_ascii();
    match (vector.expected, decoded) {
        (Expected::Told(source, destination), Ok(Decoded::Header(header))) => {
            assert_eq!(header.told.as_ref().map(texts), Some([source.to_owned(), destination.to_owned()]), "{text}");
            assert_eq!(header.consumed, vector.octets.len(), "{text}");
        }
        (Expected::Transport, Ok(Decoded::Header(header))) => {
            assert_eq!((header.told, header.consumed), (None, vector.octets.len()), "{text}");
        }
        (Expected::Wrong(at), Err(error)) => {
            assert_eq!((error.code(), error.offset), (Code::ProxyHeader, at), "{text}");
            assert_eq!(error.fault.rule.to_str(), Ok(vector.row), "{text}");
            assert_eq!(error.fault.status, 0, "nothing is answered");
        }
        (expected, decoded) => panic!("{text}: {decoded:?} in place of {expected:?}"),
    }
}

/// Whole, with octets behind it, an octet at a time, and cut in two at every place.
fn check_vector(vector: &Vector) {
    let (octets, len) = (&vector.octets[..], vector.octets.len());
    check_result(vector, decode(octets));
    check_result(vector, decode(&[octets, BEHIND].concat()));
    check_result(vector, decode_pieces(octets, 1..=len));
    for cut in 1..len {
        check_result(vector, decode_pieces(octets, [cut, len].into_iter()));
    }
    if !matches!(vector.expected, Expected::Wrong(_)) {
        assert!((0..len).all(|end| decode(&octets[..end]) == Ok(Decoded::NeedMore)));
        assert!(len <= HEADER_MAX);
    }
}

fn check_row(row: &str) {
    let vectors: Vec<Vector> = vectors::all().into_iter().filter(|vector| vector.row == row).collect();
    assert!(vectors.len() >= 8, "{row}: {} vectors", vectors.len());
    vectors.iter().for_each(check_vector);
}

#[test]
fn pp_01_what_does_not_begin_with_a_header_is_refused_at_its_first_octet() {
    check_row("PP-01");
}

#[test]
fn pp_02_a_line_has_one_form() {
    check_row("PP-02");
}

#[test]
fn pp_03_a_binary_header_has_two_commands() {
    check_row("PP-03");
}

#[test]
fn pp_04_the_length_covers_the_addresses_and_all_tlvs() {
    check_row("PP-04");
}

#[test]
fn every_vector_is_of_one_of_these_rows() {
    let rows = ["PP-01", "PP-02", "PP-03", "PP-04"];
    assert!(vectors::all().iter().all(|vector| rows.contains(&vector.row)));
}

#[test]
fn names_of_unix_sockets_end_at_their_padding() {
    let of = |source: &[u8]| match decode(&vectors::fit(0x21, 0x31, &vectors::unix(source, b""))) {
        Ok(Decoded::Header(header)) => match header.told {
            Some(Endpoints::Unix { source, .. }) => source.name().to_vec(),
            told => panic!("{told:?}"),
        },
        decoded => panic!("{decoded:?}"),
    };
    let long = [b'a'; 108];
    for (given, name) in
        [(&b""[..], &b""[..]), (b"/a\0b", b"/a"), (b"\0a\0b", b"\0a\0b"), (b"\0a\0", b"\0a"), (&long, &long)]
    {
        assert_eq!(of(given), name);
    }
}
