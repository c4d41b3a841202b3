//! The errors of `getaddrinfo`.

use crate::error::{Code, Error, Fault};
use crate::io::sys::{self, posix};
use crate::memory::NO_MEMORY;
use core::ffi::CStr;

const fn of(reason: &'static CStr) -> Fault {
    Fault::new(Code::Resolve, 0, c"", reason)
}

static ANY: Fault = of(c"the name could not be resolved");
static NO_NAME: Fault = of(c"the name does not exist, or has no address");
static NO_DATA: Fault = of(c"the name exists, but has no address of the family that was asked for");
static AGAIN: Fault = of(c"no name server answered, or it failed for now: try again later");
static FAIL: Fault = of(c"a name server refused to answer, or the name is malformed");
static FAMILY: Fault = of(c"the system does not support the address family");

static REASONS: [(i32, &Fault); 5] = [
    (posix::EAI_NONAME, &NO_NAME),
    (sys::NO_DATA, &NO_DATA),
    (posix::EAI_AGAIN, &AGAIN),
    (posix::EAI_FAIL, &FAIL),
    (posix::EAI_FAMILY, &FAMILY),
];

/// No address of the family that was asked for.
pub(super) fn no_data() -> Error {
    unresolved(sys::NO_DATA)
}

/// The error of an `EAI_*` number, whose magnitude is its offset.
pub fn unresolved(number: i32) -> Error {
    match number {
        posix::EAI_MEMORY => NO_MEMORY,
        number => fault_of(number).at(u64::from(number.unsigned_abs())),
    }
}

/// The `EAI_*` number of a [`Code::Resolve`] error, as this system has it.
pub fn eai(error: &Error) -> i32 {
    i32::try_from(error.offset).unwrap_or(0) * posix::EAI_NONAME.signum()
}

/// What an `EAI_*` number means.
pub fn reason_of(number: i32) -> &'static CStr {
    fault_of(number).reason
}

fn fault_of(number: i32) -> &'static Fault {
    REASONS.iter().find(|(of, _)| *of == number).map_or(&ANY, |(_, fault)| fault)
}
