//! Files to be sent.

use std::fs::File;
use std::io::Write as _;
use std::sync::atomic::{AtomicU32, Ordering};
use wireway::conn;
use wireway::io::descriptor::of_file;

/// The octet at a place of a long content.
pub fn octets(len: usize) -> Vec<u8> {
    (0..len).map(|i| (i * 31 + i / 256) as u8).collect()
}

/// An open file that holds `content`, and has no name any more.
pub fn file(content: &[u8]) -> File {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("wireway-file-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let path = std::env::temp_dir().join(name);
    let mut made = File::options().read(true).write(true).create_new(true).open(&path).expect("a file");
    std::fs::remove_file(&path).expect("its name is gone");
    made.write_all(content).expect("written");
    made
}

/// A stretch of it.
pub fn stretch(file: &File, offset: u64, len: u64) -> conn::File {
    conn::File { fd: of_file(file) as isize, offset, len }
}
