use super::*;

#[track_caller]
fn refuses(payload: &[u8], status: u16, rule: &str, offset: u64) {
    let error = parse(payload).expect_err("refused");
    assert_eq!((error.code(), error.fault.status, error.offset), (Code::WsClose, status, offset));
    assert_eq!(error.fault.rule.to_str(), Ok(rule));
}

#[test]
fn ws_close_01_no_payload_or_at_least_two_octets() {
    assert_eq!(parse(&[]), Ok(NO_STATUS));
    refuses(&[0x03], 1002, "WS-CLOSE-01", 0);
    assert_eq!(parse(&[0x03, 0xe8]), Ok(NORMAL));
}

#[test]
fn ws_close_02_codes_that_may_be_received() {
    let legal = |code| (1000..1015).contains(&code) && !(1004..=1006).contains(&code) || (3000..5000).contains(&code);
    for code in 0..=u16::MAX {
        assert_eq!(parse(&code.to_be_bytes()).ok(), legal(code).then_some(code), "{code}");
    }
    for code in [1005u16, 1006, 1004, 1015, 0, 999, 2000, 2999, 5000] {
        refuses(&code.to_be_bytes(), 1002, "WS-CLOSE-02", 0);
    }
}

#[test]
fn ws_close_03_the_reason_is_utf8() {
    assert_eq!(parse(b"\x03\xe8\xc3\xa9"), Ok(NORMAL));
    refuses(&[0x03, 0xe8, 0xc3, 0x28], 1007, "WS-CLOSE-03", 3);
    refuses(&[0x03, 0xe8, b'a', 0xc3], 1007, "WS-CLOSE-03", 4);
}

#[test]
fn ws_close_10_what_may_be_sent() {
    let mut out = [0; PAYLOAD_MAX];
    for code in 0..=u16::MAX {
        let legal = matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999);
        assert_eq!(write(code, b"", Role::Client, &mut out).is_ok(), legal, "{code}");
        assert_eq!(write(code, b"", Role::Server, &mut out).is_ok(), legal && code != 1010, "{code}");
    }
    assert_eq!(write(1000, &[b'a'; 123], Role::Server, &mut out), Ok(125));
    let error = write(1000, &[b'a'; 124], Role::Server, &mut out).expect_err("too long");
    assert_eq!((error.code(), error.offset), (Code::WsClose, 123));
    let error = write(1000, b"a\xff", Role::Server, &mut out).expect_err("not UTF-8");
    assert_eq!((error.code(), error.offset), (Code::Utf8, 1));
    let error = write(1000, b"a\xc3", Role::Server, &mut out).expect_err("not whole");
    assert_eq!((error.code(), error.offset), (Code::Utf8, 2));
}

#[test]
fn written_closes_are_read_back() {
    let mut out = [0; PAYLOAD_MAX];
    let len = write(4000, "späť".as_bytes(), Role::Server, &mut out).unwrap();
    assert_eq!(&out[..len], b"\x0f\xa0sp\xc3\xa4\xc5\xa5");
    assert_eq!(parse(&out[..len]), Ok(4000));
}
