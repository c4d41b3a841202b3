//! WS-FRM and WS-CTL: single frames.

use super::rig::{RIG, octets};
use crate::websocket::Role;

#[test]
fn ws_frm_01_a_server_refuses_what_is_not_masked() {
    let part = RIG.at_every_cut(Role::Server, &octets("81 05 48656c6c6f"));
    assert_eq!(part, ["1002 WS-FRM-01"]);
    assert_eq!(RIG.at_every_cut(Role::Server, &octets("89 00")), ["1002 WS-FRM-01"]);
}

#[test]
fn ws_frm_02_a_client_refuses_what_is_masked() {
    let part = RIG.at_every_cut(Role::Client, &octets("81 85 37fa213d 7f9f4d5158"));
    assert_eq!(part, ["1002 WS-FRM-02"]);
}

#[test]
fn ws_frm_06_the_key_goes_on_over_reads_and_begins_anew_with_frames() {
    assert_eq!(RIG.at_every_cut(Role::Server, &octets("81 85 37fa213d 7f9f4d5158")), ["text Hello"]);
    assert_eq!(RIG.recv("01 03 48656c 00 01 6c 80 01 6f 81 02 6869"), ["text Hello", "text hi"]);
    assert_eq!(RIG.recv("81 7e 00c8 61626364656667*28 61626364"), [format!("text {}abcd", "abcdefg".repeat(28))]);
}

#[test]
fn ws_frm_07_reserved_bits() {
    for frame in ["a1 00", "91 00", "c1 00", "b9 00"] {
        assert_eq!(RIG.recv(frame), ["1002 WS-FRM-07"], "{frame}");
    }
}

#[test]
fn ws_frm_08_reserved_opcodes_from_the_first_octet() {
    for frame in ["83 00", "87 00", "8b 00", "8f 00", "83", "8f"] {
        assert_eq!(RIG.recv(frame), ["1002 WS-FRM-08"], "{frame}");
    }
}

#[test]
fn ws_frm_09_lengths_of_every_size() {
    for (header, len) in [("82 7d", 125), ("82 7e 007e", 126), ("82 7e ffff", 65535), ("82 7f 0000000000010000", 65536)]
    {
        let part = RIG.recv(&format!("{header} 61*{len} 81 00"));
        assert_eq!(part, [format!("data {}", "a".repeat(len)), "text ".into()], "{header}");
    }
}

#[test]
fn ws_frm_10_lengths_are_minimal() {
    for frame in ["82 7e 007d", "82 7f 000000000000ffff"] {
        assert_eq!(RIG.recv(frame), ["1002 WS-FRM-10"], "{frame}");
    }
}

#[test]
fn ws_frm_11_and_12_the_top_bit_and_the_largest_length() {
    assert_eq!(RIG.recv("82 7f 8000000000000000"), ["1002 WS-FRM-11"]);
    assert_eq!(RIG.recv("82 7f 7fffffffffffffff"), ["1009 WS-LIM-01"]);
    assert_eq!(RIG.recv("02 01 61 80 7f 7fffffffffffffff"), ["data a…", "1009 WS-LIM-01"]);
}

#[test]
fn ws_ctl_01_control_frames_are_short() {
    for frame in ["89 7e 007e", "88 7e 007e", "8a 7f 0000000000010000"] {
        assert_eq!(RIG.recv(frame), ["1002 WS-CTL-01"], "{frame}");
    }
}

#[test]
fn ws_ctl_02_control_frames_are_not_fragmented() {
    for frame in ["09 00", "0a 00", "08 00"] {
        assert_eq!(RIG.recv(frame), ["1002 WS-CTL-02"], "{frame}");
    }
}

#[test]
fn ws_ctl_03_and_04_pings_and_pongs() {
    assert_eq!(RIG.recv("89 05 48656c6c6f 8a 03 616263 89 00"), ["ping Hello", "pong abc", "ping "]);
}

#[test]
fn ws_pmd_01_rsv1_only_where_a_message_begins() {
    let rig = super::rig::Rig::with_deflate();
    assert_eq!(rig.recv("41 03 f248cd c0 04 c9c90700"), ["text* <f2>H<cd>…", "1002 WS-PMD-01"]);
    for frame in ["c9 00", "c8 00"] {
        assert_eq!(rig.recv(frame), ["1002 WS-PMD-01"], "{frame}");
    }
    assert_eq!(rig.recv("41 03 f248cd 80 04 c9c90700"), ["text* <f2>H<cd><c9><c9><07><00>"]);
}

#[test]
fn ws_pmd_02_without_rsv1_a_message_is_as_it_is() {
    assert_eq!(super::rig::Rig::with_deflate().recv("81 05 48656c6c6f"), ["text Hello"]);
}
