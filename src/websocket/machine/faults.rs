//! Errors of a frame in its context, and of what we are asked to send.

use core::ffi::CStr;

use crate::error::{Code, Fault};
use crate::websocket::close::{INVALID_PAYLOAD, POLICY, PROTOCOL_ERROR, TOO_BIG};

const fn bad(rule: &'static CStr, reason: &'static CStr) -> Fault {
    Fault::new(Code::WsFrame, PROTOCOL_ERROR, rule, reason)
}

pub(super) static NOT_MASKED: Fault = bad(c"WS-FRM-01", c"a client's frame is not masked");
pub(super) static MASKED: Fault = bad(c"WS-FRM-02", c"a server's frame is masked");
pub(super) static NOT_AGREED: Fault = bad(c"WS-FRM-07", c"RSV1 is set without permessage-deflate");
pub(super) static COMPRESSED_LATE: Fault = bad(c"WS-PMD-01", c"RSV1 is set on a frame that does not begin a message");
pub(super) static NOTHING_TO_CONTINUE: Fault = bad(c"WS-MSG-01", c"a continuation frame without a message");
pub(super) static INTERLEAVED: Fault = bad(c"WS-MSG-02", c"a message begins within another");

pub(super) static NOT_UTF8: Fault = Fault::new(Code::WsText, INVALID_PAYLOAD, c"WS-MSG-05", c"text is not UTF-8");
pub(super) static CUT_TEXT: Fault =
    Fault::new(Code::WsText, INVALID_PAYLOAD, c"WS-MSG-07", c"text ends within a UTF-8 sequence");

pub(super) static LONG_FRAME: Fault =
    Fault::new(Code::TooLarge, TOO_BIG, c"WS-LIM-01", c"a frame is longer than allowed");
pub(super) static LONG_MESSAGE: Fault =
    Fault::new(Code::TooLarge, TOO_BIG, c"WS-LIM-01", c"a message is longer than allowed");
pub(super) static LONG_INFLATED: Fault =
    Fault::new(Code::TooLarge, TOO_BIG, c"WS-PMD-07", c"a message is longer than allowed when it is inflated");
pub(super) static MANY_FRAMES: Fault =
    Fault::new(Code::TooLarge, POLICY, c"WS-LIM-02", c"a message has more frames than allowed");

pub(super) static MISPLACED: Fault =
    Fault::new(Code::State, 0, c"WS-MSG-09", c"the part does not continue the current message");
pub(super) static TEXT_TO_SEND: Fault = Fault::new(Code::Utf8, 0, c"WS-MSG-09", c"text to be sent is not UTF-8");
pub(super) static CLOSING: Fault = Fault::new(Code::WsClosing, 0, c"WS-CLOSE-06", c"no frame follows a Close");
pub(super) static LONG_CONTROL: Fault =
    Fault::new(Code::Argument, 0, c"WS-CTL-01", c"a control frame has at most 125 octets");
