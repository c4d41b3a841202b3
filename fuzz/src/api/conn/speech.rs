//! What one end has said, in order.

/// A message, as far as it was said.
#[derive(Default)]
pub struct Spoken {
    pub content: Vec<u8>,
    pub is_whole: bool,
    /// The listener gets no content: HEAD, 204, 304.
    pub is_silent: bool,
    /// WebSocket.
    pub is_text: bool,
}

/// Everything one end said on one transport.
#[derive(Default)]
pub struct Speech {
    /// Requests or final responses. Their field X-N says which.
    pub messages: Vec<Spoken>,
    /// Of a WebSocket.
    pub frames: Vec<Spoken>,
    /// Behind a switch.
    pub raw: Vec<u8>,
    /// Ours has ended behind a switch.
    pub is_raw_over: bool,
}
