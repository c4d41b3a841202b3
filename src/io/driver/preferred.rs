//! Which driver is the native one of this system.

#[cfg(target_os = "linux")]
pub(super) use super::epoll::Epoll as Preferred;
#[cfg(windows)]
pub(super) use super::iocp::Iocp as Preferred;
#[cfg(bsd)]
pub(super) use super::kqueue::Kqueue as Preferred;
