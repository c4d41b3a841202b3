//! Headers, decoded and encoded. Most octets are from the ledger.

use super::*;
use crate::error::Code;

/// Decodes a legal header; every prefix is incomplete, not an error.
#[track_caller]
fn accepts(octets: &[u8]) -> Header {
    let mut longer = octets.to_vec();
    longer.extend([0xff; 8]);
    for cut in 0..octets.len() {
        assert_eq!(decode(&octets[..cut]), Ok(None), "{octets:02x?} up to {cut}");
    }
    let header = decode(octets).unwrap().expect("whole");
    assert_eq!(header.len as usize, octets.len());
    assert_eq!(decode(&longer), Ok(Some(header)), "what follows makes no difference");
    header
}

/// Refused at the octet at `offset`, and not before it has arrived.
#[track_caller]
fn refuses(octets: &[u8], offset: usize, rule: &str) {
    for cut in 0..=offset {
        assert_eq!(decode(&octets[..cut]), Ok(None), "{octets:02x?} up to {cut}");
    }
    let mut longer = octets.to_vec();
    longer.extend([0x11; 8]);
    for cut in offset + 1..longer.len() {
        let error = decode(&longer[..cut]).expect_err("refused");
        assert_eq!((error.code(), error.fault.status, error.offset), (Code::WsFrame, 1002, offset as u64));
        assert_eq!(error.fault.rule.to_str(), Ok(rule), "{octets:02x?} up to {cut}");
    }
}

#[track_caller]
fn encoded(header: &Header) -> Vec<u8> {
    let mut out = [0xee; HEADER_MAX];
    let len = encode(header, &mut out);
    out[..len].to_vec()
}

#[test]
fn ws_frm_03_a_mask_is_written_also_of_nothing() {
    let ping = Header { opcode: opcode::PING, fin: true, ..Header::default() };
    assert_eq!(encoded(&ping), [0x89, 0x00]);
    let masked = Header { masked: true, key: [0x37, 0xfa, 0x21, 0x3d], ..ping };
    assert_eq!(encoded(&masked), [0x89, 0x80, 0x37, 0xfa, 0x21, 0x3d]);
}

#[test]
fn a_key_without_a_mask_is_not_written() {
    let header = Header { opcode: opcode::TEXT, key: [1, 2, 3, 4], payload_len: 200, ..Header::default() };
    assert_eq!(encoded(&header), [0x01, 0x7e, 0, 200]);
}

#[test]
fn every_part_of_a_header_is_read() {
    let header = accepts(&[0xc1, 0x85, 0x37, 0xfa, 0x21, 0x3d]);
    let key = [0x37, 0xfa, 0x21, 0x3d];
    let expected = Header { payload_len: 5, opcode: opcode::TEXT, fin: true, rsv: RSV1, masked: true, key, len: 6 };
    assert_eq!(header, expected);
    let header = accepts(&[0x00, 0x7e, 0x01, 0x00]);
    assert_eq!(header, Header { payload_len: 256, len: 4, ..Header::default() });
}

#[test]
fn ws_frm_07_reserved_bits() {
    for octets in [[0xa1, 0], [0x91, 0], [0xb9, 0], [0xb3, 0], [0x30, 0]] {
        refuses(&octets, 0, "WS-FRM-07");
    }
    assert_eq!(accepts(&[0xc1, 0]).rsv, RSV1, "the caller knows whether it was agreed on");
}

#[test]
fn ws_frm_08_reserved_opcodes_are_refused_by_the_first_octet() {
    for opcode in [3, 4, 5, 6, 7, 0xb, 0xc, 0xd, 0xe, 0xf] {
        for bits in [0x00, 0x40, 0x80, 0xc0] {
            refuses(&[bits | opcode, 0], 0, "WS-FRM-08");
        }
    }
}

