use super::Negotiation::{Coding, Language, MediaType};
use super::*;

fn weighed(field: Negotiation, lines: &[&str], offer: &str) -> Option<u16> {
    weight(field, lines.iter().map(|line| line.as_bytes()), offer.as_bytes())
}

/// The example of RFC 9110 §12.5.1.
#[test]
fn h1_sem_10_the_most_specific_media_range_decides() {
    let accept = "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5";
    for (offer, expected) in [
        ("text/plain;format=flowed", 1000),
        ("text/plain", 700),
        ("text/html", 300),
        ("image/jpeg", 500),
        ("text/plain;format=fixed", 400),
        ("text/html;level=3", 300),
        ("TEXT/Plain; FORMAT=\"Flowed\"", 1000),
        ("text/plain;format=other", 700),
    ] {
        assert_eq!(weighed(MediaType, &[accept], offer), Some(expected), "{offer}");
    }
}

#[test]
fn h1_sem_10_accept() {
    for (lines, offer, expected) in [
        (&[][..], "a/b", 1000),
        (&[""], "a/b", 1000),
        (&["a/b;q=0"], "a/b", 0),
        (&["*/*, a/b;q=0"], "a/b", 0),
        (&["a/c"], "a/b", 0),
        (&["a/c", "a/b;q=0.5"], "a/b", 500),
        (&["a/b;q=0.2, a/b;q=0.4"], "a/b", 400),
        (&["a/b;q=x, */*;q=0.1"], "a/b", 100),
        (&["a/b;q=2"], "a/b", 1000),
        (&["*/b"], "a/b", 0),
        // Java sends these.
        (&["text/html, *; q=.2, */*; q=.2"], "a/b", 200),
        (&["*;q=0.1"], "a/b", 1000),
        (&["*;q=0.1, c/d"], "a/b", 0),
        (&["a/b;x=1;q=0.5"], "a/b", 0),
        (&["a/b;q=0.5;x=1"], "a/b", 500),
        (&["a/b;Q=0.5"], "a/b", 500),
        (&["a/b;x=\"1,2\";q=0.5, a/b;q=0.1"], "a/b;x=\"1\\,2\"", 500),
        (&["a/b;x=\"1, */*"], "a/b", 1000),
        (&["c/d, a/b;x=\"1"], "a/b", 0),
    ] {
        assert_eq!(weighed(MediaType, lines, offer), Some(expected), "{lines:?} {offer}");
    }
    for offer in ["", "a", "*/*", "a/*", "a/b, c/d"] {
        assert_eq!(weighed(MediaType, &["*/*"], offer), None, "{offer}");
    }
}

#[test]
fn h1_sem_10_accept_encoding() {
    for (lines, offer, expected) in [
        (&[][..], "gzip", 0),
        (&[], "identity", 1000),
        (&[""], "gzip", 0),
        (&[""], "Identity", 1000),
        (&["gzip, br;q=0.8"], "br", 800),
        (&["GZIP"], "gzip", 1000),
        (&["x-gzip;q=0.5"], "gzip", 500),
        (&["gzip"], "X-Gzip", 1000),
        (&["x-br"], "br", 0),
        (&["gzip"], "identity", 1),
        (&["gzip;q=0"], "identity", 1),
        (&["gzip, *;q=0.5"], "identity", 500),
        (&["identity, gzip;q=0.5"], "identity", 1000),
        (&["g(zip"], "identity", 1000),
        (&["*;q=0"], "identity", 0),
        (&["*;q=0, identity;q=0.1"], "identity", 100),
        (&["*"], "zstd", 1000),
        (&["*, zstd;q=0"], "zstd", 0),
        (&["zstd;q=0, *"], "zstd", 0),
        (&["identity;q=0"], "identity", 0),
        (&["gzip;q=0", "br"], "gzip", 0),
        (&["gzip;q=1.001"], "gzip", 0),
    ] {
        assert_eq!(weighed(Coding, lines, offer), Some(expected), "{lines:?} {offer}");
    }
    for offer in ["", "*", "a b"] {
        assert_eq!(weighed(Coding, &["*"], offer), None, "{offer}");
    }
}

#[test]
fn h1_sem_10_accept_language() {
    for (lines, offer, expected) in [
        (&[][..], "de", 1000),
        (&["da, en-gb;q=0.8, en;q=0.7"], "en-GB", 800),
        (&["da, en-gb;q=0.8, en;q=0.7"], "en-US", 700),
        (&["da, en-gb;q=0.8, en;q=0.7"], "en", 700),
        (&["da, en-gb;q=0.8, en;q=0.7"], "de", 0),
        (&["en-gb"], "en", 0),
        (&["en"], "eng", 0),
        (&["*;q=0.1, de;q=0"], "de-CH", 0),
        (&["*;q=0.1, de;q=0"], "fr", 100),
        (&["de-*"], "de-CH", 0),
        (&[";q=1"], "de", 1000),
        (&["d e, fr"], "de", 0),
    ] {
        assert_eq!(weighed(Language, lines, offer), Some(expected), "{lines:?} {offer}");
    }
}
