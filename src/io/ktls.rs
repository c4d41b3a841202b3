//! TLS in the kernel (`Documentation/networking/tls.rst`): the system seals and opens the TLS records of a socket, with
//! keys from a handshake made elsewhere.
//!
//! [`System`] makes the calls. A driver owns its [`Kernel`], which tests replace: on systems without kernel TLS only a
//! stand-in can exercise the code.

#[cfg(not(target_os = "linux"))]
mod absent;
#[cfg(target_os = "linux")]
mod system;

use crate::io::descriptor::RawFile;
use crate::io::socket::{Listener, Socket, SocketOptions};
use crate::io::sys::gather::Gather;
use crate::io::sys::posix;
use core::fmt;
use core::hint::black_box;
use std::io;

#[cfg(not(target_os = "linux"))]
pub use absent::System;
#[cfg(target_os = "linux")]
pub use system::System;

/// The type of records that hold application data (RFC 8446 §5.1).
pub const APPLICATION_DATA: u8 = 23;

/// A direction of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// What is sent.
    Send,
    /// What is received.
    Receive,
}

/// A cipher that the system may support: its number there, and the length of the explicit nonce of a record in TLS 1.2
/// (the rest is the salt).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Cipher {
    /// AES-128-GCM, since Linux 4.13 (TLS 1.3: 5.1).
    Aes128Gcm = 51,
    /// AES-256-GCM, since Linux 5.1.
    Aes256Gcm = 52,
    /// ChaCha20-Poly1305, since Linux 5.11.
    ChaCha20Poly1305 = 54,
}

/// The keys of one direction, as the system takes them: `struct tls12_crypto_info_*`. Overwritten when dropped.
pub struct Info {
    octets: [u8; INFO_MAX],
    len: usize,
}

/// The longest: AES-256-GCM and ChaCha20-Poly1305.
const INFO_MAX: usize = 56;

impl Info {
    /// `version` is the record version (0x0303, 0x0304), `key` has the cipher's length, `iv` is the salt and the rest
    /// of the nonce, `sequence` the number of the first record. `None`: wrong key length.
    pub fn new(version: u16, cipher: Cipher, key: &[u8], iv: &[u8; 12], sequence: u64) -> Option<Self> {
        let (key_len, salt_len) = match cipher {
            Cipher::Aes128Gcm => (16, 4),
            Cipher::Aes256Gcm => (32, 4),
            Cipher::ChaCha20Poly1305 => (32, 0),
        };
        let (salt, iv) = iv.split_at(salt_len);
        let mut info = Self { octets: [0; INFO_MAX], len: 0 };
        let parts: [&[u8]; 6] =
            [&version.to_ne_bytes(), &(cipher as u16).to_ne_bytes(), iv, key, salt, &sequence.to_be_bytes()];
        if key.len() != key_len {
            return None;
        }
        for part in parts {
            info.octets[info.len..info.len + part.len()].copy_from_slice(part);
            info.len += part.len();
        }
        Some(info)
    }

    /// The struct.
    pub fn octets(&self) -> &[u8] {
        &self.octets[..self.len]
    }

    fn wipe(&mut self) {
        self.octets = [0; INFO_MAX];
        // A barrier, so that the stores are not optimised away.
        black_box(&*self);
    }
}

impl Drop for Info {
    fn drop(&mut self) {
        self.wipe();
    }
}

impl fmt::Debug for Info {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The other fields are secret.
        f.debug_struct("Info").field("len", &self.len).finish_non_exhaustive()
    }
}

/// The result of a receive: octets of records of one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    /// How many.
    pub len: usize,
    /// The type. The system reports it with every record, so no octets and no type mean the end of the stream.
    pub kind: Option<u8>,
}

/// The system's TLS for sockets.
pub trait Kernel: Send {
    /// Enables TLS options, before keys. Data is unchanged until there are keys.
    fn attach(&mut self, socket: &Socket) -> io::Result<()>;

    /// Sets the keys of one direction from its next record on; may be repeated.
    fn set_keys(&mut self, socket: &Socket, direction: Direction, info: &Info) -> io::Result<()>;

    /// Sends application data; returns the octets sent.
    fn send(&mut self, socket: &Socket, octets: &Gather<'_>) -> io::Result<usize>;

    /// Sends at most `len` octets of the file `from`, starting at `offset`, as application data; returns the octets
    /// sent, 0 at the end of the file.
    fn send_file(&mut self, socket: &Socket, from: RawFile, offset: u64, len: usize) -> io::Result<usize>;

    /// Sends one record of another type, completely or not at all.
    fn send_record(&mut self, socket: &Socket, kind: u8, octets: &[u8]) -> io::Result<()>;

    /// Receives octets of records of one type.
    fn receive(&mut self, socket: &Socket, into: &mut [u8]) -> io::Result<Received>;
}

/// A system's error about a record that it cannot open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `EBADMSG`: it does not decrypt.
    Undecryptable,
    /// `EMSGSIZE`: it is too long.
    Long,
    /// `EINVAL`: it has another version, or is not a record.
    NoRecord,
}

impl Fault {
    /// The record error of a failed receive; `None`: a transport error.
    pub fn of(error: &io::Error) -> Option<Self> {
        match error.raw_os_error()? {
            posix::EBADMSG => Some(Self::Undecryptable),
            posix::EMSGSIZE => Some(Self::Long),
            posix::EINVAL => Some(Self::NoRecord),
            _ => None,
        }
    }
}

