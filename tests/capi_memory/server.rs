//! The calls on a server: with a request that waits, in the middle of a turn of short messages, and over TLS.

use super::bench::{ignore, span, zeroed};
use super::calls::{RESPONSE, STREAM};
use super::memory::global_allocations;
use super::server_fixture::{Fixture, Note};
use super::service_support::c::{config, new};
use super::service_support::{get, read_response};
use super::tls::configs;
use core::ptr::{null, null_mut};
use std::net::{TcpListener, TcpStream};
use std::os::fd::{IntoRawFd as _, OwnedFd};
use wireway::ffi::driver::ww_loop_info;
use wireway::ffi::event::*;
use wireway::ffi::head::types::ww_error_info;
use wireway::ffi::server::answer::*;
use wireway::ffi::server::hold::*;
use wireway::ffi::server::info::*;
use wireway::ffi::server::listen::*;
use wireway::ffi::server::tls::*;
use wireway::ffi::server::topics::*;
use wireway::ffi::server::websocket::*;
use wireway::ffi::server::*;
use wireway::ffi::tls::info::ww_tls_info;
use wireway::ffi::ws_message::WW_SEND_TEXT;

/// A call as C would make it: pointers are to static octets or to values of the caller's.
macro_rules! c {
    ($call:expr) => {
        // SAFETY: as said above.
        unsafe { $call }
    };
}

/// A call in each of the states.
pub fn each(call: fn(&Fixture), note: Note<'_>) {
    for make in [Fixture::plain, Fixture::fast_turn, Fixture::tls] {
        make().count(call, note);
    }
}

/// The same, behind another one.
fn behind(first: fn(&Fixture), call: fn(&Fixture), note: Note<'_>) {
    for make in [Fixture::plain, Fixture::fast_turn, Fixture::tls] {
        let fixture = make();
        first(&fixture);
        fixture.count(call, note);
    }
}

/// A call on a server that has nothing yet.
pub fn fresh(over_tls: bool, call: impl FnOnce(*mut ww_server), note: Note<'_>) {
    let server = new(&config()).unwrap();
    let before = global_allocations();
    call(server);
    note(over_tls, global_allocations() - before);
    c!(ww_server_free(server));
}

/// Nothing but requests and responses on a connection that has had some.
fn steady(note: Note<'_>) {
    let fixture = Fixture::plain();
    let mut socket = fixture.clients[0].try_clone().unwrap();
    let mut exchange = |note: Note<'_>| {
        assert_eq!(c!(ww_server_respond(fixture.server, fixture.id, &RESPONSE)), 0);
        let mut found: ww_event = zeroed();
        let before = global_allocations();
        while c!(ww_server_next(fixture.server, &mut found, 0)) == 0 {}
        note(false, global_allocations() - before);
        get(&mut socket, "/");
        read_response(&mut socket);
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
pub type Scenario = (&'static str, fn(Note<'_>));

