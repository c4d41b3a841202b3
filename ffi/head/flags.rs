//! What a head says about its framing: `flags` of a `ww_head`. And methods by number.
//!
//! The bits are facts, not verdicts: a connection refuses by them, the parser does not.

/// Host was present.
pub const WW_HEAD_HOST: u32 = 1 << 0;
/// More than one Host line (H1-TGT-11).
pub const WW_HEAD_HOST_REPEATED: u32 = 1 << 1;
/// Content-Length was present.
pub const WW_HEAD_LENGTH: u32 = 1 << 2;
/// The same length again, in a list or another line (H1-CL-05).
pub const WW_HEAD_LENGTH_REPEATED: u32 = 1 << 3;
/// Two lengths that differ (H1-CL-04).
pub const WW_HEAD_LENGTH_DIFFERS: u32 = 1 << 4;
/// Not 1*DIGIT, above 2^63-1 or folded (H1-CL-01, -03).
pub const WW_HEAD_LENGTH_INVALID: u32 = 1 << 5;
/// Transfer-Encoding was present.
pub const WW_HEAD_TE: u32 = 1 << 6;
/// The final coding over all lines is exactly `chunked` (any case).
pub const WW_HEAD_TE_CHUNKED: u32 = 1 << 7;
/// A coding other than `chunked` is named (H1-TE-05, -06).
pub const WW_HEAD_TE_OTHER: u32 = 1 << 8;
/// `chunked` is named twice, or a coding follows it (H1-TE-05, -07).
pub const WW_HEAD_TE_CHUNKED_AGAIN: u32 = 1 << 9;
/// Not a list of transfer codings, parameters on `chunked`, empty or folded (H1-TE-09, -10).
pub const WW_HEAD_TE_INVALID: u32 = 1 << 10;
/// Connection names `close`.
pub const WW_HEAD_CONNECTION_CLOSE: u32 = 1 << 11;
/// Connection names `keep-alive`.
pub const WW_HEAD_CONNECTION_KEEP_ALIVE: u32 = 1 << 12;
/// Connection names `upgrade`.
pub const WW_HEAD_CONNECTION_UPGRADE: u32 = 1 << 13;
/// Upgrade was present.
pub const WW_HEAD_UPGRADE_FIELD: u32 = 1 << 14;
/// Expect names `100-continue`.
pub const WW_HEAD_EXPECT_CONTINUE: u32 = 1 << 15;
/// Expect names anything else (H1-EXP-04).
pub const WW_HEAD_EXPECT_OTHER: u32 = 1 << 16;

/// Any other method.
pub const WW_METHOD_OTHER: u8 = 0;
/// GET
pub const WW_METHOD_GET: u8 = 1;
/// HEAD
pub const WW_METHOD_HEAD: u8 = 2;
/// POST
pub const WW_METHOD_POST: u8 = 3;
/// PUT
pub const WW_METHOD_PUT: u8 = 4;
/// DELETE
pub const WW_METHOD_DELETE: u8 = 5;
/// CONNECT
pub const WW_METHOD_CONNECT: u8 = 6;
/// OPTIONS
pub const WW_METHOD_OPTIONS: u8 = 7;
/// TRACE
pub const WW_METHOD_TRACE: u8 = 8;
/// PATCH
pub const WW_METHOD_PATCH: u8 = 9;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http1::head::{Summary, method_id};

    #[test]
    fn bits_are_those_of_the_parser() {
        let same = [
            (WW_HEAD_HOST, Summary::HOST),
            (WW_HEAD_HOST_REPEATED, Summary::HOST_REPEATED),
            (WW_HEAD_LENGTH, Summary::LENGTH),
            (WW_HEAD_LENGTH_REPEATED, Summary::LENGTH_REPEATED),
            (WW_HEAD_LENGTH_DIFFERS, Summary::LENGTH_DIFFERS),
            (WW_HEAD_LENGTH_INVALID, Summary::LENGTH_INVALID),
            (WW_HEAD_TE, Summary::TE),
            (WW_HEAD_TE_CHUNKED, Summary::TE_CHUNKED),
            (WW_HEAD_TE_OTHER, Summary::TE_OTHER),
            (WW_HEAD_TE_CHUNKED_AGAIN, Summary::TE_CHUNKED_AGAIN),
            (WW_HEAD_TE_INVALID, Summary::TE_INVALID),
            (WW_HEAD_CONNECTION_CLOSE, Summary::CLOSE),
            (WW_HEAD_CONNECTION_KEEP_ALIVE, Summary::KEEP_ALIVE),
            (WW_HEAD_CONNECTION_UPGRADE, Summary::CONNECTION_UPGRADE),
            (WW_HEAD_UPGRADE_FIELD, Summary::UPGRADE),
            (WW_HEAD_EXPECT_CONTINUE, Summary::EXPECT_CONTINUE),
            (WW_HEAD_EXPECT_OTHER, Summary::EXPECT_OTHER),
        ];
        for (bit, summary) in same {
            assert_eq!(bit, summary);
        }
    }

    #[test]
    fn methods_are_those_of_the_parser() {
        let names = ["?", "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];
        for (number, name) in names.iter().enumerate() {
            assert_eq!(usize::from(method_id(name.as_bytes())), number);
        }
        assert_eq!((WW_METHOD_OTHER, WW_METHOD_GET, WW_METHOD_PATCH), (0, 1, 9));
    }
}
