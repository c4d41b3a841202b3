//! Client: writes the offer and checks the response.

use super::NAME;
use super::config::{Deflate, DeflateConfig, WINDOW_MAX};
use super::grammar::extensions;
use super::terms::{ClientBits, Terms};
use super::value::FieldValue;
use crate::error::{Code, Error, Fault};

static NOT_OFFERED: Fault = bad(c"WS-HSC-07", c"the server accepts an extension that was not offered");
static REPEATED: Fault = bad(c"WS-EXT-11", c"the server accepts more than one extension");
static PARAMS: Fault = bad(c"WS-EXT-11", c"the server's extension has an unknown, repeated or invalid parameter");
static CLIENT_BITS: Fault = bad(c"WS-EXT-06", c"the client window is larger than offered");
static CLIENT_BITS_BARE: Fault = bad(c"WS-EXT-05", c"client_max_window_bits has no value in the response");
static SERVER_BITS: Fault = bad(c"WS-EXT-08", c"the server's window is larger than offered");
static SERVER_TAKEOVER: Fault = bad(c"WS-EXT-09", c"the server does not agree to server_no_context_takeover");

const fn bad(rule: &'static core::ffi::CStr, reason: &'static core::ffi::CStr) -> Fault {
    Fault::new(Code::WsExtension, 0, rule, reason)
}

/// The value of Sec-WebSocket-Extensions that offers `config`; `None` if it offers nothing.
///
/// Always includes client_max_window_bits, so that servers with small windows need not decline.
pub fn offer(config: &DeflateConfig) -> Option<FieldValue> {
    let below_max = |bits: u8| (bits < WINDOW_MAX).then_some(bits);
    let terms = Terms {
        server_no_context_takeover: config.server_no_context_takeover,
        client_no_context_takeover: config.client_no_context_takeover,
        server_max_window_bits: below_max(config.server_max_window_bits),
        client_max_window_bits: below_max(config.client_max_window_bits).map_or(ClientBits::Bare, ClientBits::Of),
    };
    config.is_on().then(|| terms.write())
}

/// Checks the response to the [`offer`] of `config`. `None`: the server declined.
///
/// `values` are the lines of Sec-WebSocket-Extensions of the 101.
///
/// # Errors
///
/// The response has something that was not offered or exceeds the offer, a second line or a second extension. The
/// connection must be failed.
pub fn accept_response<'a>(
    values: impl IntoIterator<Item = &'a [u8]>,
    config: &DeflateConfig,
) -> Result<Option<Deflate>, Error> {
    let mut values = values.into_iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(REPEATED.at(0));
    }
    let mut agreed = None;
    for extension in extensions(value) {
        let extension = extension?;
        if extension.name != NAME || !config.is_on() {
            return Err(NOT_OFFERED.at(0));
        }
        if agreed.is_some() {
            return Err(REPEATED.at(0));
        }
        let terms = Terms::read(extension.params()).ok_or(PARAMS.at(0))?;
        agreed = Some(check(&terms, config).map_err(|fault| fault.at(0))?);
    }
    Ok(agreed)
}

fn check(terms: &Terms, config: &DeflateConfig) -> Result<Deflate, &'static Fault> {
    if config.server_no_context_takeover && !terms.server_no_context_takeover {
        return Err(&SERVER_TAKEOVER);
    }
    // Absent means 15, which is too large if less was offered (RFC 7692 §7.1.2.1).
    let peer_window_bits = terms.server_max_window_bits.unwrap_or(WINDOW_MAX);
    if peer_window_bits > config.server_max_window_bits {
        return Err(&SERVER_BITS);
    }
    Ok(Deflate {
        our_window_bits: our_bits(terms.client_max_window_bits, config.client_max_window_bits)?,
        peer_window_bits,
        our_no_context_takeover: terms.client_no_context_takeover | config.client_no_context_takeover,
        peer_no_context_takeover: terms.server_no_context_takeover,
    })
}

fn our_bits(response: ClientBits, offered: u8) -> Result<u8, &'static Fault> {
    match response {
        ClientBits::Absent => Ok(offered),
        ClientBits::Bare => Err(&CLIENT_BITS_BARE),
        ClientBits::Of(bits) if bits > offered => Err(&CLIENT_BITS),
        ClientBits::Of(bits) => Ok(bits),
    }
}
