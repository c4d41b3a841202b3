//! Vectors of the ledger's rows WS-EXT; `{X}` there is `permessage-deflate` here.
#![cfg_attr(not(feature = "deflate"), allow(dead_code, unused_imports))]

use super::*;
use crate::error::{Code, Error};

const ON: DeflateConfig = DeflateConfig { enabled: true, ..DeflateConfig::DEFAULT };

fn parsed(value: &str) -> Result<String, u64> {
    let mut text = String::new();
    for extension in extensions(value.as_bytes()) {
        let extension = extension.map_err(|error| {
            assert_eq!((error.code(), error.fault.status), (Code::WsExtension, 400));
            error.offset
        })?;
        text.push_str(&format!("[{}", str::from_utf8(extension.name).unwrap()));
        for param in extension.params() {
            let value = param.value.map(|value| String::from_utf8(value.octets().collect()).unwrap());
            text.push_str(&format!(
                "|{}{}",
                str::from_utf8(param.name).unwrap(),
                value.map_or("".into(), |v| format!("={v}"))
            ));
        }
        text.push(']');
    }
    Ok(text)
}

#[test]
fn ws_ext_01_lists_are_read() {
    for (value, expected) in [
        ("a", "[a]"),
        (" a ; b\t; c = d ,e", "[a|b|c=d][e]"),
        (r#"a; b="10""#, "[a|b=10]"),
        (r#"a; b="1\0"; c, d"#, "[a|b=10|c][d]"),
        (",a,,b,", "[a][b]"),
        ("", ""),
    ] {
        assert_eq!(parsed(value).as_deref(), Ok(expected), "{value}");
    }
}

#[test]
fn ws_ext_01_what_is_no_list_is_refused_where_it_goes_wrong() {
    for (value, offset) in [
        ("permessage-deflate;", 19),
        (";a", 0),
        ("a; b=", 5),
        (r#"a; b="c d""#, 7),
        (r#"a; b="""#, 6),
        (r#"a; b="c"#, 7),
        (r#"a; b="c\""#, 7),
        (r#"a; b="c"d"#, 8),
        ("a b", 2),
        ("a=b", 1),
        ("a; ;b", 3),
        ("a, b; \u{7f}", 6),
    ] {
        assert_eq!(parsed(value), Err(offset), "{value}");
    }
}

#[test]
fn ws_ext_01_the_first_fault_ends_the_walk() {
    let mut walk = extensions(b"a b, c");
    assert!(walk.next().unwrap().is_err());
    assert!(walk.next().is_none());
}

fn answered(values: &[&str], config: &DeflateConfig) -> Result<Option<(String, [u8; 4])>, Error> {
    let answer = respond(values.iter().map(|value| value.as_bytes()), config)?;
    Ok(answer.map(|answer| {
        let Deflate { our_window_bits, peer_window_bits, our_no_context_takeover, peer_no_context_takeover } =
            answer.agreed;
        let facts =
            [our_window_bits, peer_window_bits, our_no_context_takeover.into(), peer_no_context_takeover.into()];
        (String::from_utf8(answer.value.as_bytes().to_vec()).unwrap().replacen("permessage-deflate", "X", 1), facts)
    }))
}

#[track_caller]
fn answers(offer: &str, config: &DeflateConfig, value: &str, agreed: [u8; 4]) {
    let offer = offer.replace('X', "permessage-deflate");
    assert_eq!(answered(&[&offer], config), Ok(Some((value.to_owned(), agreed))), "{offer}");
}

#[track_caller]
fn declines(offer: &str, config: &DeflateConfig) {
    let offer = offer.replace('X', "permessage-deflate");
    assert_eq!(answered(&[&offer], config), Ok(None), "{offer}");
}

#[cfg(not(feature = "deflate"))]
#[test]
fn ws_ext_02_a_build_without_it_declines() {
    declines("X", &ON);
    assert!(answered(&["a b"], &ON).is_err());
    assert!(offer(&ON).is_none());
    assert_eq!(accepted(&["X"], &ON), Err(c"WS-HSC-07"));
}

fn accepted(values: &[&str], config: &DeflateConfig) -> Result<Option<Deflate>, &'static core::ffi::CStr> {
    let values: Vec<_> = values.iter().map(|value| value.replace('X', "permessage-deflate")).collect();
    accept_response(values.iter().map(|value| value.as_bytes()), config).map_err(|error| {
        assert_eq!(error.code(), Code::WsExtension);
        error.fault.rule
    })
}

#[cfg(feature = "deflate")]
mod server;

#[cfg(feature = "deflate")]
mod client;
