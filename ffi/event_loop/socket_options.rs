//! Options of new sockets, across the C ABI: zero is the default everywhere.

use core::time::Duration;

use crate::error::{Code, Error, Fault};
use crate::ffi::check::prefix;
use crate::io::socket::{KeepAlive, SocketOptions};

static FLAGS: Fault = Fault::new(
    Code::Argument,
    0,
    c"",
    c"`flags` of ww_socket_options has a bit that is no WW_SOCKET_* of this kind of socket, or `reserved` is not 0",
);
static DSCP: Fault = Fault::new(Code::Argument, 0, c"", c"`dscp` is above 63");
static FAST_OPEN: Fault = Fault::new(Code::Argument, 0, c"", c"`fast_open` is above 65,535");
static UNSENT: Fault = Fault::new(Code::Argument, 0, c"", c"`unsent_max` is above 2,147,483,647");
static HOPS: Fault = Fault::new(Code::Argument, 0, c"", c"`hops` of ww_socket_options is above 255");
static CPU: Fault = Fault::new(Code::Argument, 0, c"", c"`incoming_cpu` is above 65,536");
static PROBES: Fault = Fault::new(Code::Argument, 0, c"", c"`keep_alive_probes` is above 127");

/// Socket flag, listeners and UDP: other sockets with this flag may have the same port; the system spreads what comes over them.
pub const WW_SOCKET_REUSE_PORT: u32 = 1 << 0;
/// Socket flag, listeners: `"*:8080"` takes IPv6 only; without the flag it takes IPv4 as well. An IPv6 address takes IPv6 only in any case.
pub const WW_SOCKET_IPV6_ONLY: u32 = 1 << 1;
/// Socket flag, UDP: datagrams may go to broadcast addresses.
pub const WW_SOCKET_BROADCAST: u32 = 1 << 2;
/// Socket flag, UDP: `ecn` of received datagrams is told.
pub const WW_SOCKET_ECN: u32 = 1 << 3;
/// Socket flag, UDP: the system may join datagrams of one sender and one size (GRO): `segment` of ww_datagram. Set `datagram_size` of the
/// loop to 65,536 for it, since a smaller one cuts them.
pub const WW_SOCKET_COALESCE: u32 = 1 << 4;
/// Socket flag, TCP: small pieces wait until the peer has acknowledged those before (Nagle's algorithm); without the flag they are sent at once
/// (TCP_NODELAY).
pub const WW_SOCKET_DELAY: u32 = 1 << 5;
/// Socket flag, UDP: ww_loop_datagram_local() tells where received datagrams came to (IP_PKTINFO, IPV6_RECVPKTINFO).
pub const WW_SOCKET_LOCAL: u32 = 1 << 6;

/// Those of listeners.
pub(in crate::ffi) const OF_LISTENERS: u32 = OF_BOUND | OF_CONNECTIONS;
/// Those of connections.
pub(super) const OF_CONNECTIONS: u32 = WW_SOCKET_DELAY;
/// Those of listeners and UDP.
const OF_BOUND: u32 = WW_SOCKET_REUSE_PORT | WW_SOCKET_IPV6_ONLY;
/// Those of UDP.
pub(super) const OF_UDP: u32 = OF_BOUND | WW_SOCKET_BROADCAST | WW_SOCKET_ECN | WW_SOCKET_COALESCE | WW_SOCKET_LOCAL;

