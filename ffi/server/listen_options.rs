//! How a server listens, across the C ABI: zero is the default everywhere.

use core::mem::size_of;

use crate::error::{Code, Error, Fault};
use crate::ffi::check::prefix;
use crate::ffi::event_loop::socket_options::{
    OF_LISTENERS, WW_SOCKET_IPV6_ONLY, WW_SOCKET_REUSE_PORT, ww_socket_options,
};
use crate::ffi::tls_config::ww_tls_config;
use crate::io::socket::SocketOptions;
use crate::service::Security;

static FLAGS: Fault = Fault::new(
    Code::Argument,
    0,
    c"",
    c"`flags` of ww_listen_options has a bit that is not a WW_LISTEN_*, or `reserved` is not 0",
);

/// Listen flag: as WW_SERVER_REUSE_PORT, for this listener.
pub const WW_LISTEN_REUSE_PORT: u32 = 1 << 0;
/// Listen flag: `"*:8080"` takes IPv6 only; without the flag it takes IPv4 as well. An IPv6 address takes IPv6 only in any case.
pub const WW_LISTEN_IPV6_ONLY: u32 = 1 << 1;
/// Listen flag: each connection begins with a PROXY header (haproxy's PROXY protocol, version 1 or 2), before TLS too, in which a load
/// balancer tells the endpoints of its client. Only for listeners that nobody but load balancers reaches: whoever does is whom it says it is.
///
/// The header is required, and never guessed. ww_server_peer() tells its source, ww_server_proxy_endpoints() both of its addresses, ww_server_endpoints() the
/// load balancer's. WW_EVENT_OPENED comes when the header is there. What is no header is dropped without an answer, and told by
/// WW_EVENT_OPENED, WW_EVENT_ERROR (WW_E_PROXY_HEADER) and WW_EVENT_CLOSED. The wait for it counts in `head_ms`. A peer that ends before its first octet, as
/// health checks do, or that lets the time run out, has no events.
///
/// A socket that owes its header is no connection: it takes no place of `connections_max`. As many may owe it to a listener as its `backlog` says;
/// a newcomer beyond them ends the one that has owed it longest. So beside its listeners a server has at most `connections_max` sockets, and
/// for each such listener its `backlog`; on io_uring also those that it has accepted ahead, for each listener its `backlog` at most. Where the system
/// has no descriptors left, the one that has owed its header longest ends for a newcomer to any listener. A header that comes while there are `connections_max` connections waits for the next place, before sockets that are accepted later; no clock runs then.
pub const WW_LISTEN_PROXY: u32 = 1 << 2;

/// How a listener behaves. Start from WW_LISTEN_OPTIONS_INIT; every zero is the default given here. Copied by the call.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_listen_options {
    /// sizeof(ww_listen_options); set by WW_LISTEN_OPTIONS_INIT.
    pub size: usize,
    /// Its connections are over TLS, as those of ww_server_listen_tls(). NULL: they are not.
    pub tls: *const ww_tls_config,
    /// WW_LISTEN_* bits.
    pub flags: u32,
    /// Connections that may wait to be accepted, default `backlog` of the server's config. A socket that listens already keeps what it has
    /// by default. The system may limit it further. With WW_LISTEN_PROXY also how many sockets may owe it their header.
    pub backlog: u32,
    /// TCP: the system probes a connection that was idle for so many seconds (SO_KEEPALIVE); default none. The clocks of
    /// ww_conn_config end a dead peer sooner as a rule; this is for tunnels, whose idle time is the owner's.
    pub keep_alive_s: u32,
    /// With `keep_alive_s`: seconds between two probes, default 15.
    pub keep_alive_interval_s: u32,
    /// With `keep_alive_s`: unanswered probes before the connection fails, default 4, at most 127.
    pub keep_alive_probes: u32,
    /// Bytes of the system's send buffer of each connection (SO_SNDBUF); default: the system adapts it to the path.
    pub send_buffer: u32,
    /// Bytes of the system's receive buffer of each connection (SO_RCVBUF); default: the system adapts it to the path.
    pub receive_buffer: u32,
    /// TCP: bytes of one connection that the system takes beyond the window of the peer before it is full (TCP_NOTSENT_LOWAT);
    /// default 131,072, and 1,048,576 while a long file is sent that the peer reads; at most 2,147,483,647.
    pub unsent_max: u32,
    /// TCP: connections that may wait whose first octets came with their SYN (TCP_FASTOPEN, RFC 7413); default none, at most 65,535. Such
    /// octets may come twice, so requests must be safe to repeat. The system must allow it too (Linux: net.ipv4.tcp_fastopen), and may limit it further.
    pub fast_open: u32,
    /// TCP: the differentiated services code point of what is sent, 0 to 63 (RFC 2474; the upper six bits of IP_TOS and IPV6_TCLASS);
    /// default 0.
    pub dscp: u32,
    /// A CPU and 1: connections that the system handles on that CPU are preferred (SO_INCOMING_CPU), with WW_LISTEN_REUSE_PORT and a listener for each
    /// CPU. `cpu + 1`, at most 65,536; 0: any. Linux only.
    pub incoming_cpu: u32,
    /// 0.
    pub reserved: u32,
}

