//! The calls on a server: with a request that waits, in the middle of a turn of short messages, and over TLS.

use super::bench::{Bench, config as conn_config, ignore, span};
use super::calls::{RESPONSE, STREAM, request};
use super::memory::global_allocations;
use super::service_support::c::{config, event, listening, listening_with, new, rest};
use super::service_support::{client, get};
use super::tls::configs;
use core::ffi::c_char;
use core::ptr::null_mut;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use wireway::ffi::config::*;
use wireway::ffi::event::*;
use wireway::ffi::head::types::ww_error_info;
use wireway::ffi::mailbox::*;
use wireway::ffi::server::answer::*;
use wireway::ffi::server::hold::*;
use wireway::ffi::server::info::*;
use wireway::ffi::server::tls::*;
use wireway::ffi::server::topics::*;
use wireway::ffi::server::websocket::*;
use wireway::ffi::server::*;
use wireway::ffi::tls::info::ww_tls_info;

/// A call as C would make it: pointers are to static octets or to values of the caller's.
macro_rules! c {
    ($call:expr) => {
        // SAFETY: as said above.
        unsafe { $call }
    };
}

/// Tells whether it was over TLS, and how many allocations there were.
pub type Note<'a> = &'a mut dyn FnMut(bool, usize);

/// A server, and the connection that a call is about.
struct Fixture {
    server: *mut ww_server,
    id: u64,
    mailbox: *mut ww_mailbox,
    over_tls: bool,
    _clients: Vec<TcpStream>,
}

impl Drop for Fixture {
    fn drop(&mut self) {
        c!(ww_mailbox_free(self.mailbox));
        c!(ww_server_free(self.server));
    }
}

impl Fixture {
    fn new(server: *mut ww_server, id: u64, over_tls: bool, clients: Vec<TcpStream>) -> Self {
        let mut mailbox = null_mut();
        assert_eq!(c!(ww_server_mailbox(server, &mut mailbox)), 0);
        Self { server, id, mailbox, over_tls, _clients: clients }
    }

    /// A request waits for its response.
    fn plain() -> Self {
        let (server, _, client, id) = asked();
        Self::new(server, id, false, vec![client])
    }

    /// A WebSocket has its turn: an answer is not sent yet, and the block that was to spare is another connection's.
    fn lane() -> Self {
        let (server, address, other_client, other) = asked();
        let mut socket = client(address);
        let id = event(server, WW_EVENT_OPENED).conn;
        socket
            .write_all(
                b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
            )
            .unwrap();
        event(server, WW_EVENT_REQUEST);
        assert_eq!(c!(ww_server_accept_websocket(server, id, core::ptr::null())), 0);
        rest(server);
        socket.write_all(b"\x81\x80\0\0\0\0\x81\x80\0\0\0\0").unwrap();
        event(server, WW_EVENT_MESSAGE);
        assert_eq!(c!(ww_server_send_message(server, id, 7, b"x".as_ptr().cast(), 1)), 0);
        assert_eq!(c!(ww_server_respond(server, other, &RESPONSE)), 0);
        Self::new(server, id, false, vec![other_client, socket])
    }

    /// A request over TLS waits.
    fn tls() -> Self {
        let server = new(&config()).unwrap();
        assert_eq!(c!(ww_server_listen_tls(server, c"127.0.0.1:0".as_ptr(), configs().server)), 0);
        let mut address: [c_char; 64] = [0; 64];
        assert_eq!(c!(ww_server_address(server, 0, address.as_mut_ptr(), 64, &mut 0)), 0);
        // SAFETY: the text was written.
        let text = unsafe { core::ffi::CStr::from_ptr(address.as_ptr()) };
        let mut socket = client(text.to_str().unwrap().parse().unwrap());
        let limits = ww_conn_config { tls: configs().client, server_name: span("example.com"), ..conn_config(1) };
        let mut peer = Bench::new(&limits);
        assert_eq!(request(&mut peer), 0);
        let id = event(server, WW_EVENT_OPENED).conn;
        socket.set_nonblocking(true).unwrap();
        loop {
            peer.flush();
            socket.write_all(&core::mem::take(&mut peer.sent)).unwrap();
            let mut found: ww_event = super::bench::zeroed();
            if c!(ww_server_next(server, &mut found, 1)) == 0 && found.kind == WW_EVENT_REQUEST {
                return Self::new(server, id, true, vec![socket]);
            }
            let mut octets = vec![0; 16_384];
            if let Ok(len) = socket.read(&mut octets) {
                peer.receive(&octets[..len]);
                peer.drain();
            }
        }
    }

