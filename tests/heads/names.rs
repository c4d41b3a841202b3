//! Known names by number.

use wireway::http1::head::{field_id, field_name};

use crate::feed::{REQUEST, accepted};

#[test]
fn h1_field_09_known_names_in_any_case() {
    for id in 1..=u8::MAX {
        let Some(name) = field_name(id) else {
            assert!(id > 60, "{id} has no name");
            break;
        };
        let mixed: String = name
            .char_indices()
            .map(|(at, c)| if at % 2 == 0 { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() })
            .collect();
        for name in [name, &*name.to_lowercase(), &*name.to_uppercase(), &*mixed] {
            assert_eq!(field_id(name.as_bytes()), id, "{name}");
            for value in ["", "a value long enough that the name is compared in one piece"] {
                let parsed = accepted(REQUEST, format!("GET / HTTP/1.1\r\n{name}: {value}\r\n\r\n").as_bytes());
                assert_eq!(parsed.fields[0].id, id, "{name}");
            }
        }
    }
}

#[test]
fn other_names_have_no_number() {
    assert_eq!((field_name(0), field_name(u8::MAX)), (None, None));
    for name in ["", "H", "Hos", "Hosts", "Host ", "Content_Length", "Content\rLength", "X-Not-Known", "\u{8}ost"] {
        assert_eq!(field_id(name.as_bytes()), 0, "{name}");
    }
    // One octet off, at each place of each known name.
    for id in (1..=u8::MAX).map_while(|id| field_name(id).map(|name| (id, name))) {
        for at in 0..id.1.len() {
            let mut name = id.1.as_bytes().to_vec();
            name[at] = b'~';
            assert_eq!(field_id(&name), 0, "{}", name.escape_ascii());
            let input = [b"GET / HTTP/1.1\r\n", &name[..], b": \r\n\r\n"].concat();
            assert_eq!(accepted(REQUEST, &input).fields[0].id, 0, "{}", name.escape_ascii());
        }
    }
}
