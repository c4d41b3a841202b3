//! What the head of a part must say, and how long it may be.

use super::*;

/// The parts told of a head, or nothing where it is refused.
fn tells_head(lines: &str, parts: Option<&str>) {
    let content = format!("--b\r\n{lines}\r\n\r\n--b--");
    let fault = End::Fault(Code::Multipart, content.len() - 7);
    tells(&content, &parts.map_or(String::new(), |parts| format!("{parts};")), parts.map_or(fault, |_| End::Done));
}

#[test]
fn h1_sem_14_heads_of_parts() {
    for (lines, parts) in [
        ("content-disposition:form-data;name=a\r\n", Some("[a|-|-]")),
        ("Content-Disposition: Form-Data; NAME=\"\"; FileName=\"\"\r\n", Some("[||-]")),
        (
            "X: y\r\nContent-Type: a/b; c=d\r\nContent-Disposition: form-data; filename=\"a b;\\\".txt\"; name=\"%22\"\r\n",
            Some("[%22|a b;\\\\\\\".txt|a/b; c=d]"),
        ),
        ("Content-Disposition: form-data; name=\"\u{e9}\"; filename*=UTF-8''x\r\n", Some("[\\xc3\\xa9|-|-]")),
        ("", None),
        ("Content-Type: a/b\r\n", None),
        ("Content-Disposition: form-data\r\n", None),
        ("Content-Disposition: attachment; name=a\r\n", None),
        ("Content-Disposition: form-data; filename=a\r\n", None),
        ("Content-Disposition: form-data; name=a; name=b\r\n", None),
        ("Content-Disposition: form-data; name=a; filename=a; filename=b\r\n", None),
        ("Content-Disposition: form-data; name=\"a\r\n", None),
        ("Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n", None),
        ("Content-Disposition: form-data; name=a\r\nContent-Type: a\r\nContent-Type: b\r\n", None),
        ("Content-Disposition: form-data; name=a\r\n ; filename=b\r\n", None),
        ("Content-Disposition : form-data; name=a\r\n", None),
        ("Content-Disposition: form-data; name=a\nX: y\r\n", None),
        ("Content-Disposition: form-data; name=a\0\r\n", None),
        ("x\r\n", None),
    ] {
        tells_head(lines, parts);
    }
}

#[test]
fn h1_sem_14_a_head_may_fill_its_room() {
    let content = format!("{A}x\r\n--b--");
    let head = A.len() - 5;
    tells_in(FORM, true, head, content.as_bytes(), "[a|-|-]x;", End::Done);
    let mut reader = Multipart::new(FORM.as_bytes(), true).unwrap();
    for room in [0, 1, head - 1] {
        // Where the fault is depends on the cut, that there is one does not.
        for pieces in [content.len(), 1, 7] {
            let found = told(FORM, true, room, content.as_bytes().chunks(pieces));
            assert!(
                matches!(found.end, End::Fault(Code::TooLarge, _)) && found.parts.is_empty(),
                "{room} {pieces} {found:?}"
            );
        }
    }
    assert!(matches!(reader.next(b"--b\r\n", &mut []), (5, MultipartStep::NeedInput)));
    let many = format!("--b\r\n{}\r\n", "X: y\r\n".repeat(33));
    let found = told(FORM, false, 1000, [many.as_bytes()].into_iter());
    assert!(matches!(found.end, End::Fault(Code::TooLarge, _)), "{found:?}");
}
