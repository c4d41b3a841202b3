use super::*;

#[test]
fn ws_ext_01_a_malformed_line_fails_even_after_an_offer() {
    let error = answered(&["permessage-deflate", "a; b="], &ON).unwrap_err();
    assert_eq!((error.code(), error.fault.status, error.offset), (Code::WsExtension, 400, 5));
    assert!(answered(&["a;"], &DeflateConfig::DEFAULT).is_err());
}

#[test]
fn ws_ext_02_the_first_acceptable_offer_wins() {
    answers("X", &ON, "X", [15, 15, 0, 0]);
    answers(
        "x-foo, X; server_max_window_bits=7, X; server_max_window_bits=10, X",
        &ON,
        "X; server_max_window_bits=10",
        [10, 15, 0, 0],
    );
    let over_lines = ["x-foo", "", "permessage-deflate; foo, permessage-deflate"];
    assert_eq!(answered(&over_lines, &ON), Ok(Some(("X".to_owned(), [15, 15, 0, 0]))));
    declines("x-foo", &ON);
    declines("", &ON);
    declines("X", &DeflateConfig::DEFAULT);
}

#[test]
fn ws_ext_03_offers_with_wrong_parameters_are_declined() {
    declines("X; foo", &ON);
    declines("X; server_no_context_takeover; server_no_context_takeover", &ON);
    declines("X; client_max_window_bits; client_max_window_bits=10", &ON);
    declines("X; server_max_window_bits=10; server_max_window_bits=10", &ON);
    declines("X; server_no_context_takeover=1", &ON);
    declines("X; client_no_context_takeover=1", &ON);
    declines("PERMESSAGE-DEFLATE", &ON);
}

#[test]
fn ws_ext_04_window_bits_are_8_to_15() {
    for value in ["7", "16", "08", "010", "1", "100", "1x", "x", "99", "-9"] {
        declines(&format!("X; server_max_window_bits={value}"), &ON);
        declines(&format!("X; client_max_window_bits={value}"), &ON);
    }
    declines("X; server_max_window_bits", &ON);
    for bits in 8..=15 {
        answers(
            &format!("X; server_max_window_bits={bits}"),
            &ON,
            &format!("X; server_max_window_bits={bits}"),
            [bits, 15, 0, 0],
        );
    }
    answers("X; server_max_window_bits=\"1\\0\"", &ON, "X; server_max_window_bits=10", [10, 15, 0, 0]);
}

#[test]
fn ws_ext_06_the_client_window_is_answered_only_if_offered() {
    let small = DeflateConfig { client_max_window_bits: 11, ..ON };
    answers("X; client_max_window_bits", &small, "X; client_max_window_bits=11", [15, 11, 0, 0]);
    answers("X; client_max_window_bits=10", &small, "X; client_max_window_bits=10", [15, 10, 0, 0]);
    answers("X; client_max_window_bits=12", &small, "X; client_max_window_bits=11", [15, 11, 0, 0]);
    answers("X; client_max_window_bits", &ON, "X", [15, 15, 0, 0]);
    answers("X; client_max_window_bits=15", &ON, "X; client_max_window_bits=15", [15, 15, 0, 0]);
}

#[test]
fn ws_ext_07_a_small_client_window_cannot_be_asked_unoffered() {
    declines("X", &DeflateConfig { client_max_window_bits: 14, ..ON });
    let offers = "X; server_no_context_takeover, X; client_max_window_bits";
    answers(
        offers,
        &DeflateConfig { client_max_window_bits: 10, ..ON },
        "X; client_max_window_bits=10",
        [15, 10, 0, 0],
    );
}

#[test]
fn ws_ext_08_the_server_window_is_answered_with_the_same_or_less() {
    let small = DeflateConfig { server_max_window_bits: 10, ..ON };
    answers("X; server_max_window_bits=15", &ON, "X; server_max_window_bits=15", [15, 15, 0, 0]);
    answers("X; server_max_window_bits=12", &small, "X; server_max_window_bits=10", [10, 15, 0, 0]);
    answers("X; server_max_window_bits=9", &small, "X; server_max_window_bits=9", [9, 15, 0, 0]);
    answers("X", &small, "X; server_max_window_bits=10", [10, 15, 0, 0]);
}

#[test]
fn ws_ext_09_no_context_takeover_is_answered_when_asked_or_wanted() {
    let ours = DeflateConfig { server_no_context_takeover: true, ..ON };
    answers("X; server_no_context_takeover", &ON, "X; server_no_context_takeover", [15, 15, 1, 0]);
    answers("X", &ours, "X; server_no_context_takeover", [15, 15, 1, 0]);
    let theirs = DeflateConfig { client_no_context_takeover: true, ..ON };
    answers("X", &theirs, "X; client_no_context_takeover", [15, 15, 0, 1]);
    answers("X; client_no_context_takeover", &ON, "X; client_no_context_takeover", [15, 15, 0, 1]);
}

#[test]
fn ws_ext_12_windows_of_8_bits_are_agreed_on() {
    answers("X; server_max_window_bits=8", &ON, "X; server_max_window_bits=8", [8, 15, 0, 0]);
    answers("X; client_max_window_bits=8", &ON, "X; client_max_window_bits=8", [15, 8, 0, 0]);
    for (bits, valid) in [(7, false), (8, true), (15, true), (16, false)] {
        assert_eq!(DeflateConfig { server_max_window_bits: bits, ..ON }.is_valid(), valid);
        assert_eq!(DeflateConfig { client_max_window_bits: bits, ..ON }.is_valid(), valid);
    }
}

#[test]
fn ws_ext_06_the_longest_answer_fits() {
    let all = "X; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=15; client_max_window_bits=15";
    answers(all, &ON, all, [15, 15, 1, 1]);
}
