//! How a loop's datagrams to groups leave, and where received ones came to.

use super::calls::on;
use super::socket::ww_socket;
use super::ww_loop;
use crate::error::{Code, Error, Fault};
use crate::ffi::address::value::ww_address;
use crate::ffi::check::ARGUMENT;
use crate::ffi::status::{WW_DONE, WW_OK, ww_status};
use crate::io::address::Address;
use crate::io::fault;
use crate::io::socket::Local;
use core::net::SocketAddr;

static HOPS: Fault = Fault::new(Code::Argument, 0, c"", c"`hops` is above 255");
static NO_DATAGRAM: Fault = Fault::new(Code::Argument, 0, c"", c"the last completion has no such datagram");

/// How datagrams of a socket to groups of multicast leave. `hops`: how many they may take, 0 to 255; 0 stays on this host, 1 on the network,
/// which is what a new socket has (IP_MULTICAST_TTL, IPV6_MULTICAST_HOPS). `interface_index`: the interface that they leave by; 0: the system chooses
/// (IP_MULTICAST_IF, IPV6_MULTICAST_IF). `loops`: members on this host receive them too, which a new socket has on (IP_MULTICAST_LOOP,
/// IPV6_MULTICAST_LOOP). On a socket of both families each is for both.
///
/// Errors: as ww_loop_set_peer(); WW_E_ARGUMENT: `hops` above 255; WW_E_SYSTEM: no such interface. Some may be set then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_set_multicast(
    event_loop: *mut ww_loop,
    socket: ww_socket,
    hops: u32,
    interface_index: u32,
    loops: bool,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        on(event_loop, socket, |socket| {
            let multicast = socket.datagram()?.multicast();
            let hops = u8::try_from(hops).map_err(|_| HOPS.at(0))?;
            let set = multicast.set_interface(interface_index).and_then(|()| multicast.set_ttl(hops));
            set.and_then(|()| multicast.set_loop(loops)).map(|()| WW_OK).map_err(|error| fault(&error))
        })
    }
}

/// Where datagram `index` of the last completion came to, a WW_COMPLETION_DATAGRAMS of a socket with WW_SOCKET_LOCAL: the address that it was
/// sent to, without a port, in `*local`, and the interface in `*interface_index`; either may be NULL. To answer from that address bind a
/// socket to it. IPv4 is IPv4 on a socket of both families too.
///
/// Returns WW_DONE: the socket has no WW_SOCKET_LOCAL, or the system does not tell. Errors: WW_E_ARGUMENT (no such datagram, NULL loop).
/// `*local` is of WW_FAMILY_NONE then, and `*interface_index` 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_datagram_local(
    event_loop: *mut ww_loop,
    index: usize,
    local: *mut ww_address,
    interface_index: *mut u32,
) -> ww_status {
    let mut told = None;
    // SAFETY: as the caller promises.
    let status = unsafe {
        super::run(event_loop, |l| {
            told = of(l, index)?;
            Ok(if told.is_some() { WW_OK } else { WW_DONE })
        })
    };
    // SAFETY: null or writable by the caller's promise.
    if let Some(local) = unsafe { local.as_mut() } {
        let address = told.map(|told| Address::from(SocketAddr::new(told.address, 0)));
        *local = address.as_ref().map_or(ww_address::NONE, ww_address::from);
    }
    // SAFETY: as above.
    if let Some(interface_index) = unsafe { interface_index.as_mut() } {
        *interface_index = told.map_or(0, |told| told.interface);
    }
    status
}

/// Where a datagram that C has been shown came to.
fn of(l: &ww_loop, index: usize) -> Result<Option<Local>, Error> {
    if index >= l.view.len() {
        return Err(NO_DATAGRAM.at(0));
    }
    let datagram = l.core.datagrams().and_then(|batch| batch.iter().nth(index));
    datagram.map(|datagram| datagram.local()).ok_or(ARGUMENT)
}
