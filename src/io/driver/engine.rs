//! Which drivers this build and this system have.

#[cfg(unix)]
use super::drive::Drive;
#[cfg(target_os = "linux")]
use super::epoll::Epoll;
#[cfg(feature = "fault")]
use super::fault::Fault;
#[cfg(windows)]
use super::iocp::Iocp;
#[cfg(kqueue)]
use super::kqueue::Kqueue;
use super::operation::{Choice, Config, Key};
use super::preferred::Preferred;
#[cfg(feature = "simulated")]
use super::simulated::Simulated;
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
    #[cfg(windows)]
    Iocp(Iocp),
    #[cfg(target_os = "linux")]
    Uring(Box<Uring>),
    #[cfg(feature = "fault")]
    Fault(Fault),
    #[cfg(feature = "simulated")]
    Simulated(Box<Simulated>),
}

/// Runs `body` on the driver of either kind.
macro_rules! with_engine {
    ($engine:expr, $driver:ident => $body:expr) => {
        match $engine {
            #[cfg(target_os = "linux")]
            Engine::Epoll($driver) => $body,
            #[cfg(kqueue)]
            Engine::Kqueue($driver) => $body,
            #[cfg(windows)]
            Engine::Iocp($driver) => $body,
            #[cfg(target_os = "linux")]
            Engine::Uring($driver) => $body,
            #[cfg(feature = "fault")]
            Engine::Fault($driver) => $body,
            #[cfg(feature = "simulated")]
            Engine::Simulated($driver) => $body,
        }
    };
}

pub(super) use with_engine;

impl Engine {
    /// The driver that `config` chooses, and why the system refused another one in whose place it runs.
    ///
    /// On `host`, so that it can be its guest.
    pub fn new(config: &Config, host: Option<&Self>) -> io::Result<(Self, Option<i32>)> {
        let engine = match config.choice.in_this_build() {
            #[cfg(target_os = "linux")]
            Choice::Native | Choice::Epoll => preferred(config, host).map(Self::Epoll),
            #[cfg(bsd)]
            Choice::Native => preferred(config, host).map(Self::Kqueue),
            #[cfg(windows)]
            Choice::Native | Choice::Iocp => preferred(config, host).map(Self::Iocp),
            #[cfg(target_os = "linux")]
            Choice::Uring => return Self::uring(config),
            #[cfg(kqueue)]
            Choice::Kqueue => Kqueue::new(config).map(Self::Kqueue),
            #[cfg(feature = "fault")]
            Choice::Fault(faults) => preferred(config, host).map(|inner| Self::Fault(Fault::new(inner, faults))),
            #[cfg(feature = "simulated")]
            Choice::Simulated(simulation) => {
                Simulated::new(config, simulation).map(|driver| Self::Simulated(Box::new(driver)))
            }
            #[allow(unreachable_patterns, reason = "one of the builds has all")]
            _ => Err(io::ErrorKind::Unsupported.into()),
        };
        engine.map(|engine| (engine, None))
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

    /// Watches a guest, by what other loops wait on.
    #[cfg(unix)]
    pub fn attach_guest(&mut self, guest: &Self, token: u32) -> io::Result<Key> {
        let handle = with_engine!(guest, driver => driver.handle());
        with_engine!(self, driver => driver.attach_foreign(handle, token))
    }

    /// Watches a guest on the same port.
    #[cfg(windows)]
    pub fn attach_guest(&mut self, guest: &Self, token: u32) -> io::Result<Key> {
        match self {
            Self::Iocp(iocp) => iocp.attach_guest(guest.iocp(), token),
            #[cfg(feature = "fault")]
            Self::Fault(fault) => fault.attach_guest(guest.iocp(), token),
            #[cfg(feature = "simulated")]
            Self::Simulated(_) => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    /// The driver that waits.
    #[cfg(windows)]
    fn iocp(&self) -> &Iocp {
        match self {
            Self::Iocp(iocp) => iocp,
            #[cfg(feature = "fault")]
            Self::Fault(fault) => fault.inner(),
            #[cfg(feature = "simulated")]
            Self::Simulated(simulated) => simulated.idle(),
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
            #[cfg(windows)]
            Self::Iocp(iocp) => Some(iocp),
            #[cfg(any(target_os = "linux", feature = "simulated"))]
            _ => None,
        }
    }
}

/// A native driver.
#[cfg(unix)]
fn preferred(config: &Config, _: Option<&Engine>) -> io::Result<Preferred> {
    Preferred::new(config)
}

/// A native driver, on the host's port.
#[cfg(windows)]
fn preferred(config: &Config, host: Option<&Engine>) -> io::Result<Preferred> {
    host.map_or_else(|| Preferred::new(config), |host| host.iocp().beside(config))
}
