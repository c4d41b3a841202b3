//! Server: selects an offer and writes the response.

use super::NAME;
use super::config::{Deflate, DeflateConfig, WINDOW_MAX};
use super::grammar::extensions;
use super::terms::{ClientBits, Terms};
use super::value::FieldValue;
use crate::error::Error;

/// A server's response to the offer it accepts.
#[derive(Clone, Copy, Debug)]
pub struct OfferResponse {
    /// The terms for both sides, from the first message on.
    pub agreed: Deflate,
    /// The value of the one Sec-WebSocket-Extensions field of the 101.
    pub value: FieldValue,
}

/// Accepts the first acceptable offer of permessage-deflate (RFC 7692 §5). Skips other extensions, and offers with a
/// parameter that is unknown, repeated, invalid or beyond `config`: they do not fail the handshake (§7).
///
/// `values` are the lines of Sec-WebSocket-Extensions, in order.
///
/// # Errors
///
/// A line is not a list of extensions (400), even after an acceptable offer.
pub fn respond<'a>(
    values: impl IntoIterator<Item = &'a [u8]>,
    config: &DeflateConfig,
) -> Result<Option<OfferResponse>, Error> {
    let mut accepted = None;
    for extension in values.into_iter().flat_map(extensions) {
        let extension = extension?;
        if accepted.is_none() && extension.name == NAME && config.is_on() {
            accepted = Terms::read(extension.params()).and_then(|offer| respond_to(&offer, config));
        }
    }
    Ok(accepted)
}

/// The response to one offer; `None` declines.
fn respond_to(offer: &Terms, config: &DeflateConfig) -> Option<OfferResponse> {
    let our_window_bits = offer.server_max_window_bits.unwrap_or(WINDOW_MAX).min(config.server_max_window_bits);
    let client_max_window_bits = client_bits(offer.client_max_window_bits, config.client_max_window_bits)?;
    let is_requested = offer.server_max_window_bits.is_some();
    let terms = Terms {
        server_no_context_takeover: offer.server_no_context_takeover | config.server_no_context_takeover,
        client_no_context_takeover: offer.client_no_context_takeover | config.client_no_context_takeover,
        server_max_window_bits: (is_requested || our_window_bits < WINDOW_MAX).then_some(our_window_bits),
        client_max_window_bits,
    };
    let agreed = Deflate {
        our_window_bits,
        peer_window_bits: if let ClientBits::Of(bits) = client_max_window_bits { bits } else { WINDOW_MAX },
        our_no_context_takeover: terms.server_no_context_takeover,
        peer_no_context_takeover: terms.client_no_context_takeover,
    };
    Some(OfferResponse { agreed, value: terms.write() })
}

/// client_max_window_bits of the response, which may have it only if the offer does (RFC 7692 §7.1.2.2).
fn client_bits(offered: ClientBits, max: u8) -> Option<ClientBits> {
    match offered {
        ClientBits::Of(bits) => Some(ClientBits::Of(bits.min(max))),
        ClientBits::Bare if max < WINDOW_MAX => Some(ClientBits::Of(max)),
        ClientBits::Absent if max < WINDOW_MAX => None,
        ClientBits::Bare | ClientBits::Absent => Some(ClientBits::Absent),
    }
}