#[test]
fn ws_frm_09_every_form_of_a_length() {
    let cases: [(&[u8], u64); 8] = [
        (&[0x82, 0], 0),
        (&[0x82, 0x7d], 125),
        (&[0x82, 0x7e, 0, 0x7e], 126),
        (&[0x82, 0x7e, 1, 0], 256),
        (&[0x82, 0x7e, 0xff, 0xff], 65535),
        (&[0x82, 0x7f, 0, 0, 0, 0, 0, 1, 0, 0], 65536),
        (&[0x82, 0x7f, 0, 0, 0, 1, 0, 0, 0, 0], 1 << 32),
        (&[0x82, 0x7f, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], (1 << 63) - 1),
    ];
    for (octets, len) in cases {
        assert_eq!(accepts(octets).payload_len, len);
        let mut masked = [octets, &[9, 8, 7, 6]].concat();
        masked[1] |= 0x80;
        assert_eq!(accepts(&masked).payload_len, len);
    }
}

#[test]
fn ws_frm_10_non_minimal_length_is_refused() {
    refuses(&[0x82, 0x7e, 0, 0x7d], 3, "WS-FRM-10");
    refuses(&[0x82, 0xfe, 0, 0], 3, "WS-FRM-10");
    refuses(&[0x82, 0x7f, 0, 0, 0, 0, 0, 0, 0xff, 0xff], 7, "WS-FRM-10");
    refuses(&[0x01, 0xff, 0, 0, 0, 0, 0, 0, 0, 0], 7, "WS-FRM-10");
}

#[test]
fn ws_frm_11_top_bit_of_a_length() {
    refuses(&[0x82, 0x7f, 0x80, 0, 0, 0, 0, 0, 0, 0], 2, "WS-FRM-11");
    refuses(&[0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 2, "WS-FRM-11");
}

#[test]
fn ws_ctl_01_control_payload_is_at_most_125() {
    for first in [0x88, 0x89, 0x8a] {
        assert_eq!(accepts(&[first, 0x7d]).payload_len, 125);
        refuses(&[first, 0x7e, 0, 0x7e], 1, "WS-CTL-01");
        refuses(&[first, 0xff, 0, 0, 0, 0, 0, 1, 0, 0], 1, "WS-CTL-01");
    }
}

#[test]
fn ws_ctl_02_control_frames_have_fin() {
    for first in [0x08, 0x09, 0x0a] {
        refuses(&[first, 0], 0, "WS-CTL-02");
    }
}

#[test]
fn headers_decode_the_same_fast_and_full() {
    for first in 0..=255 {
        for second in 0..=255 {
            let octets = [first, second, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
            assert_eq!(decode(&octets), decode_full(&octets), "{first:02x} {second:02x}");
        }
    }
}

#[test]
fn ws_frm_10_encoded_headers_are_minimal_and_decode_to_the_same() {
    let edges = (0..63).map(|bit| 1u64 << bit).chain([0, 125, 126, 65535, 65536, (1 << 63) - 1]);
    for payload_len in edges.flat_map(|edge| [edge.saturating_sub(1), edge, edge + 1]) {
        if payload_len >> 63 != 0 {
            continue;
        }
        for masked in [false, true] {
            for (opcode, rsv) in [(opcode::CONTINUATION, 0), (opcode::TEXT, RSV1), (opcode::BINARY, 0)] {
                let key = if masked { [1, 2, 3, 4] } else { [0; 4] };
                let fin = payload_len % 2 == 0;
                let mut header = Header { payload_len, opcode, fin, rsv, masked, key, len: 0 };
                let octets = encoded(&header);
                header.len = octets.len() as u8;
                assert_eq!(decode(&octets), Ok(Some(header)));
            }
        }
    }
}

#[test]
fn legal_headers_decode() {
    let len = [0, 125, 126, 70_000, u64::MAX >> 1, u64::MAX];
    for number in 0..0x10 * 0x10 * len.len() {
        let (opcode, bits, len) = (number as u8 & 0x0f, (number >> 4) as u8 & 0x0f, len[number >> 8]);
        let header = Header { payload_len: len, opcode, fin: bits & 8 != 0, rsv: bits & 7, ..Header::default() };
        assert_eq!(header.is_legal(), decode(&encoded(&header)).is_ok(), "{header:?}");
    }
    assert!(!Header { opcode: 0x11, ..Header::default() }.is_legal());
    assert!(!Header { rsv: 8, ..Header::default() }.is_legal());
}