/// What a system supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// Keys of this kind.
    Supported,
    /// TLS, but not this cipher in this version.
    CipherUnsupported,
    /// No TLS.
    None,
    /// Unknown: descriptors or memory are exhausted, or a loopback connection was not made at once.
    Unknown,
}

/// Probes the system for one kind of keys, with a temporary loopback connection. A real connection could not continue
/// if the system refused its keys after they were taken from the session.
pub fn probe(kernel: &mut dyn Kernel, info: &Info) -> Support {
    match loopback() {
        Ok((socket, _listener)) => probe_with(kernel, &socket, info),
        Err(_) => Support::Unknown,
    }
}

fn probe_with(kernel: &mut dyn Kernel, socket: &Socket, info: &Info) -> Support {
    if let Err(error) = kernel.attach(socket) {
        // No such module or option, or it may not be loaded or used.
        return if is_transient(&error) { Support::Unknown } else { Support::None };
    }
    match [Direction::Send, Direction::Receive]
        .into_iter()
        .try_for_each(|direction| kernel.set_keys(socket, direction, info))
    {
        Ok(()) => Support::Supported,
        Err(error) if is_transient(&error) => Support::Unknown,
        Err(_) => Support::CipherUnsupported,
    }
}

/// Whether a retry may succeed: memory is exhausted, or the connection is not made yet.
fn is_transient(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(posix::ENOMEM | posix::ENOBUFS | posix::ENOTCONN))
}

/// A connected socket. Nobody accepts it: the listener's backlog suffices.
fn loopback() -> io::Result<(Socket, Listener)> {
    let unreachable = |_| io::Error::from(io::ErrorKind::AddrNotAvailable);
    let address = crate::io::address::Address::parse(b"127.0.0.1:0").map_err(unreachable)?;
    let listener = Listener::bind(&address, &SocketOptions { backlog: 1, ..SocketOptions::default() })?;
    let address = listener.socket().local_address()?;
    let socket = Socket::stream(&address)?;
    socket.connect(&address)?;
    Ok((socket, listener))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_the_layout_of_the_system() {
        const IV: [u8; 12] = *b"saltexplicit";
        let info = |version, cipher, key: &[u8]| Info::new(version, cipher, key, &IV, 0x0102_0304_0506_0708);
        let half = |octets: &[u8]| u16::from_ne_bytes(octets.try_into().unwrap());
        let short = info(0x0303, Cipher::Aes128Gcm, &[b'k'; 16]).unwrap();
        assert_eq!((half(&short.octets()[..2]), half(&short.octets()[2..4])), (0x0303, 51));
        assert_eq!(short.octets()[4..], [&b"explicit"[..], &[b'k'; 16], b"salt", &[1, 2, 3, 4, 5, 6, 7, 8]].concat());
        let long = info(0x0304, Cipher::Aes256Gcm, &[b'k'; 32]).unwrap();
        assert_eq!((half(&long.octets()[..2]), half(&long.octets()[2..4]), long.octets().len()), (0x0304, 52, 56));
        let other = info(0x0304, Cipher::ChaCha20Poly1305, &[b'k'; 32]).unwrap();
        assert_eq!((half(&other.octets()[2..4]), other.octets().len()), (54, 56));
        assert_eq!(other.octets()[4..16], IV, "there is no salt");
        assert!(
            info(0x0304, Cipher::Aes128Gcm, &[0; 32]).is_none() && info(0x0304, Cipher::Aes256Gcm, &[0; 33]).is_none()
        );
    }

    #[test]
    fn keys_are_not_left_in_memory() {
        let mut info = Info::new(0x0304, Cipher::Aes256Gcm, &[b'k'; 32], &[b'i'; 12], 1).unwrap();
        assert!(!format!("{info:?}").contains("107"));
        info.wipe();
        assert_eq!(info.octets(), [0; INFO_MAX]);
        assert!(core::mem::needs_drop::<Info>());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn this_system_is_probed() {
        // The answer depends on the machine.
        let info = Info::new(0x0304, Cipher::Aes128Gcm, &[0; 16], &[0; 12], 0).unwrap();
        let support = probe(&mut System, &info);
        assert!(matches!(support, Support::Supported | Support::None), "{support:?}");
        let (socket, other) = Socket::pair().unwrap();
        assert!(System.attach(&socket).is_err(), "it is no TCP socket");
        assert!(System.set_keys(&socket, Direction::Send, &info).is_err());
        // Without keys the octets of a record are sent as they are, and received without a type.
        System.send_record(&socket, 21, &[1, 0]).unwrap();
        let mut room = [0; 8];
        assert_eq!(System.receive(&other, &mut room).unwrap(), Received { len: 2, kind: None });
        assert_eq!(room[..2], [1, 0]);
        drop(socket);
        assert_eq!(System.receive(&other, &mut room).unwrap(), Received { len: 0, kind: None });
    }

    #[test]
    fn record_errors_are_not_transport_errors() {
        let of = |code| Fault::of(&io::Error::from_raw_os_error(code));
        assert_eq!(of(posix::EBADMSG), Some(Fault::Undecryptable));
        assert_eq!(of(posix::EMSGSIZE), Some(Fault::Long));
        assert_eq!(of(posix::EINVAL), Some(Fault::NoRecord));
        assert_eq!(of(posix::ECONNRESET), None);
        assert_eq!(Fault::of(&io::ErrorKind::BrokenPipe.into()), None);
    }
}
