use super::*;

/// `RequestLine = -100,` of `error::Code` as `("WW_E_REQUEST_LINE", -100)`.
fn codes() -> Vec<(String, ww_status)> {
    let source = include_str!("../../src/error.rs");
    let variants = source.lines().filter_map(|line| line.trim().strip_suffix(',')?.split_once(" = "));
    variants.filter_map(|(name, value)| Some((status_name(name), value.parse().ok()?))).collect()
}

fn status_name(variant: &str) -> String {
    let mut name = String::from("WW_E");
    for letter in variant.chars() {
        if letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(letter.to_ascii_uppercase());
    }
    name
}

fn name_of(status: ww_status) -> &'static str {
    // SAFETY: the function returns a static string that ends in NUL, whatever the status.
    unsafe { CStr::from_ptr(ww_status_name(status)) }.to_str().unwrap()
}

#[test]
fn every_code_is_a_status_of_its_name_and_value() {
    let codes = codes();
    assert!(codes.len() > 30, "the variants of error::Code were not found");
    let faults: Vec<_> = ROWS.iter().filter(|row| row.status < 0).map(|row| row.status).collect();
    assert_eq!(faults, codes.iter().map(|code| code.1).collect::<Vec<_>>());
    for (name, value) in codes {
        assert_eq!(name_of(value), name);
    }
}

#[test]
fn every_status_has_a_text_of_its_own() {
    for (index, row) in ROWS.iter().enumerate() {
        // SAFETY: as in `name_of`.
        let text = unsafe { CStr::from_ptr(ww_status_text(row.status)) };
        assert!(!text.is_empty());
        assert!(ROWS[..index].iter().all(|other| other.text != text), "{text:?} is used twice");
    }
}

#[test]
fn an_unknown_status_has_a_name_too() {
    for status in [5, -97, -1000, ww_status::MIN, ww_status::MAX] {
        assert_eq!(name_of(status), "WW_E_UNKNOWN");
    }
    assert_eq!(name_of(WW_OK), "WW_OK");
}
