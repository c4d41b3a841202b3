//! The parameters of permessage-deflate in an offer or a response (RFC 7692 §7.1).

use super::grammar::{Param, Params, Unquoted};
use super::value::FieldValue;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Terms {
    pub server_no_context_takeover: bool,
    pub client_no_context_takeover: bool,
    pub server_max_window_bits: Option<u8>,
    pub client_max_window_bits: ClientBits,
}

/// client_max_window_bits may have no value in an offer (RFC 7692 §7.1.2.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ClientBits {
    #[default]
    Absent,
    Bare,
    Of(u8),
}

impl Terms {
    /// `None` if a parameter is unknown, repeated or invalid (RFC 7692 §7).
    pub fn read(params: Params<'_>) -> Option<Self> {
        let mut terms = Self::default();
        for param in params {
            terms.add(param)?;
        }
        Some(terms)
    }

    fn add(&mut self, param: Param<'_>) -> Option<()> {
        match (param.name, param.value) {
            (b"server_no_context_takeover", None) => set(&mut self.server_no_context_takeover, true),
            (b"client_no_context_takeover", None) => set(&mut self.client_no_context_takeover, true),
            (b"server_max_window_bits", Some(value)) => {
                set(&mut self.server_max_window_bits, Some(window_bits(value)?))
            }
            (b"client_max_window_bits", Some(value)) => {
                set(&mut self.client_max_window_bits, ClientBits::Of(window_bits(value)?))
            }
            (b"client_max_window_bits", None) => set(&mut self.client_max_window_bits, ClientBits::Bare),
            _ => None,
        }
    }

    /// The terms as a field value.
    pub fn write(&self) -> FieldValue {
        let mut value = FieldValue::new(super::NAME);
        if self.server_no_context_takeover {
            value.push(b"; server_no_context_takeover");
        }
        if self.client_no_context_takeover {
            value.push(b"; client_no_context_takeover");
        }
        if let Some(bits) = self.server_max_window_bits {
            value.push(b"; server_max_window_bits=");
            value.push_number(bits);
        }
        if self.client_max_window_bits != ClientBits::Absent {
            value.push(b"; client_max_window_bits");
        }
        if let ClientBits::Of(bits) = self.client_max_window_bits {
            value.push(b"=");
            value.push_number(bits);
        }
        value
    }
}

/// Sets a slot that is not set yet.
fn set<T: Default + PartialEq>(slot: &mut T, value: T) -> Option<()> {
    (*slot == T::default()).then(|| *slot = value)
}

/// 8 to 15 in decimal, without a leading zero (RFC 7692 §7.1.2).
fn window_bits(value: Unquoted<'_>) -> Option<u8> {
    let mut octets = value.octets();
    match (octets.next()?, octets.next(), octets.next()) {
        (digit @ b'8'..=b'9', None, None) => Some(digit - b'0'),
        (b'1', Some(digit @ b'0'..=b'5'), None) => Some(10 + digit - b'0'),
        _ => None,
    }
}
