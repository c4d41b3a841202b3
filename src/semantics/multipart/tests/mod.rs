//! Multipart content, whole, cut in two at every place, and octet by octet.

use super::*;

mod heads;

const FORM: &str = "multipart/form-data; boundary=b";

/// What a reader told: heads and contents, in the form `[name|filename|type]content;`, and how it ended.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    parts: String,
    end: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Open,
    Done,
    /// At this octet.
    Fault(Code, usize),
}

fn text(octets: &[u8]) -> String {
    octets.escape_ascii().to_string()
}

fn note(step: &MultipartStep<'_>, parts: &mut String) {
    match step {
        MultipartStep::Head(head) => {
            let of = |value: Option<&[u8]>| value.map_or("-".to_owned(), text);
            *parts += &format!("[{}|{}|{}]", of(head.name), of(head.filename), of(head.content_type));
        }
        MultipartStep::Content(octets) => {
            assert!(!octets.is_empty());
            *parts += &text(octets);
        }
        MultipartStep::End => *parts += ";",
        _ => {}
    }
}

/// Reads pieces with so much room for a head.
fn told<'p>(content_type: &str, is_form: bool, room: usize, pieces: impl Iterator<Item = &'p [u8]>) -> Told {
    let mut reader = Multipart::new(content_type.as_bytes(), is_form).expect("a good type");
    let (mut room, mut parts, mut end, mut before) = (vec![0; room], String::new(), End::Open, 0);
    for piece in pieces {
        let mut at = 0;
        loop {
            let (used, step) = reader.next(&piece[at..], &mut room);
            at += used;
            note(&step, &mut parts);
            match step {
                MultipartStep::NeedInput => assert_eq!(at, piece.len()),
                MultipartStep::Done => end = End::Done,
                MultipartStep::Failed(fault) => {
                    assert_eq!(reader.next(b"--b--", &mut room), (0, MultipartStep::Failed(fault)));
                    return Told { parts, end: End::Fault(fault.code, before + at) };
                }
                _ => continue,
            }
            break;
        }
        before += piece.len();
    }
    Told { parts, end }
}

/// However it is cut, the same is told.
fn tells_in(content_type: &str, is_form: bool, room: usize, content: &[u8], parts: &str, end: End) {
    let expected = Told { parts: parts.to_owned(), end };
    assert_eq!(told(content_type, is_form, room, [content].into_iter()), expected, "{}", text(content));
    assert_eq!(told(content_type, is_form, room, content.chunks(1)), expected, "octet by octet: {}", text(content));
    for cut in 0..=content.len() {
        let (first, second) = content.split_at(cut);
        assert_eq!(
            told(content_type, is_form, room, [first, second].into_iter()),
            expected,
            "{cut}: {}",
            text(content)
        );
    }
}

/// Of the form with the boundary `b`.
fn tells(content: &str, parts: &str, end: End) {
    tells_in(FORM, true, 128, content.as_bytes(), parts, end);
}

const A: &str = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";

#[test]
fn h1_sem_13_parts_of_a_form() {
    for (content, parts) in [
        ("--b--", ""),
        ("--b--\r\nepilogue\r\n--b\r\n", ""),
        (&format!("{A}x\r\n--b--\r\n"), "[a|-|-]x;"),
        (&format!("{A}\r\n--b--"), "[a|-|-];"),
        // A part without content, whose empty line is the CRLF of the delimiter.
        (&format!("{A}--b--"), "[a|-|-];"),
        (&format!("preamble\r\n--c\r\n\r\n{A}x\r\n{A}y\r\n--b--"), "[a|-|-]x;[a|-|-]y;"),
        (&format!("\r\n{A}x\r\n--b--"), "[a|-|-]x;"),
        (&format!("-{A}\r\n{A}x\r\n--b--"), "[a|-|-]x;"),
        // What nearly is a delimiter is content.
        (&format!("{A}--\r\n--b--"), "[a|-|-]--;"),
        (&format!("{A}--a\r\n--b--"), "[a|-|-]--a;"),
        (&format!("{A}\r\n--a\r\r\n-\r\n--\r\n--b--"), "[a|-|-]\\r\\n--a\\r\\r\\n-\\r\\n--;"),
        (&format!("{A}\n--b\n--b--\r--b--\r\n--b--"), "[a|-|-]\\n--b\\n--b--\\r--b--;"),
        (&format!("{A}x--b--\r\n\r\n--b--"), "[a|-|-]x--b--\\r\\n;"),
        (&format!("{A}\r\n\r\n--b \t \r\n{}x\r\n--b--", &A[5..]), "[a|-|-]\\r\\n;[a|-|-]x;"),
    ] {
        tells(content, parts, End::Done);
    }
    tells_in(FORM, true, 128, format!("{A}\0\u{e9}\r\n--b--").as_bytes(), "[a|-|-]\\x00\\xc3\\xa9;", End::Done);
}

