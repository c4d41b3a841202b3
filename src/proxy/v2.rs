//! Version 2: binary (PP-03, PP-04).
//!
//! ```text
//! 0          12       13      14       16          16 + length of the addresses    16 + length
//! | signature | ver_cmd | family | length | addresses | TLVs                           |
//! ```

use super::decoded::Decoded;
use super::endpoints::Endpoints;
use super::faults::{COMMAND, FAMILY, LONG, NO_HEADER, SHORT};
use super::header::Header;
use super::tlv;
use super::unix_path::UnixPath;
use crate::error::Error;
use core::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};

const SIGNATURE: &[u8; 12] = b"\r\n\r\n\0\r\nQUIT\n";
/// The octets before the addresses.
const FIXED: usize = 16;
/// The most octets behind them. Certificates in TLVs are a few kilobytes.
const LENGTH_MAX: usize = 4096;

/// The longest header.
pub(super) const HEADER_MAX: usize = FIXED + LENGTH_MAX;

const LOCAL: u8 = 0x20;
const PROXY: u8 = 0x21;

/// What the family octet says. The transport of the client's connection may be another one than that of ours.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Unspecified,
    V4,
    V6,
    Unix,
}

impl Family {
    fn of(octet: u8) -> Option<Self> {
        match octet {
            0x00 => Some(Self::Unspecified),
            0x11 | 0x12 => Some(Self::V4),
            0x21 | 0x22 => Some(Self::V6),
            0x31 | 0x32 => Some(Self::Unix),
            _ => None,
        }
    }

    /// The octets of its addresses.
    fn len(self) -> usize {
        match self {
            Self::Unspecified => 0,
            Self::V4 => 12,
            Self::V6 => 36,
            Self::Unix => 2 * UnixPath::LEN,
        }
    }
}

/// Decodes a header that does not begin with `P`.
pub(super) fn decode(octets: &[u8]) -> Result<Decoded, Error> {
    if let Some(at) = octets.iter().zip(SIGNATURE).position(|(octet, expected)| octet != expected) {
        return Err(NO_HEADER.at(at as u64));
    }
    let family = family(octets.get(12).copied(), octets.get(13).copied())?;
    let Some(&[high, low]) = octets.get(14..FIXED) else { return Ok(Decoded::NeedMore) };
    let length = usize::from(u16::from_be_bytes([high, low]));
    if length > LENGTH_MAX {
        return Err(LONG.at(14));
    }
    if length < family.len() {
        return Err(SHORT.at(14));
    }
    let Some(header) = octets.get(..FIXED + length) else { return Ok(Decoded::NeedMore) };
    if header[12] == PROXY {
        tlv::check(header, FIXED + family.len())?;
    }
    Ok(Decoded::Header(Header { told: addresses(family, &header[FIXED..]), consumed: header.len() }))
}

/// The family, as far as the octets of command and family have come. The block of LOCAL is skipped, and its family ignored.
fn family(command: Option<u8>, family: Option<u8>) -> Result<Family, Error> {
    match (command, family) {
        (Some(PROXY), Some(family)) => Family::of(family).ok_or(FAMILY.at(13)),
        (None | Some(LOCAL | PROXY), _) => Ok(Family::Unspecified),
        _ => Err(COMMAND.at(12)),
    }
}

/// The addresses at the start of a block that covers them.
fn addresses(family: Family, block: &[u8]) -> Option<Endpoints> {
    match family {
        Family::Unspecified => None,
        Family::V4 => {
            let [source, destination] = hosts::<4>(block)?.map(Ipv4Addr::from);
            let [from, to] = ports(&block[8..])?;
            Some(Endpoints::V4 {
                source: SocketAddrV4::new(source, from),
                destination: SocketAddrV4::new(destination, to),
            })
        }
        Family::V6 => {
            let [source, destination] = hosts::<16>(block)?.map(Ipv6Addr::from);
            let [from, to] = ports(&block[32..])?;
            let of = |address, port| SocketAddrV6::new(address, port, 0, 0);
            Some(Endpoints::V6 { source: of(source, from), destination: of(destination, to) })
        }
        Family::Unix => {
            let [source, destination] = hosts::<{ UnixPath::LEN }>(block)?.map(UnixPath::new);
            Some(Endpoints::Unix { source, destination })
        }
    }
}

/// Two addresses of `N` octets.
fn hosts<const N: usize>(block: &[u8]) -> Option<[[u8; N]; 2]> {
    let (source, rest) = block.split_first_chunk()?;
    Some([*source, *rest.first_chunk()?])
}

/// Two ports.
fn ports(block: &[u8]) -> Option<[u16; 2]> {
    let &[a, b, c, d] = block.first_chunk()?;
    Some([u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])])
}