    fn count(&self, call: fn(&Self), note: Note<'_>) {
        let before = global_allocations();
        call(self);
        note(self.over_tls, global_allocations() - before);
    }
}

/// A server with a request that waits for its response.
fn asked() -> (*mut ww_server, SocketAddr, TcpStream, u64) {
    let (server, address) = listening();
    let mut client = client(address);
    let id = event(server, WW_EVENT_OPENED).conn;
    get(&mut client, "/");
    event(server, WW_EVENT_REQUEST);
    (server, address, client, id)
}

/// A call in each of the states.
fn each(call: fn(&Fixture), note: Note<'_>) {
    for make in [Fixture::plain, Fixture::lane, Fixture::tls] {
        make().count(call, note);
    }
}

/// The same, behind another one.
fn behind(first: fn(&Fixture), call: fn(&Fixture), note: Note<'_>) {
    for make in [Fixture::plain, Fixture::lane, Fixture::tls] {
        let fixture = make();
        first(&fixture);
        fixture.count(call, note);
    }
}

/// A call on a server that has nothing yet.
fn fresh(over_tls: bool, call: impl FnOnce(*mut ww_server), note: Note<'_>) {
    let server = new(&config()).unwrap();
    let before = global_allocations();
    call(server);
    note(over_tls, global_allocations() - before);
    c!(ww_server_free(server));
}

/// Nothing but requests and responses on a connection that has had some.
fn steady(note: Note<'_>) {
    let fixture = Fixture::plain();
    let mut socket = fixture._clients[0].try_clone().unwrap();
    let mut exchange = |note: Note<'_>| {
        assert_eq!(c!(ww_server_respond(fixture.server, fixture.id, &RESPONSE)), 0);
        let mut found: ww_event = super::bench::zeroed();
        let before = global_allocations();
        while c!(ww_server_next(fixture.server, &mut found, 0)) == 0 {}
        note(false, global_allocations() - before);
        get(&mut socket, "/");
        let mut octets = [0; 8192];
        socket.read(&mut octets).unwrap();
        let before = global_allocations();
        while found.kind != WW_EVENT_REQUEST {
            c!(ww_server_next(fixture.server, &mut found, -1));
        }
        note(false, global_allocations() - before);
    };
    (0..3).for_each(|_| exchange(&mut |_, _| ()));
    (0..10).for_each(|_| exchange(note));
}

/// A function, and its scenarios.
type Scenario = (&'static str, fn(Note<'_>));

