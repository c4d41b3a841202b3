//! The handshake key of a client: it comes of the workspace's seed, which is the same for every subject.

use std::rc::Rc;
use std::sync::LazyLock;

use wireway::conn::{Config, Conn, Connect, Piece, Workspace};
use wireway::http1::machine::Role;
use wireway::memory::Heap;
use wireway::websocket::accept::accept_key;

/// The seed of every workspace; `tests/c/conn_driver.c` has it too.
pub const SEED: [u8; 32] = [5; 32];

/// The first key that comes of [`SEED`], as the client sends it.
pub static KEY: LazyLock<String> = LazyLock::new(first_key);

/// Sec-WebSocket-Accept for [`KEY`].
pub fn accept() -> String {
    String::from_utf8(accept_key(KEY.as_bytes()).to_vec()).expect("base64")
}

fn first_key() -> String {
    let mut ws = Workspace::new(Heap::new(1 << 20), 1 << 20);
    ws.seed(SEED);
    let mut conn = Conn::new(Rc::new(Config::new(Role::Client)), 0).expect("a client");
    let connect = Connect { target: b"/", authority: b"a", subprotocols: b"", deflate: false, delivery: None };
    conn.websocket(&mut ws).request(&connect, std::iter::empty()).expect("a request");
    let mut request = Vec::new();
    conn.shown(&ws).pieces(|piece| {
        let Piece::Owned(octets) = piece else { return false };
        request.extend_from_slice(octets);
        true
    });
    conn.release(&mut ws);
    let request = String::from_utf8(request).expect("a head");
    let (_, behind) = request.split_once("Sec-WebSocket-Key: ").expect("a key");
    behind[..24].into()
}
