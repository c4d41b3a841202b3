//! Sockets for datagrams of a loop.

use super::calls::on;
use super::datagram_value::ww_datagram;
use super::opening::{open, read};
use super::socket::ww_socket;
use super::socket_options::{
    OF_UDP, WW_SOCKET_BROADCAST, WW_SOCKET_COALESCE, WW_SOCKET_ECN, WW_SOCKET_LOCAL, ww_socket_options,
};
use super::ww_loop;
use crate::error::{Code, Error, Fault};
use crate::ffi::address::value::ww_address;
use crate::ffi::check::slice;
use crate::ffi::head::types::ww_error_info;
use crate::ffi::status::{WW_OK, WW_PAUSED, ww_status};
use crate::io::address::Address;
use crate::io::driver::Sent;
use crate::io::event_loop::SocketId;
use crate::io::fault;
use crate::io::socket::{Datagram, Outgoing};
use core::net::IpAddr;

static GROUP: Fault = Fault::new(Code::Argument, 0, c"", c"a group is an IPv4 or IPv6 address of multicast");

/// Makes a UDP socket bound to `address`; its completions carry `token`. It receives once ww_loop_receive() is called: then each
/// WW_COMPLETION_DATAGRAMS is a batch. `options` NULL are all defaults.
///
/// Errors: as ww_loop_listen(); WW_E_SYSTEM also for a Unix address, and for WW_SOCKET_COALESCE where the system cannot. Allocates.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_bind_udp(
    event_loop: *mut ww_loop,
    address: *const ww_address,
    options: *const ww_socket_options,
    token: u64,
    out: *mut ww_socket,
    error: *mut ww_error_info,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        open(event_loop, out, error, |l| {
            let (options, flags) = ww_socket_options::read(options, OF_UDP)?;
            let socket = l.core.open(token).bind_udp(&read(address)?, &options)?;
            let set = l.core.at(socket)?.datagram().and_then(|datagram| set(datagram, flags));
            if let Err(error) = set {
                l.core.at(socket)?.close()?;
                return Err(error);
            }
            Ok(socket)
        })
    }
}

/// The options that only sockets for datagrams have.
fn set(datagram: &Datagram, flags: u32) -> Result<(), Error> {
    let has = |flag: u32| flags & flag != 0;
    let broadcast = if has(WW_SOCKET_BROADCAST) { datagram.set_broadcast(true) } else { Ok(()) };
    let ecn = if has(WW_SOCKET_ECN) { datagram.set_receive_ecn(true) } else { Ok(()) };
    let coalesce = if has(WW_SOCKET_COALESCE) { datagram.set_coalesce(true) } else { Ok(()) };
    let local = if has(WW_SOCKET_LOCAL) { datagram.set_receive_local(true) } else { Ok(()) };
    broadcast.and(ecn).and(coalesce).and(local).map_err(|error| fault(&error))
}

/// Sends datagrams in their order, 64 with one system call. `*taken` becomes how many were taken.
///
/// Returns WW_OK: all of them. WW_PAUSED: only the first `*taken`, and one WW_COMPLETION_SENT follows when there is room; call again with
/// the rest then, and not before. If the next datagram is wrong, that call says so.
/// Errors, none taken: as ww_loop_set_token(); WW_E_STATE: it is no socket for datagrams, or waits for room; WW_E_ARGUMENT: the first datagram
/// is not as ww_datagram says; WW_E_SYSTEM: the system refuses the first datagram (too long, no route, no peer). The others are not
/// concerned: leave that one out and go on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_send_datagrams(
    event_loop: *mut ww_loop,
    socket: ww_socket,
    datagrams: *const ww_datagram,
    count: usize,
    taken: *mut usize,
) -> ww_status {
    let mut sent = 0;
    // SAFETY: as the caller promises.
    let status = unsafe {
        super::run(event_loop, |l| {
            let datagrams = slice(datagrams, count)?;
            let socket = SocketId::from_number(socket);
            if count <= 4 {
                send::<4>(l, socket, datagrams, &mut sent)
            } else {
                send::<64>(l, socket, datagrams, &mut sent)
            }
        })
    };
    // SAFETY: null or writable by the caller's promise.
    if let Some(taken) = unsafe { taken.as_mut() } {
        *taken = sent;
    }
    status
}

