//! CRC-32C (Castagnoli; RFC 9260 appendix A), four bits at a time: a header is short, and 64 octets of a table do.

use crate::narrow::place;

/// The polynomial, reversed.
const POLYNOMIAL: u32 = 0x82f6_3b78;

const TABLE: [u32; 16] = {
    let (mut table, mut index) = ([0; 16], 0);
    while index < table.len() {
        let (mut sum, mut bit) = (place(index), 0);
        while bit < 4 {
            sum = if sum & 1 == 0 { sum >> 1 } else { sum >> 1 ^ POLYNOMIAL };
            bit += 1;
        }
        table[index] = sum;
        index += 1;
    }
    table
};

/// The sum of the octets so far.
pub(super) struct Crc32c(u32);

impl Default for Crc32c {
    fn default() -> Self {
        Self(u32::MAX)
    }
}

impl Crc32c {
    /// With these octets behind those before.
    pub fn update(self, octets: &[u8]) -> Self {
        let step = |sum: u32| sum >> 4 ^ TABLE[(sum & 15) as usize];
        Self(octets.iter().fold(self.0, |sum, &octet| step(step(sum ^ u32::from(octet)))))
    }

    pub fn sum(self) -> u32 {
        !self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 3720 appendix B.4, and the check value of the catalogue of CRCs.
    #[test]
    fn sums_of_others() {
        let sum = |octets: &[u8]| Crc32c::default().update(octets).sum();
        assert_eq!((sum(b""), sum(b"123456789")), (0, 0xe306_9283));
        assert_eq!((sum(&[0; 32]), sum(&[0xff; 32])), (0x8a91_36aa, 0x62a8_ab43));
        let rising: Vec<u8> = (0..32).collect();
        assert_eq!(sum(&rising), 0x46dd_794e);
        assert_eq!(Crc32c::default().update(&rising[..7]).update(&rising[7..]).sum(), sum(&rising));
    }
}
