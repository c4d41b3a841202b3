//! Server configs across the C ABI: zero is the default everywhere.

use core::mem::{offset_of, size_of};

use crate::error::{Code, Error, Fault};
use crate::ffi::check::{SIZE, UNKNOWN_MEMBER};
use crate::ffi::config::ww_conn_config;
use crate::ffi::driver::choice;
use crate::service::Config;

static FLAGS: Fault =
    Fault::new(Code::Argument, 0, c"", c"`flags` of ww_server_config has a bit that is not a WW_SERVER_*");
static DRIVER: Fault = Fault::new(Code::Argument, 0, c"", c"`driver` of ww_server_config is not a WW_DRIVER_*");
static SECURED: Fault =
    Fault::new(Code::Argument, 0, c"", c"TLS is a listener's: ww_server_listen_tls(), and `conn.tls` NULL");

/// Server flag: share TCP ports with other servers that ask the same, each on a thread or process of its own; the system
/// spreads connections over them.
pub const WW_SERVER_REUSE_PORT: u32 = 1 << 0;

/// How a server behaves. Start from WW_SERVER_CONFIG_INIT; every zero is the default given here. Copied by the call.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_server_config {
    /// sizeof(ww_server_config); set by WW_SERVER_CONFIG_INIT.
    pub size: usize,
    /// Its connections. `role` is WW_ROLE_SERVER, `tls` NULL: ww_server_listen_tls() says which are over TLS.
    pub conn: ww_conn_config,
    /// The most connections at a time, default 1,048,576, at most 16,777,216. With so many the server stops accepting until one
    /// ends; further peers wait in the system's backlog. Sockets that owe a PROXY header do not count (WW_LISTEN_PROXY).
    pub connections_max: u32,
    /// Connections that may wait to be accepted, for each listener; default 1,024. The system may limit it further.
    pub backlog: u32,
    /// The most octets one receive brings, default 64 KiB, at most `conn.lend_max`. The server has one such buffer.
    pub receive_size: u32,
    /// WW_SERVER_* bits.
    pub flags: u32,
    /// The most memory for connections, in octets; default 1 GiB. When seven eighths of it are in use, the connections that hold most of it
    /// are ended with WW_E_NOMEM, so that others go on.
    pub memory_max: usize,
    /// The most unread input the connections may hold together, in octets; default 64 MiB. When they hold
    /// more, those that hold most lose it: they answer the request at hand, and end.
    pub held_max: usize,
    /// The most posts in the mailbox, default 65,536. Beyond it posting answers WW_PAUSED.
    pub posts_max: u32,
    /// In how many milliseconds a drain closes the WebSockets, one after the other; default 1,000. See ww_server_drain().
    pub drain_spread_ms: u32,
    /// The most octets in the mailbox, default 64 MiB. Beyond it posting answers WW_PAUSED.
    pub post_bytes_max: usize,
    /// The most octets of messages and posted responses that wait for slow connections, all together, beside `memory_max`; default 64 MiB.
    /// A message that waits for many counts once. Beyond it the connections for which most waits are closed.
    pub waiting_max: usize,
    /// The most octets that wait for one connection, default 1 MiB; with each message about 200 octets for its place in the
    /// line. One message or response always may.
    pub waiting_conn_max: usize,
    /// The most topics one connection may be subscribed to, default 1,024. Topics and subscriptions are in `memory_max`; see
    /// ww_server_subscribe().
    pub topics_conn_max: usize,
    /// The most octets that are gathered, all together: of WebSocket messages and of requests that come whole, until their end has come; default
    /// 128 MiB. When they hold more, those that hold most end, a WebSocket with 1013, a request with 503.
    pub messages_max: usize,
    /// The most octets that are on their way to one connection by ww_mailbox_send(), ww_mailbox_finish() and ww_mailbox_accept_websocket():
    /// posted, or waiting for a peer that does not read. Default 256 KiB. One call always may. Beyond it ww_mailbox_send() answers WW_PAUSED; the
    /// other two are counted and taken all the same.
    pub post_conn_max: usize,
    /// WW_DRIVER_*: what drives the server's loop. See ww_server_get_loop_info().
    pub driver: i32,
    /// 0
    pub reserved: u32,
}

