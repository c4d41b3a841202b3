//! What can be wrong with a header.

use crate::error::{Code, Fault};
use core::ffi::CStr;

const fn bad(rule: &'static CStr, reason: &'static CStr) -> Fault {
    Fault::new(Code::ProxyHeader, 0, rule, reason)
}

pub(super) static NO_HEADER: Fault = bad(c"PP-01", c"the connection does not begin with a PROXY header");
pub(super) static LINE_END: Fault = bad(c"PP-02", c"the PROXY line does not end in CRLF");
pub(super) static LINE_LENGTH: Fault = bad(c"PP-02", c"the PROXY line is longer than 107 octets");
pub(super) static PROTOCOL: Fault = bad(c"PP-02", c"the protocol of a PROXY line is not TCP4, TCP6 or UNKNOWN");
pub(super) static ADDRESS: Fault = bad(c"PP-02", c"an address in a PROXY line is not one of its protocol");
pub(super) static PORT: Fault =
    bad(c"PP-02", c"a port in a PROXY line is not a number from 0 to 65535 without leading zeros");
pub(super) static FIELDS: Fault =
    bad(c"PP-02", c"a PROXY line does not have two addresses and two ports with single spaces between them");
pub(super) static COMMAND: Fault =
    bad(c"PP-03", c"the PROXY header is not of version 2, or its command is not LOCAL or PROXY");
pub(super) static FAMILY: Fault = bad(c"PP-04", c"the address family or the transport of the PROXY header is unknown");
pub(super) static SHORT: Fault = bad(c"PP-04", c"the length of the PROXY header does not cover its addresses");
pub(super) static LONG: Fault = bad(c"PP-04", c"the length of the PROXY header is above 4096");
pub(super) static TLV: Fault = bad(c"PP-04", c"the TLVs of the PROXY header do not fit its length");
pub(super) static CHECKSUM: Fault = bad(c"PP-04", c"the CRC-32C of the PROXY header is wrong");
