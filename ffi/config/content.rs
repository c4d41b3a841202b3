//! What a connection config says of the content of requests.

use super::faults;
use crate::conn::Delivery;
use crate::error::Error;
use crate::http1::machine::Role;

/// Config flag, server: requests come whole. One WW_EVENT_REQUEST with WW_EVENT_FLAG_LAST shows a head, the whole content in `data`, at
/// most body_max (else: 413), and trailers in `head->trailers`. Content is gathered within messages_max; what lies whole in what was
/// received is not copied. `Expect: 100-continue` is answered as always, before the application sees the head: to refuse by the head, as
/// with 415, use ww_conn_gather_content() instead. Without this flag content comes as it arrives.
pub const WW_CONN_WHOLE_CONTENT: u32 = 1 << 20;

/// The flags that are told here and not by the core's own bits.
pub(super) const FLAGS: u32 = WW_CONN_WHOLE_CONTENT;

/// How requests with content are delivered; a client gets none.
pub(super) fn delivery(flags: u32, role: Role) -> Result<Delivery, Error> {
    match (flags & WW_CONN_WHOLE_CONTENT != 0, role) {
        (false, _) => Ok(Delivery::Parts),
        (true, Role::Server) => Ok(Delivery::Whole),
        (true, Role::Client) => Err(faults::WHOLE_CONTENT.at(0)),
    }
}
