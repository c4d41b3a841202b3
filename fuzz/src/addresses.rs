//! What holds of addresses in C, whatever text or value they come from.

use wireway::ffi::address::value::ww_address;
use wireway::ffi::address::{text::WW_ADDRESS_TEXT_MAX, ww_address_parse, ww_address_text};
use wireway::ffi::head::types::{ww_error_info, ww_span};
use wireway::ffi::status::{WW_E_ARGUMENT, WW_OK, ww_status};

/// A text is an address, and the text of that is an address with the same text; or an octet of it is wrong.
pub fn text(octets: &[u8]) {
    let (status, address, offset) = parse(octets);
    if status != WW_OK {
        assert_eq!(status, WW_E_ARGUMENT);
        assert!(offset <= octets.len() as u64);
        return;
    }
    let (status, canonical) = text_of(&address);
    assert_eq!(status, WW_OK, "what was parsed has a text");
    let (status, again, _) = parse(canonical.as_bytes());
    // A name with replacement characters may have become too long.
    if status == WW_OK {
        assert_eq!(text_of(&again), (WW_OK, canonical));
    } else {
        assert!(canonical.contains('\u{fffd}'), "{canonical}");
    }
}

/// Any 128 octets are a value that has a text, or one that is refused.
pub fn value(octets: &[u8]) {
    let mut filled = [0; size_of::<ww_address>()];
    let len = octets.len().min(filled.len());
    filled[..len].copy_from_slice(&octets[..len]);
    // SAFETY: integers and arrays of them without padding, for which all octets are values.
    let address: ww_address = unsafe { std::mem::transmute(filled) };
    let (status, text) = text_of(&address);
    assert!(matches!(status, WW_OK | WW_E_ARGUMENT));
    assert_eq!(text.is_empty(), status != WW_OK);
    assert!(!text.contains(char::is_control));
}

fn parse(text: &[u8]) -> (ww_status, ww_address, u64) {
    // SAFETY: integers and pointers only.
    let (mut address, mut error): (ww_address, ww_error_info) = unsafe { std::mem::zeroed() };
    error.size = size_of::<ww_error_info>();
    let text = ww_span { data: text.as_ptr(), len: text.len() };
    // SAFETY: all of them are ours.
    let status = unsafe { ww_address_parse(text, &raw mut address, &raw mut error) };
    (status, address, error.offset)
}

fn text_of(address: &ww_address) -> (ww_status, String) {
    let (mut out, mut needed) = ([0u8; WW_ADDRESS_TEXT_MAX], 0);
    // SAFETY: all of them are ours.
    let status = unsafe { ww_address_text(address, out.as_mut_ptr().cast(), out.len(), &raw mut needed) };
    let text = out[..needed].strip_suffix(b"\0").unwrap_or_default();
    (status, std::str::from_utf8(text).expect("a text is UTF-8").to_owned())
}
