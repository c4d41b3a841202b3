//! Limits of every wait on a peer. Every default for a peer is finite; 0 switches a clock off.

/// The clocks of one connection, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clocks {
    /// TLS: from the start of the transport to the end of the handshake; never extended.
    pub handshake_ms: u32,
    /// From the first octet of a head (the first request: from accept, over TLS from the handshake) to its end; never extended (H1-TIME-01, -05).
    pub head_ms: u32,
    /// Between messages on a kept-alive connection (H1-TIME-02). Server, without `answer_ms`: from the end of the peer's side to the beginning of
    /// the response that is due (H1-TIME-06).
    pub idle_ms: u32,
    /// Between two octets of a body (H1-TIME-03).
    pub body_ms: u32,
    /// Minimum octets per second of a body, over its whole time after a grace of `body_ms` (H1-TIME-03).
    pub body_rate_min: u32,
    /// While the peer accepts none of the queued output (H1-TIME-04).
    pub write_ms: u32,
    /// After the half-close of our side: between two octets of the peer, which are dropped (H1-CONN-07, H1-LIM-09).
    pub linger_ms: u32,
    /// WebSocket: from the last frame of the peer to our Ping (WS-LIM-03).
    pub ping_ms: u32,
    /// WebSocket: from that Ping to the next frame of the peer, not counting time in which output waits (WS-LIM-03).
    pub pong_ms: u32,
    /// WebSocket: from our Close, once it is sent, to the peer's, and from both to the end of the transport (WS-CLOSE-08).
    pub close_ms: u32,
    /// Client: from the last octet of a request, or an interim response, to the first octet of the response head (H1-TIME-05).
    pub response_ms: u32,
    /// How long a client waits for `100 Continue` before it sends the body anyway (H1-EXP-06).
    pub continue_ms: u32,
    /// From the half-close of our side to the end of the transport, whatever the peer sends (H1-LIM-09).
    pub drain_ms: u32,
    /// Server: from the end of a request to the beginning of its final response (H1-TIME-06). Off by default; then `idle_ms` limits
    /// what is due to a peer that has ended.
    pub answer_ms: u32,
}

impl Clocks {
    /// All on and finite, except those that wait for the application.
    pub const DEFAULT: Self = Self {
        handshake_ms: 10_000,
        head_ms: 10_000,
        idle_ms: 60_000,
        body_ms: 30_000,
        body_rate_min: 100,
        write_ms: 30_000,
        linger_ms: 5_000,
        ping_ms: 30_000,
        pong_ms: 10_000,
        close_ms: 10_000,
        response_ms: 300_000,
        continue_ms: 1_000,
        drain_ms: 30_000,
        answer_ms: 0,
    };
}

impl Clocks {
    /// The longest clock of a server's connection.
    pub fn longest_of_server(&self) -> u32 {
        let Self { handshake_ms, head_ms, idle_ms, body_ms, write_ms, linger_ms, .. } = *self;
        let Self { ping_ms, pong_ms, close_ms, drain_ms, answer_ms, .. } = *self;
        let http = handshake_ms.max(head_ms).max(idle_ms).max(body_ms).max(write_ms).max(linger_ms);
        http.max(ping_ms).max(pong_ms).max(close_ms).max(drain_ms).max(answer_ms)
    }
}

impl Default for Clocks {
    fn default() -> Self {
        Self::DEFAULT
    }
}
