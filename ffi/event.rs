//! Events across the C ABI.

use core::ffi::c_void;
use core::ptr::null;

use super::head::types::{ww_head, ww_span};
use crate::http1::machine::head;

/// A connection of a server: server tag, slot and generation in 64 bits. 0 is none. Never reused.
pub type ww_id = u64;

/// A request head, in `head`. WW_EVENT_FLAG_LAST: the request is complete. It has no content, or its whole content is in `data`: see
/// WW_CONN_WHOLE_CONTENT. A request that ww_conn_gather_content() was called for comes twice, the second time complete.
pub const WW_EVENT_REQUEST: i32 = 1;
/// Client: a final response head, in `head`.
pub const WW_EVENT_RESPONSE: i32 = 2;
/// Client: an interim (1xx) response head, in `head`.
pub const WW_EVENT_INTERIM: i32 = 3;
/// Content, in `data`. WW_EVENT_FLAG_LAST: it completes its message.
pub const WW_EVENT_DATA: i32 = 4;
/// The end of a message that no other event marked as the last; trailers in `head`, or NULL.
pub const WW_EVENT_END: i32 = 5;
/// Octets after a switch of protocols, in `data`.
pub const WW_EVENT_RAW: i32 = 6;
/// The peer sends no more after a switch of protocols. `code` is WW_OK, or WW_E_TRUNCATED where its transport did not end cleanly, as by a
/// FIN without the close_notify of TLS: what came may have been cut short.
pub const WW_EVENT_RAW_END: i32 = 7;
/// Queued output fell to the low-water mark after a write answered WW_PAUSED.
pub const WW_EVENT_WRITABLE: i32 = 8;
/// The octets, or the file, lent with `token` are no longer needed.
pub const WW_EVENT_RELEASED: i32 = 9;
/// The peer broke the protocol, a clock ran out or memory did: `code`. Where a response is due (WW_EVENT_FLAG_CAN_RESPOND) the application
/// may give it before it asks for the next event; else that queues one with the status alone. The connection ends when it is sent. After
/// WW_E_EXPECTATION (417) and WW_E_MISDIRECTED (421) it goes on, provided that the request is complete and did not ask for the end. A
/// server need not do anything about an error.
pub const WW_EVENT_ERROR: i32 = 10;
/// Server: a connection was accepted.
pub const WW_EVENT_OPENED: i32 = 11;
/// Server: the connection has ended and its id is dead; `code` is 0 or why.
pub const WW_EVENT_CLOSED: i32 = 12;
/// Server: a mailbox post, in `data` and `token`.
pub const WW_EVENT_POST: i32 = 13;
/// Server: a post, response or message did not reach its connection, with `token` and the reason in `code` (WW_POST_REPORT).
pub const WW_EVENT_UNDELIVERED: i32 = 14;
/// Client: send the content now; the server asked for it, or the wait is over.
pub const WW_EVENT_CONTINUE: i32 = 15;
/// In the server role, of ww_conn and ww_server: the peer sends no more, while a response to a whole request is due. It has closed its
/// connection, or only its own side of it. Comes once for each request that is due then. It ends nothing: a response is still sent to whoever
/// reads. One that has not begun idle_ms later (answer_ms, where that is set) is answered with 503, and the connection ends with
/// WW_E_TIMEOUT_RESPONSE. To give up sooner on a peer that waits for nothing, as behind a long poll: ww_server_abort(), or close the transport
/// and free the connection.
pub const WW_EVENT_PEER_ENDED: i32 = 16;

/// WebSocket: a message, in `data`; the WW_EVENT_FLAG_* say what it is, and are flags to send the same with. Each message is one event and text
/// is UTF-8, unless parts are asked for (WW_CONN_MESSAGE_PARTS, WW_WS_HANDSHAKE_PARTS): an event then shows what has come of a message, which
/// has WW_EVENT_FLAG_PART where that is not all of it, and text is UTF-8 over all its parts.
pub const WW_EVENT_MESSAGE: i32 = 20;
/// WebSocket: a Ping, with its payload in `data`; the Pong is queued already.
pub const WW_EVENT_PING: i32 = 21;
/// WebSocket: a Pong, with its payload in `data`.
pub const WW_EVENT_PONG: i32 = 22;
/// WebSocket: the peer's Close, with its code in `code` (1005: none) and its reason in `data`; ours is queued. No message follows.
pub const WW_EVENT_CLOSE_FRAME: i32 = 23;

// 30 is kept for diagnostics, which nothing gives yet.

