//! Files with descriptors owned by others.

use super::sys;
use crate::io::descriptor::RawFile;
use std::io;

/// Reads from the file `fd`, starting at `offset`, until `into` is full or the file ends; returns the length. May wait
/// for the disk. Continues after signals; an error after some octets is left to the next call.
pub fn read_at(fd: RawFile, offset: u64, into: &mut [u8]) -> io::Result<usize> {
    let mut read = 0;
    while read < into.len() {
        match sys::transfer::read_at(fd, offset + read as u64, &mut into[read..]) {
            Ok(0) => break,
            Ok(more) => read += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if read == 0 => return Err(error),
            Err(_) => break,
        }
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::descriptor::of_file;
    use crate::io::sys::posix;

    #[test]
    fn reads_from_the_offset_up_to_the_end() {
        let file = std::fs::File::open(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).unwrap();
        let all = include_bytes!("../../Cargo.toml");
        let mut into = vec![0; all.len() + 1];
        assert_eq!(read_at(of_file(&file), 5, &mut into).unwrap(), all.len() - 5);
        assert_eq!(into[..all.len() - 5], all[5..]);
        assert_eq!(read_at(of_file(&file), all.len() as u64, &mut into).unwrap(), 0);
        // The error of handles is not that of sockets: ERROR_INVALID_HANDLE.
        let no_file = if cfg!(windows) { 6 } else { posix::EBADF };
        assert_eq!(read_at(-1, 0, &mut into).unwrap_err().raw_os_error(), Some(no_file));
        assert_eq!(read_at(of_file(&file), u64::MAX, &mut into).unwrap_err().kind(), io::ErrorKind::Unsupported);
    }
}
