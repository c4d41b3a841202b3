//! One set of rules says how the content of a message is framed (H1-GEN-06, H1-BODY-07, -08): a connection and the codec refuse the same
//! messages, with the same error, and write the same lines.

#[path = "support/rig.rs"]
#[allow(dead_code, reason = "a part of it is used")]
mod rig;

use rig::{GET, OK, Rig};
use wireway::conn::{Request, Response};
use wireway::error::Error;
use wireway::guard::TargetRule;
use wireway::http1::write::{Content, FieldRef, StandaloneRequest, StandaloneResponse};

const METHODS: [&str; 10] = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY"];

/// All contents there are, each as a connection takes it.
const CONTENTS: [(&[u8], Option<Option<u64>>); 7] = [
    (b"", None),
    (b"hello", None),
    (b"", Some(None)),
    (b"", Some(Some(0))),
    (b"", Some(Some(5))),
    (b"", Some(Some(1 << 63))),
    (b"", Some(Some(u64::MAX))),
];

/// The fields that some status needs.
const FIELDS: [(&str, &str); 4] =
    [("Upgrade", "x"), ("WWW-Authenticate", "Basic"), ("Allow", "GET"), ("Proxy-Authenticate", "Basic")];

fn fields() -> impl Iterator<Item = FieldRef<'static>> + Clone {
    FIELDS.iter().map(|(name, value)| FieldRef { name: name.as_bytes(), value: value.as_bytes() })
}

/// A client whose peer is known to speak HTTP/1.1.
fn client() -> Rig {
    let mut rig = Rig::client();
    rig.request(GET).unwrap();
    rig.flush();
    rig.feed(b"HTTP/1.1 204 No Content\r\n\r\n");
    rig
}

/// A server that owes an answer to a GET.
fn server() -> Rig {
    let mut rig = Rig::server();
    rig.feed(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    rig
}

/// The line of a head that says where the content ends.
fn framing_of(head: &str) -> Option<String> {
    let lines = head.split("\r\n").take_while(|line| !line.is_empty());
    let mut framing =
        lines.filter(|line| line.starts_with("Content-Length:") || line.starts_with("Transfer-Encoding:"));
    let found = framing.next().map(str::to_owned);
    assert_eq!(framing.next(), None, "one line says it");
    found
}

fn written(write: impl FnOnce(&mut [u8]) -> Result<usize, Error>) -> Result<Option<String>, Error> {
    let mut out = [0; 512];
    write(&mut out).map(|size| framing_of(core::str::from_utf8(&out[..size]).unwrap()))
}

fn requested(request: Request<'_>) -> Result<Option<String>, Error> {
    let mut rig = client();
    let framing = rig.request(request).map(|_| framing_of(&rig.flush()));
    rig.close();
    framing
}

fn responded(response: Response<'_>) -> Result<Option<String>, Error> {
    let mut rig = server();
    let sent = rig.conn.http1(&mut rig.ws).respond(&response, fields());
    let framing = sent.map(|_| framing_of(&rig.flush()));
    rig.close();
    framing
}

#[test]
fn h1_gen_06_requests_of_a_connection_and_of_the_codec() {
    let mut refused = 0;
    for method in METHODS {
        for (content, stream) in CONTENTS {
            for expect in [false, true] {
                let target: &[u8] = if method == "CONNECT" { b"a:443" } else { b"/" };
                let method = method.as_bytes();
                let by_codec = StandaloneRequest {
                    method,
                    target,
                    rule: TargetRule::Browser,
                    authority: b"a",
                    content: Content::of(content, stream),
                    unframed: false,
                    close: false,
                    expect,
                };
                let by_codec = written(|out| by_codec.write(core::iter::empty(), out));
                let by_conn = requested(Request { method, target, content, stream, expect, ..GET });
                assert_eq!(by_conn, by_codec, "{} {content:?} {stream:?} {expect}", method.escape_ascii());
                refused += u32::from(by_codec.is_err());
            }
        }
    }
    // All methods with an expectation alone, TRACE and CONNECT with each of six contents, and the others with two lengths
    // that are too long, both ways.
    assert_eq!(refused, 10 + 2 * 6 * 2 + 8 * 2 * 2);
}

#[test]
fn h1_body_07_and_08_responses_of_a_connection_and_of_the_codec() {
    for status in 200..=599 {
        for (content, stream) in CONTENTS {
            let of = Content::of(content, stream);
            let by_codec = StandaloneResponse { status, reason: b"", content: of, unframed: false, close: false };
            let by_codec = written(|out| by_codec.write(fields(), out));
            let by_conn = responded(Response { status, content, stream, ..OK });
            assert_eq!(by_conn, by_codec, "{status} {content:?} {stream:?}");
            let is_long = stream.flatten().is_some_and(|length| length > i64::MAX as u64);
            let is_refused = is_long || (matches!(status, 204 | 205) && of != Content::Whole(0));
            assert_eq!(by_codec.is_err(), is_refused, "{status} {content:?} {stream:?}");
        }
    }
}

/// What the fields declare is judged as if the message declared it (H1-GEN-03, -06).
#[test]
fn h1_gen_06_content_that_fields_declare() {
    let length = |value| [FieldRef { name: b"content-length", value }];
    let coding = [FieldRef { name: b"transfer-encoding", value: b"chunked" }];
    for (fields, declares) in [(length(b"0"), false), (length(b"5"), true), (coding, true)] {
        for method in METHODS {
            for expect in [false, true] {
                let target: &[u8] = if method == "CONNECT" { b"a:443" } else { b"/" };
                let request = StandaloneRequest {
                    method: method.as_bytes(),
                    target,
                    rule: TargetRule::Browser,
                    authority: b"a",
                    content: Content::Whole(0),
                    unframed: false,
                    close: false,
                    expect,
                };
                let is_refused = if declares { matches!(method, "TRACE" | "CONNECT") } else { expect };
                let result = request.write(fields.into_iter(), &mut [0; 512]);
                assert_eq!(result.is_err(), is_refused, "{method} {fields:?} {expect}");
            }
        }
        let response =
            StandaloneResponse { status: 205, reason: b"", content: Content::Whole(0), unframed: false, close: false };
        assert_eq!(response.write(fields.into_iter(), &mut [0; 512]).is_err(), declares, "{fields:?}");
    }
}
