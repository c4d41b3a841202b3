//! What a Close frame says (RFC 6455 §5.5.1, §7.4).

use core::ffi::CStr;

use super::Role;
use super::utf8::Utf8;
use crate::error::{Code, Error, Fault};

#[cfg(test)]
mod tests;

/// Octets of the longest payload of a Close.
pub const PAYLOAD_MAX: usize = 125;
/// Octets of the longest reason.
pub const REASON_MAX: usize = PAYLOAD_MAX - 2;

/// The peer has done what it was for.
pub const NORMAL: u16 = 1000;
/// The endpoint goes away.
pub const GOING_AWAY: u16 = 1001;
/// A frame broke the protocol.
pub const PROTOCOL_ERROR: u16 = 1002;
/// Stands for a Close without a code; never sent (WS-CLOSE-09).
pub const NO_STATUS: u16 = 1005;
/// Stands for an end without a Close; never sent (WS-CLOSE-09).
pub const ABNORMAL: u16 = 1006;
/// The payload does not fit the type of the message: text that is not UTF-8.
pub const INVALID_PAYLOAD: u16 = 1007;
/// What the peer does is not allowed here.
pub const POLICY: u16 = 1008;
/// A message is longer than we take.
pub const TOO_BIG: u16 = 1009;
/// An endpoint met something that it was not prepared for.
pub const INTERNAL_ERROR: u16 = 1011;
/// The server did not agree on an extension that the client must have; for clients to say.
pub const EXTENSION_NEEDED: u16 = 1010;

const fn bad(status: u16, rule: &'static CStr, reason: &'static CStr) -> Fault {
    Fault::new(Code::WsClose, status, rule, reason)
}

static HALF_A_CODE: Fault = bad(PROTOCOL_ERROR, c"WS-CLOSE-01", c"The payload of a Close is one octet");
static BAD_CODE: Fault = bad(PROTOCOL_ERROR, c"WS-CLOSE-02", c"A Close has a code that is not to be sent");
static BAD_REASON: Fault = bad(INVALID_PAYLOAD, c"WS-CLOSE-03", c"The reason of a Close is not UTF-8");
static NOT_OURS: Fault = bad(0, c"WS-CLOSE-10", c"a Close must not be sent with this code");
static LONG_REASON: Fault = bad(0, c"WS-CLOSE-10", c"the reason of a Close is longer than 123 octets");
static REASON_TO_SEND: Fault = Fault::new(Code::Utf8, 0, c"WS-CLOSE-10", c"the reason of a Close is not UTF-8");

/// Whether a Close that arrives may have this code (WS-CLOSE-02): one of RFC 6455 or registered since, or of an application.
pub const fn may_be_received(code: u16) -> bool {
    matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999)
}

/// Whether a Close from this side may have this code (WS-CLOSE-10).
pub const fn may_be_sent(code: u16, by: Role) -> bool {
    may_be_received(code) && !(code == EXTENSION_NEEDED && matches!(by, Role::Server))
}

/// The code in the payload of a Close that arrived whole and unmasked, [`NO_STATUS`] for an empty one. The reason is what follows the
/// first two octets: UTF-8.
///
/// Errors, of [`Code::WsClose`] with the close code they lead to: half a code, one that is not to be sent, a reason that is not
/// UTF-8. Their offset is into the payload.
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

/// Writes the payload of a Close and returns its octets. (One without a code is without octets.)
///
/// Errors, with nothing written: [`Code::WsClose`] for a code that this side must not send or a reason over [`REASON_MAX`] octets,
/// [`Code::Utf8`] for one that is not UTF-8, whose offset is into the reason.
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

/// Fails with the index of the first octet that cannot be, or with the length where the last sequence is not whole.
fn check_utf8(text: &[u8]) -> Result<(), usize> {
    let mut state = Utf8::default();
    state.feed(text)?;
    if state.finish() { Ok(()) } else { Err(text.len()) }
}
