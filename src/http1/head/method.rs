//! Methods as small numbers. Part of the C ABI: append, never renumber.

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

/// The number of `method`, compared case-sensitively (H1-LINE-02).
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
