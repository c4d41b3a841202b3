//! The handshake keys of a client: they come of the workspace's seed, which is the same for every subject.

use std::rc::Rc;
use std::sync::LazyLock;

use wireway::conn::{Config, Conn, Connect, Piece, Workspace};
use wireway::http1::machine::Role;
use wireway::memory::Heap;
use wireway::semantics::base64::Alphabet;
use wireway::websocket::accept::accept_key;

/// The seed of every workspace; `tests/c/conn_driver.c` has it too.
pub const SEED: [u8; 32] = [5; 32];

/// The first two keys that come of [`SEED`], as clients send them. They have nothing in common.
pub static KEYS: LazyLock<[String; 2]> = LazyLock::new(|| {
    let mut ws = Workspace::new(Heap::new(1 << 20), 1 << 20);
    ws.seed(SEED);
    let keys = [next_key(&mut ws), next_key(&mut ws)];
    let is_key = |key: &String| Alphabet::default().decode(key.as_bytes(), &mut [0; 16]);
    assert!(keys.iter().all(is_key) && keys[0] != keys[1], "two keys of 16 octets: {keys:?}");
    keys
});

/// Sec-WebSocket-Accept for the first key.
pub fn accept() -> String {
    String::from_utf8(accept_key(KEYS[0].as_bytes()).to_vec()).expect("base64")
}

fn next_key(ws: &mut Workspace) -> String {
    let mut conn = Conn::new(Rc::new(Config::new(Role::Client)), 0).expect("a client");
    let connect =
        Connect { target: b"/", authority: b"a", subprotocols: b"", deflate: false, delivery: None, answers: false };
    conn.websocket(ws).request(&connect, std::iter::empty()).expect("a request");
    let mut request = Vec::new();
    conn.shown(ws).pieces(|piece| {
        let Piece::Owned(octets) = piece else { return false };
        request.extend_from_slice(octets);
        true
    });
    conn.release(ws);
    let request = String::from_utf8(request).expect("a head");
    let (_, behind) = request.split_once("Sec-WebSocket-Key: ").expect("a key");
    behind[..24].into()
}