pub const SERVER: &[Scenario] = &[
    ("ww_server_new", |note| {
        let before = global_allocations();
        let server = new(&config()).unwrap();
        note(false, global_allocations() - before);
        c!(ww_server_free(server));
    }),
    ("ww_server_listen", |note| {
        fresh(false, |server| assert_eq!(c!(ww_server_listen(server, c"127.0.0.1:0".as_ptr())), 0), note);
    }),
    ("ww_server_listen_tls", |note| {
        let listen = |server| c!(ww_server_listen_tls(server, c"127.0.0.1:0".as_ptr(), configs().server));
        fresh(true, |server| assert_eq!(listen(server), 0), note);
    }),
    ("ww_server_next", steady),
    ("ww_server_flush", |note| each(|f| assert_eq!(c!(ww_server_flush(f.server)), 0), note)),
    ("ww_server_flush", |note| behind(|f| respond(f), |f| assert_eq!(c!(ww_server_flush(f.server)), 0), note)),
    ("ww_server_drain", |note| each(|f| assert_eq!(c!(ww_server_drain(f.server, 1000)), 0), note)),
    ("ww_server_drain", |note| behind(|f| respond(f), |f| assert_eq!(c!(ww_server_drain(f.server, 0)), 0), note)),
    ("ww_server_respond", |note| each(respond, note)),
    ("ww_server_send", |note| {
        behind(|f| ignore(c!(ww_server_respond(f.server, f.id, &STREAM))), send, note);
    }),
    ("ww_server_pause", |note| each(|f| assert_eq!(c!(ww_server_pause(f.server, f.id)), 0), note)),
    ("ww_server_resume", |note| each(|f| assert_eq!(c!(ww_server_resume(f.server, f.id)), 0), note)),
    ("ww_server_shutdown", |note| each(|f| assert_eq!(c!(ww_server_shutdown(f.server, f.id)), 0), note)),
    ("ww_server_close", |note| each(|f| assert_eq!(c!(ww_server_close(f.server, f.id)), 0), note)),
    ("ww_server_close", |note| behind(respond, |f| assert_eq!(c!(ww_server_close(f.server, f.id)), 0), note)),
    ("ww_server_address", |note| {
        each(|f| ignore(c!(ww_server_address(f.server, 0, [0; 64].as_mut_ptr(), 64, &mut 0))), note);
    }),
    ("ww_server_peer", |note| {
        each(|f| assert_eq!(c!(ww_server_peer(f.server, f.id, [0; 64].as_mut_ptr(), 64, &mut 0)), 0), note);
    }),
    ("ww_server_error", |note| {
        each(
            |f| {
                let mut info = ww_error_info { size: size_of::<ww_error_info>(), ..super::bench::zeroed() };
                assert_eq!(c!(ww_server_error(f.server, f.id, &mut info)), 0);
            },
            note,
        );
    }),
    ("ww_server_stats_get", |note| {
        each(
            |f| {
                let mut stats = ww_server_stats { size: size_of::<ww_server_stats>(), ..super::bench::zeroed() };
                assert_eq!(c!(ww_server_stats_get(f.server, &mut stats)), 0);
            },
            note,
        );
    }),
    ("ww_server_handle", |note| each(|f| assert!(c!(ww_server_handle(f.server)) >= 0), note)),
    ("ww_server_deadline", |note| each(|f| assert_ne!(c!(ww_server_deadline(f.server)), u64::MAX), note)),
    ("ww_server_get_tls_info", |note| {
        each(
            |f| {
                let mut info = ww_tls_info { size: size_of::<ww_tls_info>(), ..super::bench::zeroed() };
                assert_eq!(c!(ww_server_get_tls_info(f.server, f.id, &mut info)), 0);
            },
            note,
        );
    }),
    ("ww_server_tls_peer_certificate", |note| {
        each(|f| ignore(c!(ww_server_tls_peer_certificate(f.server, f.id, 0, &mut super::bench::zeroed()))), note);
    }),
    ("ww_server_subscribe", |note| each(subscribe, note)),
    ("ww_server_unsubscribe", |note| {
        behind(subscribe, |f| assert_eq!(c!(ww_server_unsubscribe(f.server, f.id, span("news"))), 0), note);
    }),
    ("ww_server_publish", |note| behind(subscribe, publish, note)),
    ("ww_server_deliver", |note| {
        each(|f| ignore(c!(ww_server_deliver(f.server, f.id, 7, 0, b"x".as_ptr().cast(), 1))), note);
    }),
    ("ww_server_send_message", |note| {
        each(|f| ignore(c!(ww_server_send_message(f.server, f.id, 7, RESPONSE.content.data.cast(), 6000))), note);
    }),
    ("ww_server_add_sibling", |note| {
        let other = Fixture::plain();
        fresh(false, |server| assert_eq!(c!(ww_server_add_sibling(server, other.mailbox)), 0), note);
    }),
    ("ww_server_mailbox", |note| {
        each(
            |f| {
                let mut mailbox = null_mut();
                assert_eq!(c!(ww_server_mailbox(f.server, &mut mailbox)), 0);
                c!(ww_mailbox_free(mailbox));
            },
            note,
        );
    }),
    ("ww_mailbox_ref", |note| each(|f| c!(ww_mailbox_free(ww_mailbox_ref(f.mailbox))), note)),
    ("ww_mailbox_post", |note| {
        each(|f| assert_eq!(c!(ww_mailbox_post(f.mailbox, f.id, b"x".as_ptr().cast(), 1, 0, 0)), 0), note);
    }),
    ("ww_mailbox_respond", |note| {
        each(|f| assert_eq!(c!(ww_mailbox_respond(f.mailbox, f.id, &RESPONSE, 0, 0)), 0), note);
    }),
    ("ww_mailbox_send_message", |note| {
        each(|f| ignore(c!(ww_mailbox_send_message(f.mailbox, f.id, 7, 0, b"x".as_ptr().cast(), 1, 0, 0))), note);
    }),
    ("ww_mailbox_publish", |note| {
        each(|f| ignore(c!(ww_mailbox_publish(f.mailbox, span("news"), 7, 0, b"x".as_ptr().cast(), 1))), note);
    }),
    ("ww_mailbox_drain", |note| each(|f| assert_eq!(c!(ww_mailbox_drain(f.mailbox, 1000)), 0), note)),
];

