//! Unfolding of field values.

use super::write::no_room;
use crate::error::Error;

/// Writes `value` with each obs-fold, including whitespace around it (RFC 9112 §5.2), replaced by one space. Returns
/// the length, at most that of `value`. Never allocates; linear.
///
/// # Errors
///
/// [`Buffer`](crate::error::Code::Buffer) with the size needed as offset; nothing is written.
pub fn unfold(value: &[u8], out: &mut [u8]) -> Result<usize, Error> {
    let lines = || value.split(|&octet| octet == b'\n').map(<[u8]>::trim_ascii);
    let size = lines().map(|line| line.len() + 1).sum::<usize>() - 1;
    let mut rest = out.get_mut(..size).ok_or(no_room(size))?;
    for (number, line) in lines().enumerate() {
        let (space, behind) = rest.split_at_mut(usize::from(number != 0));
        let (place, behind) = behind.split_at_mut(line.len());
        space.fill(b' ');
        place.copy_from_slice(line);
        rest = behind;
    }
    Ok(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fold_is_one_space() {
        let values: [(&[u8], &[u8]); 6] = [
            (b"", b""),
            (b"a b", b"a b"),
            (b"a\r\n b", b"a b"),
            (b"a \t\r\n\t b\r\n c", b"a b c"),
            (b"a\r\n \r\n b", b"a  b"),
            (b"a\r\n ", b"a "),
        ];
        for (value, expected) in values {
            let mut out = [b'?'; 16];
            assert_eq!(unfold(value, &mut out), Ok(expected.len()));
            assert_eq!((&out[..expected.len()], out[expected.len()]), (expected, b'?'));
            if !expected.is_empty() {
                let error = unfold(value, &mut out[..expected.len() - 1]).unwrap_err();
                assert_eq!(error.offset, expected.len() as u64);
            }
        }
    }
}