/// Where the members behind `conn` begin. Their place moves when `ww_conn_config` grows; the sizes in both structs tell.
const CONN: usize = offset_of!(ww_server_config, conn);
const TAIL: usize = offset_of!(ww_server_config, connections_max);
const _: () = assert!(TAIL == CONN + size_of::<ww_conn_config>());

impl ww_server_config {
    /// What the caller's struct says, whatever the version of it and of the struct inside.
    ///
    /// # Safety
    /// `config` is null (all defaults) or points to a struct of the size its first member says, with a `conn` of the size
    /// that its first member says.
    pub(in crate::ffi) unsafe fn read(config: *const Self) -> Result<Config, Error> {
        if config.is_null() {
            return Ok(Config::new());
        }
        // SAFETY: all-zero octets are a valid value of this struct.
        let mut known: Self = unsafe { core::mem::zeroed() };
        // SAFETY: every such struct begins with its size.
        let size = unsafe { config.cast::<usize>().read() };
        if size < CONN + size_of::<usize>() {
            return Err(SIZE);
        }
        // SAFETY: the inner struct begins after the size, and with its own.
        let inner = unsafe { config.cast::<u8>().add(CONN).cast::<ww_conn_config>() };
        // SAFETY: as above.
        let inner_size = unsafe { inner.cast::<usize>().read() };
        let rest = size.checked_sub(CONN).and_then(|size| size.checked_sub(inner_size)).ok_or(SIZE)?;
        if rest > 4096 {
            return Err(SIZE);
        }
        // SAFETY: `inner_size` octets by the caller's promise.
        let conn = unsafe { ww_conn_config::read(inner) }?;
        // SAFETY: as above. TLS is its listeners'.
        if unsafe { ww_conn_config::read_tls(inner) }?.is_some() {
            return Err(SECURED.at(0));
        }
        // SAFETY: `rest` octets follow the inner struct, and the tail of ours has room for as many as are known.
        unsafe {
            let from = inner.cast::<u8>().add(inner_size);
            let to = (&raw mut known).cast::<u8>().add(TAIL);
            copy_known(from, rest, to, size_of::<Self>() - TAIL)?;
        }
        known.convert(Config { conn, ..Config::new() })
    }

    fn convert(&self, default: Config) -> Result<Config, Error> {
        if self.flags & !WW_SERVER_REUSE_PORT != 0 {
            return Err(FLAGS.at(0));
        }
        if self.reserved != 0 {
            return Err(UNKNOWN_MEMBER);
        }
        let driver = choice(self.driver).ok_or_else(|| DRIVER.at(0))?;
        let or = |given: u32, default: u32| if given == 0 { default } else { given };
        let or_size = |given: usize, default: usize| if given == 0 { default } else { given };
        Ok(Config {
            connections_max: or(self.connections_max, default.connections_max),
            backlog: or(self.backlog, default.backlog),
            receive_size: or(self.receive_size, default.receive_size.min(default.conn.limits.lend_max)),
            reuse_port: self.flags & WW_SERVER_REUSE_PORT != 0,
            memory_max: or_size(self.memory_max, default.memory_max),
            held_max: or_size(self.held_max, default.held_max),
            posts_max: or_size(self.posts_max as usize, default.posts_max),
            post_octets_max: or_size(self.post_bytes_max, default.post_octets_max),
            waiting_max: or_size(self.waiting_max, default.waiting_max),
            waiting_conn_max: or_size(self.waiting_conn_max, default.waiting_conn_max),
            messages_max: or_size(self.messages_max, default.messages_max),
            post_conn_max: or_size(self.post_conn_max, default.post_conn_max),
            drain_spread_ms: or(self.drain_spread_ms, default.drain_spread_ms),
            topics_conn_max: or_size(self.topics_conn_max, default.topics_conn_max),
            driver,
            ..default
        })
    }
}

/// Copies what this version knows of a tail; what it does not know must be zero.
///
/// # Safety
/// `from` is readable for `size` octets, `to` writable for `known`; they do not overlap.
unsafe fn copy_known(from: *const u8, size: usize, to: *mut u8, known: usize) -> Result<(), Error> {
    // SAFETY: within both, by the caller's promise.
    unsafe { core::ptr::copy_nonoverlapping(from, to, size.min(known)) };
    for i in known..size {
        // SAFETY: within `size`.
        if unsafe { from.add(i).read() } != 0 {
            return Err(UNKNOWN_MEMBER);
        }
    }
    Ok(())
}
