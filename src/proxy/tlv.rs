//! What follows the addresses in version 2: type, length and value, until the header is over (PP-04).

use super::crc32c::Crc32c;
use super::faults::{CHECKSUM, TLV};
use crate::error::Error;

/// The type of a checksum over the whole header.
const CRC32C: u8 = 3;

/// Checks that the TLVs of a header, which begin at `start`, end with it, and their checksum, if there is one. Nothing
/// else in them is looked at. The error is at the type of the first TLV that is wrong.
pub(super) fn check(header: &[u8], start: usize) -> Result<(), Error> {
    let (mut at, mut checksum) = (start, None);
    while let Some(&kind) = header.get(at) {
        let wrong = TLV.at(at as u64);
        let &[_, high, low] = header[at..].first_chunk().ok_or(wrong)?;
        let len = usize::from(u16::from_be_bytes([high, low]));
        let value = at + 3;
        let octets = header.get(value..value + len).ok_or(wrong)?;
        if kind == CRC32C {
            let sum = octets.try_into().map_err(|_| wrong)?;
            // A second one would be part of what the first is the sum of, and the other way round.
            checksum.replace((value, u32::from_be_bytes(sum))).map_or(Ok(()), |_| Err(wrong))?;
        }
        at = value + len;
    }
    match checksum {
        Some((value, sum)) if sum_of(header, value) != sum => Err(CHECKSUM.at(value as u64 - 3)),
        _ => Ok(()),
    }
}

/// The checksum of a header, whose value at `value` counts as zeros.
fn sum_of(header: &[u8], value: usize) -> u32 {
    Crc32c::default().update(&header[..value]).update(&[0; 4]).update(&header[value + 4..]).sum()
}
