//! Which driver is the best of this system.

#[cfg(target_os = "linux")]
pub(super) use super::epoll::Epoll as Native;
#[cfg(bsd)]
pub(super) use super::kqueue::Kqueue as Native;
