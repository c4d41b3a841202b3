//! A system that refuses io_uring: epoll runs in its place and says why. In its own process, since the refusal stays.
#![cfg(all(feature = "io", target_os = "linux"))]

mod io_support;

use io_support::{expect_bytes, receiving};
use std::io::IoSlice;
use wireway::io::driver::{Choice, Config, Driver, Info};
use wireway::io::socket::Socket;

/// Makes io_uring_setup(2) fail with EPERM for this thread and those that it starts, as the filters of containers do. Answers what it
/// fails with: qemu-user has no filters, but no io_uring either.
fn deny() -> i32 {
    const LOAD_NUMBER: u16 = (libc::BPF_LD | libc::BPF_W | libc::BPF_ABS) as u16;
    const IF_EQUAL: u16 = (libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K) as u16;
    const RETURN: u16 = (libc::BPF_RET | libc::BPF_K) as u16;
    let step = |code, jt, jf, k| libc::sock_filter { code, jt, jf, k };
    let mut steps = [
        step(LOAD_NUMBER, 0, 0, 0),
        step(IF_EQUAL, 0, 1, libc::SYS_io_uring_setup as u32),
        step(RETURN, 0, 0, libc::SECCOMP_RET_ERRNO | libc::EPERM as u32),
        step(RETURN, 0, 0, libc::SECCOMP_RET_ALLOW),
    ];
    let filter = libc::sock_fprog { len: steps.len() as u16, filter: steps.as_mut_ptr() };
    // SAFETY: the filter lives through the call, which copies it; a ring that is made without parameters is refused.
    unsafe {
        assert_eq!(libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
        if libc::prctl(libc::PR_SET_SECCOMP, libc::SECCOMP_MODE_FILTER, &raw const filter) == 0 {
            return libc::EPERM;
        }
        assert_eq!(libc::syscall(libc::SYS_io_uring_setup, 1, core::ptr::null::<u8>()), -1);
    }
    let refusal = std::io::Error::last_os_error().raw_os_error();
    assert_eq!(refusal, Some(libc::ENOSYS), "there is io_uring, and no filter can deny it");
    libc::ENOSYS
}

#[test]
fn where_it_is_denied_epoll_runs_and_says_why() {
    let refusal = deny();
    let mut driver = Driver::new(&Config { choice: Choice::Uring, ..Config::default() }).unwrap();
    let epoll = Driver::new(&Config { choice: Choice::Epoll, ..Config::default() }).unwrap().info();
    assert_eq!(driver.info(), Info { fallback: Some(refusal), ..epoll });
    let (ours, peer) = Socket::pair().unwrap();
    receiving(&mut driver, ours, 1);
    peer.send(&[IoSlice::new(b"served")]).unwrap();
    expect_bytes(&mut driver, 1, b"served");
}
