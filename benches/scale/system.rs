//! What the system says of this process and this thread.

use std::fs::read_to_string;
use std::time::Duration;

/// The CPU time of this thread, in user and system mode.
pub fn cpu_time() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the call is given our own struct.
    assert_eq!(unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) }, 0);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).expect("below a second"))
}

/// The nanoseconds of it that `work` takes.
pub fn cpu_nanos(work: impl FnOnce()) -> f64 {
    let before = cpu_time();
    work();
    (cpu_time() - before).as_nanos() as f64
}

/// The memory of this process that is resident, in octets.
pub fn resident() -> f64 {
    let all = read_to_string("/proc/self/smaps_rollup").expect("Linux");
    let line = all.lines().find(|line| line.starts_with("Rss:")).expect("a line for it");
    let kib = line.split_whitespace().nth(1).and_then(|kib| kib.parse::<f64>().ok());
    kib.expect("a number") * 1024.0
}

/// Lets this process have as many descriptors as it may; returns how many that is.
pub fn raise_descriptors() -> usize {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: both calls are given our own struct.
    unsafe {
        assert_eq!(libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit), 0);
        limit.rlim_cur = limit.rlim_max;
        assert_eq!(libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit), 0);
    }
    usize::try_from(limit.rlim_cur).unwrap_or(usize::MAX)
}
