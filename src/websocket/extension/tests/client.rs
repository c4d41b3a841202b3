use super::*;

const WHOLE: Deflate = Deflate {
    our_window_bits: 15,
    peer_window_bits: 15,
    our_no_context_takeover: false,
    peer_no_context_takeover: false,
};

#[test]
fn ws_ext_05_the_offer_lets_servers_choose_the_client_window() {
    let text = |config| offer(&config).map(|value| String::from_utf8(value.as_bytes().to_vec()).unwrap());
    assert_eq!(text(ON).as_deref(), Some("permessage-deflate; client_max_window_bits"));
    assert_eq!(text(DeflateConfig::DEFAULT), None);
    let all = DeflateConfig {
        server_max_window_bits: 9,
        client_max_window_bits: 10,
        server_no_context_takeover: true,
        client_no_context_takeover: true,
        ..ON
    };
    assert_eq!(
        text(all).as_deref(),
        Some(
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=9; client_max_window_bits=10"
        )
    );
}

#[test]
fn ws_hsc_07_only_what_was_offered_is_accepted_once() {
    assert_eq!(accepted(&[], &ON), Ok(None));
    assert_eq!(accepted(&["X"], &ON), Ok(Some(WHOLE)));
    assert_eq!(accepted(&["X"], &DeflateConfig::DEFAULT), Err(c"WS-HSC-07"));
    assert_eq!(accepted(&["x-foo"], &ON), Err(c"WS-HSC-07"));
    assert_eq!(accepted(&["X, x-foo"], &ON), Err(c"WS-HSC-07"));
    assert_eq!(accepted(&["X", ""], &ON), Err(c"WS-EXT-11"));
    assert_eq!(accepted(&["X;"], &ON), Err(c"WS-EXT-01"));
}

#[test]
fn ws_ext_04_05_06_the_client_window_has_a_value_not_above_the_offer() {
    let small = DeflateConfig { client_max_window_bits: 11, ..ON };
    let ours = |bits| Ok(Some(Deflate { our_window_bits: bits, ..WHOLE }));
    assert_eq!(accepted(&["X; client_max_window_bits"], &ON), Err(c"WS-EXT-05"));
    assert_eq!(accepted(&["X; client_max_window_bits=16"], &ON), Err(c"WS-EXT-11"));
    assert_eq!(accepted(&["X; client_max_window_bits=12"], &small), Err(c"WS-EXT-06"));
    assert_eq!(accepted(&["X; client_max_window_bits=11"], &small), ours(11));
    assert_eq!(accepted(&["X; client_max_window_bits=9"], &small), ours(9));
    assert_eq!(accepted(&["X"], &small), ours(11));
}

#[test]
fn ws_ext_08_the_server_window_is_not_above_the_offer() {
    let small = DeflateConfig { server_max_window_bits: 10, ..ON };
    let theirs = |bits| Ok(Some(Deflate { peer_window_bits: bits, ..WHOLE }));
    assert_eq!(accepted(&["X; server_max_window_bits=12"], &small), Err(c"WS-EXT-08"));
    assert_eq!(accepted(&["X"], &small), Err(c"WS-EXT-08"));
    assert_eq!(accepted(&["X; server_max_window_bits=10"], &small), theirs(10));
    assert_eq!(accepted(&["X; server_max_window_bits=9"], &ON), theirs(9));
    assert_eq!(accepted(&["X; server_max_window_bits=8"], &ON), theirs(8));
}

#[test]
fn ws_ext_09_10_no_context_takeover_binds_whom_it_names() {
    let asked = DeflateConfig { server_no_context_takeover: true, ..ON };
    assert_eq!(accepted(&["X"], &asked), Err(c"WS-EXT-09"));
    let theirs = Deflate { peer_no_context_takeover: true, ..WHOLE };
    assert_eq!(accepted(&["X; server_no_context_takeover"], &asked), Ok(Some(theirs)));
    assert_eq!(accepted(&["X; server_no_context_takeover"], &ON), Ok(Some(theirs)));
    let ours = Deflate { our_no_context_takeover: true, ..WHOLE };
    assert_eq!(accepted(&["X; client_no_context_takeover"], &ON), Ok(Some(ours)));
    // Terms for this side need no consent.
    assert_eq!(accepted(&["X"], &DeflateConfig { client_no_context_takeover: true, ..ON }), Ok(Some(ours)));
}

#[test]
fn ws_ext_11_answers_with_wrong_parameters_or_twice_are_refused() {
    for answer in [
        "X, X",
        "X; foo",
        "X; server_max_window_bits",
        "X; server_no_context_takeover=1",
        "X; client_no_context_takeover; client_no_context_takeover",
    ] {
        assert_eq!(accepted(&[answer], &ON), Err(c"WS-EXT-11"), "{answer}");
    }
}

#[test]
fn ws_ext_12_a_client_window_of_8_bits_is_taken() {
    let expected = Deflate { our_window_bits: 8, ..WHOLE };
    assert_eq!(accepted(&["X; client_max_window_bits=8"], &ON), Ok(Some(expected)));
}

#[test]
fn ws_ext_08_both_roles_agree() {
    let configs = [(8, 15), (9, 14), (12, 11), (15, 8)].map(|(bits, client)| DeflateConfig {
        server_max_window_bits: bits,
        client_max_window_bits: client,
        server_no_context_takeover: bits == 9,
        client_no_context_takeover: bits == 12,
        ..ON
    });
    for (client, server) in configs.iter().flat_map(|client| configs.iter().map(move |server| (client, server))) {
        let offered = offer(client).unwrap();
        let answer = respond([offered.as_bytes()], server).unwrap().expect("every offer here is acceptable");
        let mirrored = Deflate {
            our_window_bits: answer.agreed.peer_window_bits,
            peer_window_bits: answer.agreed.our_window_bits,
            our_no_context_takeover: answer.agreed.peer_no_context_takeover,
            peer_no_context_takeover: answer.agreed.our_no_context_takeover,
        };
        assert_eq!(accept_response([answer.value.as_bytes()], client), Ok(Some(mirrored)), "{client:?} {server:?}");
    }
}
