//! WS-MSG and WS-LIM: messages of several frames, text, limits.

use super::rig::{RIG, Rig};
use crate::guard::MessageLimits;
use crate::websocket::Role;
use crate::websocket::machine::{Machine, Step};

#[test]
fn ws_msg_01_a_continuation_of_nothing() {
    for frame in ["80 01 61", "00 01 61", "80", "81 01 61 80 00"] {
        assert_eq!(RIG.recv(frame).pop().unwrap(), "1002 WS-MSG-01", "{frame}");
    }
}

#[test]
fn ws_msg_02_a_message_within_a_message() {
    assert_eq!(RIG.recv("01 01 61 81 01 62"), ["text a…", "1002 WS-MSG-02"]);
    assert_eq!(RIG.recv("02 00 02"), ["1002 WS-MSG-02"]);
}

#[test]
fn ws_msg_03_control_frames_within_a_message() {
    assert_eq!(RIG.recv("01 01 61 89 00 80 01 62"), ["text a…", "ping ", "+text b"]);
}

#[test]
fn ws_msg_04_empty_messages_and_fragments() {
    assert_eq!(RIG.recv("81 00 82 00"), ["text ", "data "]);
    assert_eq!(RIG.recv("01 00 00 00 80 00"), ["text "]);
    assert_eq!(RIG.recv("02 00 80 01 61"), ["data a"]);
}

#[test]
fn ws_msg_05_text_fails_at_the_first_impossible_octet() {
    let part = RIG.recv("81 14 cebacf8ccf83cebaceb5 f490 61*8");
    // The octets before it are delivered, including the incomplete sequence, as if they had come alone.
    assert_eq!(part, ["text <ce><ba><cf><8c><cf><83><ce><ba><ce><b5><f4>…", "1007 WS-MSG-05"]);
    // Before the invalid octet arrives, there is no error.
    assert_eq!(RIG.recv("81 14 cebacf8ccf83cebcceb5 f4").len(), 1);
    assert_eq!(RIG.recv("81 01 ff"), ["1007 WS-MSG-05"]);
    assert_eq!(RIG.recv("01 02 ce ba 80 02 cf 61").last().unwrap(), "1007 WS-MSG-05");
}

#[test]
fn ws_msg_06_what_is_no_utf8() {
    for frame in
        ["81 02 c080", "81 03 eda080", "81 04 f4908080", "81 01 80", "81 01 ff", "81 01 fe", "81 09 6161616161616161ff"]
    {
        assert_eq!(RIG.recv(frame).pop().unwrap(), "1007 WS-MSG-05", "{frame}");
    }
}

#[test]
fn ws_msg_07_sequences_span_fragments_and_end_with_the_message() {
    assert_eq!(RIG.recv("01 01 c3 80 01 a9"), ["text <c3><a9>"]);
    assert_eq!(RIG.recv("81 01 c3").pop().unwrap(), "1007 WS-MSG-07");
    assert_eq!(RIG.recv("01 01 c3 80 00").pop().unwrap(), "1007 WS-MSG-07");
    // The next message starts with a fresh state.
    assert_eq!(RIG.recv("02 01 c3 80 00 81 01 61"), ["data <c3>", "text a"]);
}

#[test]
fn ws_msg_08_every_scalar_value_is_text_and_binary_is_anything() {
    for (frame, part) in [
        ("81 01 00", "text <00>"),
        ("81 03 efbbbf", "text <ef><bb><bf>"),
        ("81 03 efbfbf", "text <ef><bf><bf>"),
        ("82 01 ff", "data <ff>"),
    ] {
        assert_eq!(RIG.recv(frame), [part]);
    }
}

fn limited(message_max: u64, frame_max: u64, fragments_max: u32) -> Rig {
    Rig { limits: MessageLimits { message_max, frame_max, fragments_max }, ..RIG }
}

#[test]
fn ws_lim_01_frames_and_messages_that_are_too_long() {
    let rig = limited(1024, 1024, 10);
    // After four octets, before the key and the payload.
    assert_eq!(rig.recv("82 7e 0401"), ["1009 WS-LIM-01"]);
    assert_eq!(limited(1024, 4, 10).recv("82 05"), ["1009 WS-LIM-01"]);
    assert_eq!(limited(1024, 4, 10).at_every_cut(Role::Server, &[0x82, 0x85]), ["1009 WS-LIM-01"]);
    assert_eq!(limited(4, 1024, 10).at_every_cut(Role::Server, &[0x82, 0x84]), [""; 0]);
    assert_eq!(limited(4, 1024, 10).recv("02 03 616263 80 01 64"), ["data abcd"]);
    assert_eq!(limited(4, 1024, 10).recv("02 03 616263 80 02"), ["data abc…", "1009 WS-LIM-01"]);
    // The count restarts with each message.
    assert_eq!(limited(4, 1024, 10).recv("02 03 616263 80 00 02 01 61 80 03 616263"), ["data abc", "data aabc"]);
}

#[test]
fn ws_lim_02_endless_fragments() {
    assert_eq!(limited(9, 9, 3).recv("01 00 00 00 80 00"), ["text "]);
    assert_eq!(limited(9, 9, 3).recv("01 00 00 00 00 00 80 00"), ["1008 WS-LIM-02"]);
    let endless = [&[0x01, 0x00][..], &[0x00, 0x00].repeat(10_001)].concat();
    let mut machine = Machine::new(Role::Client, false);
    let mut at = 0;
    let error = loop {
        match machine.incoming_mut().recv(&mut endless.clone()[at..], &MessageLimits::DEFAULT) {
            Ok(Step::NeedInput { used }) if used > 0 => at += used,
            Ok(step) => panic!("{step:?}"),
            Err(error) => break error,
        }
    };
    assert_eq!((error.fault.status, at), (1008, 2 * 10_000));
}

#[test]
fn ws_pmd_07_and_09_inflated_octets_are_counted_and_validated() {
    let limits = MessageLimits { message_max: 4, ..MessageLimits::DEFAULT };
    let mut machine = Machine::new(Role::Client, true);
    let Ok(Step::Part(part)) = machine.incoming_mut().recv(&mut [0xc1, 3, 0xfa, 0x0f, 0x00], &limits) else { panic!() };
    assert!(part.compressed && part.text && part.last);
    assert_eq!(machine.incoming().message().inflated_room(&limits), 4);
    machine.incoming_mut().message_mut().recv_inflated(b"abc\xc3", false, &limits).unwrap();
    assert_eq!(machine.incoming().message().inflated_room(&limits), 0);
    assert_eq!(
        machine.incoming_mut().message_mut().recv_inflated(b"\xa9", false, &limits).unwrap_err().fault.status,
        1009
    );
    let wide = MessageLimits::DEFAULT;
    assert_eq!(
        machine.clone().incoming_mut().message_mut().recv_inflated(b"\xff", false, &wide).unwrap_err().fault.status,
        1007
    );
    assert_eq!(
        machine.clone().incoming_mut().message_mut().recv_inflated(b"", true, &wide).unwrap_err().fault.status,
        1007
    );
    machine.incoming_mut().message_mut().recv_inflated(b"\xa9", true, &wide).unwrap();
}
