//! Client: checks the fields of a 101.

use super::fields::{ACCEPT, CONNECTION, EXTENSIONS, Field, PROTOCOL, UPGRADE, lines, names, only};
use crate::error::{Code, Error, Fault};
use crate::websocket::extension::{Deflate, DeflateConfig, accept_response};
use crate::websocket::token::elements;

static BAD_ACCEPT: Fault =
    Fault::new(Code::WsHandshake, 0, c"WS-HSC-04", c"Sec-WebSocket-Accept is not the one value for the key");
static NO_UPGRADE: Fault = Fault::new(Code::WsHandshake, 0, c"WS-HSC-05", c"the 101 does not upgrade to websocket");
static NO_CONNECTION: Fault = Fault::new(Code::WsHandshake, 0, c"WS-HSC-05", c"Connection does not list upgrade");
static BAD_PROTOCOL: Fault =
    Fault::new(Code::WsSubprotocol, 0, c"WS-HSC-06", c"Sec-WebSocket-Protocol is not one of the subprotocols offered");

/// What the request offered.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The accept value of the key sent.
    pub accept: &'a [u8; 28],
    /// The Sec-WebSocket-Protocol sent, or empty.
    pub protocols: &'a [u8],
    /// The config that Sec-WebSocket-Extensions offered.
    pub deflate: &'a DeflateConfig,
}

/// What the 101 selects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// The index of the selected subprotocol in the offer.
    pub protocol: Option<u16>,
    /// The terms of permessage-deflate.
    pub deflate: Option<Deflate>,
}

/// Checks the fields of a 101: Upgrade, Connection, accept, subprotocol, extensions, in this order.
///
/// # Errors
///
/// The first broken rule; the connection must be failed.
pub fn check_response<'a>(
    fields: impl Iterator<Item = Field<'a>> + Clone,
    expected: &Expected<'_>,
) -> Result<Agreed, Error> {
    if !only(fields.clone(), UPGRADE).is_some_and(|value| value.eq_ignore_ascii_case(b"websocket")) {
        return Err(NO_UPGRADE.at(0));
    }
    if !names(fields.clone(), CONNECTION, b"upgrade") {
        return Err(NO_CONNECTION.at(0));
    }
    if only(fields.clone(), ACCEPT) != Some(expected.accept) {
        return Err(BAD_ACCEPT.at(0));
    }
    let protocol = selected(fields.clone(), expected.protocols)?;
    let deflate = accept_response(lines(fields, EXTENSIONS), expected.deflate)?;
    Ok(Agreed { protocol, deflate })
}

/// The index of the selected subprotocol in `offered`.
fn selected<'a>(fields: impl Iterator<Item = Field<'a>> + Clone, offered: &[u8]) -> Result<Option<u16>, Error> {
    if lines(fields.clone(), PROTOCOL).next().is_none() {
        return Ok(None);
    }
    let name = only(fields, PROTOCOL).ok_or(BAD_PROTOCOL.at(0))?;
    let place = elements(offered).position(|own| own == name).and_then(|place| u16::try_from(place).ok());
    place.map(Some).ok_or(BAD_PROTOCOL.at(0))
}
