//! The states of connections over TLS.

use super::bench::{Bench, config, span};
use super::calls::{self, STREAM};
use super::tls::configs;
use wireway::ffi::config::*;
use wireway::ffi::conn::answer::ww_conn_finish;
use wireway::ffi::message::*;
use wireway::ffi::tls_config::ww_tls_config_free;

/// Two ends over TLS of which nothing has said anything but the client's hello.
fn ends() -> (Bench, Bench) {
    let end = |role, tls| Bench::new(&ww_conn_config { tls, server_name: span("example.com"), ..config(role) });
    let client = configs().new_client();
    let ends = (end(WW_ROLE_SERVER, configs().server), end(WW_ROLE_CLIENT, client));
    // SAFETY: as C would; the connection keeps what it needs.
    unsafe { ww_tls_config_free(client) };
    ends
}

pub fn hello() -> Bench {
    server_after(0)
}

/// A server that has heard so many turns of a client that asks for something.
fn server_after(turns: usize) -> Bench {
    let (mut server, mut client) = ends();
    assert_eq!(calls::request(&mut client), 0);
    server.peer = Some(Box::new(client));
    server.shake_hands(turns);
    server
}

pub fn request() -> Bench {
    server_after(2)
}

/// The hello was lent and not looked at.
pub fn lent_hello() -> Bench {
    let mut bench = hello();
    assert_eq!(bench.receive_coming(), 0);
    bench
}

pub fn stream() -> Bench {
    let mut bench = server_after(2);
    assert_eq!(calls::respond(&mut bench, &STREAM), 0);
    assert_eq!(calls::send(&mut bench, 15_000), 0);
    bench
}

/// The last octets of a connection are on their way, and nobody has said yet that they were.
pub fn last_octets() -> Bench {
    let mut bench = server_after(2);
    let flags = WW_MESSAGE_STREAM | WW_MESSAGE_LENGTH | WW_MESSAGE_CLOSE;
    assert_eq!(calls::respond(&mut bench, &ww_response { flags, content_length: 100, ..STREAM }), 0);
    assert_eq!(calls::send(&mut bench, 100), 0);
    bench.show();
    // SAFETY: as C would.
    assert_eq!(unsafe { ww_conn_finish(bench.conn, core::ptr::null(), 0) }, 0);
    bench
}

pub fn client() -> Bench {
    let (server, mut client) = ends();
    assert_eq!(calls::request(&mut client), 0);
    client.peer = Some(Box::new(server));
    client.shake_hands(1);
    client
}
