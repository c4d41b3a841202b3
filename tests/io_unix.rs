//! Unix domain listeners: their files, stale and living, and abstract names.
#![cfg(all(feature = "io", unix))]

mod io_support;

use io_support::{socket_path, unix};
use std::io::{ErrorKind, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use wireway::io::address::Address;
use wireway::io::socket::{Listener, Socket, SocketOptions};

fn bind(address: &Address) -> std::io::Result<Listener> {
    Listener::bind(address, &SocketOptions::default())
}

#[test]
fn a_unix_listener_makes_its_file_and_takes_it_away() {
    let path = socket_path("plain");
    let listener = bind(&unix(&path)).unwrap();
    let mut peer = UnixStream::connect(&path).unwrap();
    let ours = listener.socket().accept().unwrap();
    peer.write_all(b"hello").unwrap();
    assert_eq!(ours.receive(&mut [0; 16]).unwrap(), 5);
    let (socket, file) = listener.into_parts();
    drop(socket);
    assert!(path.exists());
    drop(file);
    assert!(!path.exists());
}

#[test]
fn a_stale_socket_file_is_taken_over() {
    let path = socket_path("stale");
    drop(UnixListener::bind(&path).unwrap());
    assert!(path.exists(), "the standard library leaves it");
    let listener = bind(&unix(&path)).unwrap();
    UnixStream::connect(&path).unwrap();
    drop(listener);
    assert!(!path.exists());
}

#[test]
fn a_living_socket_and_an_ordinary_file_are_left_alone() {
    let path = socket_path("living");
    let living = UnixListener::bind(&path).unwrap();
    assert_eq!(bind(&unix(&path)).unwrap_err().kind(), ErrorKind::AddrInUse);
    assert!(UnixStream::connect(&path).is_ok());
    drop(living);
    std::fs::remove_file(&path).unwrap();

    std::fs::write(&path, "precious").unwrap();
    assert_eq!(bind(&unix(&path)).unwrap_err().kind(), ErrorKind::AddrInUse);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "precious");
    std::fs::remove_file(&path).unwrap();
}

#[test]
fn a_living_socket_with_a_full_queue_is_left_alone() {
    let path = socket_path("full");
    let address = unix(&path);
    let living = Listener::bind(&address, &SocketOptions { backlog: 1, ..SocketOptions::default() }).unwrap();
    let mut clients = Vec::new();
    while clients.len() < 100 {
        let client = Socket::stream(&address).unwrap();
        match client.connect(&address) {
            Ok(_) => clients.push(client),
            Err(e) => {
                assert_eq!(e.kind(), ErrorKind::WouldBlock);
                break;
            }
        }
    }
    assert_eq!(bind(&address).unwrap_err().kind(), ErrorKind::AddrInUse);
    drop(living);
}

#[test]
fn a_successors_file_is_not_taken_away() {
    let path = socket_path("successor");
    let first = bind(&unix(&path)).unwrap();
    // Renamed, not removed: the number of a removed file can be given to the next one.
    let aside = path.with_extension("aside");
    std::fs::rename(&path, &aside).unwrap();
    let second = bind(&unix(&path)).unwrap();
    drop(first);
    assert!(UnixStream::connect(&path).is_ok());
    drop(second);
    assert!(!path.exists());
    std::fs::remove_file(&aside).unwrap();
}

#[test]
#[cfg(target_os = "linux")]
fn an_abstract_name_needs_no_file() {
    let address: Address = format!("unix:@wireway-test-{}", std::process::id()).parse().unwrap();
    let listener = bind(&address).unwrap();
    assert_eq!(listener.socket().local_address().unwrap(), address);
    let client = Socket::stream(&address).unwrap();
    assert!(client.connect(&address).unwrap(), "at once");
    let ours = listener.socket().accept().unwrap();
    assert_eq!(ours.peer_address().unwrap().to_string(), "unix:");
    assert!(matches!(listener.socket().accept(), Err(wireway::io::socket::AcceptError::WouldBlock)));
}
