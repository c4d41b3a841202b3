//! Swapping material during handshakes.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::handshake::handshake;
use super::{Authority, Certificate, Options, Role, TlsConfig, client, server};
use crate::error::Code;

#[test]
fn the_next_handshake_has_the_new_material() {
    let authority = Authority::new("authority");
    let [old, new] = [authority.issue(&["a.example"]), authority.issue(&["a.example"])];
    let (server, client) = (server(&old), client(&authority));
    let other_handle = server.clone();
    assert_eq!(handshake(&server, &client, "a.example").good().shown(), old.der);
    // A started handshake keeps its material.
    let begun = server.server().unwrap();
    server.swap(&Options { certificates: &[new.certificate()], ..Options::new(Role::Server) }).unwrap();
    // Resumption sends no certificate: use a new client.
    assert_eq!(handshake(&other_handle, &super::client(&authority), "a.example").good().shown(), new.der);
    assert!(!std::sync::Arc::ptr_eq(&begun, &server.server().unwrap()));
    assert_eq!(client.role(), Role::Client);
}

#[test]
fn after_a_refusal_the_old_stays() {
    let authority = Authority::new("authority");
    let (old, new) = (authority.issue(&["a.example"]), authority.issue(&["a.example"]));
    let server = server(&old);
    let before = server.server().unwrap();
    let mixed = [new.certificate(), Certificate { key: old.key.as_bytes(), ..new.certificate() }];
    let refusal = server.swap(&Options { certificates: &mixed, ..Options::new(Role::Server) }).unwrap_err();
    assert_eq!((refusal.error.code(), refusal.certificate), (Code::TlsKey, 1));
    let refusal = server.swap(&Options::new(Role::Client)).unwrap_err();
    assert_eq!(refusal.error.code(), Code::Argument);
    assert!(std::sync::Arc::ptr_eq(&before, &server.server().unwrap()));
    assert_eq!(handshake(&server, &client(&authority), "a.example").good().shown(), old.der);
}

#[test]
fn no_handshake_fails_meanwhile() {
    const THREADS: usize = 3;
    const HANDSHAKES: usize = 40;
    let authority = Authority::new("authority");
    let both = [authority.issue(&["a.example"]), authority.issue(&["a.example"])];
    let (server, client) = (server(&both[0]), client(&authority));
    let done = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..HANDSHAKES {
                    let ended = handshake(&server, &client, "a.example").good();
                    assert!(both.iter().any(|pair| pair.der == ended.shown()));
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let mut swaps = 0;
        while done.load(Ordering::Relaxed) < THREADS * HANDSHAKES && swaps < 100_000 {
            swaps += 1;
            let certificates = [both[swaps % 2].certificate()];
            server.swap(&Options { certificates: &certificates, ..Options::new(Role::Server) }).unwrap();
            if swaps % 8 == 0 {
                server.rotate_tickets().unwrap();
            }
        }
        assert!(swaps > 1);
    });
    assert_eq!(done.into_inner(), THREADS * HANDSHAKES);
}

#[test]
fn configs_are_for_all_threads() {
    fn shareable<T: Send + Sync + Clone>() {}
    shareable::<TlsConfig>();
}