#[test]
fn h1_sem_13_content_that_breaks_off_is_not_done() {
    for (content, parts) in [
        ("", ""),
        ("--", ""),
        ("--b", ""),
        ("--b-", ""),
        ("--b\r", ""),
        (&A[..A.len() - 1], ""),
        (A, "[a|-|-]"),
        (&format!("{A}x\r\n--"), "[a|-|-]x"),
        (&format!("{A}x\r\n--b"), "[a|-|-]x;"),
        (&format!("{A}x\r\n--b-"), "[a|-|-]x;"),
        (&format!("{A}x\r\n--b\r\n"), "[a|-|-]x;"),
        ("no delimiter at all", ""),
    ] {
        tells(content, parts, End::Open);
    }
}

#[test]
fn h1_sem_13_what_is_behind_a_boundary() {
    for (content, at) in [
        ("--bc\r\n", 3),
        ("--b-\r\n", 4),
        ("--b\n", 3),
        ("--b \n", 4),
        ("--b \t--", 5),
        ("--b\r\r\n", 4),
        ("--b -", 4),
        ("--b\0", 3),
    ] {
        tells(content, "", End::Fault(Code::Multipart, at));
    }
    tells(&format!("{A}x\r\n--bc\r\n"), "[a|-|-]x;", End::Fault(Code::Multipart, A.len() + 6));
}

#[test]
fn h1_sem_13_other_multipart_types_have_parts_without_names() {
    let content = b"--b\r\n\r\nx\r\n--b\r\nContent-Type: a/b\r\nContent-Disposition: x\r\n\r\ny\r\n--b\r\n\r\n--b--";
    tells_in("multipart/mixed; boundary=b", false, 64, content, "[-|-|-]x;[-|-|a/b]y;[-|-|-];", End::Done);
}

#[test]
fn h1_sem_13_boundaries() {
    let long = "x".repeat(70);
    for boundary in ["0", "'()+_,-./:=? x", "a b", &long] {
        let content_type = format!("multipart/mixed; boundary=\"{boundary}\"");
        let content = format!("--{boundary}\r\n\r\n\r\n--\r\n--{boundary}--");
        tells_in(&content_type, false, 8, content.as_bytes(), "[-|-|-]\\r\\n--;", End::Done);
    }
    let too_long = format!("multipart/form-data; boundary={}", "x".repeat(71));
    for content_type in [
        "",
        "multipart/form-data",
        "multipart/mixed; boundary=b",
        "text/plain; boundary=b",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=\"b \"",
        "multipart/form-data; boundary=\"b\u{e9}\"",
        "multipart/form-data; boundary=\"b;\"",
        "multipart/form-data; boundary=b*",
        "multipart/form-data; boundary=b; boundary=b",
        "multipart/form-data; boundary=b; x",
        "multipart/form-data; boundary=\"b",
        &too_long,
    ] {
        assert!(Multipart::new(content_type.as_bytes(), true).is_none(), "{content_type}");
    }
    for content_type in ["Multipart/Form-Data;charset=utf-8; Boundary=b", "multipart/form-data; boundary=\"\\b\""] {
        assert_eq!(Multipart::new(content_type.as_bytes(), true).unwrap().delimiter.octets(), b"\r\n--b");
    }
}
