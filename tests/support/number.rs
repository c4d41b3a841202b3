//! Numbers as cases have them: `parse` alone takes signs.

pub fn number(text: &str) -> Result<u64, String> {
    narrow(text)
}

/// A decimal number that this type has.
pub fn narrow<T: TryFrom<u64>>(text: &str) -> Result<T, String> {
    let is_decimal = text.bytes().all(|octet| octet.is_ascii_digit());
    let number: Option<u64> = text.parse().ok().filter(|_| is_decimal);
    number.and_then(|number| T::try_from(number).ok()).ok_or_else(|| format!("no number of this range: {text:?}"))
}

/// One octet, of two digits.
pub fn hexadecimal(digits: &str) -> Result<u8, String> {
    let is_pair = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let octet = u8::from_str_radix(digits, 16).ok().filter(|_| is_pair);
    octet.ok_or_else(|| format!("not two hexadecimal digits: {digits:?}"))
}
