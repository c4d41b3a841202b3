//! The calls of event loops.

use super::memory::global_allocations;
use super::server::Scenario;
use super::server_fixture::Note;
use core::ptr::{null, null_mut};
use std::net::{TcpListener, TcpStream};
use std::os::fd::{AsRawFd as _, IntoRawFd as _};
use std::os::unix::net::UnixStream;
use wireway::ffi::address::value::ww_address;
use wireway::ffi::conn::drive::ww_iovec;
use wireway::ffi::driver::ww_loop_info;
use wireway::ffi::event_loop::calls::*;
use wireway::ffi::event_loop::completion::{WW_COMPLETION_ACCEPTED, WW_COMPLETION_RESOLVED, ww_completion};
use wireway::ffi::event_loop::datagram::ww_loop_bind_udp;
use wireway::ffi::event_loop::guest::ww_server_new_on;
use wireway::ffi::event_loop::opening::*;
use wireway::ffi::event_loop::poster::*;
use wireway::ffi::event_loop::resolver::*;
use wireway::ffi::event_loop::send::ww_loop_send_zero_copy;
use wireway::ffi::event_loop::*;
use wireway::ffi::head::types::{ww_error_info, ww_span};
use wireway::ffi::server::ww_server_free;
use wireway::io::address::Address;

/// A call as C would make it: pointers are to values of the caller's, or null.
macro_rules! c {
    ($call:expr) => {
        // SAFETY: as said above.
        unsafe { $call }
    };
}

pub const EVENT_LOOP: &[Scenario] = &[
    ("ww_loop_new", |note| {
        let before = global_allocations();
        let made = new();
        note(false, global_allocations() - before);
        c!(ww_loop_free(made));
    }),
    ("ww_loop_get_info", |note| {
        let mut info: ww_loop_info = super::bench::zeroed();
        info.size = size_of::<ww_loop_info>();
        each(note, |made| c!(ww_loop_get_info(made, &mut info)));
    }),
    ("ww_loop_error", |note| {
        let mut error: ww_error_info = super::bench::zeroed();
        error.size = size_of::<ww_error_info>();
        each(note, |made| c!(ww_loop_error(made, &mut error)));
    }),
    ("ww_loop_next", accepted_beyond_the_table),
    ("ww_loop_listen", |note| {
        let mut socket = 0;
        each(note, |made| c!(ww_loop_listen(made, &loopback(), null(), 0, &mut socket, null_mut())));
    }),
    ("ww_loop_bind_udp", |note| {
        let mut socket = 0;
        each(note, |made| c!(ww_loop_bind_udp(made, &loopback(), null(), 0, &mut socket, null_mut())));
    }),
    ("ww_loop_send_zero_copy", lent),
    ("ww_loop_set_timer", |note| each(note, |made| c!(ww_loop_set_timer(made, 7, 1, 1)))),
    ("ww_loop_poster", |note| {
        let mut poster = null_mut();
        each(note, |made| c!(ww_loop_poster(made, &mut poster)));
        c!(ww_poster_free(poster));
    }),
    ("ww_poster_ref", |note| {
        of_poster(note, |poster| {
            c!(ww_poster_free(ww_poster_ref(poster)));
            0
        });
    }),
    ("ww_poster_post", |note| of_poster(note, |poster| c!(ww_poster_post(poster, 1)))),
    ("ww_poster_ring", |note| of_poster(note, |poster| c!(ww_poster_ring(poster)))),
    ("ww_resolver_new", |note| {
        let mut resolver = null_mut();
        let before = global_allocations();
        assert_eq!(c!(ww_resolver_new(null(), &mut resolver, null_mut())), 0);
        note(false, global_allocations() - before);
        c!(ww_resolver_free(resolver));
    }),
    ("ww_resolver_lookup", |note| of_resolver(note, look_up)),
    ("ww_resolver_cancel", |note| {
        of_asked(note, |resolver, made| c!(ww_resolver_cancel(resolver, made, 1)));
    }),
    ("ww_loop_resolved", |note| {
        of_asked(note, |_, made| {
            let (mut done, mut address): (ww_completion, _) = (super::bench::zeroed(), loopback());
            assert_eq!((c!(ww_loop_next(made, &mut done, -1)), done.kind), (0, WW_COMPLETION_RESOLVED));
            c!(ww_loop_resolved(made, 0, &mut address))
        });
    }),
    ("ww_resolver_reason", |note| {
        each(note, |_| i32::from(ww_resolver_reason(0).is_null()));
    }),
    ("ww_server_new_on", |note| {
        let mut server = null_mut();
        each(note, |made| c!(ww_server_new_on(made, null(), 0, &mut server, null_mut())));
        c!(ww_server_free(server));
    }),
];

