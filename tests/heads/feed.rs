//! Feeds a head in every way and holds the outcomes together.

use wireway::error::{Code, Error};
use wireway::guard::HeadLimits;
use wireway::http1::head::{
    Field, FieldSink, RequestHead, ResponseHead, Scan, Summary, parse_request, parse_response, parse_trailers,
};

/// A head and its fields, owning its octets.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed<T> {
    pub input: Vec<u8>,
    pub head: T,
    pub fields: Vec<Field>,
}

impl<T> Parsed<T> {
    pub fn fields(&self) -> Vec<(&str, &[u8])> {
        let octets = |at: u32, len: u32| &self.input[at as usize..(at + len) as usize];
        let name = |field: &Field| str::from_utf8(octets(field.name, field.name_len.into())).unwrap();
        self.fields.iter().map(|field| (name(field), octets(field.value, field.value_len))).collect()
    }

    pub fn value(&self, name: &str) -> &[u8] {
        self.fields().iter().find(|field| field.0 == name).unwrap_or_else(|| panic!("no field {name}")).1
    }
}

struct Fields(Vec<Field>);

impl FieldSink for Fields {
    fn push(&mut self, field: Field) -> bool {
        self.0.push(field);
        true
    }
}

/// One of the three parsers, as a function of octets, scan and sink.
pub trait Kind: Copy {
    type Head: Clone + PartialEq + std::fmt::Debug;
    fn parse<S: FieldSink>(self, input: &[u8], scan: &mut Scan, sink: &mut S) -> Result<Option<Self::Head>, Error>;
}

#[derive(Clone, Copy)]
pub struct Request(pub HeadLimits);
#[derive(Clone, Copy)]
pub struct Response(pub HeadLimits);
#[derive(Clone, Copy)]
pub struct Trailers(pub HeadLimits);

impl Kind for Request {
    type Head = RequestHead;
    fn parse<S: FieldSink>(self, input: &[u8], scan: &mut Scan, sink: &mut S) -> Result<Option<RequestHead>, Error> {
        parse_request(input, scan, &self.0, sink)
    }
}

impl Kind for Response {
    type Head = ResponseHead;
    fn parse<S: FieldSink>(self, input: &[u8], scan: &mut Scan, sink: &mut S) -> Result<Option<ResponseHead>, Error> {
        parse_response(input, scan, &self.0, sink)
    }
}

impl Kind for Trailers {
    type Head = usize;
    fn parse<S: FieldSink>(self, input: &[u8], scan: &mut Scan, sink: &mut S) -> Result<Option<usize>, Error> {
        parse_trailers(input, scan, &self.0, sink)
    }
}

pub const REQUEST: Request = Request(HeadLimits::DEFAULT);
pub const RESPONSE: Response = Response(HeadLimits::DEFAULT);
pub const TRAILERS: Trailers = Trailers(HeadLimits::TRAILERS);

/// The outcome of `input`, however it is cut; each piece lies elsewhere in memory than the one before.
pub fn feed<K: Kind>(kind: K, input: &[u8]) -> Result<Option<Parsed<K::Head>>, Error> {
    let whole = feed_at(kind, input, &[]);
    let bytewise: Vec<usize> = (0..input.len()).collect();
    assert_eq!(feed_at(kind, input, &bytewise), whole, "octet by octet: {}", input.escape_ascii());
    for cut in 0..input.len() {
        assert_eq!(feed_at(kind, input, &[cut]), whole, "cut at {cut}: {}", input.escape_ascii());
    }
    whole
}

fn feed_at<K: Kind>(kind: K, input: &[u8], cuts: &[usize]) -> Result<Option<Parsed<K::Head>>, Error> {
    let (mut scan, mut sink) = (Scan::FRESH, Fields(Vec::new()));
    for end in cuts.iter().chain([&input.len()]) {
        let piece = input[..*end].to_vec();
        match kind.parse(&piece, &mut scan, &mut sink) {
            Ok(None) => {}
            Ok(Some(head)) => {
                assert_eq!(scan, Scan::FRESH, "a scan is fresh again after success");
                return Ok(Some(Parsed { input: input.to_vec(), head, fields: sink.0 }));
            }
            Err(error) => {
                assert_eq!(kind.parse(input, &mut scan, &mut sink), Err(error), "CORE-03: an error stays");
                assert_eq!(scan.error(), Some(error));
                return Err(error);
            }
        }
    }
    Ok(None)
}

/// `input` is a whole head.
pub fn accepted<K: Kind>(kind: K, input: &[u8]) -> Parsed<K::Head> {
    match feed(kind, input) {
        Ok(Some(parsed)) => parsed,
        other => panic!("{}: {other:?}", input.escape_ascii()),
    }
}

/// `input` is the beginning of a head.
pub fn unfinished<K: Kind>(kind: K, input: &[u8]) {
    assert_eq!(feed(kind, input), Ok(None), "{}", input.escape_ascii());
}

/// `vector` without its `^` is refused at the octet after it, as soon as that octet is there.
pub fn refused<K: Kind>(kind: K, vector: &[u8], code: Code, rule: &str) {
    let at = vector.iter().position(|octet| *octet == b'^').expect("a vector marks the offending octet");
    let input = [&vector[..at], &vector[at + 1..]].concat();
    refused_at(kind, &input, at, code, rule);
}

pub fn refused_at<K: Kind>(kind: K, input: &[u8], at: usize, code: Code, rule: &str) {
    let Err(error) = feed(kind, input) else { panic!("{}: accepted", input.escape_ascii()) };
    let found = (error.code(), error.offset, error.fault.rule.to_str().unwrap());
    assert_eq!(found, (code, at as u64, rule), "{}", input.escape_ascii());
    for cuts in [&[][..], &[at], &(0..at).collect::<Vec<_>>()] {
        assert_eq!(feed_at(kind, &input[..=at], cuts), Err(error), "at once: {}", input.escape_ascii());
    }
    assert_eq!(feed_at(kind, &input[..at], &[]), Ok(None), "not sooner: {}", input.escape_ascii());
}

/// The status a server answers a refused request with.
pub fn status(input: &[u8]) -> u16 {
    feed(REQUEST, input).unwrap_err().fault.status
}

/// The summary of a POST with these lines.
pub fn summary(lines: &str) -> Summary {
    accepted(REQUEST, format!("POST / HTTP/1.1\r\nHost: a\r\n{lines}\r\n").as_bytes()).head.summary
}
