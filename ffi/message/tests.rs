//! A response as the usual one and as any: what is taken for usual is read the same by the other way, whatever C gives.

use core::mem::size_of;
use core::ptr::null;

use super::*;
#[cfg(feature = "service")]
use crate::ffi::ws_message;

const NOTHING: ww_span = ww_span { data: null(), len: 0 };
const TEXT: &[u8] = b"Name\r\n: value";

/// Spans of every kind: null, empty, of octets, and null with a length.
fn spans() -> [ww_span; 5] {
    let data = TEXT.as_ptr();
    let some = [(null(), 0), (data, 0), (data, 4), (data, TEXT.len()), (null(), 1)];
    some.map(|(data, len)| ww_span { data, len })
}

type Read = (Vec<u8>, Vec<(Vec<u8>, Vec<u8>)>);

fn owned<'a>(content: &[u8], fields: impl Iterator<Item = FieldRef<'a>>) -> Read {
    (content.to_vec(), fields.map(|field| (field.name.to_vec(), field.value.to_vec())).collect())
}

/// Holds one way against the other; whether the response is usual.
fn check(response: &[ww_response; 2]) -> bool {
    let from = response.as_ptr();
    // SAFETY: two live structs, of which the first may say that it is as long as both; spans are of live octets, or refused.
    let (usual, read) = unsafe { (ww_response::usual(from), ww_response::read(from)) };
    let of_this_version = response[0];
    let Some((content, fields)) = usual else { return false };
    let usual = owned(content, fields);
    let (response, fields) = read.expect("what is usual is well");
    assert_eq!(usual, owned(response.content, fields));
    assert_eq!(of_this_version.reserved, 0, "what is reserved is looked at by both");
    let Response { status, reason, content: _, stream, lent, close } = response;
    assert_eq!((status, reason, stream, lent, close), (200, &b""[..], None, None, false));
    true
}

#[test]
fn a_usual_response_is_read_the_same_as_any() {
    let own = size_of::<ww_response>();
    let mut usual = 0;
    for (name, value) in spans().into_iter().flat_map(|name| spans().map(|value| (name, value))) {
        let field = ww_field { name, value, id: 0, flags: 0, reserved: 0 };
        let fields = [field, ww_field { name: NOTHING, value: NOTHING, ..field }];
        let tables =
            [(null(), 0), (fields.as_ptr(), 0), (fields.as_ptr(), 2), (null(), 1), (fields.as_ptr(), usize::MAX)];
        for number in 0..4 * 7 * 5 * 5 * 5 {
            let mut rest = number;
            let mut of = |count: usize| {
                let at = rest % count;
                rest /= count;
                at
            };
            let size = [own, own, 0, own - 8][of(4)];
            let flags = [0, 0, WW_MESSAGE_CLOSE, WW_MESSAGE_STREAM, WW_MESSAGE_LENT, WW_MESSAGE_LENGTH, 1 << 31][of(7)];
            let (reason, content) = (spans()[of(5)], spans()[of(5)]);
            let (fields, field_count) = tables[of(5)];
            let status = if number % 11 == 0 { 204 } else { 200 };
            let response = ww_response {
                size,
                status,
                reserved: u16::from(number % 13 == 0),
                flags,
                reason,
                fields,
                field_count,
                content,
                content_length: 7,
                token: 9,
            };
            usual += u32::from(check(&[response; 2]));
        }
    }
    assert!(usual > 100, "{usual}");
    // SAFETY: null is what it may be.
    assert!(unsafe { ww_response::usual(null()).is_none() && ww_response::read(null()).is_err() });
}

#[cfg(feature = "service")]
#[test]
fn flags_of_a_whole_message_are_those_of_a_part_that_is_whole() {
    for flags in (0..1024).chain((0..32).map(|bit| ws_message::WW_SEND_TEXT | 1 << bit)) {
        let is_part = flags & crate::ffi::event::WW_EVENT_FLAG_PART != 0;
        let part = ws_message::part(flags);
        let whole = part.ok().filter(|part| part.first && part.last && !is_part);
        let said = whole.map(|part| (part.text, part.compressed));
        assert_eq!(ws_message::whole(flags), said, "{flags:#x}");
    }
}
