//! Which library is loaded.

use core::ffi::{CStr, c_char};

const TEXT: &CStr = match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
    Ok(text) => text,
    Err(_) => panic!("a version has no NUL"),
};

const NUMBER: u32 = part(env!("CARGO_PKG_VERSION_MAJOR")) << 24
    | part(env!("CARGO_PKG_VERSION_MINOR")) << 16
    | part(env!("CARGO_PKG_VERSION_PATCH")) << 8;

/// One part of the version; a part over 255 would run into its neighbour and fails the build.
const fn part(text: &str) -> u32 {
    match u8::from_str_radix(text, 10) {
        Ok(value) => value as u32,
        Err(_) => panic!("a part of the version does not fit an octet"),
    }
}

/// Returns the version of the loaded library as `0xMMmmpp00` (major, minor, patch), comparable as a number.
/// `WW_VERSION_NUMBER` is the version of this header: before 1.0 the two must agree in major and minor.
///
/// Any thread, any time. Does not allocate.
#[unsafe(no_mangle)]
pub extern "C" fn ww_version() -> u32 {
    NUMBER
}

/// Returns the version of the loaded library as text, as `"0.2.0"`: static, NUL-terminated, never NULL.
///
/// Any thread, any time. Does not allocate.
#[unsafe(no_mangle)]
pub extern "C" fn ww_version_text() -> *const c_char {
    TEXT.as_ptr()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_and_text_are_the_same_version() {
        let number = ww_version();
        let text = format!("{}.{}.{}", number >> 24, number >> 16 & 0xff, number >> 8 & 0xff);
        assert_eq!(TEXT.to_str(), Ok(text.as_str()));
        assert_eq!(number & 0xff, 0);
    }
}
