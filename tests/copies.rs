//! What `docs/copies.md` says of a connection, by addresses: what is a view of received octets, and which octets of an owner go out from where they are.

use std::rc::Rc;
use wireway::conn::{Accept, Config, Conn, Event, File, FileOutput, Piece, Response, Span, Window, Workspace, Write};
use wireway::http1::machine::Role;
use wireway::http1::write::FieldRef;
use wireway::memory::Heap;

const OK: Response<'_> = Response { status: 200, reason: b"", content: b"", stream: None, lent: None, close: false };
const POST: &[u8] = b"POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const UPGRADE: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
    Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";

fn no_fields<'a>() -> std::iter::Empty<FieldRef<'a>> {
    std::iter::empty()
}

struct Server {
    conn: Conn,
    ws: Workspace,
}

impl Server {
    fn new() -> Self {
        let mut config = Config::new(Role::Server);
        config.deflate.enabled = cfg!(feature = "deflate");
        let conn = Conn::new(Rc::new(config), 0).unwrap();
        Self { conn, ws: Workspace::new(Heap::new(1 << 20), 1 << 20) }
    }

    /// The events of one lend, the window of its head, and the octets after that.
    fn receive(&mut self, octets: &[u8]) -> (Vec<(Event, Option<Window>)>, Vec<u8>) {
        let mut lent = octets.to_vec();
        self.conn.receive(&mut self.ws, lent.len(), 0).unwrap();
        let mut events = Vec::new();
        while let Ok(event) = self.conn.next(&mut self.ws, &mut lent).unwrap() {
            let window = self.conn.shown(&self.ws).head().map(|(head, _)| head.window);
            events.push((event, window));
        }
        (events, lent)
    }

    /// A WebSocket, whose handshake has been sent.
    fn upgraded() -> Self {
        let mut server = Self::new();
        server.receive(UPGRADE);
        let accept = Accept { deflate: cfg!(feature = "deflate"), ..Accept::default() };
        assert_eq!(server.conn.websocket(&mut server.ws).accept(&accept, no_fields()), Ok(Write::Queued));
        let queued = server.conn.queued();
        server.conn.sent(&mut server.ws, queued, 0).unwrap();
        server
    }

    /// The addresses and lengths of what is lent in the output, and how much of it is the connection's.
    fn output(&self) -> (Vec<(usize, usize)>, usize) {
        let (mut lent, mut owned) = (Vec::new(), 0);
        self.conn.shown(&self.ws).pieces(|piece| {
            match piece {
                Piece::Lent(address, len) => lent.push((address, len)),
                Piece::Owned(octets) => owned += octets.len(),
            }
            true
        });
        (lent, owned)
    }
}

/// A frame with this first octet and a key of zeros, or another one.
fn frame(first: u8, key: [u8; 4], payload: &[u8]) -> Vec<u8> {
    let masked = payload.iter().enumerate().map(|(at, octet)| octet ^ key[at % 4]);
    [first, 0x80 | payload.len() as u8].into_iter().chain(key).chain(masked).collect()
}

fn only_span(events: &[(Event, Option<Window>)]) -> Span {
    match events {
        [(Event::Message { span, .. }, _)] => *span,
        other => panic!("{other:?}"),
    }
}

#[test]
fn heads_and_content_are_views_of_what_was_received() {
    let (events, _) = Server::new().receive(POST);
    let [(Event::Request { last: false }, Some(Window::Lent)), (Event::Data { span, .. }, _)] = events[..] else {
        panic!("{events:?}")
    };
    assert_eq!(span, Span { window: Window::Lent, offset: POST.len() as u32 - 5, len: 5 });
}

#[test]
fn a_head_in_pieces_is_kept_by_the_connection() {
    let mut server = Server::new();
    assert!(server.receive(&POST[..20]).0.is_empty());
    let (events, _) = server.receive(&POST[20..]);
    assert!(matches!(events[0], (Event::Request { .. }, Some(Window::Held))), "{events:?}");
}

#[test]
fn a_message_is_unmasked_where_it_was_received() {
    let mut server = Server::upgraded();
    let (events, lent) = server.receive(&frame(0x81, [1, 2, 3, 4], b"hello"));
    let span = only_span(&events);
    assert_eq!(span, Span { window: Window::Lent, offset: 6, len: 5 });
    assert_eq!(&lent[6..11], b"hello");
    // In frames, it is gathered.
    assert!(server.receive(&frame(0x01, [0; 4], b"hel")).0.is_empty());
    let (events, _) = server.receive(&frame(0x80, [0; 4], b"lo"));
    assert_eq!(only_span(&events).window, Window::Scratch);
}

#[cfg(feature = "deflate")]
#[test]
fn a_compressed_message_is_inflated_into_memory_of_the_connection() {
    let mut server = Server::upgraded();
    // "Hello", RFC 7692 §7.2.3.1.
    let (events, _) = server.receive(&frame(0xc1, [0; 4], &[0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]));
    assert_eq!(only_span(&events), Span { window: Window::Scratch, offset: 0, len: 5 });
}

#[test]
fn lent_content_goes_out_from_where_it_is() {
    let content = vec![b'x'; 50_000];
    let place = (content.as_ptr().expose_provenance(), content.len());
    let mut server = Server::new();
    server.receive(GET);
    let response = Response { content: &content, lent: Some(7), ..OK };
    assert_eq!(server.conn.http1(&mut server.ws).respond(&response, no_fields()), Ok(Write::Queued));
    let (lent, head) = server.output();
    assert_eq!(lent, [place]);
    assert!(head < 200, "the head alone is the connection's: {head}");
    server.conn.sent(&mut server.ws, head + 10, 0).unwrap();
    assert_eq!(server.output(), (vec![(place.0 + 10, place.1 - 10)], 0), "what is left of it");
    assert!(server.receive(b"").0.is_empty(), "not released yet");
    server.conn.sent(&mut server.ws, place.1 - 10, 0).unwrap();
    assert!(matches!(server.receive(b"").0[..], [(Event::Released(7), _)]));
}

#[test]
fn other_content_is_copied_once() {
    let content = vec![b'x'; 5_000];
    let mut server = Server::new();
    server.receive(GET);
    let response = Response { content: &content, ..OK };
    assert_eq!(server.conn.http1(&mut server.ws).respond(&response, no_fields()), Ok(Write::Queued));
    let (lent, owned) = server.output();
    assert!(lent.is_empty() && owned > content.len());
    assert_eq!(owned, server.conn.queued());
}

#[test]
fn a_file_is_named_and_not_read() {
    let file = File { fd: 99, offset: 7, len: 1 << 40 };
    let mut server = Server::new();
    server.receive(GET);
    let head = Response { stream: Some(Some(1 << 40)), ..OK };
    assert_eq!(server.conn.http1(&mut server.ws).respond(&head, no_fields()), Ok(Write::Queued));
    assert_eq!(server.conn.http1(&mut server.ws).send_file(&file, 8), Ok(Write::Queued));
    let (lent, head) = server.output();
    assert!(lent.is_empty());
    server.conn.sent(&mut server.ws, head, 0).unwrap();
    let output = server.conn.shown(&server.ws).file_output();
    assert!(matches!(output, Some(FileOutput::Send(File { fd: 99, offset: 7, len })) if len == 1 << 40));
}
