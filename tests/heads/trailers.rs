//! H1-TRAIL-02.

use wireway::error::Code::Trailer;

use crate::feed::{TRAILERS, accepted, refused, unfinished};

#[test]
fn h1_trail_02_trailer_lines_obey_the_rules_of_fields() {
    for vector in [
        &b"X^ : y\r\n\r\n"[..],
        b"X: a\r\n^ b\r\n\r\n",
        b"X: y^\n\r\n",
        b"^ X: y\r\n\r\n",
        b"^: y\r\n\r\n",
        b"X: \r^y\r\n",
        b"X^\r\n",
        b"X: ^\x00",
        b"\r^X",
    ] {
        refused(TRAILERS, vector, Trailer, "H1-TRAIL-02");
    }
}

#[test]
fn h1_trail_01_a_section_and_what_follows_it() {
    let parsed = accepted(TRAILERS, b"X-Sum: 1\r\nETag: \"a\"\r\n\r\nGET ");
    assert_eq!((parsed.head, parsed.fields()), (23, vec![("X-Sum", &b"1"[..]), ("ETag", b"\"a\"")]));
    assert_eq!(accepted(TRAILERS, b"\r\n").head, 2);
    for vector in [&b""[..], b"\r", b"X", b"X: y\r\n", b"X: y\r\n\r"] {
        unfinished(TRAILERS, vector);
    }
}
