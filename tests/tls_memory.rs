//! What an idle session takes, of the workspace and of the global allocator. Only this thread's allocations are counted.
#![cfg(feature = "tls")]

#[allow(dead_code, reason = "a part of it is used")]
#[path = "tls_conn/end.rs"]
mod conn_end;
#[allow(dead_code, reason = "a part of it is used")]
#[path = "support/rig.rs"]
mod rig;
mod tls_support;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use tls_support::{End, VERSIONS, carry, configs};
use wireway::conn::{Conn, Pump};
use wireway::tls::TlsConfig;

struct Counting;

thread_local! {
    static USED: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: everything is the system allocator's.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        USED.set(USED.get().wrapping_add(layout.size()));
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        // What another thread took may be given back here, and the other way about.
        USED.set(USED.get().wrapping_sub(layout.size()));
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(ptr, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The most an idle session may take.
const MOST: usize = 4608;

#[test]
fn an_idle_session_is_small() {
    for version in VERSIONS {
        let (client, server) = configs(version, false);
        // The first sessions make what all of them share.
        talk(&client, &server);
        let (client, server) = talk(&client, &server);
        println!("{version:?}: client {client}, server {server}, of which {} are the pump itself", size_of::<Pump>());
        assert!(client.max(server) <= MOST && client.min(server) > size_of::<Pump>());
    }
}

/// A connection over TLS between two requests: its own struct, what the session takes, and nothing of the workspace.
#[test]
fn an_idle_connection_is_small() {
    use conn_end::{End, carry, ends, whole};
    let taken_by = |end: End| {
        let rig::Rig { mut conn, mut ws, .. } = end.rig;
        let before = USED.get();
        conn.release(&mut ws);
        drop(conn);
        size_of::<Conn>() + before - USED.get()
    };
    for version in VERSIONS {
        let configs = configs(version, false);
        for round in 0..2 {
            let (mut client, mut server) = ends(&configs);
            for _ in 0..3 {
                client.get();
                carry(&mut client, &mut server, &whole);
            }
            assert_eq!(client.content, b"hellohellohello");
            let (client, server) = (taken_by(client), taken_by(server));
            println!("{version:?}: client {client}, server {server}");
            // The first ones make what all of them share.
            assert!(round == 0 || client.max(server) <= MOST && client.min(server) > 2000);
        }
    }
}

/// What a client and a server take that have shaken hands and talked.
fn talk(client: &TlsConfig, server: &TlsConfig) -> (usize, usize) {
    let (mut client, mut server) = (End::new(client, "example.com"), End::new(server, ""));
    carry(&mut client, &mut server, 100);
    for _ in 0..3 {
        client.send(&[&[7; 20_000]]);
        server.send(&[&[7; 20_000]]);
        carry(&mut client, &mut server, 1000);
    }
    assert_eq!((client.got.len(), server.got.len()), (60_000, 60_000));
    (taken_by(client), taken_by(server))
}

/// What an idle end's pump takes; the blocks in its workspace are spare.
fn taken_by(end: End) -> usize {
    let End { pump, ws, .. } = end;
    let before = USED.get();
    drop(pump);
    let taken = before - USED.get();
    drop(ws);
    size_of::<Pump>() + taken
}
