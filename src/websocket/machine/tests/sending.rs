//! WS-MSG-09: sending.

use super::rig::{KEY, written};
use crate::error::Code;
use crate::websocket::Role;
use crate::websocket::machine::{Machine, Part};

const TEXT: Part = Part::whole(true);
const FIRST: Part = Part { last: false, ..TEXT };
const MIDDLE: Part = Part { first: false, last: false, ..TEXT };
const LAST: Part = Part { first: false, ..TEXT };

/// Sends the parts; returns the first octet of each frame, or the code of the first error.
fn send(deflates: bool, parts: &[(Part, &[u8])]) -> Result<Vec<u8>, Code> {
    let mut machine = Machine::new(Role::Server, deflates);
    let mut firsts = Vec::new();
    for (part, octets) in parts {
        let planned = machine.outgoing().plan_part(*part, octets).map_err(|error| error.code())?;
        firsts.push(written(&planned.header(octets.len(), None))[0]);
        machine.outgoing_mut().commit(&planned);
    }
    Ok(firsts)
}

#[test]
fn ws_msg_09_parts_follow_one_another() {
    assert_eq!(send(false, &[(TEXT, b"a"), (Part::whole(false), b"\xff")]), Ok(vec![0x81, 0x82]));
    assert_eq!(
        send(false, &[(FIRST, b"a"), (MIDDLE, b""), (LAST, b"b"), (TEXT, b"")]),
        Ok(vec![0x01, 0x00, 0x80, 0x81])
    );
    for wrong in
        [&[(LAST, &b"a"[..])][..], &[(FIRST, b"a"), (TEXT, b"b")], &[(FIRST, b"a"), (FIRST, b"b")], &[(MIDDLE, b"")]]
    {
        assert_eq!(send(false, wrong), Err(Code::State));
    }
    let binary_within_text = Part { text: false, ..LAST };
    assert_eq!(send(false, &[(FIRST, b"a"), (binary_within_text, b"b")]), Err(Code::State));
}

#[test]
fn ws_msg_09_text_is_utf8_over_all_parts() {
    assert_eq!(send(false, &[(FIRST, b"\xc3"), (LAST, b"\xa9")]), Ok(vec![0x01, 0x80]));
    for wrong in [
        &[(TEXT, &b"\xff"[..])][..],
        &[(TEXT, b"\xc3")],
        &[(FIRST, b"\xc3"), (LAST, b"")],
        &[(FIRST, b"\xc3"), (LAST, b"a")],
    ] {
        assert_eq!(send(false, wrong), Err(Code::Utf8));
    }
    assert!(send(false, &[(Part::whole(false), b"\xc3"), (TEXT, b"a")]).is_ok());
}

#[test]
fn ws_pmd_10_compression_is_asked_for_by_message() {
    let compressed = Part { compressed: true, ..TEXT };
    assert_eq!(send(true, &[(compressed, b"a"), (TEXT, b"a")]), Ok(vec![0xc1, 0x81]));
    assert_eq!(send(false, &[(compressed, b"a")]), Ok(vec![0x81]), "where it was not agreed on");
    let parts = [(Part { last: false, ..compressed }, &b"a"[..]), (LAST, b"b")];
    assert_eq!(send(true, &parts), Ok(vec![0x41, 0x80]), "RSV1 on the first frame only");
    let mut machine = Machine::new(Role::Server, true);
    let first = machine.outgoing().plan_part(Part { last: false, ..compressed }, b"a").unwrap();
    machine.outgoing_mut().commit(&first);
    assert!(machine.outgoing().is_within_message() && !machine.is_between_messages());
    assert!(machine.outgoing().plan_part(LAST, b"").unwrap().is_compressed());
}

#[test]
fn ws_frm_03_a_client_masks() {
    let planned = Machine::new(Role::Client, false).outgoing().plan_part(TEXT, b"Hello").unwrap();
    assert_eq!(written(&planned.header(5, Some(KEY))), [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d]);
    assert_eq!(written(&planned.header(300, None)), [0x81, 0x7e, 0x01, 0x2c]);
}