impl ww_listen_options {
    /// What the caller's struct says, whatever its version.
    ///
    /// # Safety
    /// `options` is null (all defaults) or points to a struct of the size its first member says, whose `tls` is null or a config.
    pub(super) unsafe fn read(options: *const Self) -> Result<(SocketOptions, Security), Error> {
        if options.is_null() {
            return Ok((SocketOptions::default(), Security::default()));
        }
        // SAFETY: as the caller promises; all-zero octets are a valid value of this struct.
        let o: Self = unsafe { prefix(options) }?;
        // SAFETY: as the caller promises.
        let security = security(unsafe { o.tls.as_ref() })?;
        let options = o.convert()?;
        Ok((options, if o.flags & WW_LISTEN_PROXY != 0 { security.behind_proxy() } else { security }))
    }

    fn convert(&self) -> Result<SocketOptions, Error> {
        if self.flags & !(WW_LISTEN_REUSE_PORT | WW_LISTEN_IPV6_ONLY | WW_LISTEN_PROXY) != 0 || self.reserved != 0 {
            return Err(FLAGS.at(0));
        }
        let socket_flags = |from: u32, to: u32| if self.flags & from != 0 { to } else { 0 };
        let flags = socket_flags(WW_LISTEN_REUSE_PORT, WW_SOCKET_REUSE_PORT)
            | socket_flags(WW_LISTEN_IPV6_ONLY, WW_SOCKET_IPV6_ONLY);
        ww_socket_options {
            size: size_of::<ww_socket_options>(),
            flags,
            backlog: self.backlog,
            keep_alive_s: self.keep_alive_s,
            keep_alive_interval_s: self.keep_alive_interval_s,
            keep_alive_probes: self.keep_alive_probes,
            send_buffer: self.send_buffer,
            receive_buffer: self.receive_buffer,
            unsent_max: self.unsent_max,
            fast_open: self.fast_open,
            dscp: self.dscp,
            incoming_cpu: self.incoming_cpu,
            hops: 0,
            reserved: [0; 2],
        }
        .convert(OF_LISTENERS)
    }
}

/// What lies under connections; TLS where there is a config.
#[cfg(feature = "tls")]
pub(super) fn security(tls: Option<&ww_tls_config>) -> Result<Security, Error> {
    tls.map_or(Ok(Security::default()), |config| Security::tls(&config.core))
}

/// There is no config without TLS.
#[cfg(not(feature = "tls"))]
pub(super) fn security(tls: Option<&ww_tls_config>) -> Result<Security, Error> {
    tls.map_or(Ok(Security::default()), |config| match config.core {})
}
