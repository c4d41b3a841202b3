//! The payload of a Close frame (RFC 6455 §5.5.1, §7.4).

use core::ffi::CStr;

use super::Role;
use super::utf8::Utf8;
use crate::error::{Code, Error, Fault};

#[cfg(test)]
mod tests;

/// Maximum payload of a Close, in octets.
pub const PAYLOAD_MAX: usize = 125;
/// Maximum reason, in octets.
pub const REASON_MAX: usize = PAYLOAD_MAX - 2;

/// The connection has served its purpose.
pub const NORMAL: u16 = 1000;
/// The endpoint is going away.
pub const GOING_AWAY: u16 = 1001;
/// A frame broke the protocol.
pub const PROTOCOL_ERROR: u16 = 1002;
/// A Close without a code; never sent (WS-CLOSE-09).
pub const NO_STATUS: u16 = 1005;
/// The connection ended without a Close; never sent (WS-CLOSE-09).
pub const ABNORMAL: u16 = 1006;
/// Text is not UTF-8.
pub const INVALID_PAYLOAD: u16 = 1007;
/// The peer violated a policy.
pub const POLICY: u16 = 1008;
/// A message is too long.
pub const TOO_BIG: u16 = 1009;
/// The endpoint met an unexpected condition.
pub const INTERNAL_ERROR: u16 = 1011;
/// The server did not accept an extension that the client requires. Only clients send it.
pub const EXTENSION_NEEDED: u16 = 1010;

const fn bad(status: u16, rule: &'static CStr, reason: &'static CStr) -> Fault {
    Fault::new(Code::WsClose, status, rule, reason)
}

static HALF_A_CODE: Fault = bad(PROTOCOL_ERROR, c"WS-CLOSE-01", c"the payload of a Close is one octet");
static BAD_CODE: Fault = bad(PROTOCOL_ERROR, c"WS-CLOSE-02", c"a Close has a code that must not be sent");
static BAD_REASON: Fault = bad(INVALID_PAYLOAD, c"WS-CLOSE-03", c"the reason of a Close is not UTF-8");
static NOT_OURS: Fault = bad(0, c"WS-CLOSE-10", c"a Close must not be sent with this code");
static LONG_REASON: Fault = bad(0, c"WS-CLOSE-10", c"the reason of a Close is longer than 123 octets");
static REASON_TO_SEND: Fault = Fault::new(Code::Utf8, 0, c"WS-CLOSE-10", c"the reason of a Close is not UTF-8");

/// Whether a received Close may have this code (WS-CLOSE-02): codes of RFC 6455, codes registered since, and private
/// codes.
pub const fn may_be_received(code: u16) -> bool {
    matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999)
}

/// Whether this side may send a Close with this code (WS-CLOSE-10).
pub const fn may_be_sent(code: u16, by: Role) -> bool {
    may_be_received(code) && !(code == EXTENSION_NEEDED && matches!(by, Role::Server))
}

/// The code of a received Close payload, complete and unmasked; [`NO_STATUS`] for an empty one. The reason follows the
/// first two octets and is UTF-8.
///
/// Errors are [`Code::WsClose`] with the close code to send: half a code, a code that must not be sent, a reason that
/// is not UTF-8. Their offset is into the payload.
///
/// Never allocates. Source: RFC 6455 §5.5.1, §7.4.
pub fn parse(payload: &[u8]) -> Result<u16, Error> {
    let Some((code, reason)) = payload.split_first_chunk() else {
        return if payload.is_empty() { Ok(NO_STATUS) } else { Err(HALF_A_CODE.at(0)) };
    };
    let code = u16::from_be_bytes(*code);
    if !may_be_received(code) {
        return Err(BAD_CODE.at(0));
    }
    match check_utf8(reason) {
        Ok(()) => Ok(code),
        Err(at) => Err(BAD_REASON.at(2 + at as u64)),
    }
}

/// Writes the payload of a Close and returns its length. (A Close without a code has no payload.)
///
/// Errors, with nothing written: [`Code::WsClose`] for a code that this side must not send or a reason longer than
/// [`REASON_MAX`], [`Code::Utf8`] for a reason that is not UTF-8, with the offset into the reason.
///
/// Never allocates. Source: RFC 6455 §5.5.1, §7.4.
pub fn write(code: u16, reason: &[u8], by: Role, out: &mut [u8; PAYLOAD_MAX]) -> Result<usize, Error> {
    if !may_be_sent(code, by) {
        return Err(NOT_OURS.at(0));
    }
    let len = 2 + reason.len();
    let Some(payload) = out.get_mut(..len) else { return Err(LONG_REASON.at(REASON_MAX as u64)) };
    check_utf8(reason).map_err(|at| REASON_TO_SEND.at(at as u64))?;
    payload[..2].copy_from_slice(&code.to_be_bytes());
    payload[2..].copy_from_slice(reason);
    Ok(len)
}

/// Fails with the index of the first invalid octet, or with the length if the last sequence is incomplete.
fn check_utf8(text: &[u8]) -> Result<(), usize> {
    let mut state = Utf8::default();
    state.feed(text)?;
    if state.finish() { Ok(()) } else { Err(text.len()) }
}