fn respond(f: &Fixture) {
    c!(ww_server_respond(f.server, f.id, &RESPONSE));
}

fn send(f: &Fixture) {
    c!(ww_server_send(f.server, f.id, RESPONSE.content.data.cast(), 6000));
}

fn subscribe(f: &Fixture) {
    assert_eq!(c!(ww_server_subscribe(f.server, f.id, span("news"))), 0);
}

fn publish(f: &Fixture) {
    c!(ww_server_publish(f.server, span("news"), 7, 0, b"x".as_ptr().cast(), 1, &mut 0));
}

/// A server within `memory_max` octets; whether a client got its response.
fn serves(memory_max: usize) -> bool {
    use wireway::ffi::server::config::ww_server_config;
    let Ok(server) = new(&ww_server_config { memory_max, ..config() }) else { return false };
    c!(ww_server_free(server));
    let (server, address) = listening_with(&ww_server_config { memory_max, ..config() });
    let asking = std::thread::spawn(move || {
        let mut client = client(address);
        let asked = client.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        let mut all = Vec::new();
        let heard = client.read_to_end(&mut all);
        (asked.is_ok() && heard.is_ok()).then_some(all).is_some_and(|all| all.len() > RESPONSE.content.len)
    });
    while !asking.is_finished() {
        let mut found: ww_event = super::bench::zeroed();
        match c!(ww_server_next(server, &mut found, 1)) {
            0 if found.kind == WW_EVENT_REQUEST => {
                // Without memory for the response there is some for its end.
                if c!(ww_server_respond(server, found.conn, &RESPONSE)) < 0 {
                    assert_eq!(c!(ww_server_close(server, found.conn)), 0);
                }
            }
            status => assert!(status >= 0, "the loop goes on: {status}"),
        }
    }
    c!(ww_server_free(server));
    asking.join().unwrap()
}

/// With little memory a server refuses, and with a little more it serves: nothing in between stops its loop, or a client for ever.
#[test]
fn a_server_with_little_memory_serves_or_refuses() {
    super::memory::note_panics();
    let before = super::memory::panics();
    let served: Vec<_> = (0..400_000).step_by(8191).map(serves).collect();
    assert!(!served[1] && served[served.len() - 1], "both are tried: {served:?}");
    assert_eq!(super::memory::panics(), before);
}
