//! Subprotocols: the client's offer and the server's choice.

use super::fields::{Field, PROTOCOL, lines};
use crate::error::{Code, Error, Fault};
use crate::websocket::token::{elements, is_token};

static MALFORMED: Fault =
    Fault::new(Code::WsSubprotocol, 400, c"WS-HSS-08", c"Sec-WebSocket-Protocol has an element that is not a token");
static REPEATED: Fault =
    Fault::new(Code::WsSubprotocol, 400, c"WS-HSS-08", c"Sec-WebSocket-Protocol names a subprotocol twice");
static TOO_MANY: Fault = Fault::new(Code::TooLarge, 400, c"WS-HSS-08", c"more than 64 subprotocols are offered");
static NOT_OFFERED: Fault =
    Fault::new(Code::WsSubprotocol, 0, c"WS-HSS-07", c"the selected subprotocol was not offered");

/// Maximum number of subprotocols in an offer; each is compared with all before it.
const OFFERED_MAX: usize = 64;

/// Client: checks that `offer`, the value to send, is a list of distinct tokens. Returns the same error as a server.
///
/// # Errors
///
/// It is not; the offer must not be sent.
pub fn check_offered(offer: &[u8]) -> Result<(), Error> {
    check_offer([(PROTOCOL, offer)].into_iter())
}

/// Server: whether the offer is a list of distinct tokens.
pub(super) fn check_offer<'a>(fields: impl Iterator<Item = Field<'a>> + Clone) -> Result<(), Error> {
    let offered = lines(fields, PROTOCOL).flat_map(elements);
    for (count, name) in offered.clone().enumerate() {
        if count == OFFERED_MAX {
            return Err(TOO_MANY.at(0));
        }
        if !is_token(name) {
            return Err(MALFORMED.at(0));
        }
        if offered.clone().take(count).any(|before| before == name) {
            return Err(REPEATED.at(0));
        }
    }
    Ok(())
}

/// Server: the index in `own` of the subprotocol to select: the one the client prefers (RFC 6455 §4.1). `None` if it
/// offers none of them.
///
/// # Errors
///
/// The offer is not a list of distinct tokens; the handshake is refused with 400 (WS-HSS-08).
pub fn choose<'a, 'b>(
    fields: impl Iterator<Item = Field<'a>> + Clone,
    own: impl Iterator<Item = &'b [u8]> + Clone,
) -> Result<Option<usize>, Error> {
    check_offer(fields.clone())?;
    let mut offered = lines(fields, PROTOCOL).flat_map(elements);
    Ok(offered.find_map(|name| own.clone().position(|own| own == name)))
}

/// Server: checks that the client offered `name`, octet for octet.
///
/// # Errors
///
/// It did not; `name` must not be sent.
pub fn check_selected<'a>(fields: impl Iterator<Item = Field<'a>> + Clone, name: &[u8]) -> Result<(), Error> {
    let is_offered = is_token(name) && lines(fields, PROTOCOL).flat_map(elements).any(|offered| offered == name);
    if is_offered { Ok(()) } else { Err(NOT_OFFERED.at(0)) }
}