pub const SERVER: &[Scenario] = &[
    ("ww_server_new", |note| {
        let before = global_allocations();
        let server = new(&config()).unwrap();
        note(false, global_allocations() - before);
        c!(ww_server_free(server));
    }),
    ("ww_server_listen", |note| {
        fresh(false, |server| assert_eq!(c!(ww_server_listen(server, c"127.0.0.1:0".as_ptr(), null_mut())), 0), note);
    }),
    ("ww_server_listen_tls", |note| {
        let listen = |server| c!(ww_server_listen_tls(server, c"127.0.0.1:0".as_ptr(), configs().server, null_mut()));
        fresh(true, |server| assert_eq!(listen(server), 0), note);
    }),
    ("ww_server_listen_with", |note| {
        let listen = |server| c!(ww_server_listen_with(server, c"127.0.0.1:0".as_ptr(), null(), null_mut()));
        fresh(false, |server| assert_eq!(listen(server), 0), note);
    }),
    ("ww_server_listen_fd", |note| {
        let fd = OwnedFd::from(TcpListener::bind("127.0.0.1:0").unwrap()).into_raw_fd() as isize;
        fresh(false, |server| assert_eq!(c!(ww_server_listen_fd(server, fd, null(), null_mut())), 0), note);
    }),
    ("ww_server_adopt", |note| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let _client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let fd = OwnedFd::from(listener.accept().unwrap().0).into_raw_fd() as isize;
        let adopt = |server| c!(ww_server_adopt(server, fd, null(), &mut 0, null_mut()));
        fresh(false, |server| assert_eq!(adopt(server), 0), note);
    }),
    ("ww_server_next", steady),
    ("ww_server_flush", |note| each(|f| assert_eq!(c!(ww_server_flush(f.server)), 0), note)),
    ("ww_server_flush", |note| behind(respond, |f| assert_eq!(c!(ww_server_flush(f.server)), 0), note)),
    ("ww_server_drain", |note| each(|f| assert_eq!(c!(ww_server_drain(f.server, 1000)), 0), note)),
    ("ww_server_drain", |note| behind(respond, |f| assert_eq!(c!(ww_server_drain(f.server, 0)), 0), note)),
    ("ww_server_respond", |note| each(respond, note)),
    ("ww_server_send", |note| {
        behind(|f| ignore(c!(ww_server_respond(f.server, f.id, &STREAM))), send, note);
    }),
    ("ww_server_pause", |note| each(|f| assert_eq!(c!(ww_server_pause(f.server, f.id)), 0), note)),
    ("ww_server_resume", |note| each(|f| assert_eq!(c!(ww_server_resume(f.server, f.id)), 0), note)),
    ("ww_server_shutdown", |note| each(|f| assert_eq!(c!(ww_server_shutdown(f.server, f.id)), 0), note)),
    ("ww_server_abort", |note| each(|f| assert_eq!(c!(ww_server_abort(f.server, f.id)), 0), note)),
    ("ww_server_abort", |note| behind(respond, |f| assert_eq!(c!(ww_server_abort(f.server, f.id)), 0), note)),
    ("ww_server_address", |note| {
        each(|f| ignore(c!(ww_server_address(f.server, 0, [0; 64].as_mut_ptr(), 64, &mut 0))), note);
    }),
    ("ww_server_peer", |note| {
        each(|f| assert_eq!(c!(ww_server_peer(f.server, f.id, [0; 64].as_mut_ptr(), 64, &mut 0)), 0), note);
    }),
    ("ww_server_error", |note| {
        each(
            |f| {
                let mut info = ww_error_info { size: size_of::<ww_error_info>(), ..zeroed() };
                assert_eq!(c!(ww_server_error(f.server, f.id, &mut info)), 0);
            },
            note,
        );
    }),
    ("ww_server_stats", |note| {
        each(
            |f| {
                let mut stats = ww_stats { size: size_of::<ww_stats>(), ..zeroed() };
                assert_eq!(c!(ww_server_stats(f.server, &mut stats)), 0);
            },
            note,
        );
    }),
    ("ww_server_get_loop_info", |note| {
        each(
            |f| {
                let mut info = ww_loop_info { size: size_of::<ww_loop_info>(), ..zeroed() };
                assert_eq!(c!(ww_server_get_loop_info(f.server, &mut info)), 0);
            },
            note,
        );
    }),
    ("ww_server_handle", |note| each(|f| assert!(c!(ww_server_handle(f.server)) >= 0), note)),
    ("ww_server_deadline", |note| each(|f| assert_ne!(c!(ww_server_deadline(f.server)), u64::MAX), note)),
    ("ww_server_tls_info", |note| {
        each(
            |f| {
                let mut info = ww_tls_info { size: size_of::<ww_tls_info>(), ..zeroed() };
                assert_eq!(c!(ww_server_tls_info(f.server, f.id, &mut info)), 0);
            },
            note,
        );
    }),
    ("ww_server_tls_peer_certificate", |note| {
        each(|f| ignore(c!(ww_server_tls_peer_certificate(f.server, f.id, 0, &mut zeroed()))), note);
    }),
    ("ww_server_subscribe", |note| each(subscribe, note)),
    ("ww_server_unsubscribe", |note| {
        behind(subscribe, |f| assert_eq!(c!(ww_server_unsubscribe(f.server, f.id, span("news"))), 0), note);
    }),
    ("ww_server_publish", |note| behind(subscribe, publish, note)),
    ("ww_server_publish_to", |note| {
        each(|f| ignore(c!(ww_server_publish_to(f.server, f.id, WW_SEND_TEXT, 0, b"x".as_ptr().cast(), 1))), note);
    }),
    ("ww_server_send_message", |note| {
        each(
            |f| ignore(c!(ww_server_send_message(f.server, f.id, WW_SEND_TEXT, RESPONSE.content.data.cast(), 6000))),
            note,
        );
    }),
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
    c!(ww_server_publish(f.server, span("news"), WW_SEND_TEXT, 0, b"x".as_ptr().cast(), 1, &mut 0));
}
