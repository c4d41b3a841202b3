//! No allocation for a request in the steady state. Only this thread's are counted: the harness has threads of its own.
#![cfg(feature = "service")]

mod service_support;

use service_support::*;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::io::{Read, Write as _};
use wireway::conn::Event;
use wireway::service::{EventKind, Next};

struct Counting;

thread_local! {
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

// SAFETY: everything is the system allocator's.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.set(COUNT.get() + 1);
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(ptr, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const PIPELINE: usize = 4;

/// One batch of requests on a connection, answered; what the client reads has a known size.
fn exchange(h: &mut Harness, client: &mut std::net::TcpStream, buffer: &mut [u8]) {
    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: test\r\nAccept: */*\r\n\r\n";
    for _ in 0..PIPELINE {
        client.write_all(REQUEST).unwrap();
    }
    let mut answered = 0;
    while answered < PIPELINE {
        match h.server.next(Some(PATIENCE_MS)).unwrap() {
            Next::Event(event) => {
                assert_eq!(event.kind, EventKind::Conn(Event::Request { last: true }));
                h.server.calls().respond(event.id, &response("hello"), none()).unwrap();
                answered += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(h.server.next(Some(0)), Ok(Next::Timeout));
    client.read_exact(buffer).unwrap();
}

#[test]
#[cfg_attr(feature = "fault", ignore = "the driver for tests copies what it keeps")]
fn a_request_allocates_nothing_in_the_steady_state() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    h.answer(id, "hello");
    h.rest();
    let (head, content) = read_response(&mut client);
    let mut buffer = vec![0; (head.len() + content.len()) * PIPELINE];
    for _ in 0..3 {
        exchange(&mut h, &mut client, &mut buffer);
    }
    let before = COUNT.get();
    for _ in 0..100 {
        exchange(&mut h, &mut client, &mut buffer);
    }
    assert_eq!(COUNT.get() - before, 0);
}
