//! Which drivers this build and this system have.

#[cfg(target_os = "linux")]
use super::epoll::Epoll;
#[cfg(feature = "fault")]
use super::fault::Fault;
#[cfg(kqueue)]
use super::kqueue::Kqueue;
use super::operation::{Choice, Config};
use super::preferred::Preferred;
#[cfg(target_os = "linux")]
use super::uring::Uring;
#[cfg(target_os = "linux")]
use crate::io::sys::posix;
use std::io;

/// A driver of any kind.
#[allow(clippy::large_enum_variant, reason = "one for each server, and the native one is near")]
#[repr(u8)] // a tag of its own, which one comparison tells from zero
pub(super) enum Engine {
    #[cfg(target_os = "linux")]
    Epoll(Epoll),
    #[cfg(kqueue)]
    Kqueue(Kqueue),
    #[cfg(target_os = "linux")]
    Uring(Box<Uring>),
    #[cfg(feature = "fault")]
    Fault(Fault),
}

/// Runs `body` on the driver of either kind.
macro_rules! with_engine {
    ($engine:expr, $driver:ident => $body:expr) => {
        match $engine {
            #[cfg(target_os = "linux")]
            Engine::Epoll($driver) => $body,
            #[cfg(kqueue)]
            Engine::Kqueue($driver) => $body,
            #[cfg(target_os = "linux")]
            Engine::Uring($driver) => $body,
            #[cfg(feature = "fault")]
            Engine::Fault($driver) => $body,
        }
    };
}

pub(super) use with_engine;

impl Engine {
    /// The driver that `config` chooses, and why the system refused another one in whose place it runs.
    pub fn new(config: &Config) -> io::Result<(Self, Option<i32>)> {
        let engine = match config.choice.in_this_build() {
            #[cfg(target_os = "linux")]
            Choice::Native | Choice::Epoll => Self::Epoll(Epoll::new(config)?),
            #[cfg(bsd)]
            Choice::Native => Self::Kqueue(Kqueue::new(config)?),
            #[cfg(target_os = "linux")]
            Choice::Uring => return Self::uring(config),
            #[cfg(kqueue)]
            Choice::Kqueue => Self::Kqueue(Kqueue::new(config)?),
            #[cfg(feature = "fault")]
            Choice::Fault(faults) => Self::Fault(Fault::new(Preferred::new(config)?, faults)),
            #[cfg(any(bsd, not(kqueue)))]
            _ => return Err(io::ErrorKind::Unsupported.into()),
        };
        Ok((engine, None))
    }

    /// io_uring, or epoll where the system refuses it: an old one, a filter of system calls, or its administrator.
    #[cfg(target_os = "linux")]
    fn uring(config: &Config) -> io::Result<(Self, Option<i32>)> {
        match Uring::new(config) {
            Ok(uring) => Ok((Self::Uring(Box::new(uring)), None)),
            Err(error) => {
                let fallback = Some(error.raw_os_error().unwrap_or(posix::ENOMEM));
                Ok((Self::Epoll(Epoll::new(config)?), fallback))
            }
        }
    }

    /// The native one of this system, if it is that.
    #[inline(always)]
    pub fn native(&mut self) -> Option<&mut Preferred> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Epoll(epoll) => Some(epoll),
            #[cfg(bsd)]
            Self::Kqueue(kqueue) => Some(kqueue),
            #[cfg(any(target_os = "linux", feature = "fault"))]
            _ => None,
        }
    }
}
