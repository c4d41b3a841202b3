//! Vectors of the ledger's rows WS-HSS and WS-HSC that concern fields.

use super::*;
use crate::error::Code;
use crate::websocket::extension::DeflateConfig;

type Lines<'a> = Vec<(&'a str, &'a str)>;

fn fields<'a>(lines: &'a [(&'a str, &'a str)]) -> impl Iterator<Item = Field<'a>> + Clone {
    lines.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes()))
}

/// `lines` with those of `name` replaced by one for each of `values`.
fn with<'a>(lines: &Lines<'a>, name: &'a str, values: &[&'a str]) -> Lines<'a> {
    let rest = lines.iter().copied().filter(|(own, _)| *own != name);
    rest.chain(values.iter().map(|value| (name, *value))).collect()
}

const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

fn request() -> Lines<'static> {
    vec![
        ("Host", "a"),
        ("upgrade", "h2c, WebSocket"),
        ("Connection", "keep-alive, UPGRADE"),
        ("SEC-WEBSOCKET-KEY", "\t dGhlIHNhbXBsZSBub25jZQ== "),
        ("Sec-WebSocket-Version", " 13 "),
    ]
}

fn checked(lines: &Lines) -> Result<Request, (&'static str, u16)> {
    check_request(fields(lines), |text| text.len() == 24 && text.ends_with(b"=="))
        .map_err(|error| (error.fault.rule.to_str().unwrap(), error.fault.status))
}

#[test]
fn ws_hss_03_a_good_request_gives_its_key() {
    assert_eq!(checked(&request()), Ok(Request { key: KEY.as_bytes().try_into().unwrap() }));
}

#[test]
fn ws_hss_02_upgrade_and_connection_are_lists_of_tokens() {
    let refused = Err(("WS-HSS-02", 400));
    for values in [&[][..], &["websockets"], &["websocket/13"], &["web, socket"], &[""]] {
        assert_eq!(checked(&with(&request(), "upgrade", values)), refused, "{values:?}");
    }
    for values in [&[][..], &["close"], &["upgrades"]] {
        assert_eq!(checked(&with(&request(), "Connection", values)), refused, "{values:?}");
    }
    assert!(checked(&with(&request(), "upgrade", &["h2c", "websocket"])).is_ok());
    assert!(checked(&with(&request(), "Connection", &["close", "x,upgrade,"])).is_ok());
}

#[test]
fn ws_hss_03_the_key_is_one_and_valid() {
    let name = "SEC-WEBSOCKET-KEY";
    for values in [&[][..], &["AAAA"], &["AQIDBAUGBwgJCgsMDQ4P"], &[KEY, KEY], &[""]] {
        assert_eq!(checked(&with(&request(), name, values)), Err(("WS-HSS-03", 400)), "{values:?}");
    }
    // Whatever `is_key` says, a key has 24 octets.
    let short = with(&request(), name, &["AAAA"]);
    assert!(check_request(fields(&short), |_| true).is_err());
}

#[test]
fn ws_hss_05_the_version_is_one_13_and_comes_before_the_key() {
    for values in [&[][..], &["8"], &["13, 8"], &["013"], &["13", "13"], &[""]] {
        let lines = with(&request(), "Sec-WebSocket-Version", values);
        assert_eq!(checked(&lines), Err(("WS-HSS-05", 426)), "{values:?}");
        assert_eq!(checked(&with(&lines, "SEC-WEBSOCKET-KEY", &[])), Err(("WS-HSS-05", 426)), "{values:?}");
    }
}

