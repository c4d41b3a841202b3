//! A server in the states that a call can find it in.

use super::bench::{Bench, config as conn_config, span, zeroed};
use super::calls::{RESPONSE, request};
use super::memory::global_allocations;
use super::service_support::c::{config, event, listening, new, rest};
use super::service_support::{client, get};
use super::tls::configs;
use core::ffi::c_char;
use core::ptr::null_mut;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use wireway::ffi::config::*;
use wireway::ffi::event::*;
use wireway::ffi::mailbox::*;
use wireway::ffi::server::answer::*;
use wireway::ffi::server::info::*;
use wireway::ffi::server::listen::*;
use wireway::ffi::server::websocket::*;
use wireway::ffi::server::*;
use wireway::ffi::ws_message::WW_SEND_TEXT;

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
pub struct Fixture {
    pub server: *mut ww_server,
    pub id: u64,
    pub mailbox: *mut ww_mailbox,
    over_tls: bool,
    pub clients: Vec<TcpStream>,
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
        Self { server, id, mailbox, over_tls, clients }
    }

    /// A request waits for its response.
    pub fn plain() -> Self {
        let (server, _, client, id) = asked();
        Self::new(server, id, false, vec![client])
    }

    /// A WebSocket has its turn: an answer is not sent yet, and the block that was to spare is another connection's.
    pub fn fast_turn() -> Self {
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
        assert_eq!(c!(ww_server_send_message(server, id, WW_SEND_TEXT, b"x".as_ptr().cast(), 1)), 0);
        assert_eq!(c!(ww_server_respond(server, other, &RESPONSE)), 0);
        Self::new(server, id, false, vec![other_client, socket])
    }

    /// A request over TLS waits.
    pub fn tls() -> Self {
        let server = new(&config()).unwrap();
        assert_eq!(c!(ww_server_listen_tls(server, c"127.0.0.1:0".as_ptr(), configs().server, null_mut())), 0);
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
            let mut found: ww_event = zeroed();
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

    pub fn count(&self, call: fn(&Self), note: Note<'_>) {
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
