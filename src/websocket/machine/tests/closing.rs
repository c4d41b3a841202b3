//! WS-CLOSE: Closes in and out.

use super::rig::{RIG, written};
use crate::error::Code;
use crate::guard::MessageLimits;
use crate::websocket::Role;
use crate::websocket::close::{ABNORMAL, NO_STATUS, NORMAL, PAYLOAD_MAX};
use crate::websocket::frame::opcode;
use crate::websocket::machine::state::{Cue, Side};
use crate::websocket::machine::{Machine, Part};

#[test]
fn ws_close_01_half_a_code() {
    assert_eq!(RIG.recv("88 01 03"), ["1002 WS-CLOSE-01"]);
}

#[test]
fn ws_close_02_codes_that_are_never_sent() {
    for code in ["03ed", "03ee", "03ec", "03f7", "0000", "03e7", "07d0", "0bb7", "1388"] {
        assert_eq!(RIG.recv(&format!("88 02 {code}")), ["1002 WS-CLOSE-02"], "{code}");
    }
    for code in [1000, 1003, 1007, 1014, 3000, 4999] {
        assert_eq!(RIG.recv(&format!("88 02 {code:04x}")), [format!("close {code} ")]);
    }
}

#[test]
fn ws_close_03_a_reason_is_utf8() {
    assert_eq!(RIG.recv("88 04 03e8 c328"), ["1007 WS-CLOSE-03"]);
    assert_eq!(RIG.recv("88 03 03e8 c3"), ["1007 WS-CLOSE-03"]);
    assert_eq!(RIG.recv("88 05 03e8 627965"), ["close 1000 bye"]);
}

#[test]
fn ws_close_09_and_12_an_empty_close_and_one_within_a_message() {
    assert_eq!(RIG.recv("88 00"), [format!("close {NO_STATUS} ")]);
    assert_eq!(RIG.recv("01 01 61 88 02 03e8"), ["text a…", "close 1000 "]);
}

#[test]
fn ws_close_05_and_06_nothing_is_sent_after_a_close() {
    let mut machine = Machine::new(Role::Server, false);
    let mut out = [0; PAYLOAD_MAX];
    assert_eq!(machine.outgoing().plan_close(NORMAL, b"bye", &mut out), Ok(5));
    assert!(machine.is_open(), "a plan changes nothing");
    machine.outgoing_mut().commit_close();
    assert_eq!((machine.our_side(), machine.peer_side()), (Side::Closed, Side::Open));
    assert_eq!(machine.outgoing().plan_part(Part::whole(true), b"").unwrap_err().code(), Code::WsClosing);
    assert_eq!(machine.outgoing().plan_control(opcode::PONG, 0, None).unwrap_err().code(), Code::WsClosing);
    assert_eq!(machine.outgoing().plan_close(NORMAL, b"", &mut out).unwrap_err().code(), Code::WsClosing);
}

#[test]
fn ws_close_10_codes_and_reasons_that_are_refused() {
    let machine = Machine::new(Role::Server, false);
    let mut out = [0; PAYLOAD_MAX];
    for code in [1, 999, 1004, NO_STATUS + 1, ABNORMAL, 1010, 1015, 2999, 5000] {
        assert_eq!(machine.outgoing().plan_close(code, b"", &mut out).unwrap_err().code(), Code::WsClose, "{code}");
    }
    assert_eq!(machine.outgoing().plan_close(NORMAL, &[b'a'; 124], &mut out).unwrap_err().code(), Code::WsClose);
    assert_eq!(machine.outgoing().plan_close(NORMAL, b"\xff", &mut out).unwrap_err().code(), Code::Utf8);
    for none in [0, NO_STATUS] {
        assert_eq!(machine.outgoing().plan_close(none, b"why", &mut out).unwrap_err().code(), Code::WsClose);
        assert_eq!(machine.outgoing().plan_close(none, b"", &mut out), Ok(0));
    }
    assert_eq!(
        machine.outgoing().plan_close(NO_STATUS, b"", &mut out),
        Ok(0),
        "a Close without a code is one without octets"
    );
    assert_eq!(Machine::new(Role::Client, false).outgoing().plan_close(1010, b"", &mut out), Ok(2));
}

#[test]
fn ws_close_11_both_sides_close() {
    for role in [Role::Server, Role::Client] {
        let mut machine = Machine::new(role, false);
        machine.outgoing_mut().commit_close();
        let mut close = if role == Role::Client { vec![0x88, 0] } else { vec![0x88, 0x80, 1, 2, 3, 4] };
        machine.incoming_mut().recv(&mut close, &MessageLimits::DEFAULT).unwrap();
        assert_eq!((machine.our_side(), machine.peer_side()), (Side::Closed, Side::Closed));
    }
}

#[test]
fn every_step_of_the_table() {
    use Cue::{Close, Control, Data, Fail};
    use Side::{Closed, Failed, Open};
    let steps = [
        (Open, [Some(Open), Some(Open), Some(Closed), Some(Failed)]),
        (Closed, [None, None, None, Some(Closed)]),
        (Failed, [None, None, None, Some(Failed)]),
    ];
    for (side, after) in steps {
        assert_eq!([Data, Control, Close, Fail].map(|cue| side.after(cue)), after, "{side:?}");
    }
    let mut machine = Machine::new(Role::Server, false);
    machine.incoming_mut().fail();
    machine.outgoing_mut().end();
    assert_eq!((machine.our_side(), machine.peer_side()), (Failed, Failed));
}

#[test]
fn ws_frm_03_control_frames_are_masked_by_clients() {
    let client = Machine::new(Role::Client, false);
    let ping = client.outgoing().plan_control(opcode::PING, 0, Some([0x37, 0xfa, 0x21, 0x3d])).unwrap();
    assert_eq!(written(&ping), [0x89, 0x80, 0x37, 0xfa, 0x21, 0x3d]);
    let ping = Machine::new(Role::Server, false).outgoing().plan_control(opcode::PING, 0, None).unwrap();
    assert_eq!(written(&ping), [0x89, 0x00]);
    assert_eq!(client.outgoing().plan_control(opcode::PING, 126, None).unwrap_err().code(), Code::Argument);
    assert_eq!(written(&client.outgoing().close_header(2, None)), [0x88, 2]);
    assert!(client.outgoing().masks() && !Machine::new(Role::Server, false).outgoing().masks());
}
