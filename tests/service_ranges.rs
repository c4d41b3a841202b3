//! Ranges of files as answers: with the file's own offset, the range's, and its length. Contents are compared.
#![cfg(feature = "service")]

mod service_support;
#[cfg(feature = "tls")]
mod tls_support;

use service_support::files::*;
use service_support::*;
use std::net::TcpStream;
#[cfg(feature = "tls")]
use tls_support::{VERSIONS, configs, socket::Client};
use wireway::conn::{Event, FileResponse, Write};
use wireway::semantics::selection::Selector;
use wireway::service::Id;
#[cfg(feature = "tls")]
use wireway::service::{Config, Event as Told, EventKind, Next, Server};

const LEN: usize = 5_000_001;

fn request(h: &mut Harness) -> (TcpStream, Id) {
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    (client, id)
}

#[test]
fn a_range_of_a_file_arrives_as_it_is() {
    const OFFSET: usize = 3;
    let (octets, mut h) = (octets(OFFSET + LEN + 5), Harness::new());
    let file = file(&octets);
    for (range, from, len) in [("bytes=1000001-4999998", 1_000_001, 3_999_998), ("bytes=-70000", LEN - 70_000, 70_000)]
    {
        let (mut client, id) = request(&mut h);
        let file = stretch(&file, OFFSET as u64, LEN as u64);
        let answer =
            FileResponse { file, content_type: b"", etag: b"", modified: None, is_date_strong: false, token: 7 };
        let selectors = [(Selector::Range, range.as_bytes())].into_iter();
        assert_eq!(h.server.calls().respond_file(id, b"GET", selectors, &answer, none()), Ok(Write::Queued));
        let reader = std::thread::spawn(move || (read_octets(&mut client), client));
        h.expect(id, Event::Released(7));
        let ((head, got), client) = reader.join().unwrap();
        drop(client);
        assert_eq!(h.closed(id), None);
        assert!(head.starts_with("HTTP/1.1 206 "), "{head}");
        assert!(got == octets[OFFSET + from..][..len], "{range}");
    }
}

/// The same, read and sealed.
#[cfg(feature = "tls")]
#[test]
fn a_range_of_a_file_over_tls() {
    const OFFSET: u64 = 3;
    const LEN: u64 = 1_000_003;
    const FROM: u64 = 200_001;
    const TO: u64 = 999_998;
    let content = octets((OFFSET + LEN + 5) as usize);
    let file = file(&content);
    for version in VERSIONS {
        let (client, tls) = configs(version, false);
        let mut server = Server::new(&Config::new()).unwrap();
        server.listen_tls(b"127.0.0.1:0", &tls).unwrap();
        let secure = server.address(0).unwrap().to_string().parse().unwrap();
        let talking = std::thread::spawn(move || {
            let mut client = Client::new(secure, &client);
            client.ask(0);
            let head = client.got.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
            while client.got.len() < head + (TO - FROM + 1) as usize {
                assert!(client.exchange());
            }
            client.got
        });
        loop {
            match server.next(Some(PATIENCE_MS)).unwrap() {
                Next::Event(Told { id, kind: EventKind::Conn(Event::Request { .. }), .. }) => {
                    let file = stretch(&file, OFFSET, LEN);
                    let (content_type, etag, modified) = (&b""[..], &b""[..], None);
                    let answer = FileResponse { file, content_type, etag, modified, is_date_strong: false, token: 9 };
                    let range = format!("bytes={FROM}-{TO}");
                    let selectors = [(Selector::Range, range.as_bytes())].into_iter();
                    server.calls().respond_file(id, b"GET", selectors, &answer, std::iter::empty()).unwrap();
                }
                Next::Event(Told { kind: EventKind::Closed(_), .. }) => break,
                Next::Event(_) => {}
                other => panic!("{other:?}"),
            }
        }
        let got = talking.join().unwrap();
        assert!(got.starts_with(b"HTTP/1.1 206 "), "{version:?}");
        assert!(got.ends_with(&content[(OFFSET + FROM) as usize..=(OFFSET + TO) as usize]), "{version:?}");
    }
}
