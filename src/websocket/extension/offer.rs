//! Client: what is offered, and whether the answer keeps to it.

use super::NAME;
use super::config::{Deflate, DeflateConfig, WINDOW_MAX};
use super::grammar::extensions;
use super::terms::{ClientBits, Terms};
use super::value::FieldValue;
use crate::error::{Code, Error, Fault};

static NOT_OFFERED: Fault = bad(c"WS-HSC-07", c"the server answers with an extension that was not offered");
static REPEATED: Fault = bad(c"WS-EXT-11", c"the server answers with more than one extension");
static PARAMS: Fault = bad(c"WS-EXT-11", c"the server answers with a parameter that is unknown, repeated or invalid");
static CLIENT_BITS: Fault = bad(c"WS-EXT-06", c"the server asks for a client window that was not offered");
static CLIENT_BITS_BARE: Fault = bad(c"WS-EXT-05", c"client_max_window_bits has no value in an answer");
static SERVER_BITS: Fault = bad(c"WS-EXT-08", c"the server's window is larger than asked for");
static SERVER_TAKEOVER: Fault = bad(c"WS-EXT-09", c"the server does not agree to server_no_context_takeover");

const fn bad(rule: &'static core::ffi::CStr, reason: &'static core::ffi::CStr) -> Fault {
    Fault::new(Code::WsExtension, 0, rule, reason)
}

/// The value of the Sec-WebSocket-Extensions field that offers `config`; `None` when it offers nothing.
///
/// client_max_window_bits is always in it, so that servers with small windows need not decline.
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

/// What was agreed: the answer to the [`offer`] of `config`, `None` when the server declined.
///
/// `values` are the lines of Sec-WebSocket-Extensions of the 101.
///
/// # Errors
///
/// Anything that was not offered or goes beyond it, a second line or a second extension: the connection must be failed.
pub fn accept<'a>(
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
        let answer = Terms::read(extension.params()).ok_or(PARAMS.at(0))?;
        agreed = Some(check(&answer, config).map_err(|fault| fault.at(0))?);
    }
    Ok(agreed)
}

fn check(answer: &Terms, config: &DeflateConfig) -> Result<Deflate, &'static Fault> {
    if config.server_no_context_takeover && !answer.server_no_context_takeover {
        return Err(&SERVER_TAKEOVER);
    }
    // Absent means 15, which is too large whenever less was asked for (RFC 7692 §7.1.2.1).
    let peer_window_bits = answer.server_max_window_bits.unwrap_or(WINDOW_MAX);
    if peer_window_bits > config.server_max_window_bits {
        return Err(&SERVER_BITS);
    }
    Ok(Deflate {
        our_window_bits: our_bits(answer.client_max_window_bits, config.client_max_window_bits)?,
        peer_window_bits,
        our_no_context_takeover: answer.client_no_context_takeover | config.client_no_context_takeover,
        peer_no_context_takeover: answer.server_no_context_takeover,
    })
}

fn our_bits(answered: ClientBits, offered: u8) -> Result<u8, &'static Fault> {
    match answered {
        ClientBits::Absent => Ok(offered),
        ClientBits::Bare => Err(&CLIENT_BITS_BARE),
        ClientBits::Of(bits) if bits > offered => Err(&CLIENT_BITS),
        ClientBits::Of(bits) => Ok(bits),
    }
}
