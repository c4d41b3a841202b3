//! Method ids. Part of the C ABI: append, never renumber.

/// Any other method.
pub const OTHER: u8 = 0;
/// GET
pub const GET: u8 = 1;
/// HEAD
pub const HEAD: u8 = 2;
/// POST
pub const POST: u8 = 3;
/// PUT
pub const PUT: u8 = 4;
/// DELETE
pub const DELETE: u8 = 5;
/// CONNECT
pub const CONNECT: u8 = 6;
/// OPTIONS
pub const OPTIONS: u8 = 7;
/// TRACE
pub const TRACE: u8 = 8;
/// PATCH
pub const PATCH: u8 = 9;

/// The name of a method id; `None` for [`OTHER`] and unassigned ids.
pub fn method_name(id: u8) -> Option<&'static str> {
    const NAMES: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];
    usize::from(id).checked_sub(1).and_then(|place| NAMES.get(place).copied())
}

/// The id of `method`, case-sensitively (H1-LINE-02).
pub fn method_id(method: &[u8]) -> u8 {
    match method {
        b"GET" => GET,
        b"HEAD" => HEAD,
        b"POST" => POST,
        b"PUT" => PUT,
        b"DELETE" => DELETE,
        b"CONNECT" => CONNECT,
        b"OPTIONS" => OPTIONS,
        b"TRACE" => TRACE,
        b"PATCH" => PATCH,
        _ => OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_agree() {
        for id in 0..=u8::MAX {
            let name = method_name(id);
            assert_eq!(name.map(|name| method_id(name.as_bytes())), (1..=PATCH).contains(&id).then_some(id));
        }
    }
}