#[test]
fn ws_hss_08_subprotocols_are_distinct_tokens_over_all_lines() {
    let offer = |values: &[&'static str]| checked(&with(&request(), "Sec-WebSocket-Protocol", values)).map(|_| ());
    for values in [&["a, b"][..], &["a", "b"], &["a, A"], &["a,, b,"], &[]] {
        assert_eq!(offer(values), Ok(()), "{values:?}");
    }
    for values in [&["a, a"][..], &["a", "b, a"], &["a b"], &["a/b"], &["\"a\""]] {
        assert_eq!(offer(values), Err(("WS-HSS-08", 400)), "{values:?}");
    }
}

#[test]
fn ws_hss_08_subprotocols_are_at_most_64() {
    let offer = |count: usize| (0..count).map(|n| format!("p{n}")).collect::<Vec<_>>().join(",");
    for (count, fits) in [(64, true), (65, false)] {
        let value = offer(count);
        let mut lines = request();
        lines.push(("Sec-WebSocket-Protocol", &value));
        assert_eq!(checked(&lines).is_ok(), fits, "{count}");
    }
}

#[test]
fn ws_hss_07_only_what_was_offered_may_be_selected() {
    let lines = [("Sec-WebSocket-Protocol", "a, b"), ("sec-websocket-protocol", "c")];
    let select = |name: &str| check_selected(fields(&lines), name.as_bytes()).map_err(|error| error.fault.rule);
    for name in ["a", "b", "c"] {
        assert_eq!(select(name), Ok(()));
    }
    for name in ["d", "A", "", "a, b"] {
        assert_eq!(select(name), Err(c"WS-HSS-07"), "{name}");
    }
}

#[test]
fn ws_hss_07_the_client_orders_what_the_server_chooses() {
    let lines = [("Sec-WebSocket-Protocol", "x, c"), ("sec-websocket-protocol", "b , a")];
    let chosen = |own: &[&'static str]| choose(fields(&lines), own.iter().map(|name| name.as_bytes())).unwrap();
    assert_eq!(chosen(&["a", "b", "c"]), Some(2));
    assert_eq!(chosen(&["a", "b"]), Some(1));
    assert_eq!(chosen(&["C", "", "x, c", "d"]), None);
    assert_eq!(chosen(&[]), None);
    for (offer, rule) in [("a, a", "WS-HSS-08"), ("a b", "WS-HSS-08")] {
        let error = choose(fields(&[("Sec-WebSocket-Protocol", offer)]), [&b"a"[..]].into_iter()).unwrap_err();
        assert_eq!(error.fault.rule.to_str(), Ok(rule), "{offer}");
    }
}

const ACCEPT: &[u8; 28] = b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

fn response() -> Lines<'static> {
    vec![
        ("Upgrade", "WebSocket"),
        ("connection", "Upgrade"),
        ("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\t"),
    ]
}

fn agreed(lines: &Lines, protocols: &str, deflate: &DeflateConfig) -> Result<Agreed, &'static str> {
    let expected = Expected { accept: ACCEPT, protocols: protocols.as_bytes(), deflate };
    check_response(fields(lines), &expected).map_err(|error| error.fault.rule.to_str().unwrap())
}

const OFF: DeflateConfig = DeflateConfig::DEFAULT;

#[test]
fn ws_hsc_04_accept_is_one_and_equal() {
    assert_eq!(agreed(&response(), "", &OFF), Ok(Agreed { protocol: None, deflate: None }));
    let name = "sec-websocket-accept";
    let good = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    for values in [&[][..], &["S3PPLMBITXAQ9KYGZZHZRBK+XOO="], &[good, good], &[""]] {
        assert_eq!(agreed(&with(&response(), name, values), "", &OFF), Err("WS-HSC-04"), "{values:?}");
    }
}

#[test]
fn ws_hsc_05_upgrade_is_websocket_and_connection_lists_it() {
    for values in [&[][..], &["websocket2"], &["websocket, h2c"], &["websocket", "websocket"]] {
        assert_eq!(agreed(&with(&response(), "Upgrade", values), "", &OFF), Err("WS-HSC-05"), "{values:?}");
    }
    for values in [&[][..], &["keep-alive"]] {
        assert_eq!(agreed(&with(&response(), "connection", values), "", &OFF), Err("WS-HSC-05"), "{values:?}");
    }
    assert!(agreed(&with(&response(), "connection", &["keep-alive, upgrade"]), "", &OFF).is_ok());
}

#[test]
fn ws_hsc_06_the_subprotocol_is_one_that_was_offered() {
    let answer = |offered: &str, values: &[&'static str]| {
        agreed(&with(&response(), "Sec-WebSocket-Protocol", values), offered, &OFF).map(|agreed| agreed.protocol)
    };
    assert_eq!(answer("a, b", &["b"]), Ok(Some(1)));
    assert_eq!(answer("a", &[]), Ok(None));
    for (offered, values) in
        [("", &["a"][..]), ("a", &["b"]), ("a, b", &["a, b"]), ("a, b", &["a", "b"]), ("a", &["A"]), ("a", &[""])]
    {
        assert_eq!(answer(offered, values), Err("WS-HSC-06"), "{offered}: {values:?}");
    }
}

#[test]
fn ws_hsc_07_the_extensions_are_those_offered() {
    let on = DeflateConfig { enabled: true, ..OFF };
    let answer =
        |values: &[&'static str], config| agreed(&with(&response(), "Sec-WebSocket-Extensions", values), "", config);
    assert_eq!(answer(&["permessage-deflate"], &OFF), Err("WS-HSC-07"));
    assert_eq!(answer(&["x-foo"], &on), Err("WS-HSC-07"));
    if cfg!(feature = "deflate") {
        assert!(answer(&["permessage-deflate"], &on).unwrap().deflate.is_some());
    }
    let code = check_response(
        fields(&with(&response(), "Sec-WebSocket-Extensions", &["a b"])),
        &Expected { accept: ACCEPT, protocols: b"", deflate: &on },
    );
    assert_eq!(code.unwrap_err().code(), Code::WsExtension);
}

#[test]
fn ws_hsc_02_the_fields_of_the_handshake_are_reserved() {
    for name in ["sec-websocket-key", "UPGRADE", "Connection", "Sec-WebSocket-Version", "Sec-WebSocket-Extensions"] {
        assert!(is_ours(name.as_bytes()), "{name}");
    }
    assert!(!is_ours(b"Origin") && !is_ours(b"Sec-WebSocket"));
}
