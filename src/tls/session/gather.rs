//! Packing of plaintext into records, and the room they need.

use crate::error::Error;

/// Small parts are copied together up to this size; a part that is not smaller is encrypted in place.
const GATHERED: usize = 4096;
/// Overhead of a record: header, nonce, type and tag are at most 5 + 8 + 1 + 16.
const OVERHEAD: usize = 30;
/// Room for what may precede it: at most one key update.
const BEFORE: usize = 64;

/// Splits `parts` into runs, each of which begins a record: small parts together, large ones alone.
pub(super) fn runs(parts: &[&[u8]], mut each: impl FnMut(&[u8]) -> Result<(), Error>) -> Result<(), Error> {
    match parts {
        [] | [[]] => Ok(()),
        [only] => each(only),
        _ => gather(parts, &mut each),
    }
}

fn gather(parts: &[&[u8]], each: &mut impl FnMut(&[u8]) -> Result<(), Error>) -> Result<(), Error> {
    let mut gathered = [0; GATHERED];
    let mut len = 0;
    for mut part in parts.iter().copied() {
        while !part.is_empty() {
            if len == 0 && part.len() >= GATHERED {
                each(part)?;
                break;
            }
            let (first, rest) = part.split_at(part.len().min(GATHERED - len));
            gathered[len..len + first.len()].copy_from_slice(first);
            (len, part) = (len + first.len(), rest);
            if len == GATHERED {
                each(&gathered)?;
                len = 0;
            }
        }
    }
    if len == 0 { Ok(()) } else { each(&gathered[..len]) }
}

/// An upper bound of the room for the records of `parts`, with at most `record_max` octets each.
pub(super) fn bound(parts: &[&[u8]], record_max: usize) -> usize {
    let total: usize = parts.iter().map(|part| part.len()).sum();
    // Every run but the last has at least `GATHERED` octets, and may end with a partial record.
    let runs = if parts.len() > 1 { total / GATHERED + 1 } else { 1 };
    total + BEFORE + OVERHEAD * (total / record_max + runs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs_of(parts: &[&[u8]]) -> Vec<Vec<u8>> {
        let mut found = Vec::new();
        runs(parts, |run| {
            found.push(run.to_vec());
            Ok(())
        })
        .unwrap();
        found
    }

    #[test]
    fn small_parts_share_a_record_and_large_ones_are_not_copied() {
        let large = vec![7; 5 * GATHERED];
        assert_eq!(runs_of(&[]), [[0u8; 0]; 0]);
        assert_eq!(runs_of(&[b"", b""]), [[0u8; 0]; 0]);
        assert_eq!(runs_of(&[b"head", b"", b"content"]), [b"headcontent"]);
        assert_eq!(runs_of(&[&large]).len(), 1);
        let lens = |parts: &[&[u8]]| runs_of(parts).iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(lens(&[b"head", &large]), [GATHERED, 4 * GATHERED + 4]);
        assert_eq!(lens(&[&large, b"tail"]), [5 * GATHERED, 4]);
        assert_eq!(lens(&[&large[..GATHERED - 1], &large[..2]]), [GATHERED, 1]);
    }

    #[test]
    fn runs_are_the_parts() {
        let octets: Vec<u8> = (0..20_000u32).map(|i| i as u8).collect();
        for cut in [0, 1, 4095, 4096, 4097, 9000, 19_999, 20_000] {
            let (first, last) = octets.split_at(cut);
            assert_eq!(runs_of(&[first, last]).concat(), octets);
        }
    }

    #[test]
    fn the_bound_holds() {
        let octets = vec![0; 40_000];
        for record_max in [1, 27, 4000, 16_384] {
            for cut in [0, 1, 4095, 4096, 8191, 8192, 20_000, 40_000] {
                let (first, last) = octets.split_at(cut);
                for parts in [&[first, last][..], &[first], &[first, b"x", last]] {
                    let records: usize = runs_of(parts).iter().map(|run| run.len().div_ceil(record_max)).sum();
                    let needed = parts.concat().len() + records * OVERHEAD;
                    assert!(needed <= bound(parts, record_max), "{cut} {record_max}");
                }
            }
        }
    }
}
