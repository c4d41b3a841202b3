//! Which driver tests run on that are about readiness.

use wireway::io::driver::{self, Choice, Driver};

/// A driver that receives when it is pulled, into one buffer of the configured size, and accepts only then. The native one, or
/// epoll in place of io_uring, of which the tests of these have nothing to say.
pub fn readiness() -> Choice {
    let native = Driver::new(&driver::Config::default()).expect("a driver").info();
    if native.name == "io_uring" { Choice::Epoll } else { Choice::Native }
}
