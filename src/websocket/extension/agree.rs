//! Server: which offer is taken, and on what terms.

use super::NAME;
use super::config::{Deflate, DeflateConfig, WINDOW_MAX};
use super::grammar::extensions;
use super::terms::{ClientBits, Terms};
use super::value::FieldValue;
use crate::error::Error;

/// What a server says to an offer it takes.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// What both sides do from the first message on.
    pub agreed: Deflate,
    /// The value of the one Sec-WebSocket-Extensions field of the 101.
    pub value: FieldValue,
}

/// Takes the first acceptable offer of permessage-deflate (RFC 7692 §5). Other extensions, and offers with a parameter that is
/// unknown, repeated, of a wrong value or beyond `config`, are passed over: they do not fail the handshake (§7).
///
/// `values` are the lines of Sec-WebSocket-Extensions, in order.
///
/// # Errors
///
/// A line that is no list of extensions (400), also after an offer was found.
pub fn answer<'a>(values: impl IntoIterator<Item = &'a [u8]>, config: &DeflateConfig) -> Result<Option<Answer>, Error> {
    let mut taken = None;
    for extension in values.into_iter().flat_map(extensions) {
        let extension = extension?;
        if taken.is_none() && extension.name == NAME && config.is_on() {
            taken = Terms::read(extension.params()).and_then(|offer| take(&offer, config));
        }
    }
    Ok(taken)
}

/// The answer to one offer; `None` declines.
fn take(offer: &Terms, config: &DeflateConfig) -> Option<Answer> {
    let our_window_bits = offer.server_max_window_bits.unwrap_or(WINDOW_MAX).min(config.server_max_window_bits);
    let client_max_window_bits = client_bits(offer.client_max_window_bits, config.client_max_window_bits)?;
    let is_asked = offer.server_max_window_bits.is_some();
    let answer = Terms {
        server_no_context_takeover: offer.server_no_context_takeover | config.server_no_context_takeover,
        client_no_context_takeover: offer.client_no_context_takeover | config.client_no_context_takeover,
        server_max_window_bits: (is_asked || our_window_bits < WINDOW_MAX).then_some(our_window_bits),
        client_max_window_bits,
    };
    let agreed = Deflate {
        our_window_bits,
        peer_window_bits: if let ClientBits::Of(bits) = client_max_window_bits { bits } else { WINDOW_MAX },
        our_no_context_takeover: answer.server_no_context_takeover,
        peer_no_context_takeover: answer.client_no_context_takeover,
    };
    Some(Answer { agreed, value: answer.write() })
}

/// What the answer says of the client's window, which it may do only when the offer did (RFC 7692 §7.1.2.2).
fn client_bits(offered: ClientBits, max: u8) -> Option<ClientBits> {
    match offered {
        ClientBits::Of(bits) => Some(ClientBits::Of(bits.min(max))),
        ClientBits::Bare if max < WINDOW_MAX => Some(ClientBits::Of(max)),
        ClientBits::Absent if max < WINDOW_MAX => None,
        ClientBits::Bare | ClientBits::Absent => Some(ClientBits::Absent),
    }
}
