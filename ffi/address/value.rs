//! `ww_address`: an address as a value of C's, and the way to the address of Rust's and back.

use core::ffi::CStr;
use core::mem::{offset_of, size_of};
use core::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};

use crate::error::{Code, Error, Fault};
use crate::io::address::{Address, UnixName};

/// No address: a struct of zeros.
pub const WW_FAMILY_NONE: i32 = 0;
/// An IPv4 address: 4 octets and a port.
pub const WW_FAMILY_IPV4: i32 = 1;
/// An IPv6 address: 16 octets, a port and a scope.
pub const WW_FAMILY_IPV6: i32 = 2;
/// The name of a Unix domain socket: up to 108 octets.
pub const WW_FAMILY_UNIX: i32 = 3;
/// All interfaces of this host, in IPv6 and IPv4 where it has both: a port without octets.
pub const WW_FAMILY_ANY: i32 = 4;

/// The address of a socket: a plain value of 128 bytes that owns nothing and never grows.
///
/// ww_address_parse() makes one from a text. A program that has the octets fills in a struct of zeros itself. A call that reads an address
/// returns WW_E_ARGUMENT for WW_FAMILY_NONE, for an unknown family, and if a member is not as described here. In an address that the library
/// wrote, all octets behind `len` are 0, so memcmp() compares two of them.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_address {
    /// `WW_FAMILY_*`
    pub family: i32,
    /// IPv6: the index of an interface, or 0 for none. 0 for the other families.
    pub scope: u32,
    /// IPv4, IPv6 and WW_FAMILY_ANY: the port, in host byte order. 0 for the other families.
    pub port: u16,
    /// How many of `octets` are used: 4 for IPv4, 16 for IPv6, 0 to 108 for a Unix domain socket, 0 for WW_FAMILY_ANY.
    pub len: u16,
    /// IPv4 and IPv6: the address in network byte order. A Unix domain socket: its path, without a NUL at its end, or a NUL and then an
    /// abstract name (Linux), or nothing for a socket without a name. Octets behind `len` are ignored.
    pub octets: [u8; 108],
    /// 0
    pub reserved: [u32; 2],
}

const _: () = assert!(
    size_of::<ww_address>() == 128
        && offset_of!(ww_address, family) == 0
        && offset_of!(ww_address, scope) == 4
        && offset_of!(ww_address, port) == 8
        && offset_of!(ww_address, len) == 10
        && offset_of!(ww_address, octets) == 12
        && offset_of!(ww_address, reserved) == 120
        && UnixName::CAPACITY == 108
);

const fn bad(reason: &'static CStr) -> Fault {
    Fault::new(Code::Argument, 0, c"", reason)
}

static NO_ADDRESS: Fault = bad(c"the ww_address is of WW_FAMILY_NONE: there is no address in it");
static FAMILY: Fault = bad(c"`family` of a ww_address is not a WW_FAMILY_*");
static LENGTH: Fault =
    bad(c"`len` of a ww_address is not 4 of IPv4, 16 of IPv6, at most 108 of a Unix socket, or 0 of WW_FAMILY_ANY");
static SCOPE: Fault = bad(c"`scope` of a ww_address is not 0, and its family is not IPv6");
static PORT: Fault = bad(c"`port` of a ww_address is not 0, and a Unix socket has no port");
static NUL_IN_PATH: Fault =
    bad(c"the path of a Unix socket in a ww_address has a NUL: `len` does not count the one behind it");
static RESERVED: Fault = bad(c"`reserved` of a ww_address is not 0");

impl ww_address {
    pub(in crate::ffi) const NONE: Self =
        Self { family: WW_FAMILY_NONE, scope: 0, port: 0, len: 0, octets: [0; 108], reserved: [0; 2] };

    /// The address that a C program gave, or what is wrong with it.
    pub(in crate::ffi) fn read(&self) -> Result<Address, Error> {
        let address = match self.family {
            WW_FAMILY_IPV4 => self.ip::<4>().map(|ip| Address::V4(SocketAddrV4::new(Ipv4Addr::from(ip), self.port))),
            WW_FAMILY_IPV6 => self.ip::<16>().map(|ip| Address::V6(self.ipv6(ip))),
            WW_FAMILY_UNIX => self.unix().map(Address::Unix),
            WW_FAMILY_ANY => self.ip::<0>().map(|[]| Address::Any(self.port)),
            WW_FAMILY_NONE => Err(NO_ADDRESS.at(0)),
            _ => Err(FAMILY.at(0)),
        }?;
        self.check_unused().map(|()| address)
    }

    fn used(&self) -> Result<&[u8], Error> {
        self.octets.get(..usize::from(self.len)).ok_or(LENGTH.at(0))
    }

    /// The octets, if they are as many as the family has.
    fn ip<const N: usize>(&self) -> Result<[u8; N], Error> {
        self.used()?.try_into().map_err(|_| LENGTH.at(0))
    }

    fn ipv6(&self, ip: [u8; 16]) -> SocketAddrV6 {
        SocketAddrV6::new(Ipv6Addr::from(ip), self.port, 0, self.scope)
    }

    fn unix(&self) -> Result<UnixName, Error> {
        UnixName::from_octets(self.used()?).ok_or(NUL_IN_PATH.at(0))
    }

    /// What the family does not have is 0, so that a later version may give it a meaning.
    fn check_unused(&self) -> Result<(), Error> {
        if self.scope != 0 && self.family != WW_FAMILY_IPV6 {
            return Err(SCOPE.at(0));
        }
        if self.port != 0 && self.family == WW_FAMILY_UNIX {
            return Err(PORT.at(0));
        }
        if self.reserved != [0; 2] { Err(RESERVED.at(0)) } else { Ok(()) }
    }

    /// Of a family that has octets.
    fn with(family: i32, octets: &[u8]) -> Self {
        let mut address = Self { family, len: crate::narrow::two_octets(octets.len()), ..Self::NONE };
        address.octets[..octets.len()].copy_from_slice(octets);
        address
    }
}

impl From<&Address> for ww_address {
    fn from(address: &Address) -> Self {
        let port = address.port().unwrap_or(0);
        match address {
            Address::Any(_) => Self { port, ..Self::with(WW_FAMILY_ANY, &[]) },
            Address::V4(v4) => Self { port, ..Self::with(WW_FAMILY_IPV4, &v4.ip().octets()) },
            Address::V6(v6) => Self { port, scope: v6.scope_id(), ..Self::with(WW_FAMILY_IPV6, &v6.ip().octets()) },
            Address::Unix(name) => Self::with(WW_FAMILY_UNIX, name.sun_path()),
        }
    }
}

#[cfg(test)]
mod tests;
