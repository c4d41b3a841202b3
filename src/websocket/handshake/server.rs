//! Server: checks the fields of a request.

use super::fields::{CONNECTION, Field, KEY, UPGRADE, VERSION, names, only};
use super::protocol;
use crate::error::{Code, Error, Fault};

static NO_UPGRADE: Fault = Fault::new(Code::WsHandshake, 400, c"WS-HSS-02", c"Upgrade does not list websocket");
static NO_CONNECTION: Fault = Fault::new(Code::WsHandshake, 400, c"WS-HSS-02", c"Connection does not list upgrade");
static BAD_KEY: Fault =
    Fault::new(Code::WsHandshake, 400, c"WS-HSS-03", c"Sec-WebSocket-Key is not one key of 16 octets in base64");
static BAD_VERSION: Fault = Fault::new(Code::WsHandshake, 426, c"WS-HSS-05", c"Sec-WebSocket-Version is not one 13");

/// A valid request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// Sec-WebSocket-Key as received, for the accept value.
    pub key: [u8; 24],
}

/// Checks the fields of a request: Upgrade, Connection, version, key, subprotocols, in this order.
/// [`respond`](crate::websocket::extension::respond) checks the extensions; the carrier checks method, HTTP version,
/// Host and content (WS-HSS-01, -10). `is_key` says whether a text is base64 of 16 octets.
///
/// # Errors
///
/// The first broken rule, with the status to refuse it with. 426 needs the fields Upgrade and `Sec-WebSocket-Version:
/// 13` (WS-HSS-05). The version is checked before the key, since other versions may use other keys.
pub fn check_request<'a>(
    fields: impl Iterator<Item = Field<'a>> + Clone,
    is_key: impl Fn(&[u8]) -> bool,
) -> Result<Request, Error> {
    if !names(fields.clone(), UPGRADE, b"websocket") {
        return Err(NO_UPGRADE.at(0));
    }
    if !names(fields.clone(), CONNECTION, b"upgrade") {
        return Err(NO_CONNECTION.at(0));
    }
    if only(fields.clone(), VERSION) != Some(b"13") {
        return Err(BAD_VERSION.at(0));
    }
    let key = only(fields.clone(), KEY).filter(|key| is_key(key));
    let key = key.and_then(|key| key.try_into().ok()).ok_or(BAD_KEY.at(0))?;
    protocol::check_offer(fields)?;
    Ok(Request { key })
}
