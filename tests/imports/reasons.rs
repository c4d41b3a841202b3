//! How the reasons of errors begin: `ww_error_info.reason` and ww_status_text() stand behind a colon in a log.

/// Fields of one word.
const NAMES: [&str; 4] = ["Host", "Connection", "Upgrade", "Expect"];

/// Whether a text is a reason, and not a rule or a name.
pub fn is_reason(text: &str) -> bool {
    text.contains(' ') && text.contains(|c: char| c.is_ascii_lowercase())
}

/// In lower case, unless it begins with a name: of a field, or as `TLS`, `HTTP/1.0`, `WebSocket`, `Sec-WebSocket-Key`.
pub fn begins_as_a_part_of_a_line(reason: &str) -> bool {
    let word = reason.split([' ', ',', ':']).next().expect("a word");
    let is_name = word.len() > 1 && word[1..].contains(|c: char| c.is_ascii_uppercase()) || NAMES.contains(&word);
    is_name || !word.starts_with(|c: char| c.is_ascii_uppercase())
}

#[test]
fn a_name_may_begin_a_reason_and_a_sentence_may_not() {
    for good in
        ["a chunk line is too long", "TLS is a listener's", "Host is empty", "Content-Length is no length", "`role` is"]
    {
        assert!(begins_as_a_part_of_a_line(good), "{good}");
    }
    for bad in ["A chunk line is too long", "The content is longer than allowed", "Whitespace in a chunk line"] {
        assert!(!begins_as_a_part_of_a_line(bad), "{bad}");
    }
}
