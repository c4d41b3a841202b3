//! Where httparse accepts too, it says the same.

use crate::random::Random;
use wireway::guard::HeadLimits;
use wireway::http1::head::{Field, FieldSink, Scan, parse_request, parse_response};

struct Fields(Vec<Field>);

impl FieldSink for Fields {
    fn push(&mut self, field: Field) -> bool {
        self.0.push(field);
        true
    }
}

fn mutant(random: &mut Random, seeds: &[&[u8]]) -> Vec<u8> {
    const OCTETS: &[u8] = b"\r\n\t :/%?#[]aZ09-_\x00\x7f\x80\xff,;\"";
    let mut octets = seeds[random.below(seeds.len())].to_vec();
    for _ in 0..random.below(3) {
        let at = random.below(octets.len());
        let octet = OCTETS[random.below(OCTETS.len())];
        match random.below(3) {
            0 => octets[at] = octet,
            1 => octets.insert(at, octet),
            _ => drop(octets.remove(at)),
        }
    }
    octets
}

fn same_fields(input: &[u8], ours: &[Field], theirs: &[httparse::Header<'_>]) {
    assert_eq!(ours.len(), theirs.len(), "{}", input.escape_ascii());
    for (our, their) in ours.iter().zip(theirs) {
        let octets = |at: u32, len: u32| &input[at as usize..][..len as usize];
        assert_eq!(octets(our.name, our.name_len.into()), their.name.as_bytes(), "{}", input.escape_ascii());
        assert_eq!(octets(our.value, our.value_len), their.value, "{}", input.escape_ascii());
    }
}

#[test]
fn requests() {
    const SEEDS: &[&[u8]] = &[
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST /path/to?query=1&b=%20 HTTP/1.0\r\nHost: example.test\r\nContent-Length: 10\r\nX-Empty:\r\n\r\nbody",
        b"OPTIONS * HTTP/1.1\r\nUser-Agent: something that is rather long, to reach over more than one block (x)\r\n\r\n",
    ];
    let (mut random, mut both) = (Random::new(1), 0);
    for _ in 0..20_000 {
        let input = mutant(&mut random, SEEDS);
        let mut sink = Fields(Vec::new());
        let ours = parse_request(&input, &mut Scan::FRESH.clone(), &HeadLimits::DEFAULT, &mut sink);
        let mut table = [httparse::EMPTY_HEADER; 100];
        let mut theirs = httparse::Request::new(&mut table);
        let (Ok(Some(head)), Ok(httparse::Status::Complete(len))) = (ours, theirs.parse(&input)) else { continue };
        both += 1;
        assert_eq!(head.head_len as usize, len, "{}", input.escape_ascii());
        assert_eq!(Some(head.method.of(&input)), theirs.method.map(str::as_bytes));
        assert_eq!(Some(head.target.of(&input)), theirs.path.map(str::as_bytes));
        assert_eq!(Some(head.version_minor), theirs.version);
        same_fields(&input, &sink.0, theirs.headers);
    }
    assert!(both > 5_000, "{both} were accepted by both");
}

#[test]
fn responses() {
    const SEEDS: &[&[u8]] = &[
        b"HTTP/1.1 200 OK\r\nServer: a\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.0 404 Not Found\r\nSet-Cookie: a=b; Path=/; a rather long one, to reach over more than one block\r\n\r\n",
    ];
    let (mut random, mut both) = (Random::new(2), 0);
    for _ in 0..20_000 {
        let input = mutant(&mut random, SEEDS);
        let mut sink = Fields(Vec::new());
        let ours = parse_response(&input, &mut Scan::FRESH.clone(), &HeadLimits::DEFAULT, &mut sink);
        let mut table = [httparse::EMPTY_HEADER; 100];
        let mut theirs = httparse::Response::new(&mut table);
        let (Ok(Some(head)), Ok(httparse::Status::Complete(len))) = (ours, theirs.parse(&input)) else { continue };
        both += 1;
        assert_eq!((head.head_len as usize, Some(head.status)), (len, theirs.code), "{}", input.escape_ascii());
        // httparse gives an empty reason for one with obs-text.
        let reason = head.reason.of(&input);
        if reason.is_ascii() {
            assert_eq!(Some(reason), theirs.reason.map(str::as_bytes), "{}", input.escape_ascii());
        }
        same_fields(&input, &sink.0, theirs.headers);
    }
    assert!(both > 5_000, "{both} were accepted by both");
}