fn new() -> *mut ww_loop {
    let mut made = null_mut();
    assert_eq!(c!(ww_loop_new(null(), &mut made, null_mut())), 0);
    made
}

fn loopback() -> ww_address {
    ww_address::from(&"127.0.0.1:0".parse::<Address>().expect("an address"))
}

/// A call on a loop without sockets, which succeeds.
fn each(note: Note<'_>, mut call: impl FnMut(*mut ww_loop) -> i32) {
    let made = new();
    let before = global_allocations();
    assert_eq!(call(made), 0);
    note(false, global_allocations() - before);
    c!(ww_loop_free(made));
}

fn of_poster(note: Note<'_>, call: impl Fn(*mut ww_poster) -> i32) {
    let (made, mut poster) = (new(), null_mut());
    assert_eq!(c!(ww_loop_poster(made, &mut poster)), 0);
    let before = global_allocations();
    assert_eq!(call(poster), 0);
    note(false, global_allocations() - before);
    c!(ww_poster_free(poster));
    c!(ww_loop_free(made));
}

/// A name that needs no thread.
fn look_up(resolver: *const ww_resolver, made: *mut ww_loop) -> i32 {
    let name = ww_span { data: c"::1".as_ptr().cast(), len: 3 };
    c!(ww_resolver_lookup(resolver, made, name, 80, 0, 1))
}

fn of_resolver(note: Note<'_>, call: impl Fn(*const ww_resolver, *mut ww_loop) -> i32) {
    let (made, mut resolver) = (new(), null_mut());
    assert_eq!(c!(ww_resolver_new(null(), &mut resolver, null_mut())), 0);
    let before = global_allocations();
    assert_eq!(call(resolver, made), 0);
    note(false, global_allocations() - before);
    c!(ww_resolver_free(resolver));
    c!(ww_loop_free(made));
}

/// A call after a look-up, which is done.
fn of_asked(note: Note<'_>, call: impl Fn(*const ww_resolver, *mut ww_loop) -> i32) {
    let (made, mut resolver) = (new(), null_mut());
    assert_eq!(c!(ww_resolver_new(null(), &mut resolver, null_mut())), 0);
    assert_eq!(look_up(resolver, made), 0);
    let before = global_allocations();
    assert_eq!(call(resolver, made), 0);
    note(false, global_allocations() - before);
    c!(ww_resolver_free(resolver));
    c!(ww_loop_free(made));
}

/// The first send of a connection that lends its octets.
fn lent(note: Note<'_>) {
    let (made, mut socket) = (new(), 0);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let ours = TcpStream::connect(listener.local_addr().expect("its address")).expect("a connection");
    assert_eq!(c!(ww_loop_adopt(made, ours.into_raw_fd() as isize, 1, &mut socket, null_mut())), 0);
    let mut octets = [0u8; 100];
    let piece = ww_iovec { iov_base: octets.as_mut_ptr().cast(), iov_len: octets.len() };
    let (mut taken, mut lent) = (0, 0);
    let before = global_allocations();
    c!(ww_loop_send_zero_copy(made, socket, &piece, 1, &mut taken, &mut lent));
    note(false, global_allocations() - before);
    c!(ww_loop_free(made));
}

/// The loop's table grows by 256 sockets at a time: the next one is accepted.
fn accepted_beyond_the_table(note: Note<'_>) {
    let (made, mut listener, mut address) = (new(), 0, loopback());
    assert_eq!(c!(ww_loop_listen(made, &loopback(), null(), 0, &mut listener, null_mut())), 0);
    assert_eq!(c!(ww_loop_address(made, listener, &mut address)), 0);
    let (ours, _other) = UnixStream::pair().expect("a pair");
    let watched: Vec<_> = (0..255).map(|_| ours.try_clone().expect("a descriptor")).collect();
    for watched in &watched {
        let mut socket = 0;
        assert_eq!(c!(ww_loop_watch(made, watched.as_raw_fd() as isize, 0, &mut socket, null_mut())), 0);
    }
    assert_eq!(c!(ww_loop_accept(made, listener)), 0);
    let _client = TcpStream::connect(("127.0.0.1", address.port)).expect("a connection");
    let mut done: ww_completion = super::bench::zeroed();
    let before = global_allocations();
    assert_eq!((c!(ww_loop_next(made, &mut done, -1)), done.kind), (0, WW_COMPLETION_ACCEPTED));
    note(false, global_allocations() - before);
    c!(ww_loop_free(made));
}