/// Sends `N` datagrams at a time.
///
/// # Safety
/// The octets of the datagrams are readable.
unsafe fn send<const N: usize>(
    l: &mut ww_loop,
    socket: SocketId,
    datagrams: &[ww_datagram],
    sent: &mut usize,
) -> Result<ww_status, Error> {
    l.core.at(socket)?.datagram()?;
    while *sent < datagrams.len() {
        // SAFETY: as the caller promises.
        match unsafe { send_first::<N>(l, socket, &datagrams[*sent..]) } {
            Ok(Sent::Done(taken)) => *sent += taken,
            Ok(Sent::Room(taken)) => {
                *sent += taken;
                return Ok(WW_PAUSED);
            }
            // Datagrams are not held.
            Ok(Sent::Held) => return Ok(WW_PAUSED),
            Err(error) if *sent == 0 => return Err(error),
            // The next call begins with the same datagram, and tells what is wrong with it.
            Err(_) => return l.core.at(socket)?.sends()?.room().map(|()| WW_PAUSED),
        }
    }
    Ok(WW_OK)
}

/// Sends at most `N`, up to one that is wrong.
///
/// # Safety
/// The octets of the datagrams are readable.
unsafe fn send_first<const N: usize>(
    l: &mut ww_loop,
    socket: SocketId,
    datagrams: &[ww_datagram],
) -> Result<Sent, Error> {
    // SAFETY: as the caller promises.
    let (outgoing, count, wrong) = unsafe { gather::<N>(datagrams) };
    match wrong {
        Some(error) if count == 0 => Err(error),
        _ => l.core.at(socket)?.sends()?.send_datagrams(&outgoing[..count]),
    }
}

/// The first datagrams, at most `N`, up to one that is wrong: how many, and what is wrong with that one.
///
/// # Safety
/// The octets of the datagrams are readable during `'a`.
unsafe fn gather<'a, const N: usize>(datagrams: &[ww_datagram]) -> ([Outgoing<'a>; N], usize, Option<Error>) {
    let mut outgoing = [const { Outgoing::new(&[], None) }; N];
    for (count, (to, from)) in outgoing.iter_mut().zip(datagrams).enumerate() {
        // SAFETY: as the caller promises.
        match unsafe { from.read() } {
            Ok(datagram) => *to = datagram,
            Err(error) => return (outgoing, count, Some(error)),
        }
    }
    (outgoing, datagrams.len().min(N), None)
}

/// The peer of a socket for datagrams: it receives from no other, datagrams without an address go to it, and
/// WW_COMPLETION_UNDELIVERED tells of it. A NULL `peer` undoes that; a port that the system chose is given up then, and the next send
/// gets another one.
///
/// Errors: as ww_loop_set_token(); WW_E_STATE: it is no socket for datagrams; WW_E_SYSTEM: there is no way to the peer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_set_peer(
    event_loop: *mut ww_loop,
    socket: ww_socket,
    peer: *const ww_address,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        on(event_loop, socket, |socket| {
            let datagram = socket.datagram()?;
            let set = if peer.is_null() { datagram.disconnect() } else { datagram.connect(&read(peer)?) };
            set.map(|()| WW_OK).map_err(|error| fault(&error))
        })
    }
}

/// Joins a group of multicast, so that its datagrams come to the socket. `interface_index` is that of an interface; 0: the system
/// chooses one. The port of `group` is not looked at.
///
/// Errors: as ww_loop_set_peer(); WW_E_ARGUMENT: no IPv4 or IPv6 address; WW_E_SYSTEM: no group, joined already, no such interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_join(
    event_loop: *mut ww_loop,
    socket: ww_socket,
    group: *const ww_address,
    interface_index: u32,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        on(event_loop, socket, |socket| {
            let joined = socket.datagram()?.multicast().join(ip(&read(group)?)?, interface_index);
            joined.map(|()| WW_OK).map_err(|error| fault(&error))
        })
    }
}

/// Leaves a group that ww_loop_join() joined, on the same interface.
///
/// Errors: as ww_loop_join().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_leave(
    event_loop: *mut ww_loop,
    socket: ww_socket,
    group: *const ww_address,
    interface_index: u32,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        on(event_loop, socket, |socket| {
            let left = socket.datagram()?.multicast().leave(ip(&read(group)?)?, interface_index);
            left.map(|()| WW_OK).map_err(|error| fault(&error))
        })
    }
}

fn ip(group: &Address) -> Result<IpAddr, Error> {
    group.ip().ok_or(GROUP.at(0))
}