/// Options of a new socket. Start from WW_SOCKET_OPTIONS_INIT; every zero is the default given here. Copied by the call. Those of a
/// listener are for the connections it accepts as well. What a kind of socket does not have is ignored.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_socket_options {
    /// sizeof(ww_socket_options); set by WW_SOCKET_OPTIONS_INIT.
    pub size: usize,
    /// WW_SOCKET_*
    pub flags: u32,
    /// Listeners: connections that may wait to be accepted, default 1,024. The system may limit it further.
    pub backlog: u32,
    /// TCP: the system probes a connection that was idle for so many seconds (SO_KEEPALIVE); default none.
    pub keep_alive_s: u32,
    /// With `keep_alive_s`: seconds between two probes, default 15.
    pub keep_alive_interval_s: u32,
    /// With `keep_alive_s`: unanswered probes before the connection fails, default 4, at most 127.
    pub keep_alive_probes: u32,
    /// Octets of the system's send buffer (SO_SNDBUF); default: the system adapts it to the path.
    pub send_buffer: u32,
    /// Octets of the system's receive buffer (SO_RCVBUF); default: the system adapts it to the path.
    pub receive_buffer: u32,
    /// TCP: octets of one connection that the system takes beyond the window of the peer before it is full (TCP_NOTSENT_LOWAT);
    /// default 131,072, at most 2,147,483,647.
    pub unsent_max: u32,
    /// TCP listeners: connections that may wait whose first octets came with their SYN (TCP_FASTOPEN, RFC 7413); default none, at most
    /// 65,535. Such octets may come twice, so requests must be safe to repeat. The system must allow it too (Linux:
    /// net.ipv4.tcp_fastopen), and may limit it further.
    pub fast_open: u32,
    /// TCP, UDP: the differentiated services code point of what is sent, 0 to 63 (RFC 2474; the upper six bits of IP_TOS and IPV6_TCLASS);
    /// default 0.
    pub dscp: u32,
    /// Listeners, UDP: a CPU and 1: what the system handles on that CPU is preferred (SO_INCOMING_CPU), with WW_SOCKET_REUSE_PORT and a socket
    /// for each CPU. `cpu + 1`, at most 65,536; 0: any. Linux only.
    pub incoming_cpu: u32,
    /// UDP: how many hops a datagram to one receiver may take, 1 to 255 (IP_TTL, IPV6_UNICAST_HOPS); default: the system's, 64 on most. Of
    /// datagrams to groups ww_loop_set_multicast() says it.
    pub hops: u32,
    /// 0
    pub reserved: [u32; 2],
}

impl ww_socket_options {
    /// What the caller's struct says, whatever its version, and its flags, which are among `known`.
    ///
    /// # Safety
    /// `options` is null (all defaults) or points to a struct of the size its first member says.
    pub(super) unsafe fn read(options: *const Self, known: u32) -> Result<(SocketOptions, u32), Error> {
        if options.is_null() {
            return Ok((SocketOptions::default(), 0));
        }
        // SAFETY: as the caller promises; all-zero octets are a valid value of this struct.
        let given: Self = unsafe { prefix(options) }?;
        given.convert(known).map(|options| (options, given.flags))
    }

    pub(in crate::ffi) fn convert(&self, known: u32) -> Result<SocketOptions, Error> {
        if self.flags & !known != 0 || self.reserved != [0; 2] {
            return Err(FLAGS.at(0));
        }
        let incoming_cpu = self.incoming_cpu.checked_sub(1).map(|cpu| u16::try_from(cpu).map_err(|_| CPU.at(0)));
        Ok(SocketOptions {
            backlog: self.backlog,
            reuse_port: self.flags & WW_SOCKET_REUSE_PORT != 0,
            ipv6_only: self.flags & WW_SOCKET_IPV6_ONLY != 0,
            keep_alive: self.keep_alive()?,
            send_buffer: self.send_buffer as usize,
            receive_buffer: self.receive_buffer as usize,
            delay: self.flags & WW_SOCKET_DELAY != 0,
            unsent_max: up_to(self.unsent_max, i32::MAX.unsigned_abs(), &UNSENT)? as usize,
            fast_open: up_to(self.fast_open, 65_535, &FAST_OPEN)?,
            dscp: u8::try_from(up_to(self.dscp, 63, &DSCP)?).map_err(|_| DSCP.at(0))?,
            incoming_cpu: incoming_cpu.transpose()?,
            hops: u8::try_from(self.hops).map_err(|_| HOPS.at(0))?,
        })
    }

    fn keep_alive(&self) -> Result<Option<KeepAlive>, Error> {
        let seconds = |given: u32, default: u32| Duration::from_secs(if given == 0 { default } else { given }.into());
        let probes = if self.keep_alive_probes == 0 { 4 } else { self.keep_alive_probes };
        let probes = u8::try_from(probes).ok().filter(|&probes| probes <= 127).ok_or(PROBES.at(0))?;
        let (idle, interval) = (seconds(self.keep_alive_s, 0), seconds(self.keep_alive_interval_s, 15));
        Ok((self.keep_alive_s > 0).then_some(KeepAlive { idle, interval, probes }))
    }
}

fn up_to(value: u32, max: u32, fault: &'static Fault) -> Result<u32, Error> {
    if value > max { Err(fault.at(0)) } else { Ok(value) }
}