/// Flag: the event completes its message, of HTTP or of WebSocket (WW_EVENT_MESSAGE: one that is whole has it always). Exactly one event of a
/// message has it, unless an error ended the message, or a request was answered before it was complete: what is left of it is then dropped,
/// and no event shows it.
pub const WW_EVENT_FLAG_LAST: u32 = 1 << 0;
/// Flag of MESSAGE: the message begins with these octets.
pub const WW_EVENT_FLAG_FIRST: u32 = 1 << 1;
/// Flag of MESSAGE: the message is text. Each of its parts says so, and without it WW_EVENT_FLAG_BINARY is set.
pub const WW_EVENT_FLAG_TEXT: u32 = 1 << 4;
/// Flag of MESSAGE: the message is not text.
pub const WW_EVENT_FLAG_BINARY: u32 = 1 << 5;
/// Flag of MESSAGE: these octets are not all of the message; WW_EVENT_FLAG_FIRST and WW_EVENT_FLAG_LAST are not both set.
pub const WW_EVENT_FLAG_PART: u32 = 1 << 7;

/// Flag of ERROR, server: a response with the status that ww_conn_error() or ww_server_error() names is due. ww_conn_respond() or
/// ww_server_respond(), called before the next event is asked for, gives it fields and content of its own; the status may be another of 400
/// to 599, and the library decides whether the connection closes. Nothing else may be sent. Without such a call the library answers itself.
pub const WW_EVENT_FLAG_CAN_RESPOND: u32 = 1 << 8;

/// Head of a connection: the connection ends after this message.
pub const WW_HEAD_CLOSE: u32 = 1 << 20;
/// Head of a connection: the content is chunked.
pub const WW_HEAD_CHUNKED: u32 = 1 << 21;
/// Head of a connection: the client waits for 100 Continue.
pub const WW_HEAD_EXPECT: u32 = 1 << 22;
/// Head of a connection: a switch of protocols is offered (request) or made (response). A client may offer any protocol, h2c among them:
/// for WebSocket look at WW_HEAD_WEBSOCKET.
pub const WW_HEAD_UPGRADE: u32 = 1 << 23;
/// Head of a connection: the target's authority differs from Host.
pub const WW_HEAD_HOST_MISMATCH: u32 = 1 << 24;
/// Head of a connection: a leniency was used.
pub const WW_HEAD_LENIENT: u32 = 1 << 25;
/// Head of a connection, with WW_HEAD_UPGRADE: the request offers a switch to WebSocket, so ww_conn_accept_websocket() accepts it, or answers
/// 400 or 426 where the rest of the handshake is wrong; or the response has made that switch.
pub const WW_HEAD_WEBSOCKET: u32 = 1 << 26;

const _: () = assert!(
    WW_HEAD_CLOSE == head::CLOSE
        && WW_HEAD_CHUNKED == head::CHUNKED
        && WW_HEAD_EXPECT == head::EXPECT
        && WW_HEAD_UPGRADE == head::UPGRADE
        && WW_HEAD_HOST_MISMATCH == head::HOST_MISMATCH
        && WW_HEAD_LENIENT == head::LENIENT
        && WW_HEAD_WEBSOCKET == head::WEBSOCKET
);

/// One event. 64 octets, fixed. Its pointers are valid until the next `next`, `receive`, `reset` or `free` on the
/// handle it came from; calls that write do not end them.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_event {
    /// WW_EVENT_*.
    pub kind: i32,
    /// WW_EVENT_FLAG_LAST or 0; MESSAGE has others of WW_EVENT_FLAG_* besides. ERROR has WW_EVENT_FLAG_CAN_RESPOND or 0, never WW_EVENT_FLAG_LAST.
    pub flags: u32,
    /// The connection; 0 from ww_conn_next().
    pub conn: ww_id,
    /// 0: HTTP/1.1 has no streams.
    pub stream: u32,
    /// WW_E_* of ERROR, UNDELIVERED, and CLOSED and RAW_END (or 0); the close code of CLOSE_FRAME; else 0.
    pub code: i32,
    /// REQUEST, RESPONSE, INTERIM, and END with trailers; else NULL.
    pub head: *const ww_head,
    /// DATA, RAW, POST, MESSAGE, PING, PONG, CLOSE_FRAME, and REQUEST of a request that came whole; else empty.
    pub data: ww_span,
    /// RELEASED, POST, UNDELIVERED: what the caller gave.
    pub token: u64,
    /// What ww_server_set_user() stored for the connection; NULL from ww_conn_next().
    pub user: *mut c_void,
}

const _: () = assert!(size_of::<ww_event>() == 64 || cfg!(target_pointer_width = "32"));

impl ww_event {
    pub(super) const fn new(kind: i32) -> Self {
        Self {
            kind,
            flags: 0,
            conn: 0,
            stream: 0,
            code: 0,
            head: null(),
            data: ww_span { data: null(), len: 0 },
            token: 0,
            user: core::ptr::null_mut(),
        }
    }

    pub(super) const fn last(mut self, last: bool) -> Self {
        if last {
            self.flags |= WW_EVENT_FLAG_LAST;
        }
        self
    }
}
