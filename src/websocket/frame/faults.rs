//! Errors of a single frame header.

use core::ffi::CStr;

use super::layout::{FIN, LEN_16, SHORT_MAX};
use super::opcode;
use crate::error::{Code, Error, Fault};

const fn bad(rule: &'static CStr, reason: &'static CStr) -> Fault {
    Fault::new(Code::WsFrame, 1002, rule, reason)
}

static RESERVED_BIT: Fault = bad(c"WS-FRM-07", c"a reserved bit of a frame is set");
static RESERVED_OPCODE: Fault = bad(c"WS-FRM-08", c"the opcode of a frame is reserved");
static NOT_MINIMAL: Fault = bad(c"WS-FRM-10", c"the length of a frame takes more octets than it needs");
static TOP_BIT: Fault = bad(c"WS-FRM-11", c"the length of a frame is not below 2^63");
static LONG_CONTROL: Fault = bad(c"WS-CTL-01", c"a control frame is longer than 125 octets");
static SPLIT_CONTROL: Fault = bad(c"WS-CTL-02", c"a control frame is fragmented");

/// RSV2 and RSV3 in the first octet: no supported extension uses them.
const NEVER_SET: u8 = 0x30;
/// Whether [`check_first`] accepts a first octet.
pub(super) static IS_SOUND: [bool; 256] = {
    let mut sound = [false; 256];
    let mut first = 0;
    while first < sound.len() {
        sound[first] = check_first(crate::narrow::octet(first)).is_ok();
        first += 1;
    }
    sound
};

pub(super) const fn check_first(first: u8) -> Result<(), Error> {
    use opcode::{BINARY, CLOSE, CONTINUATION, PONG};
    let opcode = first & 0x0f;
    let fault = if first & NEVER_SET != 0 {
        &RESERVED_BIT
    } else if !matches!(opcode, CONTINUATION..=BINARY | CLOSE..=PONG) {
        &RESERVED_OPCODE
    } else if opcode::is_control(opcode) && first & FIN == 0 {
        &SPLIT_CONTROL
    } else {
        return Ok(());
    };
    Err(fault.at(0))
}

/// `short` is the length field of the second octet.
pub(super) const fn check_control_len(first: u8, short: u8) -> Result<(), Error> {
    if opcode::is_control(first) && short >= LEN_16 { Err(LONG_CONTROL.at(1)) } else { Ok(()) }
}

/// `len` is a 16-bit length.
pub(super) const fn check_len_16(len: u64) -> Result<(), Error> {
    if len <= SHORT_MAX { Err(NOT_MINIMAL.at(3)) } else { Ok(()) }
}

/// `octets` starts with the received part of a 64-bit length.
pub(super) fn check_len_64(octets: &[u8]) -> Result<(), Error> {
    if octets.first().is_some_and(|octet| octet & 0x80 != 0) {
        return Err(TOP_BIT.at(2));
    }
    // Six leading zeros: two octets would have been enough.
    if octets.first_chunk() == Some(&[0; 6]) { Err(NOT_MINIMAL.at(7)) } else { Ok(()) }
}
